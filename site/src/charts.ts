// The plots. They take rows and a width and give an SVG, in the browser or (for the overview) when the site is built.

import * as Plot from "@observablehq/plot";
import type { Row } from "./site.ts";
import { short } from "./values.ts";

export type Chart = (rows: Row[], width: number) => Element;

/** Colours of categories, in their order; style.css gives them for light and dark. */
const COLOURS = ["var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)", "var(--c5)", "var(--c6)", "var(--c7)", "var(--c8)"];

function plot(width: number, options: Plot.PlotOptions): Element {
  return Plot.plot({ document: globalThis.document, width, marginRight: 24, style: { fontSize: "12px", background: "none" }, ...options });
}

function powers(values: number[]): { domain: [number, number]; ticks: number[] } {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [Math.floor(Math.log10(low) + 1e-9), Math.ceil(Math.log10(high) - 1e-9)];
  const domain: [number, number] = [10 ** first, 10 ** Math.max(last, first + 1)];
  const all = Array.from({ length: Math.max(last, first + 1) - first + 1 }, (_, index) => 10 ** (first + index));
  const step = all.length > 8 ? 2 : 1;
  return { domain, ticks: all.filter((_, index) => index % step === 0) };
}

function logAxis(values: number[], label: string, suffix = ""): Plot.ScaleOptions {
  return {
    type: "log",
    ...powers(values),
    label,
    labelAnchor: "center",
    labelArrow: "none",
    tickFormat: (value: number) => `${short(value)}${suffix}`,
    grid: true,
  };
}

function shortened(text: unknown, letters: number): string {
  const all = Array.from(String(text ?? ""));
  return all.length > letters
    ? `${all
        .slice(0, letters - 1)
        .join("")
        .trimEnd()}…`
    : all.join("");
}

/** Sizes of models, one line per family, on a log axis. */
export const sizes: Chart = (rows, width) => {
  const families = [...new Set(rows.map((row) => row.family))];
  const title = (row: Row) => `${row.model}: ${row.text}\n${row.title}`;
  return plot(width, {
    height: 60 + families.length * 24,
    marginLeft: width < 500 ? 112 : 120,
    marginBottom: 44,
    ariaLabel: "Model sizes by family",
    ariaDescription: "One line per family of models, one dot per size that a paper names, on a logarithmic axis of parameters.",
    x: logAxis(
      rows.flatMap((row) => [row.value_min as number, row.value_max as number]),
      "parameters",
    ),
    y: { domain: families, label: null, tickSize: 0, tickFormat: (family: string) => shortened(family, 15) },
    marks: [
      Plot.ruleY(families, { stroke: "var(--line)" }),
      Plot.link(
        rows.filter((row) => row.value_min !== row.value_max),
        { x1: "value_min", x2: "value_max", y: "family", stroke: "var(--c1)", strokeWidth: 3, strokeOpacity: 0.5 },
      ),
      Plot.dot(rows, { x: "value_max", y: "family", r: 4.5, fill: "var(--c1)", fillOpacity: 0.75, title }),
    ],
  });
};

