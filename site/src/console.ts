// The SQL console: an editor, the schema beside it, the answer as a table and, when its columns allow, as a plot.

import type { AsyncDuckDBConnection } from "@duckdb/duckdb-wasm";
import { Table as ArrowTable, type RecordBatch } from "apache-arrow";
import { plotted } from "./answers.ts";
import { fill, h } from "./dom.ts";
import { csv, parquet, save } from "./download.ts";
import { editor } from "./editor.ts";
import { connect, type Result, read } from "./engine.ts";
import { explained } from "./errors.ts";
import { address, change } from "./router.ts";
import type { NamedQuery, Site } from "./site.ts";
import * as sql from "./sql.ts";
import { resultTable } from "./tables.ts";

const SHOWN = 500;
const KEPT = 100_000;
const FIRST =
  "SELECT aspect, count(*) AS claims, max(factor_max) AS largest\nFROM speedups\nWHERE direction = 'gain'\nGROUP BY aspect\nORDER BY claims DESC";

/** One for as long as the site is open, so that a reader's own tables stay. */
let connection: Promise<AsyncDuckDBConnection> | undefined;

export function sqlConsole(main: HTMLElement, site: Site): (params: URLSearchParams) => Promise<void> {
  const outcome = h("div", { class: "outcome" });
  const status = h("p", { role: "status", class: "quiet" });
  const place = h("div", { class: "editor" });
  const write = editor(place, FIRST, site, () => void run());
  const stop = h("button", { class: "second", hidden: true }, "Stop");
  fill(
    main,
    h("h1", {}, "SQL console"),
    h(
      "p",
      { class: "lead" },
      "DuckDB runs inside this page: what you ask never leaves your browser. The release is read only; the address of this page holds the query, so that you can share it.",
    ),
    h(
      "div",
      { class: "console" },
      h(
        "div",
        { class: "work" },
        place,
        h(
          "div",
          { class: "actions" },
          h("button", { onclick: () => void run() }, "Run (Ctrl+Enter)"),
          stop,
          h("button", { class: "second", onclick: () => void copy(status) }, "Copy link"),
        ),
        status,
        outcome,
      ),
      schema(site, (text) => write.insert(text)),
    ),
  );

  let turn = 0;
  let asked: string | undefined;
  const known = {
    tables: [...site.tables, ...site.views].map(({ name }) => name),
    columns: site.tables.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`)),
  };

  async function run(): Promise<void> {
    const text = write.text().trim();
    turn += 1;
    const now = turn;
    asked = text;
    change({ sql: text });
    if (!text) {
      fill(status, "Write a statement, or choose an example at the side.");
      fill(outcome);
      return;
    }
    fill(status, "Running …");
    connection ??= connect();
    const began = performance.now();
    try {
      const open = await connection;
      stop.onclick = () => void open.cancelSent();
      stop.hidden = false;
      const result = await answer(open, text);
      if (now === turn) show(result, performance.now() - began);
    } catch (error) {
      if (now !== turn) return;
      fill(status);
      fill(
        outcome,
        h(
          "div",
          { class: "error", role: "alert" },
          h("p", {}, "The statement did not run."),
          h("pre", {}, explained((error as Error).message, known)),
        ),
      );
    } finally {
      if (now === turn) stop.hidden = true;
    }
  }

  function show(result: Result, took: number): void {
    const seconds = took < 995 ? `${Math.max(1, Math.round(took))} ms` : `${(took / 1000).toFixed(1)} s`;
    const count = `${result.rows.length.toLocaleString("en")} ${result.rows.length === 1 ? "row" : "rows"}`;
    const cutTo = result.rows.length > SHOWN ? `, the first ${SHOWN} shown` : "";
    fill(
      status,
      result.more ? `The first ${count}${cutTo}; there are more. Add a condition or a LIMIT. ${seconds}` : `${count}${cutTo}, ${seconds}`,
    );
    fill(
      outcome,
      h("h2", {}, "Answer"),
      result.rows.length
        ? resultTable("The answer", result, SHOWN)
        : h(
            "p",
            { class: "empty" },
            "No row. If there should be some, loosen a condition, and look at how values are written: aspect = 'speed', comparator = '<='.",
          ),
      result.rows.length > 0 &&
        h(
          "p",
          { class: "actions" },
          h("button", { class: "second", onclick: () => save("answer.csv", csv(result), "text/csv") }, "Download CSV"),
          h(
            "button",
            { class: "second", onclick: () => save("answer.parquet", parquet(result), "application/vnd.apache.parquet") },
            "Download Parquet",
          ),
        ),
      result.rows.length > 0 && plotted(result),
    );
  }

  return async (params) => {
    const given = params.get("sql");
    if (given === asked) return;
    if (given === null) {
      write.set(FIRST);
      fill(status);
      fill(outcome, h("p", { class: "quiet" }, "Run the statement above, or choose an example."));
      asked = undefined;
      return;
    }
    write.set(given);
    await run();
  };
}

/** The answer of one statement, up to KEPT rows. */
async function answer(connection: AsyncDuckDBConnection, text: string): Promise<Result> {
  const reader = await connection.send(text, true);
  const batches: RecordBatch[] = [];
  let rows = 0;
  let more = false;
  for await (const batch of reader) {
    batches.push(batch);
    rows += batch.numRows;
    if (rows > KEPT) {
      more = true;
      await connection.cancelSent();
      break;
    }
  }
  const result = read(batches.length ? [new ArrowTable(batches)] : [new ArrowTable(reader.schema)], more);
  return more ? { ...result, rows: result.rows.slice(0, KEPT) } : result;
}

async function copy(status: HTMLElement): Promise<void> {
  const said = await navigator.clipboard.writeText(location.href).then(
    () => "The link is copied.",
    () => "The browser does not let this page copy; take the link from the address bar.",
  );
  fill(status, said);
}

function schema(site: Site, insert: (text: string) => void): HTMLElement {
  const tables = site.tables.map((table) =>
    h(
      "details",
      {},
      h("summary", {}, h("code", {}, table.name), ` ${table.rows.toLocaleString("en")}`),
      h("p", {}, table.description),
      h(
        "dl",
        {},
        table.columns.flatMap((column) => [
          h(
            "dt",
            {},
            h("button", { class: "name", title: "Put it into the statement", onclick: () => insert(sql.name(column.name)) }, column.name),
            h("small", {}, ` ${column.type}`),
          ),
          h(
            "dd",
            {},
            `${column.description}${column.unit ? ` (${column.unit})` : ""}${column.values.length ? `: ${column.values.join(", ")}` : ""}`,
          ),
        ]),
      ),
    ),
  );
  const views = site.views.flatMap((view) => [
    h("dt", {}, h("button", { class: "name", title: "Put it into the statement", onclick: () => insert(view.name) }, view.name)),
    h("dd", {}, view.description),
  ]);
  return h(
    "aside",
    { "aria-label": "Examples and schema" },
    h("h2", {}, "Examples"),
    h(
      "ul",
      { class: "examples" },
      site.queries.map((query) => h("li", {}, h("a", { href: address("console", { sql: example(query, site) }) }, query.answers))),
    ),
    h("h2", {}, "Tables"),
    tables,
    h("details", {}, h("summary", {}, `${site.views.length} views`), h("dl", {}, views)),
  );
}

/** A named query as one can run it here: its own SQL, or a call of its macro if it has parameters. */
export function example(query: NamedQuery, site: Site): string {
  if (!query.parameters.length) return query.sql.trim();
  const most = String(site.figures.datasets_by_papers?.rows[0]?.dataset ?? "ImageNet");
  const values = query.parameters.map((name) => `${name} := ${name === "dataset" ? sql.text(most) : "NULL"}`);
  return `-- ${query.answers}\nFROM ${query.name}(${values.join(", ")})`;
}
