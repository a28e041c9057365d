// How well the release reads, its rules, what changed, its files.

import type { Table, TableCell } from "mdast";
import { intervals } from "./charts.ts";
import { debounced, fill, h } from "./dom.ts";
import { askRows } from "./engine.ts";
import { figure } from "./figure.ts";
import { page as markdown, parsed, plain } from "./markdown.ts";
import { address, change } from "./router.ts";
import { beside, type Row, type Site } from "./site.ts";
import * as sql from "./sql.ts";
import { type Head, pager, refill, table } from "./tables.ts";
import { cell } from "./values.ts";

const PER_PAGE = 50;
const PARTS = [
  ["", "How well it reads"],
  ["rules", "Rules"],
  ["changes", "Changes"],
  ["files", "Files"],
] as const;

export function quality(main: HTMLElement, site: Site): (params: URLSearchParams) => Promise<void> {
  const tabs = h("ul", {});
  const place = h("div", {});
  fill(
    main,
    h("h1", {}, `Quality and rules of ${site.version}`),
    h("nav", { class: "tabs", "aria-label": "Parts of this page" }, tabs),
    place,
  );
  let shown: string | null = null;
  let update: (params: URLSearchParams) => Promise<void> = async () => {};
  return async (params) => {
    const part = params.get("part") ?? "";
    fill(
      tabs,
      PARTS.map(([key, name]) =>
        h("li", {}, h("a", { href: address("quality", { part: key }), "aria-current": part === key ? "page" : undefined }, name)),
      ),
    );
    if (part !== shown) {
      shown = part;
      update = part === "rules" ? rules(place, site) : await pages(place, site, part);
    }
    await update(params);
  };
}

async function pages(place: HTMLElement, site: Site, part: string): Promise<() => Promise<void>> {
  if (part === "changes") fill(place, markdown(parsed(await (await beside("release/CHANGES.md")).text()), 1));
  else if (part === "files") fill(place, files(site));
  else fill(place, meaning(), ...scores(await (await beside("release/QUALITY.md")).text()));
  return async () => {};
}

function meaning(): HTMLElement {
  const terms = [
    ["precision", "of what was read, the share that is right"],
    ["recall", "of what there is, the share that was read"],
    ["F1", "one figure for both: their harmonic mean"],
    ["found", "the span overlaps a record that an annotator marked"],
    ["strict", "the value is right too"],
    ["record", "every attribute is right as well: the comparator, the model, the measure, the dataset"],
  ];
  return h(
    "section",
    {},
    h("h2", {}, "What the figures mean"),
    h(
      "p",
      {},
      "For some of the papers every fact in them was annotated by hand: the gold set. The rules read the same papers, and the figures compare the two.",
    ),
    h(
      "dl",
      { class: "terms" },
      terms.flatMap(([term, says]) => [h("dt", {}, term), h("dd", {}, says)]),
    ),
  );
}

/** QUALITY.md without its title and without its table of rules, which has a part of its own; F1 is drawn too. */
function scores(text: string): Node[] {
  const nodes = parsed(text).slice(1);
  const end = nodes.findIndex((node) => node.type === "heading" && plain(node) === "Rules");
  const kept = nodes.slice(0, end < 0 ? undefined : end);
  return markdown(kept).flatMap((shown, index) => {
    const [title, node] = [kept[index - 1], kept[index]];
    return node?.type === "table" && title?.type === "heading" ? [f1(node, plain(title)), shown] : [shown];
  });
}

