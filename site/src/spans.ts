// Spans count Unicode code points, strings in JavaScript UTF-16 units: everything that cuts a text by a span goes through here.

export interface Span {
  start: number;
  end: number;
}

export interface Segment<T> {
  text: string;
  /** The mentions that cover it, the one that begins first in front. */
  mentions: T[];
}

/** The part of a text between two code points. */
export function cut(text: string, start: number, end?: number): string {
  return Array.from(text).slice(start, end).join("");
}

/** A text cut wherever a mention begins or ends; mentions may overlap. */
export function segments<T extends Span>(text: string, mentions: readonly T[]): Segment<T>[] {
  const points = Array.from(text);
  const edges = new Set([0, points.length]);
  for (const mention of mentions) edges.add(Math.min(mention.start, points.length)).add(Math.min(mention.end, points.length));
  const sorted = [...edges].sort((a, b) => a - b);
  const ordered = [...mentions].sort((a, b) => a.start - b.start || b.end - a.end);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1] as number;
    return {
      text: points.slice(from, to).join(""),
      mentions: ordered.filter((mention) => mention.start <= from && mention.end >= to),
    };
  });
}

/** The text around a mention as the views `*_in_context` give it, in three parts: before, the mention, after. */
export function contextParts(context: string, start: number, text: string): [string, string, string] {
  const before = Math.min(40, start);
  const length = Array.from(text).length;
  return [cut(context, 0, before), cut(context, before + 1, before + 1 + length), cut(context, before + length + 2)];
}