/** Claims of efficiency as ratios, one strip per resource; losses are hollow. */
export const speedups: Chart = (rows, width) => {
  const count = (aspect: unknown) => rows.filter((row) => row.aspect === aspect).length;
  const aspects = [...new Set(rows.map((row) => row.aspect))].sort((a, b) => count(b) - count(a));
  const title = (row: Row) => `${row.text}: ${short(row.factor_max as number)}× ${row.direction} in ${row.aspect}\n${row.title}`;
  const hollow = (row: Row) => row.direction === "loss";
  return plot(width, {
    height: 60 + aspects.length * 54,
    marginLeft: width < 500 ? 124 : 132,
    marginBottom: 44,
    ariaLabel: "Claimed gains in efficiency by resource",
    ariaDescription: "One strip per resource, one dot per claim, on a logarithmic axis of the claimed ratio.",
    x: logAxis(
      rows.map((row) => row.factor_max as number),
      "claimed ratio",
      "×",
    ),
    fy: { domain: aspects, label: null, axis: null, padding: 0.08 },
    marks: [
      Plot.frame({ anchor: "bottom", stroke: "var(--line)" }),
      Plot.dot(
        rows,
        Plot.dodgeY({
          x: "factor_max",
          fy: "aspect",
          anchor: "bottom",
          padding: 0.5,
          r: width < 500 ? 2.6 : 3.6,
          fill: (row: Row) => (hollow(row) ? "var(--page)" : "var(--c2)"),
          stroke: (row: Row) => (hollow(row) ? "var(--c3)" : "var(--c2)"),
          strokeWidth: 1.5,
          title,
        }),
      ),
      Plot.text(aspects, {
        fy: (aspect) => aspect,
        text: (aspect) => `${aspect} (${count(aspect)})`,
        frameAnchor: "bottom-left",
        dx: -8,
        dy: -2,
        textAnchor: "end",
      }),
    ],
  });
};

/** Bars from left to right: one per row, longest as the rows have them. */
export function bars(label: string, value: string, axis: string, of: string): Chart {
  return (rows, width) =>
    plot(width, {
      height: 60 + rows.length * 22,
      marginLeft: width < 500 ? 126 : 150,
      marginRight: 40,
      marginBottom: 40,
      ariaLabel: of,
      ariaDescription: "One bar per row of the table below the plot.",
      x: {
        label: axis,
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        nice: true,
        ticks: 5,
        tickFormat: (at: number) => (Number.isInteger(at) ? short(at) : ""),
      },
      y: {
        domain: rows.map((row) => row[label]) as string[],
        label: null,
        tickSize: 0,
        tickFormat: (name: unknown) => shortened(name ?? "none", width < 500 ? 17 : 22),
      },
      marks: [
        Plot.barX(rows, { x: value, y: label, fill: "var(--c1)", title: (row: Row) => `${row[label]}: ${row[value]}` }),
        Plot.text(rows, { x: value, y: label, text: (row: Row) => short(row[value] as number), dx: 4, textAnchor: "start" }),
        Plot.ruleX([0]),
      ],
    });
}

/** A histogram on a log axis: rows of bin (log10 of its lower end), width of the bin, kind, n. */
export function histogram(axis: string, step: number, kinds: string[], of: string): Chart {
  return (rows, width) =>
    plot(width, {
      height: 240,
      marginLeft: 44,
      marginBottom: 44,
      ariaLabel: of,
      ariaDescription: "How many mentions have a value in each part of a logarithmic axis; the numbers are in the table below the plot.",
      x: logAxis(
        rows.flatMap((row) => [10 ** (row.bin as number), 10 ** ((row.bin as number) + step)]),
        axis,
      ),
      y: {
        label: "mentions",
        grid: true,
        labelArrow: "none",
        ticks: 5,
        tickFormat: (at: number) => (Number.isInteger(at) ? String(at) : ""),
      },
      color: { domain: kinds, range: COLOURS },
      marks: [
        Plot.rectY(rows, {
          x1: (row: Row) => 10 ** (row.bin as number),
          x2: (row: Row) => 10 ** ((row.bin as number) + step),
          y: "n",
          fill: "kind",
          insetLeft: 0.5,
          insetRight: 0.5,
          order: kinds,
          title: (row: Row) => `${row.kind || "none"}: ${row.n}`,
        }),
        Plot.ruleY([0]),
      ],
    });
}

/** The colours of categories in words, for beside a plot. */
export function colours(kinds: string[]): { kind: string; colour: string }[] {
  return kinds.map((kind, index) => ({ kind, colour: COLOURS[index % COLOURS.length] as string }));
}

