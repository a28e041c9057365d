"""Measures that no list knows, by what they are made of: "harmful output rate", "Effective Safety Rate (ESR)"."""

from __future__ import annotations

from extract import vocabulary
from extract.words import CAPITALISED, HYPHENATED, NUMBER, PROPER, WORD, Words

HEADS = vocabulary.words("rate rates index coefficient coefficients")
"""Words that are a measure together with the word before them. A score is none: "generation score" names no measure."""

_TAILS = HEADS | vocabulary.words(
    "score scores error errors accuracy precision recall distance similarity ratio probability percentage deviation divergence agreement correlation"
    " consistency coverage likelihood regret robustness fidelity gap ability capability discrepancy effectiveness quotient frequency"
    " fraction loss degree metric measure success advantage"
)
"""Words with which the long form of an abbreviated measure ends."""

_NAMED = HEADS | vocabulary.words("score error accuracy precision recall ratio distance")
"""Words that make a capitalised name a measure's: Constraint Satisfaction Rate."""

_SETTINGS = vocabulary.words(
    "learning frame bit sampling sample data growth refresh heart dropout mutation birth interest exchange update compression pruning"
    " masking mask noise code symbol flow clock spike firing baud aspect mixing mix decay step contrastive adversarial focal training"
    " reconstruction regularization auxiliary objective refractive impact citation attention importance gating routing router low-rank"
)
"""Words whose rate, score or loss is a setting or a part of a method, no result."""

_VAGUE = vocabulary.words("final raw full first second same different these two three h signal-to-noise advantage")
"""Words that do not say of what a rate or score is."""

_NO_PART = frozenset().union(
    *(vocabulary.CLASSES[name] for name in (*vocabulary.GRAMMAR, "ACHIEVE", "IMPROVE", "FALL", "EXCEED", "REDUCE", "GAIN", "TYPICAL")),
    *(vocabulary.CLASSES[name] for name in ("MODEL_NOUN", "METHOD_NOUN", "BETTER", "WORSE", "FEWER", "MORE", "INTRODUCE")),
) - vocabulary.words("success win pass match recall retrieval score attack defense rank recovery reward measure solve gain")


def compound(words: Words, at: int) -> bool:
    """Whether token `at` and the word before it are a measure: "fill rate", but not "learning rate" or "a model rates 70%"."""
    if at == 0 or words.keys[at] not in HEADS or words.shapes[at] not in (WORD, CAPITALISED):
        return False
    if words.keys[at] == "rates" and words.shapes[at + 1 : at + 2] == NUMBER:
        return False
    before = words.view[words.starts[at - 1] : words.ends[at - 1]].lower()
    return (
        words.shapes[at - 1] in (WORD, CAPITALISED, PROPER, HYPHENATED)
        and before not in _NO_PART
        and before not in _SETTINGS
        and before not in _VAGUE
        and not before.endswith("ly")
    )


def abbreviated(words: Words, last: int) -> bool:
    """Whether the long form of an abbreviation that ends before token `last` names a measure."""
    return words.keys[last - 1] in _TAILS and words.keys[last - 2] not in _SETTINGS


def named(words: Words, last: int) -> bool:
    """Whether a name of several words that ends before token `last` is that of a measure."""
    return words.keys[last - 1] in _NAMED and words.keys[last - 2] not in _SETTINGS
