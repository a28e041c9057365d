"""Hardware: a named accelerator or machine that the work runs on."""

from __future__ import annotations

from extract.evidence import Evidence
from extract.numerals import NUMBER_WORDS, Unit
from extract.phrases import Page
from extract.records import Record
from extract.rules import Rule

COLUMNS = ("device", "count")

RULES = (
    Rule("hardware.name", "a known device", "n=HARDWARE_NAME", 3.0, ("on {A100} GPUs",)),
    Rule("hardware.word", "a known device whose name has other meanings", "n=WORD_HARDWARE_NAME", -1.0, ("on {L4} there",)),
    Rule("hardware.noun_after", "X GPU", "n=HARDWARE_NAME|WORD_HARDWARE_NAME ( W|NAME|SLASH|HYPHEN|OPEN ){0,1} GPU_NOUN|processor|phone|phones|board|microcontroller|smartphone|smartphones", 2.5, ("on {L4} GPUs",)),
    Rule("hardware.counted", "eight X", "QUANTITY|single|ARTICLE n=HARDWARE_NAME|WORD_HARDWARE_NAME", 0.5, ("on 8 {A100} and",)),
    Rule("hardware.on", "on X", "on DET? ( QUANTITY|W ){0,2} n=HARDWARE_NAME|WORD_HARDWARE_NAME", 1.0, ("runs on {L4} and",)),
    Rule("hardware.dataset", "X dataset, X method", "n=NAME DATASET_NOUN|METHOD_NOUN|MODEL_NOUN", -2.0, ("the {Ampere} dataset",)),
)

VENDORS = frozenset(["nvidia", "amd", "intel", "google", "apple", "huawei", "qualcomm", "samsung", "xilinx", "arm", "cerebras", "graphcore", "geforce", "instinct", "radeon", "amazon", "aws", "meta", "mediatek", "phytium", "rockchip", "broadcom", "'s", "tesla", "geforce", "quadro", "versal", "zynq", "alveo", "kria", "core", "ryzen", "galaxy"])
"""Makers, and the series that stand between a maker and a device."""


def read(page: Page, evidence: Evidence) -> list[Record]:
    """Devices, with the vendor's name if it stands there, and how many."""
    records = []
    for at, rule in evidence.devices.items():
        mention = page.mentions[at]
        first, start = at, mention.start
        while first > 1:
            words = page.text[page.start(first - 1) : page.end(first - 1)].lower().split()
            if not words or any(word not in VENDORS for word in words):
                break
            first -= 1
            start = page.start(first)
        device = page.text[start : mention.end]
        # "35,000 A100 GPU hours": hours are no count.
        after = [page.text[page.start(i) : page.end(i)].lower() for i in range(at + 1, min(at + 4, len(page.letters)))]
        count = None if not _HOURS.isdisjoint(after) else _count(page, first)
        records.append(Record(start, mention.end, rule, (" ".join(device.split()), count)))
    return records


_HOURS = frozenset(("hours", "hour", "days", "gpu-hours", "gpu-days"))


def _count(page: Page, at: int) -> int | None:
    """How many devices: the number before the name; 1 for "a" and "single"; None if nothing is said."""
    before = page.groups.get(at - 1)
    if before is not None:
        number = before[-1]
        if number.unit in (Unit.INTEGER, Unit.FACTOR) and number.low == number.high == int(number.low):
            return int(number.low)
        return None
    word = page.text[page.start(at - 1) : page.end(at - 1)].lower() if at > 1 else ""
    if word in ("a", "an", "single", "one"):
        return 1
    return int(NUMBER_WORDS[word]) if word in NUMBER_WORDS else None
