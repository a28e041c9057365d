// What went wrong with a statement, in words, and what to do.

export interface Known {
  tables: string[];
  /** Columns as table.column. */
  columns: string[];
}

/** DuckDB's message as a reader of this page needs it. */
export function explained(said: string, known: Known): string {
  const message = unwrapped(said);
  const table = /Table with name "?([^\s"!]+)"? does not exist/.exec(message)?.[1];
  if (table) {
    const near = nearest(table, known.tables);
    return `There is no table ${table}.${near.length ? ` Did you mean ${near.join(" or ")}?` : ""} All tables and their columns are listed beside the editor.`;
  }
  const column = /(?:Referenced column "([^"]+)" (?:was )?not found|does not have a column named "([^"]+)")/
    .exec(message)
    ?.slice(1)
    .find(Boolean);
  if (column) {
    const near = nearest(
      column,
      known.columns.map((one) => one.split(".")[1] as string),
    );
    const where = known.columns.filter((one) => near.includes(one.split(".")[1] as string)).slice(0, 6);
    return `There is no column ${column} in this query.${where.length ? ` The nearest are ${where.join(", ")}.` : ""} Text goes in single quotes: '${column}'.`;
  }
  const syntax = /syntax error at (?:or near "([^"]*)"|end of input)/.exec(message);
  if (syntax) {
    const place = syntax[1] ? `at “${syntax[1]}”` : "at its end";
    return `The statement cannot be read ${place}. Look at what stands before: a comma, a bracket, a quote or a word may be missing.\n${line(message)}`;
  }
  if (/read-only mode|Cannot execute statement of type/.test(message)) {
    return "A release never changes: its tables can be read only. CREATE TEMP TABLE makes a table of your own, for as long as this page is open.";
  }
  if (/extension|file system operations are disabled|external access|configuration has been locked/i.test(message)) {
    return "This page asks nothing of any other place: no files, extensions or addresses can be opened here, and settings stay as they are. `paperfacts export --duckdb` gives you the same tables for a DuckDB of your own.";
  }
  if (/interrupt|cancel/i.test(message)) return "Stopped. Nothing was changed.";
  if (/Out of Memory/i.test(message))
    return `The statement needs more memory than a browser page has. Add a condition, or a LIMIT inside it.`;
  return message.trim();
}

/** The message of an error that came as JSON, as those of the parser do. */
function unwrapped(message: string): string {
  try {
    const { exception_type: type, exception_message: text } = JSON.parse(message) as Record<string, unknown>;
    return typeof text === "string" ? `${type} Error: ${text}` : message;
  } catch {
    return message;
  }
}

/** The line that DuckDB points at, with its arrow. */
function line(message: string): string {
  return message.slice(Math.max(0, message.indexOf("LINE "))).trim();
}

/** Up to three names that are near to a name, nearest first. */
export function nearest(wanted: string, names: string[]): string[] {
  const from = wanted.toLowerCase();
  return [...new Set(names)]
    .map((name) => ({ name, far: name.includes(from) || from.includes(name) ? 1 : distance(from, name) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(Math.max(from.length, name.length) / 2) - 1))
    .sort((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + same));
    }
    row = next;
  }
  return row[b.length] as number;
}
