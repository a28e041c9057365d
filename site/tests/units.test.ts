import assert from "node:assert/strict";
import { test } from "node:test";
import { ranked } from "../src/charts.ts";
import { csv } from "../src/download.ts";
import { explained, nearest } from "../src/errors.ts";
import { address, parse } from "../src/router.ts";
import { contextParts, segments } from "../src/spans.ts";
import * as sql from "../src/sql.ts";
import { parsed, phrase, short } from "../src/values.ts";

test("spans count code points: characters outside the basic plane before a mention do not shift it", () => {
  const [before, mention, after] = segments("𝒜🚀 is 3x faster", [{ start: 6, end: 8 }]);
  assert.deepEqual([before?.text, mention?.text, after?.text], ["𝒜🚀 is ", "3x", " faster"]);
});

test("mentions that overlap cut the text where each begins and ends, and none is lost", () => {
  const parts = segments("abcdef", [
    { start: 1, end: 4, id: 1 },
    { start: 2, end: 6, id: 2 },
  ]);
  assert.deepEqual(
    parts.map(({ text, mentions }) => [text, ...mentions.map(({ id }) => id)]),
    [["a"], ["b", 1], ["cd", 1, 2], ["ef", 2]],
  );
});

test("a context is taken apart by the span, although it may hold brackets of its own", () => {
  assert.deepEqual(contextParts("see [1] 🚀 is [3x] faster", 13, "3x"), ["see [1] 🚀 is ", "3x", " faster"]);
});

test("numbers are read as people write them, and what is none is told from what is empty", () => {
  assert.deepEqual(["7B", "1.5k", "300 000", "1e9", "", "many", "-3"].map(parsed), [7e9, 1500, 300000, 1e9, undefined, null, null]);
  assert.deepEqual([7e9, 1.3e6, 0.14, 175e9, 1e12].map(short), ["7B", "1.3M", "0.14", "175B", "1T"]);
});

test("a mention's phrase has its comparator, its range, its unit and its form", () => {
  const claim = {
    comparator: "<=",
    value_min: 43,
    value_max: 43,
    form: "percent",
    aspect: "cost",
    direction: "gain",
    factor_min: 1.754386,
    factor_max: 1.754386,
  };
  assert.equal(phrase("speedups", claim), "up to 1.754× gain in cost");
  assert.equal(phrase("speedups", { ...claim, factor_min: null, factor_max: null }), "up to 43\u202f% gain in cost");
  const size = { model: "Pythia", comparator: "=", value_min: 7e7, value_max: 1.2e10, kind: "total" };
  assert.equal(phrase("model_sizes", size), "Pythia: 70M to 12B parameters");
  assert.equal(phrase("hardware", { device: "A100", count: 8 }), "8 × A100");
  assert.equal(phrase("data_sizes", { comparator: "~", value_min: 1, value_max: 1, unit: "image" }), "about 1 image");
});

test("CSV keeps null apart from empty text, quotes what must be, and nothing in it runs in a spreadsheet", () => {
  const columns = [
    { name: "a", kind: "text" as const },
    { name: "b", kind: "number" as const },
  ];
  const rows = [
    ['say "hi", you', 1.5],
    [null, null],
    ["", -2],
    ["=1+1", 0],
    ["=", 0],
  ];
  assert.equal(csv({ columns, rows, more: false }), 'a,b\n"say ""hi"", you",1.5\n,\n"",-2\n\'=1+1,0\n=,0\n');
});

test("values and names in SQL cannot end where they stand", () => {
  assert.equal(sql.text("O'Brien'; DROP TABLE x --"), "'O''Brien''; DROP TABLE x --'");
  assert.equal(sql.name('a"b'), '"a""b"');
  assert.equal(sql.name("end"), '"end"');
  assert.equal(sql.holds("title", "50%_x"), "title ILIKE '%50\\%\\_x%' ESCAPE '\\'");
});

test("an address gives back the state that it was made of", () => {
  const hash = address("paper/10.1/é x", { q: "a&b=c #d", page: 2, none: undefined, empty: "" });
  const { path, params } = parse(hash);
  assert.deepEqual([path, ...params], ["paper/10.1/é x", ["q", "a&b=c #d"], ["page", "2"]]);
  assert.equal(parse("#/paper/%E0%A4%A").path, "paper/%E0%A4%A");
});

test("errors name the nearest table and column, and say what cannot be done here", () => {
  const known = { tables: ["papers", "speedups", "metrics"], columns: ["papers.title", "speedups.aspect", "speedups.factor_max"] };
  assert.match(
    explained('Catalog Error: Table with name speedup does not exist!\nDid you mean "x"?', known),
    /no table speedup\. Did you mean speedups\?/,
  );
  assert.match(explained('Binder Error: Referenced column "aspects" not found in FROM clause!', known), /nearest are speedups\.aspect/);
  assert.match(
    explained('Parser Error: syntax error at or near "FORM"\n\nLINE 1: SELECT 1 FORM x\n                 ^', known),
    /at “FORM”[\s\S]*LINE 1/,
  );
  assert.match(
    explained(
      'Invalid Input Error: Cannot execute statement of type "CREATE" on database "paperfacts" which is attached in read-only mode!',
      known,
    ),
    /CREATE TEMP TABLE/,
  );
  assert.deepEqual(nearest("zzzzzz", known.tables), []);
});

test("only results of the same measure, unit and kind are ranked together", () => {
  const row = { metric: "FID", unit: "", kind: "absolute", higher_is_better: false };
  const panels = ranked([row, { ...row, unit: "%" }, { ...row, kind: "gain" }, row]);
  assert.deepEqual(
    panels.map(({ head, rows }) => [head, rows.length]),
    [
      ["FID, level reached, lower is better", 2],
      ["FID (%), level reached, lower is better", 1],
      ["FID, gain, lower is better", 1],
    ],
  );
});
