"""The reading view: a paper's text with the damage repaired, at equal length, so that offsets stay the source's own.

Listing pages drop `$` and `\\` of LaTeX (`3.18times`, `1% sim 2%`, `ge 175B`, `x2014`); other sources keep it
(`$3.18\\times$`). Both are read as the sign that was meant. What a repair leaves over is padded: with FILL where the
characters belong to the value (`3.18times` is one string with one span), with spaces where they do not.

Nothing after this module touches damage again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from extract.limits import TimeLimitError

FILL = "\x02"
"""Stands for characters that belong to the word or number before them and say nothing."""
MASK = "\x01"
"""Stands for the characters of a URL."""

_HOSTS = (
    r"github\.com|gitlab\.com|gitee\.com|bitbucket\.org|huggingface\.co|hf\.co|modelscope\.cn|zenodo\.org|kaggle\.com|osf\.io"
    r"|bit\.ly|tinyurl\.com|goo\.gl|aka\.ms|figshare\.com|paperswithcode\.com|openreview\.net|arxiv\.org|doi\.org|youtube\.com"
    r"|youtu\.be|colab\.research\.google\.com|sites\.google\.com|drive\.google\.com|anonymous\.4open\.science|codeocean\.com"
)
_PATH = r"(?:[^\s<>\"`{}|\\^\[\]“”‘’,;]|\\[_#%&~]|,(?=[^\s])(?!https?:)|\[(?=[\w-]+\]))"
URL = regex.compile(
    rf"""
      (?: https?[ ]?:[ ]?/[ ]?/[ ]? (?:{_HOSTS})/[ ](?=[\w.-]+/[\w.-]) {_PATH}*   # a stray space after the host, but no line break
        | https?[ ]?:[ ]?/[ ]?/[ ]? (?=[\w-]+\.|[\w-]+:\d) {_PATH}+
        | (?<![\w@/.-]) www\.[\w-]+\. {_PATH}+
        | (?<![\w@/.-]) (?:{_HOSTS}|[\w-]+\.(?:github|gitlab)\.io) (?:/{_PATH}*)?(?![\w-])
      )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_SCHEME = regex.compile(r"(?r)https?\s?:\s?", regex.IGNORECASE)
_LABEL = regex.compile(r"(?r)[\w-]+")
_STARTS = ("www.", *(host.replace("\\", "") for host in _HOSTS.split("|")))
"""What a URL without a scheme begins with."""
_PAGES = (".github.io", ".gitlab.io")
"""What follows the first label of a URL without a scheme."""
_DOTTED = regex.compile(r"\.\S")
"""What every URL without a scheme has."""
_TRAILING = ".,;:!?'\"*~_)]>…-"


def _places(text: str, literal: str) -> Iterator[int]:
    """Where `literal` stands in `text`."""
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + 1)


