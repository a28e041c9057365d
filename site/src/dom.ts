// Elements are made here and nowhere else. Text is always a text node: nothing that a paper says is ever read as HTML.

type Child = Node | string | number | null | undefined | false;
type Attribute = string | number | boolean | undefined | ((event: Event) => void);

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  put(element, ...children);
  return element;
}

/** Adds children to an element. */
export function put(element: Element, ...children: (Child | Child[])[]): void {
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(typeof child === "object" ? child : document.createTextNode(String(child)));
    }
  }
}

/** Gives an element other children. */
export function fill(element: Element, ...children: (Child | Child[])[]): void {
  element.replaceChildren();
  put(element, ...children);
}

/** A link to a page elsewhere; only http and https addresses become links, anything else stays text. */
export function outside(address: string, text: string = address): HTMLElement {
  if (!/^https?:\/\//i.test(address)) return h("span", {}, text);
  return h("a", { href: address, rel: "noopener noreferrer" }, text);
}

let last = 0;

/** An id that no other element has. */
export function newId(): string {
  last += 1;
  return `e${last}`;
}

/** A control with its label above it. */
export function labelled(label: string, control: HTMLElement, hint?: string): HTMLElement {
  control.id ||= newId();
  return h("div", { class: "control" }, h("label", { for: control.id }, label), control, hint && h("small", {}, hint));
}

/** A list to choose from; `choices` are pairs of value and text. */
export function select(choices: [string, string][], chosen: string, onchange: (value: string) => void): HTMLSelectElement {
  const options = choices.map(([value, text]) => h("option", { value, selected: value === chosen }, text));
  const element: HTMLSelectElement = h("select", { onchange: () => onchange(element.value) }, options);
  return element;
}

/** Something to do when the reader has stopped typing. */
export function debounced(what: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(what, 200);
  };
}
