// Every state has an address: #/page/name?key=value. The address is the state; pages read it and write it.

export interface Route {
  /** papers, paper/ID, field/NAME, console, quality; empty for the overview. */
  path: string;
  params: URLSearchParams;
}

export function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split(/\?(.*)/s);
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // An address that was cut in the middle of a sign: it is taken as it stands, and no page has it.
  }
  return { path: decoded, params: new URLSearchParams(query) };
}

/** The address of a state; empty values are left out. */
export function address(path: string, params: Record<string, string | number | undefined> | URLSearchParams = {}): string {
  const given = params instanceof URLSearchParams ? [...params] : Object.entries(params);
  const kept = new URLSearchParams(
    given.filter(([, value]) => value !== undefined && value !== "").map(([key, value]) => [key, String(value)]),
  );
  const query = kept.toString();
  return `#/${path.split("/").map(encodeURIComponent).join("/")}${query ? `?${query}` : ""}`;
}

/** Go on with other values in the address of this page; the page number starts again unless it is given. */
export function change(values: Record<string, string | undefined>, how: "push" | "replace" = "push"): void {
  const { path, params } = parse(location.hash);
  params.delete("page");
  for (const [key, value] of Object.entries(values)) {
    if (value) params.set(key, value);
    else params.delete(key);
  }
  const next = address(path, params);
  if (next === location.hash) return;
  if (how === "push") location.hash = next;
  else {
    history.replaceState(null, "", next);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
