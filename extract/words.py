"""Words, sentences, and what is known of each word, looked up once per distinct word.

A text is cut into tokens that cover it without a gap: words, numbers with the letters glued to them, URLs and single
signs, each with the white space in front of it. For each token two letters are kept: its *class letter*, which rules
match, and its *shape*, from which names and quantities are recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import sub
from typing import Final, NamedTuple

import regex

from extract import lexicons, vocabulary
from extract.rules import Alphabet
from extract.text import FILL, MASK, clean, view

# An ending that a name carries as an adjective ("ImageNet-scale", "CLIP-based") is a word of its own.
_ENDINGS = (
    "based|scale|scaled|level|like|style|trained|pretrained|tuned|finetuned|initialized|aware|specific|driven|guided|powered|enhanced"
    "|augmented|equipped|generated|derived|class|quality|compatible|native|only|free|inspired|format|compliant|annotated|labeled"
    "|assisted|backed|adapted|distilled|quantized|family|centric|sized|related|oriented|parameter|parameters|token|tokens|and|to|as|the|in|on|for|a|is"
    "|supervised|conditioned|regularized|optimized|integrated|embedded|judged|judge|judges|simulated|certified|accelerated|type|example|examples|style|GPU|GPUs|gpu|hours|hour|CPU|TPU|Style|Scale|grounded|generated|judged|verified|like"
)
TOKEN: Final = regex.compile(
    rf"""[^\S\n]*(?:
        \n
      | {MASK}+                                                                  # a URL
      | (?:e\.g|i\.e|et\ al|vs|cf|resp|etc|approx|Fig|Eq|Sec|w\.r\.t|a\.k\.a)\.(?=[\s,;:)]|$)
      | \d{{1,3}}(?:\ \d{{3}})*\ 000(?![\d.,]\d|\d)
      | \d+(?:,{FILL}*\d{{3}}(?!\d))*(?:\.\d+)?(?:[eE]-?\d+(?![\w.]))?(?:x(?=[A-Z]{{1,4}}\d)|(?:[^\W_]|[{FILL}^_])*(?:×{FILL}*(?:\d[\w.]*)?)?(?:(?<=\^{FILL}*)-\d+{FILL}*)?)
      | (?:thousand|million|billion|trillion)(?=-)
      | sub(?=-\d)
      | [a-z]+(?:-[a-z]+)*(?![\w{FILL}@^&-]|\.\d)                                 # an ordinary word
      | [^\W\d_][\w{FILL}]*(?:(?:-(?!(?:{_ENDINGS})(?![\w-]))|\.(?=\d)|[@^&]|'(?!(?:s|re|ve|t)\b)){FILL}*[\w{FILL}]+)*(?:\++(?!\d)|(?<![A-Za-z][A-Za-z])\*(?=[ -]?[A-Z]))?
      | '(?:s|re|ve|t)\b
      | -{{2,}}
      | \S{FILL}*
    )""",
    regex.VERBOSE,
)

WORD, CAPITALISED, HYPHENATED, PROPER, ACRONYM, MIXED, LETTER = "w", "c", "h", "C", "A", "M", "I"
NUMBER, NUMBER_WORD, MEASURE, URL, END, SIGN, HYPHEN, POSSESSIVE = "0", "n", "m", "u", ".", ",", "-", "s"
"""Shapes: an ordinary word, the same with a capital, capitals joined by hyphens (Maze-Hard), a capitalised word that is not
ordinary (Minecraft), capitals only
(MMLU, GSM8K), capitals inside or letters with digits (ImageNet, nuScenes, Qwen2.5), a single capital; a number, a word
that can be part of a quantity (twice, billion), a word made from a measure (bit-accuracy), a URL, the end of a sentence, another sign, a hyphen, `'s`."""

CUE: Final = "1"
"""Marks a token with which a name or a measure may begin."""

_SIGNS = {
    ",": "COMMA", ";": "SEMICOLON", ":": "COLON", "(": "OPEN", "[": "OPEN", ")": "CLOSE", "]": "CLOSE", "/": "SLASH", "-": "HYPHEN",
    "–": "DASH", "—": "DASH", "--": "DASH", "---": "DASH", '"': "QUOTE", "``": "QUOTE", "`": "QUOTE", "'": "QUOTE", "=": "EQUALS",
    "+": "PLUS", "%": "PERCENT_SIGN", "×": "TIMES_SIGN", "→": "ARROW", "±": "SPREAD", "'s": "POSSESSIVE", "&": "AND", "~": "ABOUT",
    ">": "SIGN", "<": "SIGN", "≥": "SIGN", "≤": "SIGN", "€": "MONEY",
}  # fmt: skip
_GRAMMAR = frozenset().union(*(vocabulary.CLASSES[name] for name in vocabulary.GRAMMAR))
_TABLE_LIMIT = 200_000
"""Distinct tokens kept, and distinct pieces between spaces; some 6 new ones come with each abstract, and a full table is simply begun again."""


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text.

    `view[starts[i]:ends[i]]` is token `i`, `letters[i]` its class, `shapes[i]` its shape, `keys[i]` what it is looked up
    by in lexicons, `cues[i]` CUE if a name or a measure may begin with it.
    """

    view: str
    starts: list[int]
    ends: list[int]
    letters: str
    shapes: str
    keys: tuple[str, ...]
    cues: str

    def __len__(self) -> int:
        return len(self.ends)

    def text(self, at: int) -> str:
        """Token `at` as a person would write it."""
        return clean(self.view[self.starts[at] : self.ends[at]])


class WordTable(dict[str, tuple[str, str, int, str, str]]):
    """Token (with the white space before it) -> class letter, shape, length without the white space, lexicon key, cue."""

    def __init__(self, kinds: dict[str, frozenset[str]], alphabet: Alphabet, begins: Callable[[str, str], bool]) -> None:
        """`begins(key, shape)` says whether a name or a measure may begin with a token."""
        super().__init__()
        self._kinds = kinds
        self._alphabet = alphabet
        self._begins = begins

    def __missing__(self, token: str) -> tuple[str, str, int, str, str]:
        if len(self) >= _TABLE_LIMIT:
            self.clear()
        bare = token.lstrip() or token
        word = clean(bare)
        found, key = shape(word), lexicons.key(word)
        facts = self._alphabet.letter(kind(word, self._kinds)), found, len(bare), key, CUE if self._begins(key, found) else " "
        self[token] = facts
        return facts


class Piece(NamedTuple):
    """The tokens of what stands between two spaces: facts of each, how long it is, and how far its end is from that of the token before it."""

    letters: str
    shapes: str
    keys: tuple[str, ...]
    cues: str
    lengths: tuple[int, ...]
    widths: tuple[int, ...]


class PieceTable(dict[str, Piece]):
    """What stands between two spaces -> its tokens."""

    def __init__(self, words: WordTable) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, text: str) -> Piece:
        piece = self.cut(text)
        if "\n" not in text:  # the end of a title with the beginning of its abstract does not come again
            if len(self) >= _TABLE_LIMIT:
                self.clear()
            self[text] = piece
        return piece

    def cut(self, text: str) -> Piece:
        """The tokens of a text, as if a space stood before it."""
        tokens = TOKEN.findall(text)
        if not tokens:
            return Piece("", "", (), "", (), ())
        letters, shapes, lengths, keys, cues = zip(*map(self._words.__getitem__, tokens), strict=True)
        first, *others = map(len, tokens)
        return Piece("".join(letters), "".join(shapes), keys, "".join(cues), lengths, (first + 1, *others))


