// The first page: what this is, how much there is, four plots, what is new. It is drawn when the site is built, and again in the browser.

import { bars, leaderboard, ranked, sizes, speedups } from "./charts.ts";
import { fill, h, labelled, select } from "./dom.ts";
import { type Figure, figure } from "./figure.ts";
import { parsed, table } from "./markdown.ts";
import { address, change } from "./router.ts";
import { fields, type Row, type Site, spoken } from "./site.ts";
import * as sql from "./sql.ts";

export function overview(site: Site, changes: string, params: URLSearchParams): HTMLElement[] {
  return [intro(site), counts(site), figures(site, params), news(site, changes)];
}

function intro(site: Site): HTMLElement {
  const papers = site.tables.find((table) => table.name === "papers")?.rows ?? 0;
  return h(
    "section",
    { class: "intro" },
    h("h1", {}, "Facts from machine-learning papers"),
    h(
      "p",
      { class: "lead" },
      `What ${papers.toLocaleString("en")} titles and abstracts say of model sizes, speedups, datasets, links, results, data, context lengths and hardware: as tables, `,
      "each value with the words it was read from and the rule that read it. Search the papers, filter and plot a field, or ask in SQL. ",
      "Everything runs in your browser; this site has no server behind it and asks no other.",
    ),
    h(
      "p",
      { class: "actions" },
      h("a", { class: "button", href: "#/papers" }, "Search papers"),
      h("a", { class: "button second", href: "#/console" }, "Ask in SQL"),
      h("a", { href: "#/quality" }, "How well does it read?"),
    ),
  );
}

function counts(site: Site): HTMLElement {
  const cards = fields(site).map((table) =>
    h(
      "li",
      {},
      h(
        "a",
        { class: "card", href: address(`field/${table.name}`) },
        h("strong", {}, table.rows.toLocaleString("en")),
        h("span", {}, spoken(table.name)),
        h("small", {}, table.description),
      ),
    ),
  );
  const others = site.tables.filter((table) => !table.mentions).map((table) => `${table.rows.toLocaleString("en")} ${spoken(table.name)}`);
  return h(
    "section",
    {},
    h("h2", {}, `In release ${site.version}`),
    h("ul", { class: "cards" }, cards),
    h("p", { class: "quiet" }, `And ${others.join(", ")}.`),
  );
}

function figures(site: Site, params: URLSearchParams): HTMLElement {
  const shown = (name: string): { rows: Row[]; sql: string } => site.figures[name] ?? { rows: [], sql: "" };
  const datasets = shown("datasets_by_papers");
  const plots: Figure[] = [
    {
      title: "Model sizes by family",
      note: "Each dot is a size that a paper names; a line is a range. The sixteen families that most papers give a size for.",
      chart: sizes,
      ...shown("sizes_by_family"),
    },
    {
      title: "Claimed gains in efficiency",
      note: "As ratios: 43 % less is 1.75×. Filled dots are gains, hollow ones losses (more of the resource).",
      chart: speedups,
      ...shown("speedups_by_aspect"),
    },
    {
      title: "Most used datasets",
      note: "The twenty datasets that most papers name.",
      chart: bars("dataset", "papers", "papers", "The most used datasets"),
      ...datasets,
      rows: datasets.rows.slice(0, 20),
    },
  ];
  return h(
    "section",
    {},
    h("h2", {}, "At a glance"),
    h("div", { class: "figures" }, plots.map(figure), results(shown("results_by_dataset"), params)),
  );
}

/** The leaderboard over one dataset, which the reader chooses. */
function results({ rows, sql: all }: { rows: Row[]; sql: string }, params: URLSearchParams): HTMLElement {
  const datasets = new Map<string, Row[]>();
  for (const row of rows) datasets.set(String(row.dataset), [...(datasets.get(String(row.dataset)) ?? []), row]);
  const size = (name: string) => Math.max(...ranked(datasets.get(name) ?? []).map((panel) => panel.rows.length));
  const names = [...datasets.keys()].sort((a, b) => size(b) - size(a) || a.localeCompare(b));
  const wanted = params.get("dataset") ?? "";
  const chosen = datasets.has(wanted) ? wanted : (names[0] ?? "");
  const place = h("div", { class: "leaderboard" });
  const choices = [...names]
    .sort((a, b) => a.localeCompare(b))
    .map((name): [string, string] => [name, `${name} (${datasets.get(name)?.length})`]);
  const control = labelled(
    "Dataset (results)",
    select(choices, chosen, (dataset) => change({ dataset }, "replace")),
  );
  fill(
    place,
    figure({
      title: "Reported results over one dataset",
      note: "Best first, for each measure and unit. Papers differ in setting and year: this is what they say, not a contest.",
      chart: leaderboard,
      rows: datasets.get(chosen) ?? [],
      sql: `SELECT * FROM (\n${all}\n) WHERE dataset = ${sql.text(chosen)}`,
      hidden: ["dataset", "value_min", "higher_is_better"],
      control,
    }),
  );
  return place;
}

function news(site: Site, changes: string): HTMLElement {
  const first = parsed(changes).find((node) => node.type === "table");
  return h(
    "section",
    {},
    h("h2", {}, "Newest changes"),
    h("p", {}, `Release ${site.version} of ${site.released}${site.previous ? `, against ${site.previous}` : ": the first"}.`),
    first?.type === "table" && table(first, "Newest changes"),
    h(
      "p",
      {},
      h("a", { href: "#/quality?part=changes" }, "All changes with examples"),
      " · ",
      h("a", { href: "#/quality?part=files" }, "Download the tables"),
    ),
  );
}
