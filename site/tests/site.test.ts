// The built site in a real browser: SITE is the explorer of a release, HOSTILE that of one with markup in its papers.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import axe from "axe-core";
import type { Browser, Download, Page } from "playwright-core";
import { launch, ready, serve, type Watched, watched } from "./browser.ts";

const SITE = resolve(process.env.SITE ?? "../build/site");
const HOSTILE = resolve(process.env.HOSTILE ?? "../build/site-test/hostile-site");
const SHOTS = resolve(process.env.SHOTS ?? "../build/site-test/screenshots");
const PYTHON = resolve(process.env.PYTHON ?? "../.venv/bin/python");

const THEMES = ["light", "dark"] as const;
const WIDTHS = { wide: { width: 1280, height: 860 }, narrow: { width: 360, height: 740 } };

let browser: Browser;
let address: string;
let hostile: string;
const servers: Server[] = [];

before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await launch();
  for (const folder of [SITE, HOSTILE]) {
    const one = await serve(folder);
    servers.push(one.server);
    if (folder === SITE) address = one.address;
    else hostile = one.address;
  }
});

after(async () => {
  await browser?.close();
  for (const server of servers) server.close();
});

/** What Polars says of the release's own tables: the expression's value, with `t` a function from a table's name to its frame. */
function polars(expression: string): unknown {
  const code = `import json, sys, polars as pl\nt = lambda name: pl.read_parquet(f"{sys.argv[1]}/release/{name}.parquet")\nprint(json.dumps(${expression}))`;
  return JSON.parse(execFileSync(PYTHON, ["-c", code, SITE], { encoding: "utf-8" }));
}

/** A page of the site, opened; the engine runs. */
async function open(hash: string, options: Parameters<typeof watched>[2] = {}, site = address): Promise<Watched> {
  const one = await watched(browser, site, { viewport: WIDTHS.wide, ...options });
  await one.page.goto(`${site}${hash}`);
  await ready(one.page);
  return one;
}

async function closed({ page, wrong }: Watched): Promise<void> {
  assert.deepEqual(wrong, []);
  await page.context().close();
}

const text = async (page: Page, selector: string) => (await page.locator(selector).first().innerText()).trim();

/** A paper with many kinds of mentions, so that its page shows what a page can show. */
function richest(): string {
  return polars(
    "pl.concat([t(n).select('paper_id', field=pl.lit(n)) for n in ('model_sizes', 'speedups', 'datasets', 'repo_links', 'metrics', 'data_sizes')]).group_by('paper_id').agg(kinds=pl.col('field').n_unique(), n=pl.len()).sort('kinds', 'n', 'paper_id', descending=True)['paper_id'][0]",
  ) as string;
}

const PAGES: [string, string, string][] = [
  ["overview", "", ".figures figure:nth-of-type(3)"],
  ["papers", "#/papers?q=language+model&code=yes", ".papers li"],
  ["paper", "", ".abstract .mark"],
  ["field", "#/field/speedups?direction=gain&sort=factor_max&down=1", "tbody tr"],
  [
    "console",
    `#/console?sql=${encodeURIComponent("SELECT aspect, count(*) AS claims, max(factor_max) AS largest\nFROM speedups\nWHERE direction = 'gain'\nGROUP BY aspect\nORDER BY claims DESC")}`,
    ".outcome figure svg",
  ],
  ["quality", "#/quality", "table"],
  ["rules", "#/quality?part=rules", "tbody tr"],
  ["changes", "#/quality?part=changes", "table"],
  ["files", "#/quality?part=files", "tbody tr"],
];

