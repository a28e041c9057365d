// A page per field: the mentions with their evidence, sorted and filtered, their distribution, downloads, the SQL behind them.

import { debounced, fill, h, labelled, select } from "./dom.ts";
import { csv, parquet, save } from "./download.ts";
import { ask, askRows } from "./engine.ts";
import { DISTRIBUTIONS, LISTED, UNSHOWN } from "./fields.ts";
import { figure } from "./figure.ts";
import { address, change } from "./router.ts";
import { type Column, type Row, type Site, spoken, type Table } from "./site.ts";
import { contextParts } from "./spans.ts";
import * as sql from "./sql.ts";
import { type Head, pager, refill, table as tableOf } from "./tables.ts";
import { cell, parsed } from "./values.ts";

const PER_PAGE = 25;
const NUMBERS = ["float64", "uint32", "uint64"];

/** The columns that can be filtered by a choice, by a text or by numbers. */
function filters(table: Table): Column[] {
  return shownColumns(table).filter(({ name }) => name !== "value_min" && name !== "factor_min");
}

/** The query that an address asks for. */
export function chosen(table: Table, params: URLSearchParams): { sql: string; wrong: string[] } {
  const conditions: string[] = [];
  const wrong: string[] = [];
  const words = params.get("q");
  if (words) conditions.push(`(${sql.holds("title", words)} OR ${sql.holds("context", words)})`);
  for (const column of filters(table)) {
    const name = sql.name(column.name);
    if (NUMBERS.includes(column.type)) {
      for (const [end, sign] of [
        ["from", ">="],
        ["to", "<="],
      ] as const) {
        const value = parsed(params.get(`${column.name}.${end}`) ?? "");
        if (value === null) wrong.push(`“${params.get(`${column.name}.${end}`)}” is no number: write 1000, 1.5K or 7B.`);
        else if (value !== undefined) conditions.push(`${name} ${sign} ${value}`);
      }
      continue;
    }
    const value = params.get(column.name);
    if (!value) continue;
    if (value === "none") conditions.push(column.type === "string" ? `coalesce(${name}, '') = ''` : `${name} IS NULL`);
    else if (column.type === "boolean") conditions.push(`${name} = ${value === "yes"}`);
    else if (column.type === "enum") conditions.push(`${name} = ${sql.text(value)}`);
    else conditions.push(sql.holds(name, value));
  }
  const columns = table.columns.map((column) => column.name);
  const sort = params.get("sort") ?? "";
  const by = columns.includes(sort) ? `${sql.name(sort)}${params.get("down") ? " DESC" : ""} NULLS LAST, ` : "";
  const order = `${by}paper_id, section DESC, start`;
  const listed = columns.map(sql.name).join(", ");
  return { sql: `SELECT ${listed}, title, context\nFROM ${table.name}_in_context${sql.where(conditions)}\nORDER BY ${order}`, wrong };
}

