// How each field is plotted and sorted on its page.

import { bars, type Chart, histogram } from "./charts.ts";
import * as sql from "./sql.ts";

const STEP = 1 / 4;
const KINDS = 7;

export interface Distribution {
  title: string;
  note: string;
  /** The rows of the plot, for the mentions that the query `chosen` gives. */
  sql: (chosen: string) => string;
  /** The plot; histograms tell these kinds apart. */
  chart: (kinds: string[]) => Chart;
  /** Whether the rows have kinds. */
  kinds: boolean;
}

/** A histogram of `value` in quarters of a power of ten; rare kinds are one, "other". */
function spread(value: string, kind: string, axis: string, what: string): Distribution {
  return {
    title: `${what}, by ${kind}`,
    note: "How many mentions have a value in each quarter of a power of ten (the larger end, where a range is said).",
    kinds: true,
    sql: (chosen) =>
      `WITH chosen AS (\n${chosen}\n),\nkinds AS (SELECT ${kind} AS kind, count(*) AS n FROM chosen GROUP BY 1 ORDER BY n DESC, 1 LIMIT ${KINDS})
SELECT floor(log10(${value}) / ${STEP} + 1e-9) * ${STEP} AS bin, CASE WHEN ${kind} IN (SELECT kind FROM kinds) THEN ${kind} ELSE 'other' END AS kind, count(*) AS n
FROM chosen WHERE ${value} > 0 GROUP BY 1, 2 ORDER BY 1, 2`,
    chart: (kinds) => histogram(axis, STEP, kinds, what),
  };
}

/** The twenty most frequent values of a column. */
function frequent(column: string, what: string): Distribution {
  return {
    title: what,
    note: "The twenty that most papers name.",
    kinds: false,
    sql: (chosen) =>
      `WITH chosen AS (\n${chosen}\n)\nSELECT ${sql.name(column)}, count(DISTINCT paper_id) AS papers FROM chosen WHERE ${sql.name(column)} IS NOT NULL GROUP BY 1 ORDER BY papers DESC, 1 LIMIT 20`,
    chart: () => bars(column, "papers", "papers", what),
  };
}

export const DISTRIBUTIONS: Record<string, Distribution> = {
  model_sizes: spread("value_max", "kind", "parameters", "Sizes of models"),
  speedups: spread("factor_max", "aspect", "claimed ratio", "Claimed ratios"),
  datasets: frequent("dataset", "Datasets by papers"),
  repo_links: frequent("host", "Hosts by papers"),
  metrics: frequent("metric", "Measures by papers"),
  data_sizes: spread("value_max", "unit", "amount, in its unit", "Amounts of data"),
  context_lengths: spread("value_max", "unit", "length, in its unit", "Lengths of contexts"),
  hardware: frequent("device", "Devices by papers"),
};

/** Columns that the table of a field leaves out: the span is shown in its context. */
export const UNSHOWN = ["mention_id", "paper_id", "section", "start", "end", "text"];

/** Columns of text that are chosen from a list of what occurs, not only searched. */
export const LISTED = ["model", "dataset", "metric", "unit", "host", "owner", "device", "rule"];
