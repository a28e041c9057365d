"""Model sizes: a model's number of parameters."""

from __future__ import annotations

import regex

from extract.evidence import Evidence
from extract.grouping import as_ranges, of_scale
from extract.lexicons import as_written
from extract.names import Mention
from extract.numerals import MAGNITUDES
from extract.phrases import Page
from extract.records import Record
from extract.rules import Rule

COLUMNS = ("value_min", "value_max", "comparator", "model", "kind")

RULES = (
    Rule("model_sizes.after_same", "the number before it in the sentence, of the same unit, is one too", "", 0.5, ()),
    Rule("model_sizes.in_name", "a size inside a model's name", "", 5.0, ("with Qwen3-{8B} and",)),
    Rule(
        "model_sizes.billions",
        "any number of billions",
        "q=BILLIONS",
        2.2,
        ("the {7B} one",),
        ("the 7K one",),
    ),
    Rule("model_sizes.millions", "any number of millions", "q=MILLIONS", -1.1, ("some {70M} of them",), ("some 70B of them",)),
    Rule("model_sizes.trillions", "any number of trillions", "q=TRILLIONS", 0.6, ("a {1T} one",)),
    Rule("model_sizes.thousands", "any number of thousands", "q=THOUSANDS", -4.3, ("a {16K} one",)),
    Rule("model_sizes.integer", "any whole number without a unit", "q=INTEGER", -6.1, ("with {11,412} of them",)),
    Rule(
        "model_sizes.parameters",
        "N parameters",
        "q=MAGNITUDE|INTEGER HYPHEN? W{0,2} PARAMS",
        6.3,
        ("a {175B} parameter model", "with {1.3 billion} trainable parameters", "a {671-billion}-parameter model"),
        ("7B tokens and parameters",),
    ),
    Rule(
        "model_sizes.parameters_of",
        "parameters of N, parameters from N to N",
        "PARAMS ( PREPOSITION|W|RANGING|OPEN|COLON ){0,3} q=MAGNITUDE",
        0.7,
        ("with parameter counts of {7B}", "parameters ranging from {125M} to 175B"),
    ),
    Rule(
        "model_sizes.model",
        "N model",
        "q=MAGNITUDE HYPHEN? W{0,2} MODEL_NOUN",
        3.4,
        ("a {7B} model", "our {13B} language models"),
        ("7B tokens for models",),
    ),
    Rule(
        "model_sizes.model_of",
        "model of N, models from N to N",
        "MODEL_NOUN ( PREPOSITION|RANGING|SCALE|DET|W ){1,4} q=MAGNITUDE",
        0.9,
        ("models ranging from {1B} to 70B", "a model of {7B}"),
    ),
    Rule(
        "model_sizes.model_bracket",
        "model (N)",
        "MODEL_NOUN|SCALE OPEN q=MAGNITUDE",
        1.7,
        ("a small model ({1.5B})", "at two sizes ({7B} and 13B)"),
    ),
    Rule(
        "model_sizes.name_before",
        "N right behind a model's name",
        "MODEL_NAME|SHAPE_MODEL|SHAPE_SIZED ( HYPHEN|OPEN ){0,2} q=MAGNITUDE",
        1.3,
        ("for Llama 2 {7B} and others", "Qwen2.5 ({0.5B}, 7B) models"),
    ),
    Rule(
        "model_sizes.any_name_before",
        "N right behind a name",
        "NAME ( HYPHEN|OPEN ){0,2} q=BILLIONS|MILLIONS",
        1.7,
        ("for FooBar {7B} and others",),
    ),
    Rule(
        "model_sizes.name_after",
        "N right before a name",
        "q=MAGNITUDE MODEL_NAME|SHAPE_MODEL",
        1.1,
        ("the {1.1B} TinyLlama model",),
    ),
    Rule("model_sizes.variant", "N variant, N version", "q=MAGNITUDE HYPHEN? variant|variants|version|versions|counterpart|counterparts|baselines|baseline|dense|moe|backbone|parameterization|configuration|checkpoint|series|reasoning|instruct|base|class|scale|level|size|sizes|sized|policy", 0.2, ("the {7B} variant", "at {100B}-scale")),
    Rule("model_sizes.scale_of", "scale of N, sizes from N to N", "SCALE|scales|sizes|size|scaling PREPOSITION? ( RANGING|of|from|at ){0,3} q=MAGNITUDE", 0.8, ("at a scale of {7B}", "sizes ranging from {1B} to 7B")),
    Rule("model_sizes.active", "N active, N activated", "q=MAGNITUDE ( W|PREPOSITION|DET ){0,1} active|activated|activation|activations|trainable|learnable|total", 2.0, ("with {37B} activated for each token",)),
    Rule("model_sizes.name_slash", "NAME-8B/N", "SHAPE_SIZED SLASH|AND|COMMA q=MAGNITUDE|INTEGER", 1.9, ("on Qwen3-8B/{14B} and",)),
    Rule("model_sizes.bracket_item", "NAME (NAME, N)", "NAME OPEN ( NAME|W ){1,3} COMMA q=MILLIONS|BILLIONS CLOSE", 1.5, ("the new FooBar (DistilBERT, {69M}) retains",)),
    Rule("model_sizes.figure", "Fig. N", "fig.|figure|fig|table|section q=BILLIONS|MILLIONS", -6.0, ("in figure {1b} and",)),
    Rule("model_sizes.volume", "N cubic meters, N indexing", "q=MAGNITUDE HYPHEN? ( W|HYPHEN ){0,1} indexing|images|cubic|people|years|dollars|users|tokens|points|videos|scenes|pairs", -3.8, ("{6.6 billion} cubic meters",)),
    Rule("model_sizes.only", "with only N", "ONLY|mere q=MILLIONS|BILLIONS", 1.2, ("with only {3B} it beats",)),
    Rule("model_sizes.compared", "larger than N, up to N", "to|than|exceeding q=BILLIONS", 0.0, ("scales to {70B} and beyond",)),
    Rule("model_sizes.tokens", "N tokens", "q=MAGNITUDE ( HYPHEN|W|DET|PREPOSITION ){0,2} TOKEN", -3.8, ("on {300B} tokens", "{15T} pre-training tokens")),
    Rule("model_sizes.counted", "N of something counted", "q=MAGNITUDE ( HYPHEN|W ){0,3} COUNTED", -3.2, ("{1.7B} images", "with {2M} video clips")),
    Rule("model_sizes.tokens_before", "tokens: N", "TOKEN|COUNTED OPEN|COLON|AND|from|to|PREPOSITION q=MAGNITUDE", -2.1, ("tokens from {10B} to 100B",)),
    Rule("model_sizes.flops", "N of computation, money, people", "q=MAGNITUDE COMPUTE_NOUN|users|people|dollars|hours|times|downloads|views|cells|population|requests|usd", -2.2, ("{20B} FLOPs", "{1.5M} users")),
    Rule("model_sizes.context", "N context", "q=MAGNITUDE HYPHEN? W? CONTEXT_NOUN", -1.8, ("a {1M} context window",)),
    Rule("model_sizes.dataset", "N dataset", "q=MAGNITUDE HYPHEN? W{0,2} DATASET_NOUN|SET_NOUN", -1.2, ("a {1.5M} instruction dataset",)),
)