for (const theme of THEMES) {
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    test(`every page opens without an error and is accessible: ${theme}, ${width}`, { timeout: 300_000 }, async () => {
      const one = await open("", { colorScheme: theme, viewport });
      const found: string[] = [];
      for (const [name, hash, shown] of PAGES) {
        await one.page.goto(`${address}${name === "paper" ? `#/paper/${richest()}` : hash || "#/"}`);
        await one.page.locator(shown).first().waitFor({ state: "attached" });
        if (name === "paper") await one.page.locator(".abstract .mark").first().hover();
        await one.page.screenshot({ path: join(SHOTS, `${name}-${theme}-${width}.png`), fullPage: true });
        // The upper part of a page, as the README shows it.
        const upper = { x: 0, y: 0, width: 1280, height: name === "overview" ? 1380 : 860 };
        if (width === "wide") await one.page.screenshot({ path: join(SHOTS, `${name}-${theme}.png`), fullPage: true, clip: upper });
        const overflow = await one.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (overflow) found.push(`${name} is ${overflow} pixels wider than the screen`);
        await one.page.mouse.move(0, 0);
        await one.page.evaluate(axe.source);
        const { violations } = await one.page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
        for (const { id, nodes } of violations)
          found.push(
            `${name}: ${id}: ${nodes
              .map((node) => node.html.slice(0, 160))
              .slice(0, 3)
              .join(" | ")}`,
          );
      }
      assert.deepEqual(found, []);
      await closed(one);
    });
  }
}

test("every field has a page with rows, a plot and evidence that is marked", { timeout: 120_000 }, async () => {
  const one = await open("");
  const links = await one.page.locator("nav.fields a").evaluateAll((all) => all.map((link) => link.getAttribute("href") as string));
  assert.equal(links.length, 8);
  for (const link of links) {
    await one.page.goto(`${address}${link}`);
    await one.page.locator("tbody .evidence .mark").first().waitFor();
    await one.page.locator("figure .plot.wide svg").waitFor();
    const rows = (await one.page.locator("[role=status].quiet").first().innerText()).split(" ")[0];
    assert.equal(rows, String(polars(`t('${link.split("/").at(-1)}').height`)));
  }
  await closed(one);
});

test("first content is there in two seconds, before the engine is, and shows how far the engine is", async () => {
  assert.match(readFileSync(join(SITE, "index.html"), "utf-8"), /<figure>[\s\S]*<svg/);
  const one = await watched(browser, address, { viewport: WIDTHS.wide });
  await one.page.route("**/*.wasm", async (route) => {
    await new Promise((go) => setTimeout(go, 1500));
    await route.continue();
  });
  const began = performance.now();
  await one.page.goto(address, { waitUntil: "domcontentloaded" });
  const bar = one.page.locator("#engine progress");
  await bar.waitFor();
  assert.ok(await one.page.locator("figure .plot.wide svg").first().isVisible());
  const paint = await one.page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  assert.ok(paint !== undefined && paint < 2000, `first content after ${paint} ms`);
  assert.match(await text(one.page, "#engine"), /Loading the database engine: \d+ of \d+ MB/);
  await ready(one.page);
  assert.equal(await bar.count(), 0);
  console.log(`first content after ${Math.round(paint)} ms, engine ready after ${Math.round(performance.now() - began - 1500)} ms`);
  await closed(one);
});

test("search finds the papers that hold all words, and the address holds the search", async () => {
  const one = await open("#/papers");
  await one.page.getByLabel("Search in title and abstract").fill("diffusion model");
  await one.page.waitForURL(/q=diffusion\+model/);
  const whole = "(pl.col('title') + ' ' + pl.col('abstract')).str.to_lowercase().str.contains";
  const expected = polars(`t('papers').filter(${whole}('diffusion'), ${whole}('model')).height`);
  await one.page.waitForFunction(
    (wanted) => document.querySelector("[role=status].quiet")?.textContent?.startsWith(`${wanted} of`),
    expected,
  );
  assert.equal(await one.page.getByLabel("Search in title and abstract").inputValue(), "diffusion model");
  assert.ok((await one.page.locator(".papers .hit").count()) > 0);
  await closed(one);
});

