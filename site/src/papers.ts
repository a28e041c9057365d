// Search in titles and abstracts, with facets.

import { debounced, fill, h, labelled, select } from "./dom.ts";
import { askRows } from "./engine.ts";
import { address, change } from "./router.ts";
import { counted, fields, type Row, type Site } from "./site.ts";
import * as sql from "./sql.ts";
import { pager } from "./tables.ts";
import { parsed } from "./values.ts";

const PER_PAGE = 20;
const SNIPPET = 260;

interface Facet {
  key: "dataset" | "family" | "aspect";
  label: string;
  table: string;
  /** What is chosen from, in SQL, and how it is shown. */
  value: string;
  shown: string;
}

const FACETS: Facet[] = [
  { key: "dataset", label: "Dataset", table: "datasets", value: "dataset", shown: "dataset" },
  {
    key: "family",
    label: "Model family",
    table: "model_sizes",
    value: "model_family(model)",
    shown: "mode(regexp_replace(model, '[\\s_-]*[vV]?[0-9].*$', ''))",
  },
  { key: "aspect", label: "Efficiency claim about", table: "speedups", value: "aspect", shown: "aspect" },
];

/** The conditions on papers `p` that an address asks for; `without` leaves one facet out. */
export function conditions(params: URLSearchParams, without = ""): { sql: string[]; wrong: string[] } {
  const found: string[] = [];
  const wrong: string[] = [];
  for (const word of words(params)) found.push(sql.holds("p.title || ' ' || p.abstract", word));
  if (params.get("code") === "yes") found.push("p.paper_id IN (SELECT paper_id FROM repo_links WHERE kind = 'code')");
  for (const { key, table, value } of FACETS) {
    const chosen = params.get(key);
    if (chosen && key !== without) found.push(`p.paper_id IN (SELECT paper_id FROM ${table} WHERE ${value} = ${sql.text(chosen)})`);
  }
  const limits: string[] = [];
  for (const [key, column, sign] of [
    ["from", "value_max", ">="],
    ["to", "value_min", "<="],
  ] as const) {
    const value = parsed(params.get(key) ?? "");
    if (value === null) wrong.push(`“${params.get(key)}” is no size: write 350M, 7B or 1.3B.`);
    else if (value !== undefined) limits.push(`${column} ${sign} ${value}`);
  }
  if (limits.length) found.push(`p.paper_id IN (SELECT paper_id FROM model_sizes WHERE ${limits.join(" AND ")})`);
  return { sql: found, wrong };
}

function words(params: URLSearchParams): string[] {
  return [...(params.get("q") ?? "").matchAll(/"([^"]+)"|(\S+)/g)].map((found) => found[1] ?? found[2] ?? "");
}

