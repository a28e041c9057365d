// The site around the data that `paperfacts site` wrote: one page, with the overview drawn into it when it is built.

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { defineConfig, type Plugin } from "vite";
import { overview } from "./src/overview.ts";
import { shell } from "./src/shell.ts";
import type { Site } from "./src/site.ts";
import { EARLY } from "./src/theme.ts";

const data = process.env.PAPERFACTS_SITE_DATA;
if (!data) throw new Error("the site is built by `paperfacts site -o DIR` (or `make site`), which gives it the data of a release");

/** Nothing from any other origin, no scripts but our own. Styles inside elements are what plots and the editor are made with. */
const POLICY = [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' 'sha256-${createHash("sha256").update(EARLY).digest("base64")}'`,
  "connect-src 'self'",
  "worker-src blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function prerendered(): Plugin {
  return {
    name: "overview",
    transformIndexHtml(html) {
      const site = JSON.parse(readFileSync(join(data as string, "data/site.json"), "utf-8")) as Site;
      const changes = readFileSync(join(data as string, "release/CHANGES.md"), "utf-8");
      const { document } = parseHTML(html);
      Object.assign(globalThis, { document });
      document.body.append(...shell(site));
      document.getElementById("main")?.append(...overview(site, changes, new URLSearchParams()));
      const policy = document.createElement("meta");
      policy.setAttribute("http-equiv", "Content-Security-Policy");
      policy.setAttribute("content", POLICY);
      const early = document.createElement("script");
      early.textContent = EARLY;
      document.head.prepend(document.querySelector("meta[charset]") as Element, policy, early);
      return document.toString();
    },
  };
}

const engine = (name: string) => statSync(join(import.meta.dirname, `node_modules/@duckdb/duckdb-wasm/dist/duckdb-${name}.wasm`)).size;

export default defineConfig({
  base: "./",
  publicDir: data,
  define: { ENGINE_BYTES: JSON.stringify({ eh: engine("eh"), mvp: engine("mvp") }) },
  plugins: [prerendered()],
  build: {
    target: "es2023",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: "licenses.md" },
    chunkSizeWarningLimit: 2000,
  },
});
