"""What a name looks like: its shape, a hint at what it may name.

A hint is evidence to be weighed, no verdict.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from extract import lexicons
from extract.words import ACRONYM, MIXED, PROPER

SHAPES = (
    "SHAPE_BENCH",
    "SHAPE_VARIANT",
    "SHAPE_DATA",
    "SHAPE_MODEL",
    "SHAPE_SIZED",
    "SHAPE_ACRONYM",
    "SHAPE_CAMEL",
    "SHAPE_PROPER",
    "SHAPE_WORDS",
)

# How names end.
_BENCH = regex.compile(
    r"(?:(?:[Bb]ench(?:mark)?|BENCH|Eval|EVAL|QA|Gym|GYM|Arena|ARENA)(?:[-_ ]?(?:v?\d[\d.]*|V\d|(?!Score|Net|Former)[A-Z][A-Za-z]*))?"
    r"|(?:Exam|Test|Probe|Suite|[ -]Data[Ss]et|[ -]Corpus)(?:[-_ ]?v?\d[\d.]*)?)(?:\+\+?)?$"
)
_NAMED_BENCH = regex.compile(r"(?<=[\w-])[Bb]ench(?:mark)?(?=$|[-_ \d])")
_DATA = regex.compile(
    r"(?:[Dd]ata(?:[Ss]et)?|[Cc]orpus|Corpora|[Bb]ank|(?<!-)Instruct|Pile|Web|Wiki|\d+(?:\.\d+)?[KkMm]|(?:19|20)\d\d|-LT|-C|DB|Set|SET|Pedia|Trees?|Chat-\d+M|-Test|-Val|-Train|-Hard|Dialog(?:ue)?s?|Atlas|Challenge)(?:[-_ ]?v?\d[\d.]*)?$"
)
_MODEL = regex.compile(
    r"(?:GPT|LM|LLM|BERT|[Ff]ormer|Net|NET|GAN|VAE|[Dd]iff(?:usion)?|Agent|VL|VLA|VLM|-R1|-R1-Zero|Coder|CLIP|DiT|SAM|RAG|PO|Flow|Mamba|LoRA|KD|Attention|Cache|Quant|Tune|Prompt|Splat(?:ting)?|NeRF|GS|Zero|Llama|LLaMA|LLaVA|MoE|Transformer|Encoder|Decoder|Embed|Parser|Seg|Det|Gen|Edit|Fusion|Former|TTS|ASR|OCR|Omni|Policy|Dreamer|Planner|Search|Graph|Mem|Memory|Loop|Guard|Judge|RM|PRM|RL|DPO|Adapter)(?:[-_ ]?v?\d[\d.]*)?(?:-(?:Instruct|Chat|Base|Large|Small|Pro|Mini|Lite|Turbo|Thinking|SFT|RL|Max|Nano|Flash|Plus|mini|nano|flash|VA))?(?:\+\+?)?$"
)
_PATCHED = regex.compile(
    r"(?:^|-|[a-z])(?:(?:ViT|DiT|SiT)-(?:Ti|S|B|M|L|H|G|g)|[A-Z][A-Za-z]*-(?:Ti|S|B|M|L|H|G|g|XL|XXL)/\d+|[A-Z][A-Za-z\d]*-X?XL)$"
)
"""Transformers by their size and the patches that they read: ViT-B/16, DiT-XL/2."""
_SIZED = regex.compile(
    r"(?P<name>.*?)(?:[-_ ](?P<size>\d+(?:\.\d+)?)(?P<unit>[BbMT]))(?:-A(?P<active>\d+(?:\.\d+)?)(?P<active_unit>[BM]))?(?P<rest>(?:[-_ +][A-Za-z\d.]+)*)$"
)
_STEM = regex.compile(r"[A-Za-zπ]+")
_MOST_PARTS = 9
"""Parts of a hyphenated name that may be a name themselves."""


def is_named_bench(text: str) -> bool:
    """Whether a name has "Bench" at the end of a word: of 283 such names in labelled abstracts each one is a benchmark."""
    return _NAMED_BENCH.search(text) is not None


def is_bench(text: str) -> bool:
    """Whether a name ends as those of benchmarks do, or may: -Bench, -QA, -Eval, -Gym."""
    return _BENCH.search(text) is not None


@lru_cache(maxsize=1 << 15)
def family(text: str) -> bool:
    """Whether a name begins with that of a family of models: Qwen2.5-Math-7B, LLaMA3."""
    stem = _STEM.match(text)
    return stem is not None and stem[0] in lexicons.families()


def _variant(text: str) -> bool:
    """Whether a part of a hyphenated name is a known dataset: MMEB-v2, Multi-SWE, COCO-20i."""
    parts = text.split("-")
    return len(parts) > 1 and any(
        entry.type == "dataset" and entry.certain and entry.fits(part)
        for part in (*parts, *("-".join(parts[:at]) for at in range(2, min(len(parts), _MOST_PARTS))))
        if len(part) > 3
        for entry in lexicons.names().ends(lexicons.key(part))
    )


def _of_model(text: str) -> bool:
    """Whether a hyphenated name that no list has begins with that of a family of models: RoBERTa-SQuAD."""
    first, hyphen, _ = text.partition("-")
    return bool(hyphen) and (family(first) or first.endswith("BERT")) and not lexicons.names().ends(lexicons.key(text))


def _of_family(text: str) -> bool:
    """Whether a hyphenated name begins with that of a known model: gpt-5.4-mini, DeepSeek-V9."""
    first, hyphen, _ = text.partition("-")
    return bool(hyphen) and len(first) > 2 and any(entry.type == "model" for entry in lexicons.names().ends(lexicons.key(first)))


@lru_cache(maxsize=1 << 15)
def shape_of(text: str, kind: str) -> str:
    """The shape of a name. `kind` is the word shape of its most telling token."""
    if is_bench(text):
        return "SHAPE_BENCH"
    if _PATCHED.search(text):
        return "SHAPE_MODEL"
    sized = _SIZED.fullmatch(text)
    if _variant(text) and not (sized and sized["unit"] in "Bb") and not _of_model(text):
        return "SHAPE_VARIANT"
    if sized:
        return "SHAPE_SIZED" if sized["unit"] in "Bb" or (float(sized["size"]) >= 20 and not _DATA.search(sized["name"])) else "SHAPE_DATA"
    if _DATA.search(text):
        return "SHAPE_DATA"
    if _MODEL.search(text) or _of_family(text):
        return "SHAPE_MODEL"
    return {ACRONYM: "SHAPE_ACRONYM", MIXED: "SHAPE_CAMEL", PROPER: "SHAPE_PROPER"}.get(kind, "SHAPE_WORDS")
