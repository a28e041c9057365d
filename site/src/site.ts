// What `paperfacts site` wrote beside the front end: data/site.json, data/paperfacts.duckdb and the release itself in release/.

export interface Column {
  name: string;
  type: string;
  unit: string | null;
  description: string;
  values: string[];
}

export interface Table {
  name: string;
  description: string;
  rows: number;
  mentions: boolean;
  columns: Column[];
}

export interface NamedQuery {
  name: string;
  answers: string;
  sql: string;
  parameters: string[];
}

export type Row = Record<string, unknown>;

export interface Site {
  version: string;
  schema_version: string;
  released: string;
  previous: string | null;
  tables: Table[];
  views: { name: string; description: string }[];
  queries: NamedQuery[];
  figures: Record<string, { sql: string; rows: Row[] }>;
}

/** The fields: the tables with one row per mention. */
export function fields(site: Site): Table[] {
  return site.tables.filter((table) => table.mentions);
}

/** A table's name as people write it. */
export function spoken(name: string): string {
  return name === "repo_links" ? "links" : name.replaceAll("_", " ");
}

/** So many of a field: 1 link, 2 links. */
export function counted(name: string, count: number): string {
  const words = spoken(name);
  return `${count.toLocaleString("en")} ${count === 1 ? words.replace(/s$/, "") : words}`;
}

/** A file beside the front end. Throws an error that says what to do if it does not come. */
export async function beside(path: string): Promise<Response> {
  const answer = await fetch(new URL(path, document.baseURI)).catch(() => null);
  if (!answer?.ok) {
    throw new Error(
      `${path} could not be loaded${answer ? ` (${answer.status})` : ""}. Look at your connection and load the page again; if you host this site, copy the whole folder that \`paperfacts site\` wrote.`,
    );
  }
  return answer;
}