LINKS = (
    # how the two stand to each other (attachment.py finds this, no pattern does)
    Rule("model_sizes:model.none", "a model: none is said", "", 1.4, ()),
    Rule("model_sizes:model.same_sentence", "a model: in the sentence", "", -1.4, ()),
    Rule("model_sizes:model.before", "a model: before the number", "", 0.8, ()),
    Rule("model_sizes:model.after", "a model: after the number", "", -2.3, ()),
    Rule("model_sizes:model.adjacent_before", "a model: one or two words before", "", 1.9, ()),
    Rule("model_sizes:model.adjacent_after", "a model: one or two words after", "", 1.5, ()),
    Rule("model_sizes:model.near_before", "a model: up to five words before", "", 0.8, ()),
    Rule("model_sizes:model.near_after", "a model: up to five words after", "", 1.6, ()),
    Rule("model_sizes:model.clause_before", "a model: in one clause, before", "", -0.9, ()),
    Rule("model_sizes:model.clause_after", "a model: in one clause, after", "", 1.5, ()),
    Rule("model_sizes:model.nearest_before", "a model: the nearest before", "", 0.7, ()),
    Rule("model_sizes:model.nearest_after", "a model: the nearest after", "", 0.1, ()),
    Rule("model_sizes:model.number_between_before", "a model: another such number between, before", "", -1.3, ()),
    Rule("model_sizes:model.number_between_after", "a model: another such number between, after", "", 0.9, ()),
    Rule("model_sizes:model.only_one", "a model: the only one in the sentence", "", 0.1, ()),
    Rule("model_sizes:model.later_of_list", "a model: not the first of a list", "", -0.7, ()),
    Rule("model_sizes:model.carried", "a model: that of the number before it", "", 2.0, ()),
    # what stands between and around them
    Rule("model_sizes:model.in_title", "a model: named in the title", "", 1.6, ()),
    # what is said of the name, wherever it stands
    Rule("model_sizes:model.known", "a known model, or named like one", "n=MODEL", 0.6, ("the {Llama 2} there",)),
    Rule("model_sizes:model.typed_after", "NAME, a language model", "n=OTHER|MODEL CLOSE? COMMA|OPEN|COLON|BE|DASH !END|METHOD_NOUN|PREPOSITION|RELATIVE|COMMA{0,8} MODEL_NOUN", 0.5, ("we present {FooLM}, a multilingual language model",)),
    Rule("model_sizes:model.typed_method_after", "NAME, a framework", "n=OTHER|MODEL CLOSE? COMMA|OPEN|COLON|BE|DASH !END|MODEL_NOUN|PREPOSITION|RELATIVE|COMMA{0,8} METHOD_NOUN", -0.4, ("we present {FooTune}, a simple framework",)),
    Rule("model_sizes:model.noun_after", "NAME model", "n=OTHER|MODEL MODEL_NOUN", 0.5, ("the {FooLM} model",)),
    Rule("model_sizes:model.method_after", "NAME framework", "n=OTHER|MODEL METHOD_NOUN", -0.2, ("the {FooTune} framework",)),
    Rule("model_sizes:model.noun_before", "a model called NAME", "MODEL_NOUN ( COMMA|CALLED|OPEN|COLON ){0,2} n=OTHER|MODEL", 0.2, ("a language model called {FooLM}",)),
    Rule("model_sizes:model.method_before", "a framework called NAME", "METHOD_NOUN ( COMMA|CALLED|OPEN|COLON ){0,2} n=OTHER|MODEL", 0.8, ("a framework, {FooTune}",)),
    Rule("model_sizes:model.sized", "NAME-7B, 7B NAME", "n=OTHER|MODEL HYPHEN|OPEN? SIZE", 1.1, ("the {FooLM} 7B",)),
    Rule("model_sizes:model.sized_before", "7B NAME", "SIZE HYPHEN? n=OTHER|MODEL", -1.8, ("the 7B {FooLM}",)),
    Rule("model_sizes:model.used", "using NAME", "USING|apply|applying|applied n=OTHER|MODEL", -1.0, ("trained with {FooTune}",)),
    Rule("model_sizes:model.series", "NAME models (N", "model=OTHER|MODEL ( series|family|suite|MODEL_NOUN|W ){1,3} OPEN q=SIZE", 1.5, ("on the [Llama 3.1] series ({8B}, 70B)",)),
    Rule("model_sizes:model.in_sizes", "NAME in four sizes (N", "model=OTHER|MODEL ( W|BE|AVAILABLE ){0,4} in|at|with|across ( W|QUANTITY|DET ){1,2} sizes|scales|variants|versions|configurations ( OPEN|COLON|COMMA|DASH|from|of|RANGING ){0,2} q=SIZE", 2.0, ("release [FooLM] in four sizes ({0.6B}, 1.7B)",)),
    Rule("model_sizes:model.none_generic", "a N reasoning model", "DET|multiple|several|some q=SIZE HYPHEN? ( W|HYPHEN ){0,3} MODEL_NOUN", 1.4, ("for a {7B} reasoning model",)),
    Rule("model_sizes:model.none_plural", "N reasoning models", "q=SIZE HYPHEN? ( W|HYPHEN ){0,3} models|llms|vlms|mllms|lms|transformers|baselines|backbones|networks", 1.5, ("among {32B} reasoning models",)),
    Rule("model_sizes:model.none_scale", "at the N scale", "at|to|beyond|than|over|from DET? q=SIZE HYPHEN? W? SCALE|parameters|PARAMS", 0.5, ("at the {7B} scale",)),
    Rule("model_sizes:model.none_trained", "trains N models", "train|trains|training|trained|fine-tune|fine-tunes|fine-tuning|finetuning|serve|serves|serving|run|runs|running|deploy|deploys|deploying|host|hosting ( of|W|DET|ADVERB ){0,2} q=SIZE", 1.0, ("it reliably trains models up to {120B} parameters",)),
    Rule("model_sizes:model.none_training", "N model training", "q=SIZE ( W|HYPHEN|MODEL_NOUN|PARAMS ){0,3} training|inference|fine-tuning|serving|finetuning|deployment|pretraining|pre-training", 1.0, ("it also enables {7B} model training",)),
    Rule("model_sizes:model.none_part", "a N teacher", "q=SIZE HYPHEN? ( W|HYPHEN ){0,3} teacher|teachers|student|students|backbone|backbones|judge|verifier|draft|drafter|baseline|baselines|policy|policies|counterpart|counterparts|competitor|competitors", 2.2, ("a frozen {2B} VLM teacher",)),
    Rule("model_sizes:model.none_on", "evaluated on N models", "on|across|for|using|with|to ( both|DET|W ){0,1} q=SIZE", 0.2, ("we evaluate FooTune on both {7B} dense and 80B models",)),
    Rule("model_sizes:model.its", "NAME ... its N variants", "model=OTHER !END{0,25} its|our q=SIZE", 2.1, ("[FooLM] reaches good results for its {2B} and 9B variants",)),
    Rule("model_sizes:model.family_of", "NAME, a family of N models", "model=OTHER ( OPEN NAME CLOSE )? CLOSE? ( COMMA|W|DET|MODEL_NOUN ){0,4} family|suite|series|collection|set|line ( of|consisting|comprising|W|PREPOSITION|QUANTITY|MODEL_NOUN ){1,7} q=SIZE", 0.8, ("with [FooLM], a family of {1.5B} reasoning models", "the [FooLM] series consisting of language models ranging from {99M} to 3.9B")),
    Rule("model_sizes:model.scaled_to", "scaled to N, NAME", "scaled|scaling|scale|extended|trained to|at|with q=SIZE ( PARAMS|W ){0,2} COMMA model=OTHER", 2.0, ("When scaled to {7B} parameters, [FooLM] reaches",)),
    Rule("model_sizes:model.right_before", "a name right before N", "model=OTHER OPEN|HYPHEN? q=SIZE", 2.8, ("for [Llama 2] {7B} and others",)),
    Rule("model_sizes:model.bracket_item", "NAME (NAME, N)", "model=OTHER OPEN ( NAME|W ){1,3} COMMA q=SIZE CLOSE", 2.0, ("the new [FooBar] (DistilBERT, {69M}) retains",)),
    Rule("model_sizes:model.size_slash", "NAME-N/N", "model=MODEL SLASH|AND|COMMA q=SIZE", 0.8, ("to [Qwen2.5-VL-3B]/{7B} and",)),
    Rule("model_sizes:model.right_after", "a name right after N", "q=SIZE HYPHEN? PARAMS? model=OTHER", 3.2, ("the {1.1B} [TinyLlama] model",)),
    Rule("model_sizes:model.after_words", "a name soon after N", "q=SIZE HYPHEN? ( W|DET ){1,4} model=OTHER", -1.9, ("a {7B} parameter language model [FooLM]",)),
    Rule("model_sizes:model.bracket_after", "N words (NAME)", "q=SIZE HYPHEN? W{1,6} OPEN model=OTHER CLOSE", 3.8, ("an {8B} tokenizer-free transformer ([HAT])",)),
    Rule("model_sizes:model.apposition", "NAME, a N model", "model=OTHER CLOSE? COMMA|OPEN|COLON|DASH DET ( W|DET|PREPOSITION|AND|OPEN|CLOSE|NAME|HYPHEN|ADVERB ){0,14} q=SIZE", 1.4, ("we present [FooLM], a {7B} model",)),
    Rule("model_sizes:model.with", "NAME with N parameters", "model=OTHER ( W|COMMA|PREPOSITION|RANGING|DET|OPEN ){1,5} q=SIZE", -0.8, ("[OPT] models ranging from {125M} to 175B",)),
    Rule("model_sizes:model.model_word", "NAME family", "model=MODEL ( W|COMMA|PREPOSITION|RANGING|DET|OPEN ){1,8} q=SIZE", 0.7, ("[Llama 2] models with sizes ranging from {7B}",)),
)