def kind(word: str, kinds: dict[str, frozenset[str]]) -> frozenset[str]:
    """The classes of a word that is not part of a larger phrase."""
    if word in _SIGNS:
        return frozenset({"SIGN", _SIGNS[word]})
    if word == "et al.":
        return frozenset({"ET_AL"})
    if word in (".", "!", "?", "\n", ""):
        return frozenset({"END"})
    if word.startswith(MASK):
        return frozenset({"URL"})
    if not word[0].isalnum():
        return frozenset({"SIGN"})
    known = kinds.get(word.lower())
    if known is not None:
        return known
    if word[0].isdigit():
        return frozenset({"NUMERAL"})
    for ending, name in (("ly", "ADVERB"), ("ing", "ING"), ("ed", "ED")):
        if word.endswith(ending):
            return frozenset({"W", name})
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return frozenset({"W", "PLURAL"}) if plural else frozenset({"W"})


def kinds_of_words(literals: frozenset[str]) -> dict[str, frozenset[str]]:
    """Each word of the vocabulary with its classes, `W` among them unless it is a word of grammar."""
    return {
        word: classes if word in _GRAMMAR else classes | {"W"} | ({"ADVERB"} if word.endswith("ly") else frozenset())
        for word, classes in vocabulary.kinds(literals).items()
    }


def other_kinds() -> list[frozenset[str]]:
    """The sets of classes that words outside the vocabulary have."""
    return [
        *(frozenset({"SIGN", name}) for name in dict.fromkeys(_SIGNS.values())),
        *(
            frozenset(names)
            for names in (
                ("SIGN",),
                ("ET_AL",),
                ("END",),
                ("URL",),
                ("NUMERAL",),
                ("W",),
                ("W", "ADVERB"),
                ("W", "ING"),
                ("W", "ED"),
                ("W", "PLURAL"),
            )
        ),
    ]