export function papers(main: HTMLElement, site: Site): (params: URLSearchParams) => Promise<void> {
  const search = h("input", {
    type: "search",
    name: "q",
    autocomplete: "off",
    oninput: debounced(() => search.isConnected && change({ q: search.value }, "replace")),
  });
  const code = h("input", { type: "checkbox", onchange: () => change({ code: code.checked ? "yes" : undefined }) });
  const from = h("input", { size: 7, placeholder: "350M", autocomplete: "off", onchange: () => change({ from: from.value }) });
  const to = h("input", { size: 7, placeholder: "7B", autocomplete: "off", onchange: () => change({ to: to.value }) });
  const places = new Map(FACETS.map((facet) => [facet.key, h("div", {})]));
  const outcome = h("div", { class: "outcome" });
  const status = h("p", { role: "status", class: "quiet" }, "Waiting for the engine …");
  fill(
    main,
    h("h1", {}, "Papers"),
    h(
      "form",
      { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
      h(
        "div",
        { class: "wide-control" },
        labelled("Search in title and abstract", search, 'All words must occur; "several words" in quotes are one.'),
      ),
      [...places.values()],
      labelled("Model size from", from),
      labelled("Model size to", to),
      h("div", { class: "control check" }, code, h("label", { for: "code" }, "with a link to code")),
      h("div", { class: "control" }, h("a", { class: "clear", href: "#/papers" }, "Clear all")),
    ),
    status,
    outcome,
  );
  code.id = "code";
  let latest = 0;

  return async (params) => {
    latest += 1;
    const turn = latest;
    for (const [element, key] of [
      [search, "q"],
      [from, "from"],
      [to, "to"],
    ] as const) {
      if (element !== document.activeElement || !params.get(key)) element.value = params.get(key) ?? "";
    }
    code.checked = params.get("code") === "yes";
    const wanted = conditions(params);
    if (wanted.wrong.length) {
      status.textContent = wanted.wrong.join(" ");
      fill(outcome);
      return;
    }
    const page = Math.max(1, Number.parseInt(params.get("page") ?? "1", 10) || 1);
    const [found, facets] = await Promise.all([
      rows(site, params, wanted.sql, page),
      Promise.all(FACETS.map((facet) => choices(facet, params))),
    ]);
    if (turn !== latest) return;
    FACETS.forEach((facet, index) => {
      const place = places.get(facet.key) as HTMLElement;
      const focused = place.contains(document.activeElement);
      fill(
        place,
        labelled(
          facet.label,
          select([["", "any"], ...(facets[index] ?? [])], params.get(facet.key) ?? "", (value) => change({ [facet.key]: value })),
        ),
      );
      if (focused) place.querySelector("select")?.focus();
    });
    status.textContent = `${found.total.toLocaleString("en")} of ${site.tables.find((table) => table.name === "papers")?.rows.toLocaleString("en")} papers`;
    const paging = pager(page, Math.ceil(found.total / PER_PAGE), (next) => {
      const there = new URLSearchParams(params);
      there.set("page", String(next));
      return address("papers", there);
    });
    fill(
      outcome,
      found.rows.length
        ? h(
            "ol",
            { class: "papers", start: (page - 1) * PER_PAGE + 1 },
            found.rows.map((row) => item(row, site, words(params))),
          )
        : h(
            "p",
            { class: "empty" },
            "No paper has all of this. Take a word or a filter away, or ",
            h("a", { href: "#/papers" }, "begin again"),
            ".",
          ),
      paging,
      h("p", { class: "under" }, h("a", { href: address("console", { sql: found.sql }) }, "the SQL behind this list")),
    );
  };
}

async function rows(
  site: Site,
  params: URLSearchParams,
  wanted: string[],
  page: number,
): Promise<{ rows: Row[]; total: number; sql: string }> {
  const counted = fields(site).map(({ name }) => `(SELECT count(*) FROM ${name} AS m WHERE m.paper_id = p.paper_id) AS ${name}`);
  const inTitle = words(params).map((word) => sql.holds("p.title", word));
  const order = inTitle.length ? `${inTitle.join(" AND ")} DESC, title` : "title";
  const query = `SELECT p.paper_id, p.title, p.abstract,\n       ${counted.join(",\n       ")}\nFROM papers AS p${sql.where(wanted)}\nORDER BY ${order}, paper_id`;
  const [found, total] = await Promise.all([
    askRows(`${query}\nLIMIT ${PER_PAGE} OFFSET ${(page - 1) * PER_PAGE}`),
    askRows(`SELECT count(*) AS n FROM papers AS p${sql.where(wanted)}`),
  ]);
  return { rows: found, total: total[0]?.n as number, sql: query };
}

/** The values of a facet among the papers that all other filters leave, most papers first. */
async function choices(facet: Facet, params: URLSearchParams): Promise<[string, string][]> {
  const others = sql.where(conditions(params, facet.key).sql);
  const found = await askRows(
    `SELECT ${facet.value} AS value, ${facet.shown} AS shown, count(DISTINCT paper_id) AS n FROM ${facet.table}
     WHERE ${facet.value} IS NOT NULL AND paper_id IN (SELECT p.paper_id FROM papers AS p${others}) GROUP BY 1 ORDER BY n DESC, 1 LIMIT 300`,
  );
  const list = found.map((row): [string, string] => [String(row.value), `${row.shown || row.value} (${row.n})`]);
  const chosen = params.get(facet.key);
  if (chosen && !list.some(([value]) => value === chosen)) list.unshift([chosen, `${chosen} (0)`]);
  return list;
}

function item(row: Row, site: Site, sought: string[]): HTMLElement {
  const facts = fields(site)
    .filter(({ name }) => row[name])
    .map(({ name }) => h("li", { class: `tag ${name}` }, counted(name, row[name] as number)));
  return h(
    "li",
    {},
    h("a", { class: "title", href: address(`paper/${row.paper_id}`) }, ...hits(String(row.title) || "(no title)", sought)),
    h("p", { class: "snippet" }, ...hits(snippet(String(row.abstract), sought), sought)),
    facts.length ? h("ul", { class: "tags", "aria-label": "Facts in it" }, facts) : null,
  );
}

/** A part of an abstract around the first word that was sought. */
function snippet(abstract: string, sought: string[]): string {
  const places = sought.map((word) => abstract.toLowerCase().indexOf(word.toLowerCase())).filter((place) => place >= 0);
  const from = places.length && Math.min(...places) > SNIPPET - 60 ? abstract.lastIndexOf(" ", Math.min(...places) - 80) + 1 : 0;
  const end = abstract.indexOf(" ", from + SNIPPET);
  return `${from ? "… " : ""}${abstract.slice(from, end < 0 ? undefined : end)}${end < 0 ? "" : " …"}`;
}

function hits(text: string, sought: string[]): (Node | string)[] {
  if (!sought.length) return [text];
  const pattern = new RegExp(`(${sought.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "giu");
  return text.split(pattern).map((part, index) => (index % 2 ? h("b", { class: "hit" }, part) : part));
}