def read(page: Page, evidence: Evidence) -> list[Record]:
    """Numbers of parameters, and the sizes inside models' names."""
    records = []
    for at, rule in evidence.won("model_sizes"):
        link = evidence.linked(at, "model")
        model = model_name(page, link[0]) if link else None
        for quantity in as_ranges(page.groups[at]):
            comparator = quantity.comparator
            if comparator == "=" and of_scale(page.words, quantity):
                comparator = "~"
            kind = kind_of(page, at)
            records.append(Record(quantity.start, quantity.end, rule, (quantity.low, quantity.high, comparator, model, kind)))
            if active := _ACTIVE_AFTER.match(page.text, quantity.end):
                value = float(active["number"]) * MAGNITUDES[active["unit"]]
                records.append(Record(active.start("number"), active.end("unit"), rule, (value, value, "=", model, "active")))
    for at, mention in page.mentions.items():
        if mention.shape in ("SHAPE_SIZED", "SHAPE_DATA") and "hardware" not in mention.types and not evidence.is_dataset(at):
            records.extend(sizes_in(page, mention))
    return records


_ACTIVE_AFTER = regex.compile(r"-A(?P<number>\d+(?:\.\d+)?)(?P<unit>[BM])(?![A-Za-z\d])")
_SIZE_IN_NAME = regex.compile(r"(?P<model>.+?)[-_ ](?P<size>(?P<number>\d+(?:\.\d+)?)(?P<unit>[BbMT]))(?:-(?P<active>A?(?P<active_number>\d+(?:\.\d+)?)(?P<active_unit>[BM])))?(?![A-Za-z\d])")


