"""Data sizes: how much data a dataset holds, or a model is trained or tested on."""

from __future__ import annotations

from extract.evidence import Evidence
from extract.grouping import as_ranges, of_scale
from extract.numerals import Unit
from extract.phrases import Page
from extract.records import Record
from extract.rules import Rule
from extract.vocabulary import CLASSES, GRAMMAR

COLUMNS = ("value_min", "value_max", "comparator", "unit")

RULES = (
    Rule("data_sizes.after_same", "the number before it in the sentence, of the same unit, is one too", "", 1.6, ()),
    Rule("data_sizes.parallel", "the number before it in the sentence is one too, and what follows both is alike", "", 0.6, ()),
    Rule("data_sizes.magnitude", "any number with a magnitude", "q=MAGNITUDE", -2.1, ("some {300B} there",)),
    Rule("data_sizes.thousands", "any number of thousands", "q=THOUSANDS", 1.0, ("some {16K} there",)),
    Rule("data_sizes.integer", "any whole number", "q=INTEGER", -1.3, ("some {11,412} there",)),
    Rule("data_sizes.small", "a number under 100", "q=SMALL", -5.6, ("some {12} there",)),
    Rule("data_sizes.bytes", "bytes", "q=BYTES", -2.4, ("some {8TB} there",)),
    Rule("data_sizes.year", "a year", "q=YEAR", -8.0, ("in {2024} there",)),
    Rule("data_sizes.tokens", "N tokens", "q=MAGNITUDE|INTEGER ( HYPHEN|W|NAME ){0,3} TOKEN", 3.4, ("on {300B} training tokens", "{15T} tokens")),
    Rule("data_sizes.counted", "N images", "q=MAGNITUDE|INTEGER ( HYPHEN|W|AND|COMMA ){0,4} COUNTED", 1.5, ("{1.7B} images", "with {11,412} human-annotated video clips")),
    Rule("data_sizes.counted_names", "N NAME images", "q=MAGNITUDE|INTEGER ( HYPHEN|W|AND|NAME ){1,4} COUNTED", 2.3, ("{24,000} CT scans", "{516} MMLU questions")),
    Rule("data_sizes.uncounted", "N classes", "q=MAGNITUDE|INTEGER ( HYPHEN|W ){0,2} UNCOUNTED", -1.0, ("over {200} languages",)),
    Rule("data_sizes.uncounted_head", "N classes of", "q=MAGNITUDE|INTEGER ( HYPHEN|W ){0,2} UNCOUNTED PREPOSITION|END|COMMA|AND|CLOSE|OPEN|BE|WHILE|RELATIVE|COLON|SEMICOLON", -1.3, ("over {200} languages and",)),
    Rule("data_sizes.uncounted_next", "N classes, at once", "q=MAGNITUDE|INTEGER HYPHEN? UNCOUNTED", 0.1, ("over {200} languages",)),
    Rule("data_sizes.counted_next", "N images, at once", "q=MAGNITUDE|INTEGER HYPHEN? COUNTED", 1.3, ("{600M} images",)),
    Rule("data_sizes.bytes_of", "N bytes of data", "q=BYTES of", 1.0, ("{8TB} of data",)),
    Rule("data_sizes.tokens_contained", "a corpus of N tokens", "COUNT_VERB|DATASET_NOUN ( PREPOSITION|ADVERB|DET|W|COUNT_VERB ){0,3} q=INTEGER|THOUSANDS ( W|NAME ){0,2} TOKEN", 0.5, ("consists of {64,563} annotated tokens",)),
    Rule("data_sizes.hours_of", "N hours of video", "q=INTEGER|DECIMAL HYPHEN? HOUR of", 1.0, ("{62} hours of robot videos",)),
    Rule("data_sizes.hours", "N hours", "q=MAGNITUDE|INTEGER|DECIMAL HYPHEN? W? HOUR", 3.0, ("{470} hours of speech", "a {470}-hour set")),
    Rule("data_sizes.hours_gpu", "N GPU hours", "q=MAGNITUDE|INTEGER ( HYPHEN|W|NAME ){0,2} GPU_NOUN|HARDWARE_NAME HOUR|hours|days", -8.0, ("{48} GPU hours",)),
    Rule("data_sizes.gpus", "N GPUs", "q=INTEGER ( W|NAME|HYPHEN ){0,2} GPU_NOUN|HARDWARE_NAME", -1.0, ("on {128} A100 GPUs",)),
    Rule("data_sizes.of_data", "N of data", "q=MAGNITUDE|BYTES|INTEGER ( of|W|HYPHEN ){1,4} data|text|audio|speech|video|footage", -0.0, ("{8TB} of text", "{2TB} of raw data")),
    Rule("data_sizes.dataset", "N-sample dataset", "q=MAGNITUDE|INTEGER HYPHEN W{0,3} DATASET_NOUN", 2.9, ("a {516}-example benchmark",)),
    Rule("data_sizes.contains", "contains N", "COUNT_VERB ( PREPOSITION|ADVERB|DET|W ){0,2} q=MAGNITUDE|INTEGER", 1.3, ("contains {11,412} of them", "consists of {2M} pairs")),
    Rule("data_sizes.trained_on", "trained on N", "TRAIN ( W|PREPOSITION|NAME|DET ){0,3} on|with|using|from ( DET|ONLY ){0,1} q=MAGNITUDE|INTEGER", 1.6, ("trained on {2T} of them",)),
    Rule("data_sizes.dataset_of", "dataset of N", "DATASET_NOUN|SET_NOUN|NAME ( of|with|OPEN|COMMA|containing|comprising|consisting|COUNT_VERB|RELATIVE|from ){1,3} q=MAGNITUDE|INTEGER", 1.2, ("a dataset of {24,000} of them", "a benchmark comprising {2,252} samples")),
    Rule("data_sizes.parameters", "N parameters", "q=MAGNITUDE|INTEGER ( HYPHEN|W ){0,2} PARAMS|MODEL_NOUN", -3.0, ("{7B} parameters", "{13B} models")),
    Rule("data_sizes.context", "N context", "q=MAGNITUDE|INTEGER ( HYPHEN|W|TOKEN ){0,2} CONTEXT_NOUN", -2.0, ("a {128K} token context",)),
    Rule("data_sizes.context_before", "context of N", "CONTEXT_NOUN ( of|to|up|W|OPEN|from|BE ){0,3} q=MAGNITUDE|INTEGER", -1.5, ("a context of {128K} tokens",)),
    Rule("data_sizes.name_before", "a name right before N", "MODEL_NAME|SHAPE_MODEL q=MAGNITUDE|INTEGER", -2.0, ("with Llama {7B} tokens",)),
    Rule("data_sizes.few_tokens", "thousands of tokens", "q=THOUSANDS|INTEGER ( HYPHEN|W ){0,2} TOKEN", -4.1, ("{32,000} tokens long",)),
    Rule("data_sizes.context_sentence", "a context earlier in the sentence", "context|contexts|long-context|window|windows !END{0,24} q=MAGNITUDE|INTEGER", -1.5, ("contexts, and we mean long ones, of {32K}",)),
    Rule("data_sizes.token_noun", "N-token", "q=MAGNITUDE|INTEGER HYPHEN TOKEN", -0.8, ("a {32K}-token one",)),
    Rule("data_sizes.power_tokens", "a power of two, of tokens or frames", "q=POWER", -1.6, ("at {32K} there",)),
    Rule("data_sizes.frame_noun", "N-frame", "q=INTEGER HYPHEN FRAME", -2.3, ("{16}-frame videos",)),
    Rule("data_sizes.per_frame", "N frames per second", "q=INTEGER|DECIMAL W? FRAME per", -4.0, ("{442} frames per second",)),
    Rule("data_sizes.frames", "N frames", "q=INTEGER ( W ){0,1} FRAME", -1.9, ("up to {2,300} frames",)),
    Rule("data_sizes.average", "N words on average, within N turns", "each|average|averages|averaging|maximum|takes|per|every ( of|W ){0,2} q=INTEGER|MAGNITUDE", -2.8, ("each {5,000} words long",)),
    Rule("data_sizes.the_world", "N people live with it", "affect|affects|affecting|population|native|speakers|active|worldwide|annually|globally|deaths|reported|monthly|daily ( W|PREPOSITION|ABOUT ){0,3} q=MAGNITUDE|INTEGER", -0.3, ("diseases affect over {300 million} individuals",)),
    Rule("data_sizes.the_world_after", "N active users", "q=MAGNITUDE|INTEGER ( W ){0,1} native|active|monthly|daily|speakers|individuals|deaths|people ( W ){0,3} worldwide|globally|annually|users|speakers|largely|each", -3.0, ("over {60 million} native speakers",)),
    Rule("data_sizes.parts", "(N English, N Chinese)", "COUNTED OPEN q=INTEGER|THOUSANDS ( W|NAME ){1,3} COMMA|AND QUANTITY", 2.5, ("1,800 pairs ({1,200} English, 600 Chinese)",)),
    Rule("data_sizes.n_equals", "n = N", "n EQUALS|SIGN q=INTEGER", 1.5, ("(n = {5,253} respondents)",)),
    Rule("data_sizes.times", "N times, N steps", "q=INTEGER|MAGNITUDE ( HYPHEN|W ){0,1} steps|step|iterations|epochs|times|fps|downloads|flops|citations|hz|stars|views", 1.1, ("for {500} steps",)),
    Rule("data_sizes.pages", "N-shot, N-bit, N-dimensional", "q=INTEGER HYPHEN W", -1.8, ("a {512}-dimensional one",)),
    Rule("data_sizes.plural", "N of unknown things", "q=INTEGER|MAGNITUDE ( HYPHEN|W|AND|COMMA ){0,3} PLURAL", 0.5, ("with {3,890} odd widgets",)),
    Rule("data_sizes.samples_drawn", "with N samples", "with|using|at|from|generating q=INTEGER samples|sample|steps|images", -1.0, ("grows to 95% with {250} samples",)),
)

