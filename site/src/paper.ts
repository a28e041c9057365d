// One paper: every mention marked in place, with what it says and the rule that read it.

import { fill, h, outside } from "./dom.ts";
import { askRows } from "./engine.ts";
import { address } from "./router.ts";
import { fields, type Row, type Site, spoken } from "./site.ts";
import { segments } from "./spans.ts";
import * as sql from "./sql.ts";
import { table } from "./tables.ts";
import { phrase } from "./values.ts";

interface Mention {
  field: string;
  row: Row;
  start: number;
  end: number;
  id: string;
}

export function paper(main: HTMLElement, site: Site, id: string): (params: URLSearchParams) => Promise<void> {
  const status = h("p", { role: "status", class: "quiet" }, "Waiting for the engine …");
  fill(main, h("h1", {}, "Paper"), status);
  const loaded = load(site, id);
  let shown = false;
  return async (params) => {
    const found = await loaded;
    if (!found) {
      fill(
        main,
        h("h1", {}, "No such paper"),
        h(
          "p",
          { class: "empty" },
          `Release ${site.version} has no paper with the id ${id}. `,
          h("a", { href: "#/papers" }, "Search the papers"),
          ".",
        ),
      );
      return;
    }
    if (!shown) show(main, found, id);
    shown = true;
    choose(main, params.get("mention") ?? "");
  };
}

interface Found {
  title: string;
  abstract: string;
  mentions: Mention[];
  rules: Map<string, Row>;
  listings: Row[];
}

async function load(site: Site, id: string): Promise<Found | null> {
  const known = `WHERE paper_id = ${sql.text(id)}`;
  const [[row], listings, ...perField] = await Promise.all([
    askRows(`SELECT title, abstract FROM papers ${known}`),
    askRows(`SELECT document, position, page_date FROM listings JOIN documents USING (document) ${known} ORDER BY document, position`),
    ...fields(site).map(({ name }) => askRows(`SELECT * FROM ${name} ${known} ORDER BY section DESC, start`)),
  ]);
  if (!row) return null;
  const mentions = fields(site).flatMap(({ name }, index) =>
    (perField[index] ?? []).map((one) => ({
      field: name,
      row: one,
      start: one.start as number,
      end: one.end as number,
      id: String(one.mention_id),
    })),
  );
  mentions.sort((a, b) => Number(a.row.section !== "title") - Number(b.row.section !== "title") || a.start - b.start);
  const used = [...new Set(mentions.map((mention) => sql.text(String(mention.row.rule))))];
  const rules = used.length ? await askRows(`SELECT rule, reads, support, precision FROM rules WHERE rule IN (${used.join(", ")})`) : [];
  return {
    title: String(row.title),
    abstract: String(row.abstract),
    mentions,
    rules: new Map(rules.map((one) => [String(one.rule), one])),
    listings,
  };
}

function show(main: HTMLElement, found: Found, id: string): void {
  const inSection = (section: string) => found.mentions.filter((mention) => mention.row.section === section);
  const present = [...new Set(found.mentions.map((mention) => mention.field))];
  const links = found.mentions.filter((mention) => mention.field === "repo_links");
  fill(
    main,
    h("p", { class: "quiet" }, h("a", { href: "#/papers" }, "Papers"), " › ", h("code", {}, id)),
    h("h1", { class: "paper-title" }, marked(found.title || "(no title)", inSection("title"), found, id)),
    h("p", { class: "abstract" }, marked(found.abstract, inSection("abstract"), found, id)),
    present.length
      ? h(
          "ul",
          { class: "tags legend", "aria-label": "What is marked" },
          present.map((field) => h("li", { class: `tag ${field}` }, spoken(field))),
        )
      : h("p", { class: "empty" }, "Nothing is marked: no rule read a fact in this paper."),
    found.mentions.length > 0 && h("h2", {}, "What was read"),
    found.mentions.length > 0 && facts(found, id),
    h("h2", {}, "Links"),
    links.length
      ? h(
          "ul",
          {},
          [...new Map(links.map(({ row }) => [row.url, row])).values()].map((row) =>
            h("li", {}, outside(String(row.url)), ` (${String(row.kind).replaceAll("_", " ")})`),
          ),
        )
      : h("p", { class: "quiet" }, "The abstract has none."),
    h("h2", {}, "Listed in"),
    h(
      "ul",
      {},
      found.listings.map((row) => h("li", {}, `${row.document}, place ${row.position}${row.page_date ? ` (${row.page_date})` : ""}`)),
    ),
    h(
      "p",
      { class: "under" },
      h("a", { href: address("console", { sql: `FROM mentions\nWHERE paper_id = ${sql.text(id)}` }) }, "its mentions in SQL"),
    ),
  );
  document.title = `${found.title || id} · paperfacts`;
}

