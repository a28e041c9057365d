"""Context lengths: a context window or sequence length, in tokens (or frames, base pairs)."""

from __future__ import annotations

from extract.evidence import Evidence
from extract.grouping import as_ranges
from extract.phrases import Page
from extract.records import Record
from extract.rules import Rule

COLUMNS = ("value_min", "value_max", "comparator", "unit")

RULES = (
    Rule("context_lengths.magnitude", "any number with a magnitude", "q=MAGNITUDE", -3.0, ("some {128K} there",)),
    Rule("context_lengths.thousands", "any number of thousands", "q=THOUSANDS|MILLIONS", 1.0, ("some {128K} there",)),
    Rule("context_lengths.integer", "any whole number", "q=INTEGER|YEAR", -3.5, ("some {2048} there",)),
    Rule("context_lengths.after", "N context", "q=MAGNITUDE|INTEGER|YEAR ( HYPHEN|TOKEN|W ){0,3} CONTEXT_NOUN", 4.0, ("a {128K} context window", "{32K}-token sequences")),
    Rule("context_lengths.before", "context of N", "CONTEXT_NOUN ( of|to|up|W|OPEN|from|BE|as|at|beyond|RANGING|PREPOSITION|AND ){0,5} q=MAGNITUDE|INTEGER|YEAR", 4.0, ("a context length of {2048}", "extends the context window to {256K}", "sequences up to {16K}")),
    Rule("context_lengths.verb", "extends to N", "CONTEXT_VERB ( W|DET|NAME|PREPOSITION|POSSESSIVE ){0,6} to|beyond|over|with q=THOUSANDS|MILLIONS ( HYPHEN|W ){0,1} TOKEN", 2.5, ("extrapolates to {1M} tokens",)),
    Rule("context_lengths.process", "processes N tokens", "CONTEXT_VERB|exceed|exceeds|average|averaging|sustain|maintaining|spanning|over|to|reaching|of ( W|DET|ABOUT ){0,2} q=THOUSANDS|MILLIONS|INTEGER HYPHEN? ( W|PLUS ){0,1} TOKEN|frame|frames", 1.5, ("to process {1M} tokens",)),
    Rule("context_lengths.frames", "N-frame sequences", "q=INTEGER HYPHEN? frame|frames sequence|sequences|horizon|horizons|videos|video|inputs|window", 4.0, ("with {24}-frame sequences",)),
    Rule("context_lengths.bracket", "short (4K) and long (32K) contexts", "q=THOUSANDS CLOSE ( AND|W|OPEN|THOUSANDS|CLOSE ){0,5} CONTEXT_NOUN", 3.0, ("both short ({4K}) and long (32K) contexts",)),
    Rule("context_lengths.at", "At 32K", "at|beyond|under|exceeding q=THOUSANDS COMMA|END|CONTEXT_NOUN|TOKEN", 1.5, ("at {32K}, ten fail",)),
    Rule("context_lengths.tokens", "N tokens", "q=THOUSANDS|INTEGER|MILLIONS ( HYPHEN|W ){0,2} TOKEN", 1.0, ("at {128K} tokens",)),
    Rule("context_lengths.long", "N long", "q=THOUSANDS|INTEGER|MILLIONS ( HYPHEN|TOKEN|W ){0,2} long|length|lengths", 1.5, ("{128K}-token long",)),
    Rule("context_lengths.trained", "trained on N", "TRAIN ( W|PREPOSITION|NAME|DET ){0,3} on|with q=MAGNITUDE", -2.5, ("trained on {2T} tokens",)),
    Rule("context_lengths.counted", "N images", "q=MAGNITUDE|INTEGER ( HYPHEN|W ){0,3} COUNTED", -2.0, ("{128K} images",)),
    Rule("context_lengths.parameters", "N parameters", "q=MAGNITUDE|INTEGER ( HYPHEN|W ){0,2} PARAMS|MODEL_NOUN", -4.0, ("{7M} parameters",)),
)


def read(page: Page, evidence: Evidence) -> list[Record]:
    """Lengths of contexts and sequences."""
    records = []
    for at, rule in evidence.won("context_lengths"):
        after = page.text[page.end(at) : page.end(at) + 30].lower()
        unit = next((name for word, name in (("frame", "frame"), ("base pair", "base pair"), (" bp", "base pair")) if word in after), "token")
        for quantity in as_ranges(page.groups[at]):
            records.append(Record(quantity.start, quantity.end, rule, (quantity.low, quantity.high, quantity.comparator, unit)))
    return records