LINKS = (
    # how the two stand to each other (attachment.py finds this, no pattern does)
    Rule("data_sizes:unit.none", "a counted noun: none is said", "", -0.9, ()),
    Rule("data_sizes:unit.same_sentence", "a counted noun: in the sentence", "", 0.9, ()),
    Rule("data_sizes:unit.before", "a counted noun: before the number", "", 0.4, ()),
    Rule("data_sizes:unit.after", "a counted noun: after the number", "", 0.4, ()),
    Rule("data_sizes:unit.adjacent_before", "a counted noun: one or two words before", "", 0.3, ()),
    Rule("data_sizes:unit.adjacent_after", "a counted noun: one or two words after", "", 1.7, ()),
    Rule("data_sizes:unit.near_before", "a counted noun: up to five words before", "", 0.5, ()),
    Rule("data_sizes:unit.near_after", "a counted noun: up to five words after", "", 2.8, ()),
    Rule("data_sizes:unit.clause_before", "a counted noun: in one clause, before", "", 0.2, ()),
    Rule("data_sizes:unit.clause_after", "a counted noun: in one clause, after", "", 0.4, ()),
    Rule("data_sizes:unit.nearest_before", "a counted noun: the nearest before", "", -0.4, ()),
    Rule("data_sizes:unit.nearest_after", "a counted noun: the nearest after", "", 0.4, ()),
    Rule("data_sizes:unit.number_between_before", "a counted noun: another such number between, before", "", 2.0, ()),
    Rule("data_sizes:unit.number_between_after", "a counted noun: another such number between, after", "", -0.9, ()),
    Rule("data_sizes:unit.only_one", "a counted noun: the only one in the sentence", "", 0.2, ()),
    Rule("data_sizes:unit.later_of_list", "a counted noun: not the first of a list", "", -0.8, ()),
    # what stands between and around them
    Rule("data_sizes:unit.head", "N words nouns, and the noun ends", "q=AMOUNT HYPHEN? ( W|NAME|HYPHEN|AND|DASH ){0,4} unit=COUNTED|TOKEN|PLURAL PREPOSITION|END|COMMA|AND|CLOSE|OPEN|BE|WHILE|RELATIVE|SEMICOLON|TRAIN|USING|COUNT_VERB", 0.7, ("{2,835} old [stanzas] for",)),
    Rule("data_sizes:unit.modifier", "a noun before the noun", "q=AMOUNT HYPHEN? ( W|NAME|HYPHEN ){0,3} unit=COUNTED|TOKEN|PLURAL HYPHEN|DASH? COUNTED|PLURAL", -0.1, ("{9,401} [image] pairs",)),
    Rule("data_sizes:unit.unlisted", "a plural that is in no list", "q=AMOUNT !END{0,12} unit=PLURAL", -1.0, ("{2,835} [stanzas] for",)),
    Rule("data_sizes:unit.hours", "N hours", "q=AMOUNT HYPHEN? unit=HOUR", 8.0, ("a {470}-[hour] speech set",)),
    Rule("data_sizes:unit.right_after", "N images", "q=AMOUNT HYPHEN? unit=COUNTED|TOKEN|HOUR", 1.1, ("{1.7B} [images]",)),
    Rule("data_sizes:unit.words_after", "N words images", "q=AMOUNT ( HYPHEN|W|NAME|AND|COMMA ){1,5} unit=COUNTED|TOKEN|HOUR", 0.4, ("{11,412} carefully annotated [clips]",)),
    Rule("data_sizes:unit.of", "N of images", "q=AMOUNT of ( W|NAME|DET ){0,3} unit=COUNTED|TOKEN|HOUR", 2.2, ("{1.7B} of [images]",)),
)


