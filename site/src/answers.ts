// The answer to a statement as a plot, when its columns allow.

import * as Plot from "@observablehq/plot";
import { bars, type Chart } from "./charts.ts";
import { h } from "./dom.ts";
import type { Result } from "./engine.ts";
import { figure } from "./figure.ts";

const BARS = 40;
const DOTS = 5000;

/** Bars for a column of text and one of numbers, dots for two of numbers; otherwise a word on what a plot needs. */
export function plotted(result: Result): HTMLElement {
  const rows = result.rows.map((row) => Object.fromEntries(result.columns.map((column, index) => [column.name, row[index]])));
  const numbers = result.columns.filter(({ kind }) => kind === "number" || kind === "integer").map(({ name }) => name);
  const label = result.columns.find(({ kind }) => kind === "text")?.name;
  const widths = { wide: 640, narrow: 330 };
  const [first, second] = numbers;
  const distinct = label !== undefined && new Set(rows.map((row) => row[label])).size === rows.length;
  const positive = first !== undefined && rows.every((row) => row[first] === null || (row[first] as number) >= 0);
  if (label !== undefined && first !== undefined && distinct && positive && rows.length <= BARS) {
    const named = rows.filter((row) => row[first] !== null).map((row) => ({ ...row, [label]: row[label] ?? "none" }));
    return figure({
      title: `${first} by ${label}`,
      note: "The first column of text and the first of numbers.",
      chart: bars(label, first, first, `${first} by ${label}`),
      rows: named,
      widths,
    });
  }
  if (first !== undefined && second !== undefined && rows.length <= DOTS) {
    const drawn = rows.filter((row) => row[first] !== null && row[second] !== null);
    return figure({
      title: `${second} over ${first}`,
      note: "The first two columns of numbers; an axis is logarithmic where its values span three powers of ten.",
      chart: dots(first, second, label),
      rows: drawn,
      widths,
    });
  }
  return h(
    "p",
    { class: "quiet" },
    `A plot needs a column of text without repeated values and one of numbers (up to ${BARS} rows), or two columns of numbers (up to ${DOTS.toLocaleString("en")} rows).`,
  );
}

function dots(x: string, y: string, label: string | undefined): Chart {
  return (rows, width) => {
    const scale = (name: string): Plot.ScaleOptions => {
      const values = rows.map((row) => row[name] as number);
      const log = Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 1000;
      return { label: name, grid: true, labelArrow: "none", type: log ? "log" : "linear", ticks: width < 500 ? 4 : 7, tickFormat: "~s" };
    };
    return Plot.plot({
      document: globalThis.document,
      width,
      height: 320,
      marginLeft: 56,
      marginBottom: 44,
      style: { fontSize: "12px", background: "none" },
      ariaLabel: `${y} over ${x}`,
      ariaDescription: "One dot per row of the answer.",
      x: scale(x),
      y: scale(y),
      marks: [Plot.dot(rows, { x, y, r: 4, fill: "var(--c1)", fillOpacity: 0.7, ...(label === undefined ? {} : { title: label }) })],
    });
  };
}