/** F1 of a table of QUALITY.md as a plot: its last column, such as 0.989 (0.971-1.000). */
function f1(node: Table, title: string): HTMLElement {
  const rows = node.children.slice(1).map((row) => {
    const [f1, low, high] = plain(row.children.at(-1) as TableCell)
      .split(/[ ()-]+/)
      .map(Number);
    return { table: plain(row.children[0] as TableCell), f1, low, high };
  });
  return figure({
    title: `F1: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    note: "A dot for F1, a line for what holds in 95 of 100 samples of papers.",
    chart: intervals,
    numbered: false,
    rows,
    widths: { wide: 720, narrow: 330 },
  });
}

function rules(place: HTMLElement, site: Site): (params: URLSearchParams) => Promise<void> {
  const search = h("input", {
    type: "search",
    id: "rule-search",
    oninput: debounced(() => search.isConnected && change({ q: search.value }, "replace")),
  });
  const status = h("p", { role: "status", class: "quiet" }, "Waiting for the engine …");
  const outcome = h("div", { class: "outcome" });
  fill(
    place,
    h(
      "p",
      {},
      site.tables.find(({ name }) => name === "rules")?.description ?? "",
      " Support is the number of mentions on the gold set of which a rule is the strongest evidence; precision is the share of them with the right value. The weight says how much a rule speaks for (or against) its table.",
    ),
    h(
      "div",
      { class: "filters" },
      h("div", { class: "wide-control control" }, h("label", { for: "rule-search" }, "Search in ids, phrases and examples"), search),
    ),
    status,
    outcome,
  );
  let latest = 0;
  return async (params) => {
    latest += 1;
    const turn = latest;
    if (search !== document.activeElement) search.value = params.get("q") ?? "";
    const wanted = sql.where(
      (params.get("q") ?? "")
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => sql.holds("concat_ws(' ', rule, reads, example)", word)),
    );
    const column = ["rule", "reads", "weight", "support", "precision"].find((name) => name === params.get("sort"));
    const order = column ? `${column}${params.get("down") ? " DESC" : ""} NULLS LAST, rule` : "support DESC, rule";
    const query = `SELECT rule, reads, example, weight, support, precision\nFROM rules${wanted}\nORDER BY ${order}`;
    const page = Math.max(1, Number.parseInt(params.get("page") ?? "1", 10) || 1);
    const [found, counted] = await Promise.all([
      askRows(`${query}\nLIMIT ${PER_PAGE} OFFSET ${(page - 1) * PER_PAGE}`),
      askRows(`SELECT count(*) AS n FROM rules${wanted}`),
    ]);
    if (turn !== latest) return;
    const total = counted[0]?.n as number;
    status.textContent = `${total.toLocaleString("en")} rules`;
    const go = (next: number) => {
      const there = new URLSearchParams(params);
      there.set("page", String(next));
      return address("quality", there);
    };
    refill(
      outcome,
      found.length
        ? table("Rules", heads(params), found.map(cells))
        : h("p", { class: "empty" }, "No rule has all these words. Take one away."),
      pager(page, Math.ceil(total / PER_PAGE), go),
      h("p", { class: "under" }, h("a", { href: address("console", { sql: query }) }, "the SQL behind this list")),
    );
  };
}

function heads(params: URLSearchParams): Head[] {
  const head = (name: string, title: string, number = false): Head => {
    const now = params.get("sort") === name ? (params.get("down") ? ("descending" as const) : ("ascending" as const)) : undefined;
    const down = now ? (now === "ascending" ? "1" : undefined) : number ? "1" : undefined;
    return { name, title, number, sorted: now, sort: () => change({ sort: name, down }) };
  };
  const { sort: _, ...example } = head("example", "a text with what it reads in braces");
  return [
    head("rule", "the rule's id"),
    head("reads", "what it reads"),
    example,
    head("weight", "how much it speaks for (or against) its table, in natural-log odds", true),
    head("support", "mentions on the gold set of which it is the strongest evidence", true),
    head("precision", "the share of them that are right", true),
  ];
}

function cells(row: Row): (Node | string)[] {
  const precision = typeof row.precision === "number" ? row.precision.toFixed(2) : "";
  return [h("code", {}, cell(row.rule)), cell(row.reads), cell(row.example), cell(row.weight), cell(row.support), precision];
}

function files(site: Site): HTMLElement {
  const one = ({ name, rows, description }: Site["tables"][number]) => [
    h("a", { href: `release/${name}.parquet`, download: "" }, `${name}.parquet`),
    rows.toLocaleString("en"),
    description,
  ];
  const others = ["README.md", "manifest.json", "SHA256SUMS", "datapackage.json", "croissant.json", "CHANGES.md", "QUALITY.md"];
  return h(
    "section",
    {},
    h(
      "p",
      {},
      "The release as it was published, byte for byte. ",
      h("a", { href: "data/paperfacts.duckdb", download: "" }, "paperfacts.duckdb"),
      " has all tables, views and macros in one file for DuckDB 1.1 and newer.",
    ),
    table(
      "Tables of the release",
      [
        { name: "file", title: "file" },
        { name: "rows", title: "rows", number: true },
        { name: "what", title: "what" },
      ],
      site.tables.map(one),
    ),
    h(
      "ul",
      {},
      others.map((name) => h("li", {}, h("a", { href: `release/${name}` }, name))),
    ),
  );
}