test("facets narrow the papers, say how many each value has, and go together", async () => {
  const one = await open("#/papers");
  const dataset = one.page.getByLabel("Dataset");
  await dataset.locator("option[value='CIFAR-10']").waitFor({ state: "attached" });
  const named = polars("t('datasets').filter(pl.col('dataset') == 'CIFAR-10')['paper_id'].n_unique()");
  assert.equal(await dataset.locator("option[value='CIFAR-10']").innerText(), `CIFAR-10 (${named})`);
  await dataset.selectOption("CIFAR-10");
  await one.page.waitForURL(/dataset=CIFAR-10/);
  await one.page.waitForFunction((wanted) => document.querySelector("[role=status].quiet")?.textContent?.startsWith(`${wanted} of`), named);
  await one.page.getByLabel("with a link to code").check();
  await one.page.waitForURL(/code=yes/);
  const both = polars(
    "len(set(t('datasets').filter(pl.col('dataset') == 'CIFAR-10')['paper_id']) & set(t('repo_links').filter(pl.col('kind') == 'code')['paper_id']))",
  );
  await one.page.waitForFunction((wanted) => document.querySelector("[role=status].quiet")?.textContent?.startsWith(`${wanted} of`), both);
  await one.page.goto(`${address}#/papers?from=1B&to=7B`);
  const sized = polars("t('model_sizes').filter(pl.col('value_max') >= 1e9, pl.col('value_min') <= 7e9)['paper_id'].n_unique()");
  await one.page.waitForFunction((wanted) => document.querySelector("[role=status].quiet")?.textContent?.startsWith(`${wanted} of`), sized);
  await one.page.goto(`${address}#/papers?from=large`);
  await one.page.getByText("“large” is no size").waitFor();
  await one.page.goto(`${address}#/papers?q=xyzzyplugh`);
  await one.page.getByText("No paper has all of this").waitFor();
  await closed(one);
});

test("a paper's mentions are marked where their spans are, and say what was read on hover and on focus", async () => {
  const id = richest();
  const one = await open(`#/paper/${id}`);
  const marks = one.page.locator(".mark");
  await marks.first().waitFor();
  const spans = polars(
    `sorted(text for n in ('model_sizes', 'speedups', 'datasets', 'repo_links', 'metrics', 'data_sizes', 'context_lengths', 'hardware') for text in t(n).filter(pl.col('paper_id') == '${id}')['text'])`,
  ) as string[];
  assert.deepEqual((await marks.allTextContents()).sort(), spans.sort());
  const tip = one.page.locator(".tip").first();
  assert.ok(!(await tip.isVisible()));
  await marks.first().hover();
  assert.match(await tip.innerText(), /^[a-z ]+\n.+\n[a-z_]+\.[a-z0-9_]+\nreads “.+”$/);
  await one.page.mouse.move(0, 0);
  await tip.waitFor({ state: "hidden" });
  await one.page.locator("p.quiet a").first().focus();
  await one.page.keyboard.press("Tab");
  await tip.waitFor({ state: "visible" });
  assert.equal(await one.page.evaluate(() => document.activeElement?.getAttribute("aria-describedby")), await tip.getAttribute("id"));
  await one.page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  await one.page.keyboard.press("Enter");
  await one.page.waitForURL(/mention=[0-9a-f]{16}/);
  assert.equal(await one.page.locator("tr.chosen").count(), 1);
  await one.page.goto(`${address}#/paper/0000`);
  await one.page.getByText("has no paper with the id 0000").waitFor();
  await closed(one);
});

