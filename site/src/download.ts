// Results as files: CSV and Parquet, made in the browser.

import { parquetWriteBuffer } from "hyparquet-writer";
import type { Result } from "./engine.ts";

/** As in `paperfacts export --csv`: an apostrophe stands before a text that a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r].+/s;

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return safe === "" || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A result as CSV: null is an empty cell, an empty text is "". */
export function csv({ columns, rows }: Result): string {
  const lines = [columns.map((column) => csvCell(column.name)), ...rows.map((row) => row.map(csvCell))];
  return lines.map((line) => `${line.join(",")}\n`).join("");
}

/** A result as Parquet. */
export function parquet({ columns, rows }: Result): ArrayBuffer {
  const types = { text: "STRING", integer: "INT64", number: "DOUBLE", truth: "BOOLEAN" } as const;
  return parquetWriteBuffer({
    columnData: columns.map(({ name, kind }, index) => ({
      name,
      type: types[kind],
      nullable: true,
      data: rows.map((row) => {
        const value = row[index];
        if (value === null || value === undefined) return null;
        if (kind === "integer") return BigInt(value as number | string);
        return kind === "text" ? String(value) : value;
      }),
    })),
  });
}

/** Give the reader a file. */
export function save(name: string, content: string | ArrayBuffer, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