_MEASURE_ENDS = tuple(
    vocabulary.words(
        "Score Scores accuracy accuracies rate rates score scores error errors loss precision recall similarity consistency"
        " AUROC AUC AUPRC F1 IoU BLEU PSNR SSIM mAP RMSE MAE MSE WER CER EER FID NDCG nDCG Acc"
    )
)
"""What a word that is a measure ends with, or has before an `@`: found faster than the pattern."""
_MEASURE = regex.compile(
    r"(?:[A-Za-z][\w-]*[A-Za-z]Scores?|[A-Za-z]\w*-(?:accurac(?:y|ies)|rates?|scores?|errors?|loss|precision|recall|similarity|consistency)|[\w-]*(?:AUROC|AUC|AUPRC|F1|IoU|BLEU|PSNR|SSIM|mAP|RMSE|MAE|MSE|WER|CER|EER|FID|NDCG|nDCG|Acc)(?:@[\w.]+)?|(?!TTS|BoN|Bo)[A-Za-z]+@(?:\d+(?:\.\d+)?|[kKnN]))"
)
_LOWER_NAME = regex.compile(r"[a-z]-(?:bench|eval|gym|qa|arena)$")
_CITATION = regex.compile(r"[a-z]+(?:19|20)\d\d[a-z]+")
_ALL_CAPITALS = regex.compile(r"[A-Z][A-Z\d&+*.'/_@-]+s?")
_WORD_SHAPE = regex.compile(r"(?P<capital>[A-Z])?[a-z]+(?:-(?:[A-Z][a-z]+|[a-z]+|[A-Z](?=-|$)))*")


def shape(word: str) -> str:
    """What a token looks like; see the constants above."""
    if word in (".", "!", "?", "\n", ""):
        return END
    if word.startswith(MASK):
        return URL
    if word in ("-", "–"):
        return HYPHEN
    if word == "'s":
        return POSSESSIVE
    if word[0].isdigit() or (word[0] in "x×" and word[1:2].isdigit()):
        return NUMBER
    if not word[0].isalpha() or word[-1] == ".":
        return SIGN  # of words, only "Fig." and its like end in a full stop
    if word.lower() in vocabulary.NUMBER_WORDS:
        return NUMBER_WORD
    if ("@" in word or word.endswith(_MEASURE_ENDS)) and _MEASURE.fullmatch(word):
        return MEASURE
    if _CITATION.fullmatch(word):
        return WORD
    if len(word) == 1:
        return LETTER if word.isupper() else WORD
    if _ALL_CAPITALS.fullmatch(word):
        return ACRONYM
    if found := _WORD_SHAPE.fullmatch(word):
        if not found["capital"] or word.lower() in _GRAMMAR:
            return MIXED if _LOWER_NAME.search(word) else WORD
        if sum(part[:1].isupper() for part in word.split("-")) > 1:
            return HYPHENATED
        ordinary = lexicons.ordinary_words()
        return CAPITALISED if all(part in ordinary for part in word.lower().split("-")) else PROPER
    return MIXED if any(sign.isupper() or sign.isdigit() for sign in word) else WORD


_ACROSS = (" al.", " 000", "* ")
"""What a text has in which a token may take in a space or look over it: "et al.", "10 000", "A* Search"."""
_BETWEEN_SPACES = regex.compile(r"(?:^| )( *[^ ]+)")


def read(text: str, table: PieceTable) -> Words:
    """Cut `text` into tokens and look each of them up."""
    shown = view(text)
    line = shown.find("\n")
    lines = shown.find("\n", line + 1) >= 0 or shown[:line][-1:].isspace()  # a line break takes in the white space before it
    if not lines and not any(sign in shown for sign in _ACROSS):
        # Where several spaces stand together, all but one belong to the piece behind them.
        between = _BETWEEN_SPACES.findall(shown.rstrip(" ")) if "  " in shown or shown.startswith(" ") else shown.split(" ")
        words = _joined(shown, [table[piece] for piece in between or [""]])
        if words.ends and words.ends[-1] == len(shown.rstrip()):
            return words
        # Else other white space stands before a space, and belongs to the token behind both.
    return _joined(shown, [table.cut(shown)])


def _joined(shown: str, pieces: Sequence[Piece]) -> Words:
    """The tokens of pieces between which there is a space."""
    letters, shapes, keys, cues, lengths, widths = zip(*pieces, strict=True)
    ends = list(accumulate(chain.from_iterable(widths), initial=-1))[1:]
    starts = list(map(sub, ends, chain.from_iterable(lengths)))
    return Words(shown, starts, ends, "".join(letters), "".join(shapes), tuple(chain.from_iterable(keys)), "".join(cues))