test("markup in a paper stays text, and characters outside the basic plane do not shift its marks", async () => {
  const one = await open("#/papers?q=Gaussian", {}, hostile);
  await one.page.getByRole("link", { name: "Unified <i>Multivariate</i> Gaussian" }).click();
  await one.page.locator(".abstract .mark").first().waitFor();
  assert.match(await text(one.page, ".abstract"), /^𝒜𝒷𝒸 🚀 <script>document\.title = 'owned'<\/script><img src="x" onerror=/);
  const marks = await one.page.locator(".abstract .mark").allTextContents();
  assert.ok(marks.includes("3.18times"), marks.join(" "));
  assert.ok(marks.includes("https://github.com/xiaosu-zhu/McQuic"), marks.join(" "));
  await one.page.goto(`${hostile}#/field/speedups`);
  await one.page.locator("tbody .mark", { hasText: /^3\.18times$/ }).waitFor();
  assert.equal(await one.page.locator("main script, main img, main i").count(), 0);
  assert.notEqual(await one.page.title(), "owned");
  await closed(one);
});

test("the first release of a few papers opens on every page, whatever its tables do not have", { timeout: 120_000 }, async () => {
  const one = await open("", {}, hostile);
  await one.page.getByText(": the first.").waitFor();
  const links = await one.page.locator("header nav a").evaluateAll((all) => all.map((link) => link.getAttribute("href") as string));
  for (const link of [...links, "#/quality?part=changes", "#/quality?part=rules"]) {
    await one.page.goto(`${hostile}${link}`);
    await one.page.waitForFunction(() => !document.querySelector("main")?.textContent?.includes("Waiting for the engine"));
    await one.page.waitForTimeout(300);
    assert.equal(await one.page.getByText("could not be shown").count(), 0, link);
  }
  await closed(one);
});

test("a reader who sorts with the keyboard stays on the column, and the next page begins at its top", async () => {
  const one = await open("#/field/datasets");
  await one.page.getByRole("button", { name: "dataset", exact: true }).focus();
  await one.page.keyboard.press("Enter");
  await one.page.locator("th[aria-sort=ascending]").waitFor();
  assert.equal(await one.page.evaluate(() => document.activeElement?.textContent), "dataset ▲");
  await one.page.getByRole("link", { name: "next →" }).click();
  await one.page.getByText("page 2 of").waitFor();
  await one.page.waitForFunction(() => Math.abs(document.querySelector(".outcome")?.getBoundingClientRect().top ?? 999) < 4);
  await closed(one);
});

async function download(page: Page, button: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return (file as Download).path();
}

test("a field's rows are sorted and filtered, and its downloads are what Polars has of the release", async () => {
  const one = await open("#/field/speedups");
  await one.page.getByLabel("aspect", { exact: true }).selectOption("memory");
  await one.page.waitForURL(/aspect=memory/);
  await one.page.getByRole("button", { name: "factor_max" }).click();
  await one.page.waitForURL(/sort=factor_max&down=1/);
  const wanted = "t('speedups').filter(pl.col('aspect') == 'memory').sort('factor_max', descending=True, nulls_last=True)";
  const expected = polars(`${wanted}.height`);
  await one.page.waitForFunction(
    (count) => document.querySelector("[role=status].quiet")?.textContent?.startsWith(`${count} of`),
    expected,
  );
  assert.equal(await text(one.page, "th[aria-sort=descending]"), "factor_max ▼");
  const read = (path: string, how: string) =>
    JSON.parse(
      execFileSync(
        PYTHON,
        [
          "-c",
          `import json, sys, polars as pl\nf = pl.${how}(sys.argv[1])\nprint(json.dumps([f.select('mention_id', 'text', 'factor_max', 'start').rows(), f.columns, f.schema['start'].is_integer()]))`,
          path,
        ],
        {
          encoding: "utf-8",
        },
      ),
    );
  const rows = polars(`${wanted}.select('mention_id', 'text', 'factor_max', 'start').rows()`);
  for (const [button, how] of [
    ["as CSV", "read_csv"],
    ["as Parquet", "read_parquet"],
  ] as const) {
    const [found, columns, integer] = read(await download(one.page, button), how);
    assert.deepEqual(found, rows);
    assert.deepEqual(columns.slice(-2), ["title", "context"]);
    assert.ok(integer);
  }
  await one.page.getByRole("link", { name: "Open in the console" }).click();
  await one.page.getByText(`${expected} rows,`).waitFor();
  await one.page.goto(`${address}#/field/speedups?factor_max.from=many`);
  await one.page.getByText("“many” is no number").waitFor();
  await closed(one);
});

