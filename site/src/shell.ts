// What stands around every page.

import { h } from "./dom.ts";
import { address } from "./router.ts";
import { fields, type Site, spoken } from "./site.ts";

/** The children of <body>: a link past the navigation, head, the engine's state, the page, foot. */
export function shell(site: Site): HTMLElement[] {
  const links = [
    ["Overview", "#/"],
    ["Papers", "#/papers"],
    ["SQL", "#/console"],
    ["Quality", "#/quality"],
  ].map(([name, href]) => h("li", {}, h("a", { href: href as string }, name)));
  const menu = fields(site).map((table) => h("li", {}, h("a", { href: address(`field/${table.name}`) }, spoken(table.name))));
  return [
    h("a", { class: "skip", href: "#main" }, "To the content"),
    h(
      "header",
      {},
      h("a", { class: "brand", href: "#/" }, "paperfacts"),
      h("span", { class: "version" }, site.version),
      h("nav", { "aria-label": "Pages" }, h("ul", {}, links)),
      h("button", { id: "theme", class: "second" }, "Theme: automatic"),
      h("nav", { "aria-label": "Fields", class: "fields" }, h("ul", {}, menu)),
    ),
    h("div", { id: "engine", role: "status" }),
    h("main", { id: "main", tabindex: -1 }),
    h(
      "footer",
      {},
      h(
        "p",
        {},
        `paperfacts ${site.version}, ${site.released}. The tables are under CC0-1.0. `,
        h("a", { href: "data/paperfacts.duckdb", download: "" }, "All tables as one .duckdb file"),
        " · ",
        h("a", { href: "release/README.md" }, "The release"),
        " · ",
        h("a", { href: "licenses.md" }, "Licences of what this site is built with"),
      ),
    ),
    h("noscript", {}, h("p", { class: "notice" }, "The overview can be read without JavaScript; searching, filtering and SQL need it.")),
  ];
}