export function field(main: HTMLElement, _site: Site, table: Table): (params: URLSearchParams) => Promise<void> {
  const controls = filterControls(table);
  const status = h("p", { role: "status", class: "quiet" }, "Waiting for the engine …");
  const [plot, rows, after] = [h("div", {}), h("div", { class: "outcome" }), h("div", { class: "after" })];
  fill(
    main,
    h(
      "h1",
      {},
      spoken(table.name).replace(/^./, (letter) => letter.toUpperCase()),
    ),
    h("p", { class: "lead" }, table.description),
    h("details", { class: "filter-box", open: innerWidth > 700 }, h("summary", {}, "Filters"), controls.form),
    status,
    rows,
    after,
    plot,
    meaning(table),
  );
  let latest = 0;
  void listValues(table, main);

  return async (params) => {
    latest += 1;
    const turn = latest;
    controls.show(params);
    const { sql: query, wrong } = chosen(table, params);
    if (wrong.length) {
      status.textContent = wrong.join(" ");
      fill(rows);
      fill(after);
      return;
    }
    const page = Math.max(1, Number.parseInt(params.get("page") ?? "1", 10) || 1);
    const distribution = DISTRIBUTIONS[table.name];
    const [counted, found, drawn] = await Promise.all([
      askRows(`SELECT count(*) AS n, count(DISTINCT paper_id) AS papers FROM (${query})`),
      askRows(`${query}\nLIMIT ${PER_PAGE} OFFSET ${(page - 1) * PER_PAGE}`),
      distribution ? askRows(distribution.sql(query)) : [],
    ]);
    if (turn !== latest) return;
    const total = counted[0]?.n as number;
    const papers = counted[0]?.papers as number;
    status.textContent = `${total.toLocaleString("en")} of ${table.rows.toLocaleString("en")} mentions, in ${papers.toLocaleString("en")} ${papers === 1 ? "paper" : "papers"}`;
    const go = (next: number) => {
      const there = new URLSearchParams(params);
      there.set("page", String(next));
      return address(`field/${table.name}`, there);
    };
    refill(
      rows,
      found.length
        ? tableOf(
            `${spoken(table.name)}, one row per mention`,
            heads(table, params),
            found.map((row) => cells(table, row)),
          )
        : h(
            "p",
            { class: "empty" },
            "No mention has all of this. Take a filter away, or ",
            h("a", { href: address(`field/${table.name}`) }, "begin again"),
            ".",
          ),
      pager(page, Math.ceil(total / PER_PAGE), go),
    );
    fill(after, total > 0 && downloads(table, query), behind(query));
    if (distribution) {
      const kinds = distribution.kinds ? kindsOf(drawn) : [];
      const { title, note } = distribution;
      fill(
        plot,
        h("h2", {}, "Distribution"),
        figure({
          title,
          note,
          chart: distribution.chart(kinds),
          rows: drawn,
          kinds,
          sql: distribution.sql(query),
          widths: { wide: 960, narrow: 330 },
        }),
      );
    }
  };
}

/** Kinds in the order of how often they occur, "other" last. */
function kindsOf(rows: Row[]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(String(row.kind), (counts.get(String(row.kind)) ?? 0) + (row.n as number));
  return [...counts.keys()].sort(
    (a, b) => Number(a === "other") - Number(b === "other") || (counts.get(b) as number) - (counts.get(a) as number),
  );
}

function filterControls(table: Table): { form: HTMLElement; show: (params: URLSearchParams) => void } {
  const inputs = new Map<string, HTMLInputElement | HTMLSelectElement>();
  const typed = (key: string, attributes: Record<string, string> = {}) => {
    const input: HTMLInputElement = h("input", {
      autocomplete: "off",
      ...attributes,
      oninput: debounced(() => input.isConnected && change({ [key]: input.value }, "replace")),
    });
    inputs.set(key, input);
    return input;
  };
  const controls = filters(table).flatMap((column) => {
    if (NUMBERS.includes(column.type)) {
      const label = column.name.replace(/_max$/, "").replaceAll("_", " ");
      return [
        labelled(`${label} from`, typed(`${column.name}.from`, { size: "7" })),
        labelled(`${label} to`, typed(`${column.name}.to`, { size: "7" })),
      ];
    }
    if (column.type === "boolean" || column.values.length) {
      const values: [string, string][] = (column.values.length ? column.values : ["yes", "no", "none"]).map((value) => [
        value,
        value.replaceAll("_", " "),
      ]);
      const chooser = select([["", "any"], ...values], "", (value) => change({ [column.name]: value }));
      inputs.set(column.name, chooser);
      return [labelled(column.name.replaceAll("_", " "), chooser)];
    }
    const listed: Record<string, string> = LISTED.includes(column.name) ? { list: `values-${column.name}` } : {};
    return [labelled(column.name.replaceAll("_", " "), typed(column.name, listed))];
  });
  const search = labelled("Words in the title or around the mention", typed("q", { type: "search" }));
  const form = h(
    "form",
    { class: "filters", onsubmit: (event) => event.preventDefault() },
    h("div", { class: "wide-control" }, search),
    controls,
    h("div", { class: "control" }, h("a", { class: "clear", href: address(`field/${table.name}`) }, "Clear all")),
  );
  const show = (params: URLSearchParams) => {
    for (const [key, input] of inputs) if (input !== document.activeElement || !params.get(key)) input.value = params.get(key) ?? "";
  };
  return { form, show };
}

/** What occurs in the columns that are chosen from lists, most frequent first. */
async function listValues(table: Table, main: HTMLElement): Promise<void> {
  for (const { name } of filters(table).filter((column) => LISTED.includes(column.name) && !column.values.length)) {
    const found = await askRows(
      `SELECT ${sql.name(name)} AS value FROM ${table.name} WHERE ${sql.name(name)} <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 200`,
    ).catch(() => []);
    put(main, name, found);
  }
}