def _beginnings(text: str) -> list[int]:
    """Where a URL may begin, in order: URLs are rare, and strings that each has one of are found faster than the pattern."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    found = set()
    for slashes in ("//", "/ /"):
        for at in _places(lower, slashes):
            scheme = _SCHEME.match(text, 0, at)
            if scheme is not None:
                found.add(scheme.start())
    if _DOTTED.search(lower):
        for start in _STARTS:
            found.update(_places(lower, start))
        for pages in _PAGES:
            for at in _places(lower, pages):
                label = _LABEL.match(text, 0, at)
                if label is not None:
                    found.add(label.start())
    return sorted(found)


def urls(text: str) -> list[tuple[int, int]]:
    """The spans of the URLs in `text`: no quotes, brackets or sentence punctuation around them."""
    spans: list[tuple[int, int]] = []
    after = 0
    for beginning in _beginnings(text):
        match = URL.match(text, beginning) if beginning >= after else None
        if match is None:
            continue
        start, end = match.span()
        after = end
        while end > start and text[end - 1] in _TRAILING:
            # A closing bracket that was opened inside the address belongs to it.
            if text[end - 1] == ")" and text.count("(", start, end) >= text.count(")", start, end):
                break
            if text[end - 1] in "_-~" and text[end - 2].isalnum() and end == match.end():
                break
            end -= 1
        spans.append((start, end))
    return spans


@dataclass(frozen=True, slots=True)
class Repair:
    """A kind of damage: where `pattern` matches, the view shows `shown(match)`, which has the same length.

    A text that holds none of the strings in `needs` cannot match and is not searched.
    """

    id: str
    needs: tuple[str, ...]
    pattern: regex.Pattern[str]
    shown: Callable[[regex.Match[str]], str]


def _glued(sign: str) -> Callable[[regex.Match[str]], str]:
    """The sign in place of the match, as part of the word before it."""
    return lambda match: sign + FILL * (len(match[0]) - len(sign))


def _sign_only(sign: str) -> Callable[[regex.Match[str]], str]:
    """The sign in place of one character."""
    return lambda _: sign


def _apart(sign: str) -> Callable[[regex.Match[str]], str]:
    """The sign at the end of the match, with spaces in front."""
    return lambda match: " " * (len(match[0]) - len(sign)) + sign


def _blank(match: regex.Match[str]) -> str:
    return " " * len(match[0])


def _fill(match: regex.Match[str]) -> str:
    return FILL * len(match[0])


_JOINTS = frozenset("-^_&@" + FILL)
"""Signs that words hold inside."""
_RANGE = regex.compile(rf"(?<=[\dA-Z%{FILL}×])\$[-–]+\$?\d")
_RANGE_BEFORE = regex.compile(rf"(?r)[\d%{FILL}×]\s*\$?[-–]+\$")
_OPENED = regex.compile(r"(?r)(?:\\[A-Za-z]{1,20}\s?\{|\$){1,9}")


_CLOSING = 9
"""Dollars and braces that may stand between a word and its rest."""


def _joins(sign: str) -> bool:
    return sign.isalnum() or sign in _JOINTS


def _word_before(text: str, start: int) -> bool:
    """Whether a word goes on at `start`; dollars and commands that are opened in between are none of it."""
    opened = _OPENED.match(text, 0, start)
    start = opened.start() if opened else start
    return start > 0 and _joins(text[start - 1])


def _word_after(text: str, end: int) -> bool:
    """Whether a word goes on after `end`; dollars and closing braces in between are none of it."""
    end += len(text[end : end + _CLOSING]) - len(text[end : end + _CLOSING].lstrip("$}"))
    return end < len(text) and _joins(text[end])


def _unwrap(match: regex.Match[str]) -> str:
    """The group `body` in its place; what is around it is part of the word that it stands in, if it stands in one."""
    text, (start, end) = match.string, match.span()
    before = FILL if _word_before(text, start) else " "
    after = FILL if _word_after(text, end) else " "
    return before * (match.start("body") - start) + match["body"] + after * (end - match.end("body"))


def _dollar(match: regex.Match[str]) -> str:
    """A dollar inside a word is part of it: `M$^3$Eval`, `$7$B`, `5$\\%$`; but `reaches$95\\%$` only lacks a space."""
    text, (start, end) = match.string, match.span()
    inside = _word_before(text, start) and (_word_after(text, end) or text[end : end + 1] == "%")
    apart = text[start - 1].islower() and text[end : end + 1].isdigit()
    return FILL if inside and not apart and not _RANGE.match(text, start) and not _RANGE_BEFORE.match(text, 0, end) else " "


_NAMED = regex.compile(r"[a-z]+")
_COMPARED = {"s": "~", "a": "~", "le": "≤", "ge": "≥", "lt": "<", "ll": "<", "gt": ">", "gg": ">"}
"""Signs of comparison by how their names in LaTeX begin."""


def _compared(match: regex.Match[str]) -> str:
    """The sign at the end of the match, behind spaces; `~` between two numbers is part of what they are."""
    name = _NAMED.search(match[0])
    assert name is not None  # the pattern has a name in every branch
    sign = _COMPARED.get(name[0][:2]) or _COMPARED[name[0][0]]
    between = sign == "~" and match.start() > 0 and match.string[match.start() - 1].isdigit()
    return (FILL if between else " ") * (len(match[0]) - 1) + sign


_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "lambda": "λ", "mu": "μ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "psi": "ψ", "omega": "ω", "kappa": "κ", "Delta": "Δ",
}  # fmt: skip


def _greek(match: regex.Match[str]) -> str:
    return _GREEK[match["name"]] + FILL * (len(match[0]) - 1)


_ESCAPES = {"2013": "–", "2014": "—", "2018": "'", "2019": "'", "201c": '"', "201d": '"', "2026": "."}


def _character(match: regex.Match[str]) -> str:
    sign = _ESCAPES.get(match["code"].lower(), " ")
    return sign.center(len(match[0])) if sign != "'" else sign + FILL * (len(match[0]) - 1)


_NAMES = "simeq|sim|approx|leqslant|leq|le|geqslant|geq|ge|lt|gt"
"""Signs of comparison as LaTeX names them."""


def _repair(id: str, needs: str, pattern: str, shown: Callable[[regex.Match[str]], str]) -> Repair:
    return Repair(id, tuple(needs.split("|")), regex.compile(pattern), shown)


REPAIRS: tuple[Repair, ...] = (
    # Odd spaces and signs, one for one.
    _repair("odd_space", "\u00a0|\u2009|\u202f|\u2002|\u2003|\u200b|\u2060|\t", r"[\u00a0\u2000-\u200b\u202f\u2060\t]", _blank),
    _repair("minus", "−|‐|‑", r"[−‐‑]", _sign_only("-")),
    _repair("quote", "’|‘|“|”", r"[’‘“”]", lambda match: "'" if match[0] in "’‘" else '"'),
    _repair("approximately", "≈|∼|≃|≲|≳", r"[≈∼≃≲≳]", _sign_only("~")),
    # Characters that a page printed as their code: `x2014` for a dash.
    _repair("escape", "x20", r"\$?(?:\\unicode)?\{?\\?x(?P<code>20[0-9a-f]{2})\}?\$?(?![0-9])(?<!\dx20\d\d)", _character),
    # `\%`, `\&`, `\_`, `\$`: the sign itself.
    _repair("escaped_sign", "\\", r"\\(?P<sign>[%&_#])", lambda match: FILL + match["sign"]),
    # A dollar that lost its `$` to the page: `\500`, `\1.5M`.
    _repair("money", "\\", r"\\\$(?=\s?[\d.])|\\(?=\d)", lambda match: "€".rjust(len(match[0]))),
    _repair(
        "money_plain",
        "$",
        r"(?<![\w$\\])\$(?=\d[\d.,]*+\s?[kKMB]?(?:\s?(?:to|-|–)\s?\$?\d[\d.,]*+)?(?:[\s,.)/]|$))(?!(?:[^$.]|\.(?=\d)){0,60}\$(?!\d))",
        _sign_only("€"),
    ),
    # Thousands set off in LaTeX: `11{,}412`, `11\,412`.
    _repair("thousands", "{,}|\\,", r"(?<=\d)(?:\{,\}|\\,)(?=\d{3}(?!\d))", lambda match: "," + FILL * (len(match[0]) - 1)),
    _repair("tie", "\\,|\\;|\\ |\\:", r"\\[,;: ]", _blank),
    _repair("no_space", "\\!", r"\\!", _fill),
    # Signs. Those between numbers or behind one belong to the value, those in front of a number do not.
    _repair("times", "\\times", r"\$\s?\{?\\times\}?\s?\$|\\times(?![A-Za-z])", _glued("×")),
    _repair(
        "times_bare",
        "times",
        r"(?<=\d\s?)\{times\}|(?<=[\d}])times(?=sim|[^a-z]|$)|(?<=\d )times(?= \d)|(?<![^\s(])times(?=\d)",
        _glued("×"),
    ),
    _repair(
        "sign",
        "\\|{",
        rf"\$?\{{?\\(?:{_NAMES}|ll|gg)(?![A-Za-z])\}}?\s?\$?|\{{(?:{_NAMES})\}}(?=\s?\d)",
        _compared,
    ),
    # The bare name that a listing leaves in front of a number.
    _repair("sign_bare", "sim|approx|le|ge|lt|gt", rf"\b(?<![\\$])(?:{_NAMES})(?=\s?[\d$\\.+-])", _compared),
    _repair(
        "sign_glued",
        "approx|" + "|".join(f"{digit}sim" for digit in range(10)),
        r"(?:(?<=\d)sim|(?<!\\)approx)(?=\s?[\d$\\.+-])",
        _compared,
    ),
    _repair("about_sign", "\\text", r"\\textasciitilde(?![A-Za-z])(?:\{\})?", _apart("~")),
    _repair("plus_minus", "+", r"(?<=[\d%)]\s?|\x02)\+\s?/\s?-(?=\s?\d)", lambda match: "±".center(len(match[0]))),
    _repair("spread", "pm", r"\$?\s?\\pm\s?\$?|(?<=\d|%)\s?pm\s?(?=\d)", lambda match: "±".center(len(match[0]))),
    _repair(
        "arrow",
        "arrow|\\to|→|->",
        r"\$?\\(?:long)?(?:rightarrow|to)(?![a-z])\$?|(?<=[\s%\d])rightarrow(?![a-z])|-+>|→",
        lambda match: "→".center(len(match[0])),
    ),
    _repair("arrow_bare", "|".join(f"{digit}to" for digit in range(10)), r"(?<=\d)to(?=\d)", lambda _: "→ "),
    _repair("trend", "arrow", r"(?<=[%\d]\s?)(?:down|up)arrow(?![a-z])", _blank),
    _repair("dash", "\\text", r"\\textemdash|\\textendash", lambda match: "—".center(len(match[0]))),
    # Sub- and superscripts stay part of their word.
    _repair(
        "superscript",
        "\\textsuper",
        r"\\textsuperscript\{(?P<body>[^{}\s]{1,12})\}",
        lambda match: FILL * (len(match[0]) - len(match["body"]) - 2) + "^" + match["body"] + FILL,
    ),
    _repair("degree", "circ", r"\$?\^\{?\\?circ(?![A-Za-su-z])\}?\$?", _glued("°")),
    _repair("script", "^{|_{", r"[\^_]\{(?P<body>[^{}\s]{1,12})\}", lambda match: match[0][0] + FILL + match["body"] + FILL),
    _repair("greek", "\\", rf"\$?\\(?P<name>{'|'.join(_GREEK)})(?![A-Za-z])", _greek),
    # Commands around text: the text stays. Twice, for one command inside another.
    *(
        _repair(
            f"command_{turn}",
            "{",
            r"\\?(?<![A-Za-z])(?:text|textbf|textit|texttt|textsc|textrm|textsf|emph|mathbf|mathrm|mathcal|mathbb|mathit|mathsf|boldsymbol|bm|underline|uline|url|mbox|textcolor\{\w+\}|cite[pt]?|footnote|operatorname)\s?\{(?P<body>[^{}]*)\}",
            _unwrap,
        )
        for turn in (1, 2)
    ),
    _repair("command", "\\", r"\\(?:[A-Za-z]+\*?|[^\w\s\x01])", _blank),
    # The number of a reference that stands at a word: "CHAD[6], NWPUC [4,5]".
    _repair("reference", "[", r"(?<=[\p{L}\d)\x02])\s?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\](?![\w(])", _blank),
    _repair("inner_brace", "{|}", r"(?<=\w)[{}](?=[\w}])", _fill),
    _repair("brace", "{|}", r"[{}]", _blank),
    _repair("math", "$", r"\$", _dollar),
    # `~` binds words in LaTeX ("by~3\%", "8.67~pp") and means "about" elsewhere ("(~39%").
    _repair("tie_sign", "~", r"(?<=[A-Za-z]{2}|[%.)\x01])~(?=\S)|(?<=\d)~(?=[A-Za-z(])", _blank),
)


_MARKS = "\\${}~\t"
_PLAIN_REPAIRS = tuple(
    repair for repair in REPAIRS if any(literal.isascii() and not set(literal).intersection(_MARKS) for literal in repair.needs)
)
"""Repairs that a text without LaTeX's signs can need."""


def view(text: str) -> str:
    """`text` with its damage repaired and its URLs masked: as many characters, each at its own place."""
    shown = text
    for start, end in urls(text):
        shown = f"{shown[:start]}{MASK * (end - start)}{shown[end:]}"
    plain = shown.isascii() and not any(mark in shown for mark in _MARKS)
    for repair in _PLAIN_REPAIRS if plain else REPAIRS:
        for literal in repair.needs:
            if literal in shown:
                break
        else:
            continue
        try:
            shown = repair.pattern.sub(repair.shown, shown)
        except TimeLimitError as error:
            error.within(f"text.{repair.id}")
            raise
    return shown


def clean(shown: str) -> str:
    """A piece of a view as a person would write it: without padding."""
    return shown.replace(FILL, "") if FILL in shown else shown