/** A text with its mentions marked. A mark is a link to the row that says what was read; what it says shows on hover and focus. */
function marked(text: string, mentions: Mention[], found: Found, id: string): (Node | string)[] {
  const begun = new Set<Mention>();
  return segments(text, mentions).map((segment) => {
    const [first] = segment.mentions;
    if (!first) return segment.text;
    const again = begun.has(first);
    for (const mention of segment.mentions) begun.add(mention);
    const tip = h(
      "span",
      { class: "tip", role: "tooltip", id: `tip-${first.id}-${first.start}-${begun.size}` },
      segment.mentions.map((mention) => says(mention, found)),
    );
    const link = h(
      "a",
      {
        class: `mark ${first.field}`,
        href: address(`paper/${id}`, { mention: first.id }),
        "data-mention": first.id,
        "aria-describedby": tip.id,
        tabindex: again ? -1 : undefined,
        onkeydown: (event) => {
          if ((event as KeyboardEvent).key === "Escape") link.classList.add("dismissed");
        },
        onmouseenter: () => open(link, tip),
        onfocus: () => open(link, tip),
        onblur: () => link.classList.remove("dismissed"),
      },
      segment.text,
    );
    return h("span", { class: "marking" }, link, tip);
  });
}

/** Keep a tooltip inside the page. */
function open(link: HTMLElement, tip: HTMLElement): void {
  link.classList.remove("dismissed");
  tip.style.removeProperty("left");
  const { left } = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const width = Math.min(340, innerWidth - 24);
  tip.style.left = `${Math.min(0, document.documentElement.clientWidth - width - 12 - left)}px`;
}

function says(mention: Mention, found: Found): HTMLElement {
  const rule = String(mention.row.rule);
  return h(
    "span",
    { class: "says" },
    h("b", {}, spoken(mention.field)),
    h("span", {}, phrase(mention.field, mention.row)),
    h("code", {}, rule),
    h("span", { class: "quiet" }, `reads “${found.rules.get(rule)?.reads ?? ""}”`),
  );
}

function facts(found: Found, id: string): HTMLElement {
  const heads = ["field", "in the text", "says", "rule", "reads", "right on the gold set"].map((name) => ({ name, title: name }));
  return table(
    "What was read",
    heads,
    found.mentions.map((mention) => {
      const rule = found.rules.get(String(mention.row.rule));
      const precision = typeof rule?.precision === "number" ? `${Math.round(rule.precision * 100)} % of ${rule.support}` : "not measured";
      return [
        h("a", { class: `tag ${mention.field}`, href: address(`field/${mention.field}`), "data-row": mention.id }, spoken(mention.field)),
        h("a", { href: address(`paper/${id}`, { mention: mention.id }) }, `“${mention.row.text}”`),
        phrase(mention.field, mention.row),
        h("code", {}, String(mention.row.rule)),
        String(rule?.reads ?? ""),
        precision,
      ];
    }),
  );
}

/** Point at the mention that the address names, in the text and in the table. */
function choose(main: HTMLElement, mention: string): void {
  for (const element of main.querySelectorAll(".chosen")) element.classList.remove("chosen");
  for (const element of main.querySelectorAll<HTMLElement>("[data-mention]")) {
    if (element.dataset.mention === mention) element.classList.add("chosen");
  }
  for (const element of main.querySelectorAll<HTMLElement>("[data-row]")) {
    if (element.dataset.row === mention) element.closest("tr")?.classList.add("chosen");
  }
}
