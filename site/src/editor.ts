// The editor of the console: CodeMirror with SQL, completion from the schema, and colours of this site.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { PostgreSQL, sql } from "@codemirror/lang-sql";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Site } from "./site.ts";

export interface Editor {
  text: () => string;
  set: (text: string) => void;
  /** Put a text where the cursor is. */
  insert: (text: string) => void;
}

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--keyword)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--number)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

export function editor(parent: HTMLElement, text: string, site: Site, run: () => void): Editor {
  const schema = Object.fromEntries([
    ...site.tables.map((table) => [table.name, table.columns.map((column) => column.name)]),
    ...site.views.map((view) => {
      const base = site.tables.find((table) => view.name === `${table.name}_in_context`);
      return [
        view.name,
        [...(base?.columns.map((column) => column.name) ?? ["table", "mention_id", "paper_id", "text", "rule"]), "title", "context"],
      ];
    }),
  ]);
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      // Tab leaves the editor, as keyboards need it; Ctrl+Enter runs.
      keymap.of([
        {
          key: "Mod-Enter",
          run: () => {
            run();
            return true;
          },
        },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...defaultKeymap,
        ...historyKeymap,
      ]),
      history(),
      lineNumbers(),
      bracketMatching(),
      closeBrackets(),
      autocompletion(),
      sql({ dialect: PostgreSQL, schema, upperCaseKeywords: true }),
      syntaxHighlighting(COLOURS),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "SQL statement" }),
    ],
  });
  return {
    text: () => view.state.doc.toString(),
    set: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
    insert: (part) => {
      view.dispatch(view.state.replaceSelection(part));
      view.focus();
    },
  };
}
