// Tables that scroll sideways in a region of their own, so that pages never do.

import { fill, h } from "./dom.ts";
import type { Result } from "./engine.ts";
import { cell } from "./values.ts";

/** A table in a region that keyboards can scroll. */
export function scrolled(label: string, table: HTMLTableElement): HTMLElement {
  return h("div", { class: "scroll", role: "region", "aria-label": label, tabindex: 0 }, table);
}

export interface Head {
  name: string;
  title: string;
  number?: boolean;
  /** Called when the reader wants the rows in the order of this column; without it the head is no button. */
  sort?: () => void;
  sorted?: "ascending" | "descending" | undefined;
}

/** A table with heads that sort. */
export function table(label: string, heads: Head[], rows: (Node | string)[][]): HTMLElement {
  const head = heads.map(({ name, title, number, sort, sorted }) => {
    const sign = sorted === "ascending" ? " ▲" : sorted === "descending" ? " ▼" : "";
    const inner = sort
      ? h("button", { class: "head", title, onclick: sort }, name, h("span", { "aria-hidden": "true" }, sign))
      : h("span", { title }, name);
    return h("th", { scope: "col", class: number ? "number" : undefined, "aria-sort": sorted }, inner);
  });
  const body = rows.map((row) =>
    h(
      "tr",
      {},
      row.map((value, index) => h("td", { class: heads[index]?.number ? "number" : undefined }, value)),
    ),
  );
  return scrolled(label, h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)));
}

/** Gives a place other rows; a reader who sorts with the keyboard stays on the head of the column. */
export function refill(place: HTMLElement, ...children: Parameters<typeof fill>[1][]): void {
  const focused = place.contains(document.activeElement) && document.activeElement?.matches("button.head") ? document.activeElement : null;
  const name = focused?.firstChild?.textContent;
  fill(place, ...children);
  const head = [...place.querySelectorAll<HTMLElement>("button.head")].find((button) => button.firstChild?.textContent === name);
  if (focused) head?.focus();
}

/** The first rows of a result as a table. */
export function resultTable(label: string, result: Result, most: number): HTMLElement {
  const heads = result.columns.map(({ name, kind }) => ({ name, title: kind, number: kind === "integer" || kind === "number" }));
  return table(
    label,
    heads,
    result.rows.slice(0, most).map((row) => row.map(cell)),
  );
}

/** Links to the pages of a long list. */
export function pager(page: number, pages: number, go: (page: number) => string): HTMLElement | null {
  if (pages <= 1) return null;
  return h(
    "nav",
    { class: "pager", "aria-label": "Pages of this list" },
    page > 1 && h("a", { href: go(page - 1), rel: "prev" }, "← previous"),
    h("span", {}, `page ${page} of ${pages}`),
    page < pages && h("a", { href: go(page + 1), rel: "next" }, "next →"),
  );
}
