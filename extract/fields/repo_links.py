"""Repository links: every URL of a paper, and what is there."""

from __future__ import annotations

import regex

from extract import text
from extract.evidence import Evidence
from extract.phrases import Page
from extract.records import Record
from extract.rules import Rule
from extract.vocabulary import CLASSES

COLUMNS = ("url", "kind", "host", "owner", "repo")

RULES = (Rule("repo_links.url", "a URL, with or without its scheme", "", 1.0, ("code at {https://github.com/owner/repo}",)),)

_ESCAPE = regex.compile(r"\\(?=[_#%&~])|\\allowbreak|\s")
_CODE_HOSTS = frozenset(("github.com", "gitlab.com", "bitbucket.org", "gitee.com", "codeberg.org", "anonymous.4open.science", "codeocean.com"))
_OWNED = frozenset((*_CODE_HOSTS, "huggingface.co", "hf.co")) - {"anonymous.4open.science", "codeocean.com"}
_NOT_OWNERS = frozenset(("datasets", "spaces", "models", "papers", "collections", "blog", "docs"))


def read(page: Page, evidence: Evidence) -> list[Record]:
    """Every URL, cleaned, with its host and the owner and name of the repository."""
    records = []
    for start, end in text.urls(page.text):
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
    cut = max(before.rfind(". "), before.rfind("! "), before.rfind("? "), before.rfind("\n"), before.rfind("http", 0, start)) + 1
    words = regex.findall(r"[a-z][a-z-]*", before[cut:].lower()[-240:])
    said = {
        "code": any(word in CLASSES["CODE_NOUN"] for word in words),
        "project_page": any(word in _PAGE for word in words),
        "dataset": any(word in CLASSES["DATA_LINK_NOUN"] for word in words),
        "model": any(word in CLASSES["WEIGHTS_NOUN"] for word in words),
        "demo": any(word in _DEMO for word in words),
    }
    if host.endswith("github.io") or "sites.google" in host:
        return "code" if said["code"] and not said["project_page"] else "project_page"
    if host in ("huggingface.co", "hf.co"):
        if "/datasets/" in url:
            return "dataset"
        if "/spaces/" in url:
            return "demo"
        return "dataset" if said["dataset"] and not said["model"] else "model" if said["model"] or not said["code"] else "code"
    if host in _CODE_HOSTS:
        if said["code"]:
            return "code"
        if said["project_page"]:
            return "project_page"
        if said["dataset"] and not said["model"]:
            return "dataset"
        return "code"
    if said["code"]:
        return "code"
    if said["project_page"]:
        return "project_page"
    return "demo" if said["demo"] else "dataset" if said["dataset"] else "model" if said["model"] else "project_page"


_PAGE = frozenset(["project", "page", "webpage", "website", "site", "homepage", "web", "video", "videos", "demos", "gallery", "blog", "supplementary"])
_DEMO = frozenset(["demo", "playground"])