function put(main: HTMLElement, name: string, found: Row[]): void {
  main.append(
    h(
      "datalist",
      { id: `values-${name}` },
      found.map((row) => h("option", { value: String(row.value) })),
    ),
  );
}

function heads(table: Table, params: URLSearchParams): Head[] {
  const sorted = (name: string) =>
    params.get("sort") !== name ? undefined : params.get("down") ? ("descending" as const) : ("ascending" as const);
  // First downwards for numbers, upwards for text; then the other way; then as the table is.
  const next = (name: string, number: boolean) => () => {
    const now = sorted(name);
    const [first, second] = number ? ["1", undefined] : [undefined, "1"];
    if (!now) change({ sort: name, down: first });
    else if ((now === "descending") === Boolean(first)) change({ sort: name, down: second });
    else change({ sort: undefined, down: undefined });
  };
  return [
    { name: "evidence", title: "the words around the mention, which is marked, and the paper's title" },
    ...shownColumns(table).map(({ name, description, unit, type }) => {
      const number = NUMBERS.includes(type);
      return { name, title: `${description}${unit ? ` (${unit})` : ""}`, number, sort: next(name, number), sorted: sorted(name) };
    }),
  ];
}

function cells(table: Table, row: Row): (Node | string)[] {
  const [before, text, after] = contextParts(String(row.context), row.start as number, String(row.text));
  const evidence = h(
    "div",
    { class: "evidence" },
    (row.start as number) > 40 ? `…${before.replace(/^\S*\s(?=.)/, " ")}` : before,
    h("a", { class: `mark ${table.name}`, href: address(`paper/${row.paper_id}`, { mention: String(row.mention_id) }) }, text),
    Array.from(after).length === 40 ? `${after.replace(/(?<=.)\s\S*$/, " ")}…` : after,
    h("a", { class: "from", href: address(`paper/${row.paper_id}`) }, String(row.title) || "(no title)"),
  );
  return [evidence, ...shownColumns(table).map(({ name }) => (name === "rule" ? h("code", {}, cell(row.rule)) : cell(row[name])))];
}

/** The columns of a field's table in their order, the rule last. */
function shownColumns(table: Table): Column[] {
  const shown = table.columns.filter(({ name }) => !UNSHOWN.includes(name));
  return [...shown.filter(({ name }) => name !== "rule"), ...shown.filter(({ name }) => name === "rule")];
}

function downloads(table: Table, query: string): HTMLElement {
  const status = h("span", { role: "status", class: "quiet" });
  const button = (name: string, make: () => Promise<void>) =>
    h(
      "button",
      { class: "second", onclick: () => void make().catch((error: Error) => fill(status, `It did not work: ${error.message}`)) },
      name,
    );
  return h(
    "div",
    { class: "downloads" },
    h("h2", {}, "Download"),
    h("p", {}, "These rows, all pages of them, with the title and the context:"),
    button("as CSV", async () => save(`${table.name}.csv`, csv(await ask(query)), "text/csv")),
    button("as Parquet", async () => save(`${table.name}.parquet`, parquet(await ask(query)), "application/vnd.apache.parquet")),
    status,
    h(
      "p",
      {},
      "The whole table as it was released: ",
      h("a", { href: `release/${table.name}.parquet`, download: "" }, `${table.name}.parquet`),
    ),
  );
}

function behind(query: string): HTMLElement {
  return h(
    "div",
    { class: "behind" },
    h("h2", {}, "The SQL behind this view"),
    h("pre", { tabindex: 0, role: "region", "aria-label": "SQL" }, h("code", {}, query)),
    h("a", { class: "button second", href: address("console", { sql: query }) }, "Open in the console"),
  );
}

function meaning(table: Table): HTMLElement {
  const one = ({ name, description, unit, values }: Column) => [
    h("dt", {}, h("code", {}, name)),
    h("dd", {}, `${description}${unit ? ` (${unit})` : ""}${values.length ? `: ${values.join(", ")}` : ""}`),
  ];
  return h("details", { class: "meaning" }, h("summary", {}, "What the columns mean"), h("dl", {}, table.columns.flatMap(one)));
}
