"""Texts that nobody wrote: the seeds' abstracts changed, so that no text comes twice and new words never end."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extract.readers.papers import Paper
from publish import places
from publish.build import read_documents, seed_files

_NUMBER = regex.compile(r"\d+")
_WORD = regex.compile(r"[A-Za-z]{4,}")


@cache
def seed_papers() -> tuple[Paper, ...]:
    """Each paper of the seeds once, in their order."""
    documents = read_documents(seed_files(places.SEEDS))
    return tuple({one.paper.paper_id: one.paper for document in documents for one in document.listed}.values())


def reworded(text: str, chance: random.Random) -> str:
    """A text with other numbers, and one word in twenty as nobody has written it."""

    def number(match: regex.Match[str]) -> str:
        return "".join(chance.choice("123456789") for _ in match[0])

    def word(match: regex.Match[str]) -> str:
        if chance.random() >= 0.05:
            return match[0]
        at = chance.randrange(len(match[0]))
        return match[0][:at] + chance.choice("aeiouxyzAXZ") + chance.choice("bdfgklmnprst") + match[0][at:]

    return _WORD.sub(word, _NUMBER.sub(number, text))


def papers(count: int, seed: int = 1) -> Iterator[Paper]:
    """So many papers, all different, made of the seeds' in turn; the same ones whenever they are asked for."""
    known = seed_papers()
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        one = known[number % len(known)]
        yield Paper(f"m{number:07d}", reworded(one.title, chance), reworded(one.abstract, chance))


HOSTILE = (
    "\x00", "\u202e", "\u2066", "\u2069", "\u200f", "\ufeff", "\u0301", "\u20dd", "\u0489", "𝛼", "𝟗", "🧪", "👩‍🔬", "\U0010ffff", "٣", "½", "①", "Ⅷ", "ﬁ", "ẞ", "İ",
    "\u2028", "\x85", "\x1b[31m", "$", "$$", "\\", "{", "}", "{{{{", "}}}}", "((((", "))))", "[[", "]]", "\\textbf{", "\\frac{1}{2}", "^{", "_{", "{\\sim}",
    "\\times", "times", "sim", "x2014", "\\unicode{x2014}", "9" * 400, "1e400", "-1e-400", "0.0000000001", "1,000,", "1.", ".5", "1/0", "1/", "0%", "-", "–", "±",
    "~", "<=", "≥", "up to", "between", "and", "to", "from", ",", ";", ":", "%", "×", "€", "#", "@", "&", "*", "'", '"', "=cmd()", "https://", "http://[", "github.com/",
    "www.", "NaN", "inf", "Infinity", "one hundred and", "a trillion trillion", "7B", "8x7B", "512x512x", "-70B-", "A-", "GPT-", "(GPT)",
)  # fmt: skip
"""Pieces that readers of text trip over."""


def mutated(text: str, chance: random.Random, fragments: Sequence[str]) -> str:
    """A text damaged in one to eight places: pieces cut out, doubled, moved, and hostile ones or `fragments` put in."""
    for _ in range(chance.randint(1, 8)):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + 40)
        match chance.randrange(7):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:end] + text[at:end] * chance.randint(1, 4) + text[end:]
            case 2:
                text = text[:at] + chance.choice(HOSTILE) * chance.choice((1, 1, 1, 2, 9)) + text[at:]
            case 3:
                text = text[:at] + chance.choice(fragments) + text[at:]
            case 4:
                text = (
                    text[:at]
                    + chr(chance.choice((chance.randrange(0x20, 0x250), chance.randrange(0xD7FF), chance.randrange(0xE000, 0x110000))))
                    + text[at:]
                )
            case 5:
                other = chance.randrange(len(text) + 1)
                text = text[:other] + text[at:end] + text[other:]
            case _:
                text = text[:at] + text[at:end][::-1] + text[end:]
    return text