test("the reader chooses the dataset of the leaderboard, and the address keeps it", async () => {
  const one = await open("");
  await one.page.getByLabel("Dataset (results)").selectOption("GSM8K");
  await one.page.waitForURL(/dataset=GSM8K/);
  await one.page.locator(".leaderboard details summary").click();
  const shown = await one.page.locator(".leaderboard tbody tr").count();
  assert.equal(shown, polars("t('metrics').filter(pl.col('dataset') == 'GSM8K').height"));
  await one.page.reload();
  await one.page.waitForSelector("main[data-page=overview]");
  assert.equal(await one.page.getByLabel("Dataset (results)").inputValue(), "GSM8K");
  await closed(one);
});

async function statement(page: Page, sql: string): Promise<void> {
  await page.getByLabel("SQL statement").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(sql);
  await page.keyboard.press("Control+Enter");
}

test("the console answers a right statement with a table and a plot, and its address asks again", async () => {
  const one = await open("#/console");
  await statement(one.page, "SELECT dataset, count(DISTINCT paper_id) AS papers FROM datasets GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3");
  await one.page.locator(".outcome figure svg").first().waitFor();
  const expected = polars(
    "t('datasets').group_by('dataset').agg(pl.col('paper_id').n_unique()).sort(['paper_id', 'dataset'], descending=[True, False]).head(3).rows()",
  ) as [string, number][];
  const cells = expected.flat().map(String);
  assert.deepEqual(await one.page.locator(".outcome > .scroll td").allInnerTexts(), cells);
  const [found] = JSON.parse(
    execFileSync(
      PYTHON,
      [
        "-c",
        "import json, sys, polars as pl\nprint(json.dumps([pl.read_parquet(sys.argv[1]).rows()]))",
        await download(one.page, "Download Parquet"),
      ],
      { encoding: "utf-8" },
    ),
  );
  assert.deepEqual(found, expected);
  const link = one.page.url();
  const again = await watched(browser, address);
  await again.page.goto(link);
  await again.page.locator(".outcome > .scroll td").first().waitFor();
  assert.deepEqual(await again.page.locator(".outcome > .scroll td").allInnerTexts(), cells);
  await closed(again);
  await closed(one);
});

test("every example of the console runs", { timeout: 120_000 }, async () => {
  const one = await open("#/console");
  const links = await one.page.locator(".examples a").evaluateAll((all) => all.map((link) => link.getAttribute("href") as string));
  assert.equal(links.length, polars("len(__import__('query.named_queries', fromlist=['load']).load())"));
  for (const link of links) {
    await one.page.goto(`${address}${link}`);
    await one.page.locator("[role=status].quiet", { hasText: / rows?, / }).waitFor();
    assert.equal(await one.page.locator(".error").count(), 0, link);
    await one.page.goto(`${address}#/console`);
    await one.page.getByText("Run the statement above").waitFor();
  }
  await closed(one);
});

