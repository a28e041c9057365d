// The release's own pages (QUALITY.md, CHANGES.md) as elements. What they quote of papers stays text.

import type { Nodes, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { h } from "./dom.ts";
import { scrolled } from "./tables.ts";

export function parsed(text: string): Nodes[] {
  return fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }).children;
}

/** The nodes of a page as elements; `level` is added to the level of headings. A table is called as the heading above it. */
export function page(nodes: Nodes[], level = 0): Node[] {
  let heading = "";
  return nodes.map((node) => {
    if (node.type === "heading") heading = plain(node);
    return node.type === "table" ? table(node, heading) : rendered(node, level);
  });
}

function rendered(node: Nodes, level = 0): Node {
  const inner = "children" in node ? node.children.map((child) => rendered(child, level)) : [];
  switch (node.type) {
    case "heading":
      return h(`h${Math.min(6, node.depth + level)}` as "h2", {}, inner);
    case "paragraph":
      return h("p", {}, inner);
    case "list":
      return h(node.ordered ? "ol" : "ul", {}, inner);
    case "listItem":
      return h(
        "li",
        {},
        node.children.length === 1 && node.children[0]?.type === "paragraph"
          ? node.children[0].children.map((child) => rendered(child, level))
          : inner,
      );
    case "inlineCode":
      return h("code", {}, node.value);
    case "strong":
      return h("strong", {}, inner);
    case "emphasis":
      return h("em", {}, inner);
    default:
      return "value" in node ? document.createTextNode(node.value) : h("span", {}, inner);
  }
}

/** A table of a page. */
export function table(node: Table, label: string): HTMLElement {
  const [head, ...rows] = node.children.map((row) => row.children.map((cell) => ({ cell, text: plain(cell) })));
  const names = head ?? [];
  const numbers = names.map((_, index) => rows.length > 0 && rows.every((row) => numeric(row[index]?.text ?? "")));
  const side = (index: number) => (numbers[index] ? "number" : undefined);
  return scrolled(
    label,
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          names.map(({ text }, index) => h("th", { scope: "col", class: side(index) }, text)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            row.map(({ cell }, index) =>
              h(
                "td",
                { class: side(index) },
                cell.children.map((child) => rendered(child)),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

function numeric(text: string): boolean {
  return /^[\d.,]+(?: \([\d.,-]+\))?$/.test(text);
}

/** The text of a node. */
export function plain(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map((child) => plain(child)).join("") : "";
}
