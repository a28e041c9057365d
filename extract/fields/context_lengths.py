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
    Rule("context_lengths.thousands", "any number of thousands", "q=THOUSANDS|MILLIONS", -0.4, ("some {128K} there",)),
    Rule("context_lengths.integer", "any whole number", "q=INTEGER|YEAR", -6.3, ("some {2048} there",)),
    Rule("context_lengths.after", "N context", "q=MAGNITUDE|INTEGER|YEAR ( HYPHEN|TOKEN|W ){0,3} CONTEXT_NOUN", 2.7, ("a {128K} context window", "{32K}-token sequences")),
    Rule("context_lengths.before", "context of N", "CONTEXT_NOUN ( W|NAME|OPEN|COMMA|SUCH_AS|ONLY|DET|BE|RANGING|PREPOSITION|AND|EQUALS|ACHIEVE ){0,7} q=MAGNITUDE|INTEGER|YEAR", 1.2, ("a context length of {2048}", "extends the context window to {256K}", "sequences up to {16K}")),
    Rule("context_lengths.verb", "extends to N", "CONTEXT_VERB ( W|DET|NAME|PREPOSITION|POSSESSIVE ){0,6} to|beyond|over|with q=THOUSANDS|MILLIONS ( HYPHEN|W ){0,1} TOKEN", 4.0, ("extrapolates to {1M} tokens",)),
    Rule("context_lengths.process", "processes N tokens", "CONTEXT_VERB|exceed|exceeds|average|averaging|sustain|maintaining|spanning|over|to|reaching|of ( W|DET|ABOUT ){0,2} q=THOUSANDS|MILLIONS|INTEGER HYPHEN? ( W|PLUS ){0,1} TOKEN|frame|frames", 1.1, ("to process {1M} tokens",)),
    Rule("context_lengths.frames", "N-frame sequences", "q=INTEGER HYPHEN? FRAME sequence|sequences|horizon|horizons|videos|video|inputs|window", 1.8, ("with {24}-frame sequences",)),
    Rule("context_lengths.topic", "the paper speaks of contexts, sequences or attention", "", 1.5, ()),
    Rule("context_lengths.power", "a power of two", "q=POWER", 2.3, ("some {128K} there", "some {4096} there")),
    Rule("context_lengths.frame", "N frames", "q=INTEGER|YEAR|THOUSANDS ( HYPHEN|W ){0,2} FRAME !per", 6.3, ("process {2000} frames at once", "{16}-frame videos")),
    Rule("context_lengths.frame_noun", "N-frame", "q=INTEGER|YEAR|THOUSANDS HYPHEN FRAME", 0.4, ("{16}-frame videos",)),
    Rule("context_lengths.frames_of", "videos of N frames", "video|videos|clips|clip|memory|horizon|horizons|streams|sequences|up|over ( to|of|W|PREPOSITION ){0,3} q=INTEGER|YEAR|THOUSANDS FRAME", 1.5, ("videos up to {2,300} frames",)),
    Rule("context_lengths.token_noun", "N-token", "q=MAGNITUDE|INTEGER|YEAR HYPHEN TOKEN", 0.7, ("a {32,000}-token document",)),
    Rule("context_lengths.tokens_exceeding", "tokens exceed N", "TOKEN|positions|trajectories|prompts|documents|captions ( BE|AUXILIARY|limit|limits|reach|reaching|average|averages|averaging|of ){0,3} q=MAGNITUDE|INTEGER|YEAR", 3.4, ("output tokens exceeding {150k}", "a token limit of {512}")),
    Rule("context_lengths.positions", "N positions", "q=MAGNITUDE|INTEGER positions|bp|nucleotides|basepairs", 3.0, ("can exceed {100,000} positions",)),
    Rule("context_lengths.equals", "ctx = N", "CONTEXT_NOUN|n|l|k EQUALS q=POWER", 2.5, ("at ctx={2048}",)),
    Rule("context_lengths.sentence", "a context earlier in the sentence", "context|contexts|long-context|window|windows|sequence|sequences|length|lengths !END{0,24} q=MAGNITUDE|INTEGER", 2.1, ("sequences, and we mean long ones, of {32K}",)),
    Rule("context_lengths.power_at", "at 32K", "at|beyond|under|exceeding|to|all|past q=POWER", 2.3, ("scores at {128K} for it",)),
    Rule("context_lengths.per", "N tokens per", "q=MAGNITUDE|INTEGER W{0,1} TOKEN per|for|were|BE|from", -1.7, ("consume {9.9M} tokens per task",)),
    Rule("context_lengths.of_tokens_of", "on N tokens", "TRAIN|on|with|of|using|over q=MAGNITUDE ( W|of ){0,2} TOKEN", -0.3, ("on {300B} tokens",)),
    Rule("context_lengths.billions", "billions of tokens", "q=BILLIONS|TRILLIONS", -3.5, ("{2T} tokens",)),
    Rule("context_lengths.bracket", "short (4K) and long (32K) contexts", "q=THOUSANDS CLOSE ( AND|W|OPEN|THOUSANDS|CLOSE ){0,5} CONTEXT_NOUN", 3.0, ("both short ({4K}) and long (32K) contexts",)),
    Rule("context_lengths.at", "At 32K", "at|beyond|under|exceeding q=THOUSANDS COMMA|END|CONTEXT_NOUN|TOKEN", 1.4, ("at {32K}, ten fail",)),
    Rule("context_lengths.tokens", "N tokens", "q=THOUSANDS|INTEGER|MILLIONS ( HYPHEN|W ){0,2} TOKEN", 2.8, ("at {128K} tokens",)),
    Rule("context_lengths.long", "N long", "q=THOUSANDS|INTEGER|MILLIONS ( HYPHEN|TOKEN|W ){0,2} long|length|lengths", 1.9, ("{128K}-token long",)),
    Rule("context_lengths.trained", "trained on N", "TRAIN ( W|PREPOSITION|NAME|DET ){0,3} on|with q=MAGNITUDE", -0.6, ("trained on {2T} tokens",)),
    Rule("context_lengths.counted", "N images", "q=MAGNITUDE|INTEGER ( HYPHEN|W ){0,3} COUNTED", -1.0, ("{128K} images",)),
    Rule("context_lengths.parameters", "N parameters", "q=MAGNITUDE|INTEGER ( HYPHEN|W ){0,2} PARAMS|MODEL_NOUN", -0.7, ("{7M} parameters",)),
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