test("the console says in words what is wrong, and asks nothing of other places", async () => {
  const one = await open("#/console");
  const elsewhere = createServer((_, response) => response.end("a\n1\n"));
  servers.push(elsewhere);
  await new Promise<void>((go) => elsewhere.listen(0, "127.0.0.1", go));
  let asked = 0;
  elsewhere.on("request", () => {
    asked += 1;
  });
  const there = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/x`;
  const cases: [string, RegExp][] = [
    ["SELECT * FROM speedup", /no table speedup\. Did you mean speedups/],
    ["SELECT aspects FROM speedups", /no column aspects[\s\S]*speedups\.aspect/],
    ["SELECT aspect FORM speedups", /cannot be read[\s\S]*LINE 1/],
    ["DELETE FROM papers", /never changes/],
    [`SELECT * FROM '${there}.csv'`, /asks nothing of any other place/],
    [`SELECT * FROM read_parquet('${there}.parquet')`, /asks nothing of any other place/],
    ["LOAD spatial", /asks nothing of any other place/],
    ["SET enable_external_access = true", /asks nothing of any other place/],
  ];
  for (const [sql, says] of cases) {
    await statement(one.page, sql);
    await one.page
      .locator(".error pre", { hasText: says })
      .waitFor({ timeout: 10_000 })
      .catch(async () => {
        assert.fail(`${sql}: ${await one.page.locator(".outcome").innerText()}`);
      });
  }
  const barred = await one.page.evaluate(
    (url) =>
      fetch(url, { mode: "no-cors" }).then(
        () => "came",
        () => "barred",
      ),
    there,
  );
  assert.equal(barred, "barred");
  const inWorker = await one.page.evaluate(
    (url) =>
      new Promise((answer) => {
        const code = `fetch("${url}", { mode: "no-cors" }).then(() => postMessage("came"), () => postMessage("barred"))`;
        new Worker(URL.createObjectURL(new Blob([code]))).onmessage = ({ data }) => answer(data);
      }),
    there,
  );
  assert.equal(inWorker, "barred");
  assert.equal(asked, 0);
  await statement(one.page, "CREATE TEMP TABLE mine AS SELECT 1 AS one WHERE false");
  await one.page.locator("[role=status].quiet", { hasText: / ms$/ }).waitFor();
  await statement(one.page, "FROM mine");
  await one.page.getByText("No row.").waitFor();
  // The browser itself says on its console what the policy barred: those two lines, and nothing else.
  const own = one.wrong.filter(
    (line) => !line.includes("Content Security Policy") && !line.startsWith(`asked ${there}`) && !line.includes(there),
  );
  assert.deepEqual(own, []);
  await one.page.context().close();
});

test("a statement that takes long is stopped by the reader, and the next one runs", { timeout: 120_000 }, async () => {
  const one = await open("#/console");
  await statement(one.page, "SELECT sum(a.range * b.range % 7) FROM range(1000000) AS a, range(1000000) AS b");
  await one.page.getByRole("button", { name: "Stop" }).click();
  await one.page.getByText("Stopped.").waitFor();
  await statement(one.page, "SELECT 42 AS answer");
  await one.page.locator(".outcome td", { hasText: "42" }).waitFor();
  await closed(one);
});

test("when the engine or the data do not come, the page says so and what to do", async () => {
  const one = await watched(browser, address);
  await one.page.route("**/*.duckdb", (route) => route.fulfill({ status: 404 }));
  await one.page.goto(`${address}#/papers`);
  await one.page.locator("#engine", { hasText: "did not start" }).waitFor();
  assert.match(await text(one.page, "#engine"), /paperfacts\.duckdb could not be loaded \(404\)[\s\S]*Try again/);
  await one.page.context().close();
  const two = await watched(browser, address);
  await two.page.route("**/*.wasm", (route) => route.abort());
  await two.page.goto(`${address}#/field/datasets`);
  await two.page.locator("#engine", { hasText: "did not start" }).waitFor();
  await two.page.getByText("This page could not be shown").waitFor();
  await two.page.context().close();
  const three = await open("#/nowhere");
  await three.page.getByText("This address leads nowhere").waitFor();
  await closed(three);
});

test("the theme is the reader's choice and is kept", async () => {
  const one = await open("", { colorScheme: "light" });
  const ground = () => one.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await one.page.getByRole("button", { name: "Theme: automatic" }).click();
  await one.page.getByRole("button", { name: "Theme: light" }).click();
  await one.page.getByRole("button", { name: "Theme: dark" }).waitFor();
  assert.notEqual(await ground(), light);
  const dark = await ground();
  await one.page.reload();
  assert.equal(await ground(), dark);
  await closed(one);
});
