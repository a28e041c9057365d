// DuckDB in the reader's browser: loaded once, from this site alone, with the release attached for reading only.

import * as duckdb from "@duckdb/duckdb-wasm";
import ehWorker from "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url";
import mvpWorker from "@duckdb/duckdb-wasm/dist/duckdb-browser-mvp.worker.js?url";
import ehModule from "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url";
import mvpModule from "@duckdb/duckdb-wasm/dist/duckdb-mvp.wasm?url";
import { DataType, type Table } from "apache-arrow";
import { beside, type Row } from "./site.ts";

declare const ENGINE_BYTES: { eh: number; mvp: number };

export type Kind = "text" | "integer" | "number" | "truth";

export interface Result {
  columns: { name: string; kind: Kind }[];
  rows: unknown[][];
  /** Whether there are more rows than these. */
  more: boolean;
}

export type State = { is: "loading"; loaded: number; total: number } | { is: "ready" } | { is: "failed"; why: string };

const SETUP = [
  // Extensions and files come from other places: nothing may be fetched.
  "SET autoinstall_known_extensions = false",
  "SET autoload_known_extensions = false",
  "ATTACH 'paperfacts.duckdb' AS paperfacts (READ_ONLY)",
  "USE paperfacts",
  "SET enable_external_access = false",
  "SET lock_configuration = true",
];

let starting: Promise<duckdb.AsyncDuckDB> | undefined;
let pages: Promise<duckdb.AsyncDuckDBConnection> | undefined;

/** Load the engine, if it is not there or being loaded; `tell` hears of each step. */
export function start(tell: (state: State) => void): void {
  if (starting) return;
  starting = load(tell);
  starting.then(
    () => tell({ is: "ready" }),
    (error: unknown) => {
      tell({ is: "failed", why: error instanceof Error ? error.message : String(error) });
    },
  );
  waiting.splice(0).forEach((go) => {
    go();
  });
}

const waiting: (() => void)[] = [];

async function engine(): Promise<duckdb.AsyncDuckDB> {
  if (!starting) await new Promise<void>((go) => waiting.push(go));
  return starting as Promise<duckdb.AsyncDuckDB>;
}

async function load(tell: (state: State) => void): Promise<duckdb.AsyncDuckDB> {
  const bundle = await duckdb.selectBundle({
    mvp: { mainModule: mvpModule, mainWorker: mvpWorker },
    eh: { mainModule: ehModule, mainWorker: ehWorker },
  });
  const total = bundle.mainModule === ehModule ? ENGINE_BYTES.eh : ENGINE_BYTES.mvp;
  tell({ is: "loading", loaded: 0, total });
  const at = (path: string) => new URL(path, document.baseURI).href;
  // A worker made from a blob obeys the policy of this page: it cannot ask another origin for anything either.
  // Where the engine leaves a failure unsaid, the worker says it.
  const code = `addEventListener("unhandledrejection", ({ reason }) => setTimeout(() => { throw reason; }));
importScripts(${JSON.stringify(at(bundle.mainWorker as string))});`;
  const script = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const worker = new Worker(script);
  try {
    const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
    const broken = new Promise<never>((_, fail) => {
      worker.addEventListener("error", ({ message }) =>
        fail(new Error(`The database engine could not be loaded (${message}). Look at your connection and load the page again.`)),
      );
    });
    const file = beside("data/paperfacts.duckdb").then((answer) => answer.arrayBuffer());
    const [data] = await Promise.race([
      broken,
      Promise.all([
        file,
        db.instantiate(at(bundle.mainModule), null, ({ bytesLoaded }) =>
          tell({ is: "loading", loaded: Math.min(bytesLoaded, total), total }),
        ),
      ]),
    ]);
    await db.open({ query: { castDecimalToDouble: true } });
    await db.registerFileBuffer("paperfacts.duckdb", new Uint8Array(data));
    const connection = await db.connect();
    for (const statement of SETUP) await connection.query(statement);
    await connection.close();
    return db;
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    URL.revokeObjectURL(script);
  }
}

/** A connection of its own, on which the release's tables have their plain names. */
export async function connect(): Promise<duckdb.AsyncDuckDBConnection> {
  const connection = await (await engine()).connect();
  await connection.query("USE paperfacts");
  return connection;
}

/** All rows of a query, as columns and rows. Waits for the engine. */
export async function ask(sql: string): Promise<Result> {
  pages ??= connect();
  return read([await (await pages).query(sql)], false);
}

/** All rows of a query, as objects. */
export async function askRows(sql: string): Promise<Row[]> {
  const { columns, rows } = await ask(sql);
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column.name, row[index]])));
}

/** Arrow tables of one query as plain values. */
export function read(tables: Table[], more: boolean): Result {
  const schema = tables[0]?.schema.fields ?? [];
  const columns = schema.map((field) => ({ name: field.name, kind: kindOf(field.type) }));
  const rows: unknown[][] = [];
  for (const table of tables) {
    const vectors = columns.map((_, index) => table.getChildAt(index));
    for (let at = 0; at < table.numRows; at += 1) rows.push(vectors.map((vector, index) => plain(vector?.get(at), schema[index]?.type)));
  }
  return { columns, rows, more };
}

function kindOf(type: DataType): Kind {
  if (DataType.isInt(type)) return "integer";
  if (DataType.isFloat(type)) return "number";
  return DataType.isBool(type) ? "truth" : "text";
}

function plain(value: unknown, type: DataType | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (type && (DataType.isTimestamp(type) || DataType.isDate(type))) return new Date(Number(value)).toISOString();
  return typeof value === "object" ? String(value) : value;
}