_THOUSANDS_IN_NAME = regex.compile(r"(?P<model>.+)-\d+(?:\.\d+)?[Kk]")
"""A name with its size in thousands; alone that may be a length or an amount, so it is none of the sizes read from names."""


def sizes_in(page: Page, mention: Mention) -> list[Record]:
    """The sizes inside a model's name: 8B of Qwen3-8B, 30B and 3B of Qwen3-30B-A3B."""
    shown = page.words.view[mention.start : mention.end]
    found = _SIZE_IN_NAME.match(shown)
    if found is None:
        return []
    model = as_written(found["model"]).removeprefix("SOTA ")
    sizes = [(number, float(found[number]) * MAGNITUDES[found[unit]], unit) for number, unit in (("number", "unit"), ("active_number", "active_unit")) if found[number]]
    most = max(value for _, value, _ in sizes)
    lettered = found["active"] is not None and found["active"].startswith("A")
    records = []
    for number, value, unit in sizes:
        # OLMoE-1B-7B: without an A, the smaller number is the active one.
        active = number == "active_number" if lettered else value < most
        start = mention.start + found.start(number)
        values = (value, value, "=", model, "active" if active else "total")
        records.append(Record(start, mention.start + found.end(unit), "model_sizes.in_name", values))
    return records


def model_name(page: Page, at: int) -> str:
    """A model's name as written, without a size in it."""
    mention = page.mentions[at]
    text = mention.text.removeprefix("SOTA ").partition("'s ")[0]
    found = _SIZE_IN_NAME.match(text) or _THOUSANDS_IN_NAME.fullmatch(text)
    return found["model"] if found else text


def kind_of(page: Page, at: int) -> str:
    """Whether a number of parameters is of all, of those active per token, or of those trained."""
    words = [page.text[page.start(i) : page.end(i)].lower() for i in range(max(0, at - 3), min(len(page.letters), at + 4)) if i != at]
    before, after = words[: min(3, at)], words[min(3, at) :]
    if any(word in _ACTIVE for word in after) or any(word in _ACTIVE for word in before[-2:]):
        return "active"
    if any(word in _TRAINABLE for word in after):
        return "trainable"
    return "total"


_ACTIVE = frozenset(("active", "activated", "activating", "activates", "activation"))
_TRAINABLE = frozenset(("trainable", "learnable", "additional", "extra", "tunable"))