/** Results over one dataset: one panel per measure and unit, best first. */
export const leaderboard: Chart = (rows, width) => {
  const panels = ranked(rows);
  const heights = panels.map((panel) => 26 + panel.rows.length * 34);
  const total = heights.reduce((sum, height) => sum + height, 0);
  const letters = Math.floor((width - 24) / 6.8);
  const lines: { y: number; row: Row; share: number; head?: string }[] = [];
  let top = 0;
  panels.forEach((panel, index) => {
    const most = Math.max(...panel.rows.map((row) => row.value_max as number)) || 1;
    panel.rows.forEach((row, place) => {
      const line = { y: top + 26 + place * 34, row, share: (row.value_max as number) / most };
      lines.push(place ? line : { ...line, head: panel.head });
    });
    top += heights[index] as number;
  });
  const written = (row: Row) => `${row.text} · ${row.title}`;
  return plot(width, {
    height: total + 8,
    margin: 4,
    marginRight: 4,
    ariaLabel: "Reported results over one dataset",
    ariaDescription: "One bar per result, best first, under the name of its measure; the numbers are in the table below the plot.",
    axis: null,
    x: { domain: [0, 1] },
    // From top to bottom, as one reads.
    y: { domain: [total, 0] },
    marks: [
      Plot.text(
        lines.filter((line) => line.head),
        { x: 0, y: (line) => line.y - 14, text: "head", textAnchor: "start", fontWeight: 600 },
      ),
      Plot.text(lines, {
        x: 0,
        y: (line) => line.y + 4,
        text: (line) => shortened(written(line.row), letters),
        textAnchor: "start",
        title: (line) => written(line.row),
      }),
      Plot.rect(lines, { x1: 0, x2: 1, y1: (line) => line.y + 13, y2: (line) => line.y + 21, fill: "var(--line)" }),
      Plot.rect(lines, {
        x1: 0,
        x2: "share",
        y1: (line) => line.y + 13,
        y2: (line) => line.y + 21,
        fill: "var(--c1)",
        title: (line) => written(line.row),
      }),
    ],
  });
};

/** Results in groups that can be compared: the same measure, unit and kind. Larger groups first, levels before gains. */
export function ranked(rows: Row[]): { head: string; rows: Row[] }[] {
  const panels = new Map<string, Row[]>();
  for (const row of rows) {
    const better = row.higher_is_better === null ? "" : row.higher_is_better ? ", higher is better" : ", lower is better";
    const head = `${row.metric ?? "no measure named"}${row.unit ? ` (${row.unit})` : ""}, ${row.kind === "gain" ? "gain" : "level reached"}${better}`;
    panels.set(head, [...(panels.get(head) ?? []), row]);
  }
  return [...panels]
    .map(([head, found]) => ({ head, rows: found }))
    .sort((a, b) => Number(a.rows[0]?.kind === "gain") - Number(b.rows[0]?.kind === "gain") || b.rows.length - a.rows.length);
}

/** F1 per field with the interval that 95 of 100 samples are in: rows of table, f1, low, high. */
export const intervals: Chart = (rows, width) =>
  plot(width, {
    height: 60 + rows.length * 26,
    marginLeft: 120,
    marginBottom: 44,
    ariaLabel: "F1 per field",
    ariaDescription: "One line per field, a dot for F1 and a line for its interval; the numbers are in the table below the plot.",
    x: {
      domain: [Math.min(0.5, ...rows.map((row) => row.low as number)), 1],
      label: "F1",
      labelAnchor: "center",
      labelArrow: "none",
      grid: true,
      ticks: 5,
    },
    y: {
      domain: rows.map((row) => row.table) as string[],
      label: null,
      tickSize: 0,
      tickFormat: (name: string) => name.replaceAll("_", " "),
    },
    marks: [
      Plot.link(rows, { x1: "low", x2: "high", y: "table", stroke: "var(--c1)", strokeWidth: 3, strokeOpacity: 0.45 }),
      Plot.dot(rows, { x: "f1", y: "table", r: 5, fill: "var(--c1)", title: (row: Row) => `${row.f1} (${row.low} to ${row.high})` }),
    ],
  });
