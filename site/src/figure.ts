// A plot with its caption, its legend, its numbers as a table, and the SQL behind it.

import { type Chart, colours } from "./charts.ts";
import { h } from "./dom.ts";
import { address } from "./router.ts";
import type { Row } from "./site.ts";
import { table } from "./tables.ts";
import { cell } from "./values.ts";

export interface Figure {
  title: string;
  note: string;
  chart: Chart;
  rows: Row[];
  /** The SQL behind it, if it comes from SQL. */
  sql?: string;
  /** Names of categories, for a legend; none if the plot tells nothing apart. */
  kinds?: string[];
  /** Columns that the table of numbers leaves out. */
  hidden?: string[];
  widths?: { wide: number; narrow: number };
  control?: HTMLElement;
  /** Whether the numbers come as a table; a page may have them already. */
  numbered?: boolean;
}

/** The figure; it is drawn for wide and for narrow screens, and the style sheet shows one of the two. */
export function figure({
  title,
  note,
  chart,
  rows,
  sql,
  kinds = [],
  hidden = [],
  widths = { wide: 520, narrow: 330 },
  control,
  numbered = true,
}: Figure): HTMLElement {
  return h(
    "figure",
    {},
    h("figcaption", {}, h("h3", {}, title), h("p", {}, note)),
    control,
    rows.length ? drawn(chart, rows, widths) : h("p", { class: "empty" }, "There is nothing to draw: no row has these values."),
    kinds.length > 1 && legend(kinds),
    h(
      "div",
      { class: "under" },
      numbered && rows.length > 0 && h("details", {}, h("summary", {}, "the numbers as a table"), numbers(title, rows, hidden)),
      sql !== undefined && h("a", { href: address("console", { sql }) }, "the SQL behind it"),
    ),
  );
}

function drawn(chart: Chart, rows: Row[], widths: { wide: number; narrow: number }): HTMLElement[] {
  return (["wide", "narrow"] as const).map((name) => {
    const svg = chart(rows, widths[name]);
    svg.setAttribute("role", "img");
    // Plot names the parts of a drawing; a screen reader is given the whole, and the numbers as a table.
    for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
    return h("div", { class: `plot ${name}` }, svg);
  });
}

function legend(kinds: string[]): HTMLElement {
  return h(
    "ul",
    { class: "legend" },
    colours(kinds).map(({ kind, colour }) => h("li", {}, h("span", { class: "swatch", style: `background: ${colour}` }), kind || "none")),
  );
}

/** Rows as a table; a title is a link to its paper where the rows know which paper it is. */
function numbers(title: string, rows: Row[], hidden: string[]): HTMLElement {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== "paper_id" && !hidden.includes(name));
  const heads = columns.map((name) => ({ name, title: name, number: rows.some((row) => typeof row[name] === "number") }));
  const shown = (row: Row, name: string) =>
    name === "title" && row.paper_id ? h("a", { href: address(`paper/${row.paper_id}`) }, String(row.title)) : cell(row[name]);
  return table(
    `The numbers: ${title}`,
    heads,
    rows.map((row) => columns.map((name) => shown(row, name))),
  );
}
