// Values in words: what a mention of each field says, normalised, in one short phrase.

import type { Row } from "./site.ts";

const MAGNITUDES: [number, string][] = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
];

const COMPARATORS: Record<string, string> = { "=": "", "~": "about ", "<": "under ", "<=": "up to ", ">": "over ", ">=": "at least " };

/** A number with at most four significant digits and T, B, M or K: 7B, 1.3M, 0.14. */
export function short(value: number): string {
  const [bound, letter] = MAGNITUDES.find(([magnitude]) => Math.abs(value) >= magnitude) ?? [1, ""];
  return `${Number((value / bound).toPrecision(4))}${letter}`;
}

/** What a reader types for a number: 7B, 1.5k, 300 000, 1e9; undefined if it is empty, null if it is none. */
export function parsed(text: string): number | null | undefined {
  const clean = text.trim().replaceAll(/[\s,_]/g, "");
  if (!clean) return undefined;
  const found = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)([kmbt]?)$/i.exec(clean);
  if (!found) return null;
  const scale = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 }[(found[2] ?? "").toLowerCase()] ?? 1;
  return Number(found[1]) * scale;
}

function range(row: Row, low: string, high: string, write: (value: number) => string): string {
  const [from, to] = [row[low], row[high]];
  if (typeof from !== "number" || typeof to !== "number") return "";
  const value = from === to ? write(from) : `${write(from)} to ${write(to)}`;
  return `${COMPARATORS[String(row.comparator)] ?? ""}${value}`;
}

function plural(unit: unknown, row: Row): string {
  const text = String(unit ?? "");
  return text && row.value_max !== 1 && /[a-z]$/.test(text) && text !== "data" ? `${text}s` : text;
}

const PHRASES: Record<string, (row: Row) => string> = {
  model_sizes: (row) => {
    const kind = row.kind === "total" ? "" : `${row.kind} `;
    return `${row.model ? `${row.model}: ` : ""}${range(row, "value_min", "value_max", short)} ${kind}parameters`;
  },
  speedups: (row) => {
    const factor = range({ ...row, comparator: "=" }, "factor_min", "factor_max", short);
    const better = row.direction === "gain" ? "gain" : "loss";
    const written = row.form === "percent" ? (value: number) => `${short(value)}\u202f%` : short;
    const claim = factor ? `${COMPARATORS[String(row.comparator)] ?? ""}${factor}×` : range(row, "value_min", "value_max", written);
    return `${claim} ${better} in ${row.aspect}`;
  },
  datasets: (row) => `${row.dataset}${row.introduced ? ", introduced here" : ""}`,
  repo_links: (row) => `${String(row.kind).replaceAll("_", " ")}: ${row.url}`,
  metrics: (row) => {
    const unit = row.unit === "%" ? "\u202f%" : row.unit ? ` ${row.unit}` : "";
    const over = row.dataset ? ` on ${row.dataset}` : "";
    return `${row.metric ?? "result"} ${range(row, "value_min", "value_max", short)}${unit}${row.kind === "gain" ? " (gain)" : ""}${over}`;
  },
  data_sizes: (row) => `${range(row, "value_min", "value_max", short)} ${plural(row.unit, row)}`.trim(),
  context_lengths: (row) => `${range(row, "value_min", "value_max", short)} ${plural(row.unit, row)}`.trim(),
  hardware: (row) => `${row.count ? `${row.count} × ` : ""}${row.device}`,
};

/** What a mention of a field says. */
export function phrase(field: string, row: Row): string {
  return PHRASES[field]?.(row) ?? String(row.text);
}

/** A value in a cell of a table. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") {
    if (Math.abs(value) >= 1e6 && value % 1e5 === 0) return short(value);
    return Number.isInteger(value) ? value.toLocaleString("en") : String(Number(value.toPrecision(6)));
  }
  if (value instanceof Date) return value.toISOString();
  return String(value);
}
