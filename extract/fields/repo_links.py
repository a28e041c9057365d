"""Repository links: every URL of a paper, and what is there."""

from __future__ import annotations

import regex

from extract.evidence import Evidence
from extract.phrases import Page
from extract.records import Record
from extract.rules import Rule
from extract.vocabulary import CLASSES
from extract.words import URL

COLUMNS = ("url", "kind", "host", "owner", "repo")

RULES = (Rule("repo_links.url", "a URL, with or without its scheme", "", 1.0, ("code at {https://github.com/owner/repo}",)),)

_ESCAPE = regex.compile(r"\\(?=[_#%&~])|\\allowbreak|\s")
_CODE_HOSTS = frozenset(("github.com", "gitlab.com", "bitbucket.org", "gitee.com", "codeberg.org", "anonymous.4open.science", "codeocean.com"))
_OWNED = frozenset((*_CODE_HOSTS, "huggingface.co", "hf.co")) - {"anonymous.4open.science", "codeocean.com"}
_NOT_OWNERS = frozenset(("datasets", "spaces", "models", "papers", "collections", "blog", "docs"))


def read(page: Page, evidence: Evidence) -> list[Record]:
    """Every URL, cleaned, with its host and the owner and name of the repository."""
    records = []
    words = page.words
    for start, end in ((words.starts[at], words.ends[at]) for at, shape in enumerate(words.shapes) if shape == URL):
        url = clean(page.text[start:end])
        host, owner, repo = parts(url)
        records.append(Record(start, end, "repo_links.url", (url, kind_of(page.text, start, host, url), host, owner, repo)))
    return records


def clean(raw: str) -> str:
    """A URL as a browser would take it: without escapes of LaTeX, with a scheme, without a final slash or `.git`."""
    url = _ESCAPE.sub("", raw)
    if not regex.match(r"https?:", url, regex.IGNORECASE):
        url = f"https://{url}"
    return url.rstrip("/").removesuffix(".git").rstrip("/")


def parts(url: str) -> tuple[str, str | None, str | None]:
    """Host, owner and repository of a URL; the last two are None where the host has no such thing."""
    host, _, path = regex.sub(r"^https?://", "", url, flags=regex.IGNORECASE).partition("/")
    host = host.lower().removeprefix("www.")
    pieces = [piece for piece in path.split("?")[0].split("#")[0].split("/") if piece]
    if host in ("huggingface.co", "hf.co") and pieces and pieces[0] in _NOT_OWNERS:
        pieces = pieces[1:]
    if host in _OWNED and len(pieces) >= 2:
        return host, pieces[0], pieces[1]
    if host in _OWNED and pieces:
        return host, pieces[0], None
    return host, None, None


def kind_of(full: str, start: int, host: str, url: str) -> str:
    """What is at a URL: what its sentence says is there, else what the host tells."""
    before = full[:start]
    cut = max(before.rfind(". "), before.rfind("! "), before.rfind("? "), before.rfind("\n"), _end_of_url(before)) + 1
    words = regex.findall(r"[a-z][a-z-]*", before[cut:].lower()[-240:])
    said = {kind for kind, known in _SAID.items() if not known.isdisjoint(words)}
    code = not _CODE.isdisjoint(words)
    if ("list" in said and not code and host in _CODE_HOSTS) or "awesome" in url.lower():
        return "other"
    if host in ("huggingface.co", "hf.co"):
        place = "dataset" if "/datasets/" in url else "demo" if "/spaces/" in url else "model"
        return "code" if code and place != "demo" else place
    if host in _CODE_HOSTS:
        if said & {"code", "project_page"} or not said & {"dataset", "model"}:
            return "project_page" if "view" in said and "code" not in said else "code"
        return "model" if said & {"dataset", "model"} == {"model"} else "dataset" if "model" not in said else "model"
    if host.endswith((".github.io", ".gitlab.io")) or host == "sites.google.com":
        return "code" if "code" in said and "project_page" not in said else "project_page"
    if "page" in words[-2:] or "website" in words[-2:]:
        return "project_page"
    for kind in ("demo", "code", "project_page", "dataset", "model"):
        if kind in said:
            return kind
    return "project_page"


def _end_of_url(before: str) -> int:
    """Where the last URL before ends: what is said of it is not said of the next."""
    begins = before.rfind("http")
    return -1 if begins < 0 else next((at for at in range(begins, len(before)) if before[at].isspace()), -1)


_CODE = frozenset(["code", "codes", "codebase", "implementation", "implementations", "scripts", "source", "source-code", "code-base"])
"""Words that say code itself, not only a place where it may be."""
_SAID = {
    "code": CLASSES["CODE_NOUN"] | {"github", "open-sourced", "opensource"},
    "project_page": frozenset(["project", "page", "webpage", "website", "site", "homepage", "web", "video", "videos", "demos", "gallery", "blog", "supplementary"]),
    "view": frozenset(["viewed", "view", "page", "webpage", "website", "homepage", "videos", "video", "gallery"]),
    "dataset": CLASSES["DATA_LINK_NOUN"],
    "model": CLASSES["WEIGHTS_NOUN"],
    "demo": frozenset(["demo", "playground", "live", "application", "app", "interface"]),
    "list": frozenset(["papers", "list", "survey", "literature", "reading"]),
}
"""What the words of a link's sentence say is there."""
