// From the address to the page.

import { fill, h } from "./dom.ts";
import { type State, start } from "./engine.ts";
import { field } from "./field.ts";
import { overview } from "./overview.ts";
import { paper } from "./paper.ts";
import { papers } from "./papers.ts";
import { quality } from "./quality.ts";
import { parse } from "./router.ts";
import { beside, fields, type Site, spoken } from "./site.ts";
import { useThemes } from "./theme.ts";

type Update = (params: URLSearchParams) => Promise<void> | void;

const main = document.getElementById("main") as HTMLElement;
const engine = document.getElementById("engine") as HTMLElement;

/** The page of a path: its title, and what shows it for the values in an address. */
function open(site: Site, changes: string, path: string): { title: string; update: Update } {
  const [page, ...rest] = path.split("/");
  const name = rest.join("/");
  const table = fields(site).find((one) => one.name === name);
  if (page === "") return { title: "paperfacts", update: (params) => fill(main, overview(site, changes, params)) };
  if (page === "papers" && !name) return { title: "Papers · paperfacts", update: papers(main, site) };
  if (page === "paper" && name) return { title: "Paper · paperfacts", update: paper(main, site, name) };
  if (page === "field" && table) return { title: `${spoken(name)} · paperfacts`, update: field(main, site, table) };
  if (page === "console" && !name)
    return { title: "SQL · paperfacts", update: deferred(async () => (await import("./console.ts")).sqlConsole(main, site)) };
  if (page === "quality" && !name) return { title: "Quality · paperfacts", update: quality(main, site) };
  return {
    title: "No such page · paperfacts",
    update: () =>
      fill(main, h("h1", {}, "No such page"), h("p", {}, "This address leads nowhere. ", h("a", { href: "#/" }, "To the overview"), ".")),
  };
}

/** A page whose code is loaded when it is opened. */
function deferred(load: () => Promise<Update>): Update {
  const loaded = load();
  return async (params) => (await loaded)(params);
}

let shown: string | undefined;
let page = "1";
let update: Update = () => {};

async function show(site: Site, changes: string): Promise<void> {
  const { path, params } = parse(location.hash);
  const first = shown === undefined;
  const other = path !== shown;
  if (other) {
    shown = path;
    main.dataset.page = path.split("/")[0] || "overview";
    const opened = open(site, changes, path);
    document.title = opened.title;
    update = opened.update;
    for (const link of document.querySelectorAll("header nav a")) {
      const here = link.getAttribute("href") === `#/${path}` || (link.getAttribute("href") === "#/papers" && path.startsWith("paper/"));
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
  try {
    const done = update(params);
    if (other && !first) {
      scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
    await done;
    const now = params.get("page") ?? "1";
    if (now !== page && !other) main.querySelector(".outcome")?.scrollIntoView();
    page = now;
  } catch (error) {
    failed((error as Error).message);
  }
}

function failed(why: string): void {
  fill(
    main,
    h("h1", {}, "This page could not be shown"),
    h("div", { class: "error", role: "alert" }, h("pre", {}, why)),
    h("p", {}, h("button", { onclick: () => location.reload() }, "Load the page again"), " ", h("a", { href: "#/" }, "To the overview")),
  );
  shown = undefined;
}

function tell(state: State): void {
  document.documentElement.dataset.engine = state.is;
  if (state.is === "ready") {
    fill(engine);
    return;
  }
  if (state.is === "failed") {
    fill(
      engine,
      h(
        "div",
        { class: "error" },
        h("p", {}, "The database engine did not start, so that searching, filtering and SQL do not work. "),
        h("pre", {}, state.why),
        h("button", { onclick: () => location.reload() }, "Try again"),
      ),
    );
    return;
  }
  const share = Math.round((100 * state.loaded) / state.total);
  const label =
    share < 100
      ? `Loading the database engine: ${Math.round(state.loaded / 1e6)} of ${Math.round(state.total / 1e6)} MB`
      : "Starting the database engine …";
  let bar = engine.querySelector("progress");
  if (!bar) {
    bar = h("progress", { max: 100, "aria-label": "Loading the database engine" });
    fill(engine, h("span", { "aria-hidden": "true" }), bar);
  }
  bar.value = share;
  (engine.firstChild as HTMLElement).textContent = label;
}

async function begin(): Promise<void> {
  useThemes(document.getElementById("theme") as HTMLButtonElement);
  try {
    const [site, changes] = await Promise.all([
      beside("data/site.json").then((answer) => answer.json() as Promise<Site>),
      beside("release/CHANGES.md").then((answer) => answer.text()),
    ]);
    addEventListener("hashchange", () => {
      // The link past the navigation is no page.
      if (location.hash === "#main") history.replaceState(null, "", `#/${shown ?? ""}`);
      else void show(site, changes);
    });
    void show(site, changes);
    // The overview comes first; the engine is loaded behind it.
    requestAnimationFrame(() => setTimeout(() => start(tell)));
  } catch (error) {
    failed((error as Error).message);
  }
}

void begin();