def read(page: Page, evidence: Evidence) -> list[Record]:
    """Amounts of data, with the noun that is counted."""
    records = []
    for at, rule in evidence.won("data_sizes"):
        link = evidence.linked(at, "unit")
        for quantity in as_ranges(page.groups[at]):
            noun = singular(counted(page, link[0])) if link else ""
            unit = quantity.said if quantity.unit is Unit.BYTES else noun
            comparator = "~" if quantity.comparator == "=" and of_scale(page.words, quantity) else quantity.comparator
            records.append(Record(quantity.start, quantity.end, rule, (quantity.low, quantity.high, comparator, unit)))
    return records


def counted(page: Page, at: int) -> str:
    """The noun that is counted, from its first word on: the plural of a row of nouns ("video clips", "image-text pairs")."""
    first = page.text[page.start(at) : page.end(at)].lower()
    if page.text[page.start(at) - 1] == "-" or first in CLASSES["HOUR"]:
        return first  # "a 516-example benchmark", "470 hours of speech"
    words: list[str] = []
    for phrase in range(at, min(at + 6, len(page.letters))):
        word = page.text[page.start(phrase) : page.end(phrase)].lower()
        if not word.replace("-", "").replace("'", "").isalpha() or word in _STOP or (words and word.endswith(("ed", "ing"))):
            break
        words.append(word)
        if plural(word):
            break
    if not words:
        return ""
    before = page.text[page.start(at - 1) : page.end(at - 1)].lower() if at else ""
    if (before, singular(words[0])) in _COMPOUNDS:
        words.insert(0, before)
    head = len(words) - 1 if plural(words[-1]) else 0
    return " ".join(words[head - 1 : head + 1]) if head and (words[head - 1], singular(words[head])) in _COMPOUNDS else words[head]


def plural(word: str) -> bool:
    """Whether a noun looks like a plural."""
    return word in _SINGULAR or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")))


_STOP = frozenset().union(*(CLASSES[name] for name in GRAMMAR if name != "AND"))
_COMPOUNDS = {("point", "cloud"), ("test", "case"), ("time", "point"), ("data", "point"), ("base", "pair"), ("bounding", "box"), ("pull", "request")}
_SINGULAR = {"people": "people", "data": "data", "hours": "hour", "h": "hour", "hrs": "hour", "stories": "story", "movies": "movie", "children": "child", "men": "man", "women": "woman", "queries": "query", "trajectories": "trajectory", "speech": "speech", "footage": "footage", "series": "series", "species": "species", "boxes": "box", "classes": "class", "indices": "index"}


def singular(noun: str) -> str:
    """The singular of a counted noun."""
    if noun in _SINGULAR:
        return _SINGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if " " in noun:
        first, _, last = noun.rpartition(" ")
        return f"{first} {singular(last)}"
    if noun.endswith("heses"):
        return noun[:-2] + "is"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun[:-1]
    return noun
