// SQL that the pages write: every value goes through `text`, every name through `name`.

/** A text in SQL. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A name in SQL; quoted only where it must be. */
export function name(value: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(value) && !["end", "table", "start", "count"].includes(value)
    ? value
    : `"${value.replaceAll('"', '""')}"`;
}

/** A condition: a column holds these words, in any case. */
export function holds(expression: string, words: string): string {
  const pattern = words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
  const escaped = pattern === words ? "" : " ESCAPE '\\'";
  return `${expression} ILIKE ${text(`%${pattern}%`)}${escaped}`;
}

/** WHERE and its conditions, or nothing. */
export function where(conditions: string[]): string {
  return conditions.length ? `\nWHERE ${conditions.join("\n  AND ")}` : "";
}
