"""Speedups: a claimed gain in efficiency against something else."""

from __future__ import annotations

from extract.evidence import Evidence
from extract.grouping import as_ranges
from extract.numerals import Quantity, Unit
from extract.phrases import Page
from extract.records import Record
from extract.rules import Rule
from extract.vocabulary import CLASSES

COLUMNS = ("value_min", "value_max", "comparator", "form", "aspect", "direction", "factor_min", "factor_max")

ASPECTS = {
    "SPEED_NOUN": "speed", "FASTER": "speed", "SLOWER": "speed", "COMPUTE_NOUN": "compute", "MEMORY_NOUN": "memory", "PARAMETER_NOUN": "parameters",
    "MODEL_NOUN": "parameters", "SMALLER": "parameters", "COMMUNICATION_NOUN": "communication", "ENERGY_NOUN": "energy", "COST_NOUN": "cost", "CHEAPER": "cost", "DATA_NOUN": "data",
    "ACCELERATE": "speed", "EFFICIENCY": "speed", "COMPRESSION": "parameters",
}  # fmt: skip
"""What a claim is about, by the class of the word that says so."""

RESOURCE = "SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN|ENERGY_NOUN|COST_NOUN"
ASPECT = f"{RESOURCE}|DATA_NOUN|ACCELERATE|EFFICIENCY|COMPRESSION"
LIKELY = "FACTOR|PERCENT|FRACTION"

RULES = (
    Rule("speedups.factor", "any factor", "q=FACTOR", -1.6, ("it is {3x} of it",)),
    Rule("speedups.percent", "any percentage", "q=PERCENT", -2.9, ("some {30%} of it",)),
    Rule("speedups.fraction", "any fraction", "q=FRACTION", -1.2, ("some {1/7th} of it",)),
    Rule("speedups.decimal", "any number without a unit", "q=DECIMAL|INTEGER", -6.0, ("some {2.1} of it",)),
    Rule("speedups.faster", "N faster, N cheaper, N smaller", "q=FACTOR|PERCENT|FRACTION|DECIMAL ADVERB|more? FASTER|CHEAPER|SMALLER|SLOWER|FEWER", 4.4, ("runs {3.18times} faster", "{40%} fewer tokens", "is {2x} more quickly")),
    Rule("speedups.more_efficient", "N more efficient", "q=FACTOR|PERCENT more|MORE ( W HYPHEN? )? EFFICIENT", 3.9, ("{16x} more efficient",)),
    Rule("speedups.resource_after", "N speedup, N latency reduction", f"q={LIKELY} ( HYPHEN|W|GAIN|REDUCTION|PREPOSITION ){{0,3}} SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|ENERGY_NOUN|COMMUNICATION_NOUN|COST_NOUN", 1.5, ("a {2.5x} end-to-end speedup", "a {20%} FLOPs reduction")),
    Rule("speedups.speedup", "N speedup", "q=FACTOR|PERCENT ( HYPHEN|W ){0,3} speedup|speedups|speed-up|speed-ups|acceleration|throughput|faster|speed|compression|reduction", 3.8, ("a {2.5x} end-to-end speedup",)),
    Rule("speedups.speedup_before", "speedup of N, accelerates by N", "ACCELERATE|speedups|acceleration|throughput|speed-ups|faster ( W|PREPOSITION|DET|BE|OPEN|COLON|ACHIEVE|NAME|HYPHEN|DASH|COMMA|SUCH_AS ){0,5} q=FACTOR|PERCENT", 2.5, ("a speedup of {2.5x}", "decoding speedups reaching {175%}")),
    Rule("speedups.reduction_of", "N reduction in memory", f"q={LIKELY} ( W|ADVERB ){{0,2}} REDUCTION|REDUCED|lower|less|fewer ( PREPOSITION|DET|W|NAME|HYPHEN ){{0,5}} {RESOURCE}|DATA_NOUN", 0.5, ("a {43%} reduction in training time", "{30%} less GPU memory")),
    Rule("speedups.resource_reduction", "N memory savings", f"q={LIKELY} ( W|NAME|HYPHEN ){{0,3}} {RESOURCE} W{{0,2}} REDUCTION|REDUCED", -1.4, ("with {80%} memory savings",)),
    Rule("speedups.reduce_by", "reduces latency by N", f"REDUCE|FALL|REDUCED ( W|DET|NAME|AND|COMMA|SLASH|HYPHEN|PREPOSITION|MEASURE|POSSESSIVE ){{0,6}} {RESOURCE}|DATA_NOUN ( W|PREPOSITION|DET|NAME|OPEN|CLOSE|FACTOR|COMMA|AND|SLASH ){{0,4}} q={LIKELY}", 3.4, ("cuts memory/energy by up to {3.9x}", "reduces GPU memory by {22.0%}", "cutting inference cost by up to {3x}")),
    Rule("speedups.reduce_near", "reduces ... by N", "REDUCE ( W|DET|NAME|AND|COMMA|SLASH|HYPHEN ){0,6} by|to|OPEN q=FACTOR|PERCENT|FRACTION", 1.0, ("reduces the footprint by {22%}",)),
    Rule("speedups.save", "saves N of the cost", f"REDUCE|REDUCTION|saves|saving|save ( DET|PREPOSITION|W|ADVERB ){{0,2}} q={LIKELY}", 1.4, ("saves {25%} of the FLOPs", "a reduction of {3x}")),
    Rule("speedups.increase_speed", "improves throughput by N", "IMPROVE|ACHIEVE|GAIN ( W|DET|NAME|AND|HYPHEN|PREPOSITION ){0,5} SPEED_NOUN ( W|PREPOSITION|DET ){0,3} q=FACTOR|PERCENT", 1.4, ("enhances throughput by {25%}",)),
    Rule("speedups.resource_by", "latency by N, memory: N", f"{RESOURCE} by|OPEN|COLON|is|AND|to|EQUALS DET? W? q={LIKELY}", 0.2, ("latency by {2.5x}", "runtime ({3x})")),
    Rule("speedups.of_resource", "N of the cost", "q=FRACTION|PERCENT|FACTOR ( of|DET|W|NAME ){1,5} COST_NOUN|COMPUTE_NOUN|MEMORY_NOUN|SPEED_NOUN|ENERGY_NOUN|PARAMETER_NOUN", 1.6, ("at {1/7th} of the carbon footprint", "{half} the compute")),
    Rule("speedups.of_data", "N of the data", "q=FRACTION|PERCENT ( of|DET|W|NAME ){1,4} DATA_NOUN", 1.1, ("using only {10%} of the training data",)),
    Rule("speedups.only_of", "with only N of", "ONLY q=PERCENT|FRACTION", 1.0, ("with only {1%} of the compute",)),
    Rule("speedups.than", "N ... than", "q=FACTOR|PERCENT ( W|PREPOSITION|HYPHEN ){1,5} than|compared|over|relative|versus|vs.", -0.2, ("{3x} speedup over the baseline",)),
    Rule("speedups.order", "orders of magnitude", "q=FACTOR ( in|of ){0,1} SPEED_NOUN|FASTER|FEWER|CHEAPER|SMALLER|lower|COST_NOUN", 1.2, ("{two orders of magnitude} faster",)),
    Rule("speedups.bigger", "N larger", "q=FACTOR|PERCENT BIGGER|upsampling|upscaling|super-resolution|downsampling|magnification|zoom|scaling|expansion|batch|enlargement", -2.4, ("{10x} larger models", "{8x} super-resolution")),
    Rule("speedups.size_bigger", "models N its size", "q=FACTOR DET W? size|number|amount|parameters|resolution|length", -2.6, ("models {10x} its size",)),
    Rule("speedups.more", "N more of something", "q=FACTOR|PERCENT more|MORE !EFFICIENT", 1.4, ("{5x} more diverse",), ("{5x} more efficient",)),
    Rule("speedups.quality", "N better on a measure", f"q={LIKELY} ( W|HYPHEN|PREPOSITION|DET|NAME|GAIN ){{0,3}} MEASURE", -2.5, ("a {30%} improvement in accuracy", "a {3x} higher success rate")),
    Rule("speedups.quality_before", "a measure by N", f"MEASURE ( W|PREPOSITION|DET|BE|OPEN|COLON ){{0,3}} q={LIKELY}", -1.9, ("accuracy by {30%}", "success rate of {80%}")),
    Rule("speedups.error_reduction", "N lower error", "q=FACTOR|PERCENT W{0,1} FEWER|REDUCTION|REDUCED ( in|W|DET|of ){0,3} MEASURE", -1.8, ("{30%} lower error",)),
    Rule("speedups.performance", "N of the performance", "q=PERCENT ( of|DET|W|NAME|POSSESSIVE ){1,4} performance|METRIC_HEAD", 0.4, ("{95%} of the full performance",)),
    Rule("speedups.share", "N of things", "q=PERCENT of DET? W{0,2} cases|problems|tasks|participants|users|questions|instances|time|papers|models|respondents|errors|parameters", -0.6, ("in {80%} of the cases",)),
    Rule("speedups.setting", "N sparsity, N ratio", "q=PERCENT|FACTOR ( W|HYPHEN ){0,2} SETTING|rate|fold|resolution|quality", 0.3, ("at {50%} sparsity",)),
    Rule("speedups.setting_before", "ratio of N", "SETTING|rate|ratio ( of|is|EQUALS|W ){0,2} q=PERCENT|FACTOR", 0.7, ("a pruning ratio of {25%}",)),
    Rule("speedups.absolute", "achieves N", "ACHIEVE q=PERCENT", -0.8, ("achieves {90%} there",)),
    Rule("speedups.after_same", "the number before it in the sentence, of the same unit, is a claim too", "", 2.3, ()),
    Rule("speedups.overhead_of", "overhead of N", "RESOURCES|SPEED_NOUN ( of|is|OPEN|by|at|only|COLON|under|below|ABOUT ){0,3} q=PERCENT|FACTOR", 1.4, ("a latency overhead of {8.3%}",)),
    Rule("speedups.overhead", "N overhead", "q=PERCENT|FACTOR ( W|HYPHEN|DET ){0,3} RESOURCES|slowdown|increase", -0.3, ("only {2%} additional memory overhead",)),
    Rule("speedups.efficiency", "N efficiency", "q=FACTOR|PERCENT ( DET|W|HYPHEN|GAIN|in|of ){0,4} EFFICIENCY", 2.9, ("with {2x} efficiency", "{1.96 times} the token efficiency")),
    Rule("speedups.efficiency_by", "efficiency by N", "EFFICIENCY ( W|PREPOSITION|DET|NAME|HYPHEN ){0,7} by|up|OPEN|of|to|COMMA q=FACTOR|PERCENT", 2.8, ("improve the efficiency of tools by {4x}",)),
    Rule("speedups.fraction_of", "only N of the parameters", f"ONLY|less|using|uses|use|requires|requiring|with|merely|expending|utilizing|consuming|at|just ( ONLY|ABOUT|W ){{0,2}} q=PERCENT|FRACTION of ( DET|W|NAME|POSSESSIVE ){{0,4}} {RESOURCE}|DATA_NOUN", 2.4, ("requires only {13%} of the parameters",)),
    Rule("speedups.of_required", "N of what others require", "q=PERCENT|FRACTION of ( W|DET|NAME|POSSESSIVE|HYPHEN ){1,6} required|needed|used|consumed by", 1.8, ("with {5%} of the data required by others",)),
    Rule("speedups.of_its", "N of its data, N of X's memory", f"q=PERCENT|FRACTION of ( NAME POSSESSIVE | its|their ) ( W|HYPHEN ){{0,2}} {RESOURCE}|DATA_NOUN", 0.6, ("with {10%} of its training data", "{6.5%} of FooNet's memory usage")),
    Rule("speedups.reduction_bracket", "a reduction (N)", f"REDUCTION|savings|saving|decrease|improvement OPEN ( W|ABOUT|PREPOSITION|ADVERB ){{0,2}} q={LIKELY} CLOSE in|of ( W|DET ){{0,2}} {RESOURCE}|DATA_NOUN", 1.5, ("a significant reduction (up to {10x}) in token usage",)),
    Rule("speedups.savings_after", "N savings in something", "q=FACTOR|PERCENT ( W|HYPHEN|NAME ){0,3} saving|savings", 2.9, ("achieves {9.8x} training savings", "a {23.1%} bit rate saving")),
    Rule("speedups.savings_range", "savings in the range of N", "savings|reductions|speedups|speed-ups COMMA? ( W|PREPOSITION|DET|RANGING ){1,4} q=FACTOR|PERCENT", 2.5, ("energy savings, in the range of {5%}", "savings of about {3x}")),
    Rule("speedups.that_of", "and N that of", "AND q=FACTOR that of", 2.0, ("2x the throughput of one and {3.06times} that of another",)),
    Rule("speedups.remove", "removes N of tokens, prunes N", "prune|prunes|pruned|pruning|remove|removes|removed|removing|drop|dropping|discard|discards|discarding|skip|skips|skipping|evict|evicts|evicting|exempting|compress|compressing|eliminate|eliminating ( W|DET|NAME|AND|COMMA|OPEN|PREPOSITION ){0,6} q=PERCENT", 1.4, ("removes {88.9%} of visual tokens", "prune models up to {40%}")),
    Rule("speedups.more_data", "N more tokens, N as many", "q=FACTOR ( DET|more|fewer|less|as|many|much|W ){0,3} DATA_NOUN", 2.3, ("trained on {twice} as many tokens",)),
    Rule("speedups.reaches", "savings reach N", f"REDUCTION|GAIN|{RESOURCE} ACHIEVE|reaching|BE q={LIKELY}", 1.5, ("cost savings reach {89.8%}",)),
    Rule("speedups.the_size", "N the size", "q=FRACTION|FACTOR|PERCENT DET size|number|amount|cost|time|state|budget|length", 1.0, ("{half} the time",)),
    Rule("speedups.multiplied", "multiplied by N", "multiplied|divided|accelerated|sped by q=INTEGER|FACTOR|DECIMAL", 6.5, ("throughput multiplied by {13}",)),
    Rule("speedups.ranking", "N/N benchmarks", "q=FRACTION W? DATASET_NOUN|TASK_NOUN|COUNTED|UNCOUNTED", 0.2, ("first on {5/9} benchmarks",)),
    Rule("speedups.percent_comparative", "N % faster, cheaper, smaller", "q=PERCENT ADVERB|more? FASTER|CHEAPER|SMALLER|SLOWER", 0.9, ("is {40%} smaller",)),
    Rule("speedups.with_part", "with half the parameters", f"with|using|at|only|requires|in|needs q=FRACTION|FACTOR DET ( W ){{0,2}} {RESOURCE}|DATA_NOUN", 2.9, ("with {half} the parameters",)),
    Rule("speedups.reduction_in_by", "a reduction in memory of N", f"REDUCTION|GAIN|IMPROVE ( in|of|on|for ) ( W|DET|NAME|HYPHEN ){{0,4}} {RESOURCE}|DATA_NOUN ( W|PREPOSITION|DET|OPEN|COMMA|ACHIEVE|RANGING|SIGN ){{0,4}} q={LIKELY}", 2.9, ("a reduction in reasoning tokens by over {50%}", "a reduction in sequence length (~{50%})")),
    Rule("speedups.resource_reduction_by", "memory savings of N", f"{RESOURCE}|DATA_NOUN W{{0,1}} REDUCTION|GAIN ( of|by|up|to|W|OPEN|COLON|ACHIEVE|reaching|BE|RANGING|from|exceeding ){{1,4}} q={LIKELY}", 2.7, ("cost savings reach {89.8%}", "with size reductions of up to {62%}")),
    Rule("speedups.percent_reduction", "N % reduction in tokens", f"q=PERCENT ( W|ADVERB|HYPHEN ){{0,2}} REDUCTION|REDUCED|FEWER ( in|of|for|on ) ( DET|W|NAME|HYPHEN|AND|POSSESSIVE ){{0,4}} {RESOURCE}|DATA_NOUN", 2.2, ("a {50.80%} reduction in token usage",)),
    Rule("speedups.percent_resource", "N % token savings", f"q=PERCENT ( W|NAME|HYPHEN ){{0,3}} {RESOURCE}|DATA_NOUN ( W|HYPHEN ){{0,1}} REDUCTION", 3.0, ("up to {95%} token savings",)),
    Rule("speedups.percent_less", "N % fewer tokens", f"q=PERCENT FEWER|CHEAPER|SMALLER|MORE|additional|extra ( W|NAME|HYPHEN ){{0,3}} {RESOURCE}|DATA_NOUN", 1.8, ("{40%} fewer tokens", "only {2%} additional memory")),
    Rule("speedups.listed_resource", "..., and energy by N", f"COMMA|AND|WHILE ( W|DET|REDUCE ){{0,3}} {RESOURCE}|DATA_NOUN ( up|to|by|OPEN|of ){{0,3}} ( DET|W|of ){{0,3}} q={LIKELY}", 1.1, ("reducing compute by 30%, parameters up to {82.02%}", "and agent steps by {43.7%}")),
    Rule("speedups.again", "... and up to N over", "COMMA|AND|OPEN ( up|to|W ){0,2} q=FACTOR over|on|for|in|at|with|CLOSE|compared|relative|END|when", 1.5, ("3.1x speedup for one and up to {10.5X} over the other",)),
    Rule("speedups.accelerate_by", "accelerates training by N", "ACCELERATE !END{0,9} by ( W|DET|ABOUT|of ){0,3} q=FACTOR|PERCENT", 1.7, ("accelerates agent training of all kinds by {14times}",)),
    Rule("speedups.as_fast", "N as fast", "q=FACTOR as fast|quick|quickly|efficient|cheap|expensive|slow", 4.0, ("running {20x} as fast",)),
    Rule("speedups.sign_lost", "N higher throughput, the sign lost", f"q=DECIMAL|INTEGER higher|lower|less|faster|fewer|greater|better ( W|HYPHEN ){{0,2}} {RESOURCE}", 6.5, ("achieving {2.1} higher throughput", "in {10} less cost")),
    Rule("speedups.sign_lost_speedup", "N speedup, the sign lost", "up|to|ACHIEVE|a|an|of|over|with|about|ABOUT q=DECIMAL ( W ){0,1} speedup|speedups|speed-up|speed-ups|acceleration", 6.5, ("achieving up to {2.5} speedup", "a {1.8} end-to-end speedup")),
    Rule("speedups.sign_lost_by", "throughput by N, the sign lost", "throughput|speed|speedup|latency|efficiency by W{0,2} q=DECIMAL !TIME_UNIT", 6.5, ("increases throughput by {4.7},",), ("cuts latency by {4.7} ms",)),
    Rule("speedups.gain_in", "N improvement in speed", "q=FACTOR|PERCENT ( W ){0,2} GAIN|MORE|better|REDUCTION ( in|on|of|W|DET|HYPHEN ){0,4} SPEED_NOUN|EFFICIENCY", 1.9, ("over {40%} improvement on energy efficiency",)),
    Rule("speedups.increase_cost", "increases memory by N", f"IMPROVE|adds|adding|incurs|incurring ( W|DET|of|NAME ){{0,5}} {RESOURCE} ( by|W|ONLY|of|to ){{1,3}} q={LIKELY}", 0.4, ("increasing the total number of parameters by only {0.3%}",)),
    Rule("speedups.the_time", "N of the time", "q=PERCENT|FRACTION of DET time END|COMMA|CLOSE|OPEN|AND|PREPOSITION|WHILE", -2.6, ("is right {22%} of the time,",)),
    Rule("speedups.updates", "updates N of the parameters", "updating|updates|update|updated|tuning|training|trains|train|fine-tuning|modifying|trainable|finetuning|optimizing|optimizes ( ONLY|ADVERB|W|to ){0,3} q=PERCENT", -2.8, ("updating only {0.19%} of parameters",)),
    Rule("speedups.more_parameters", "N more parameters", "q=FACTOR more|MORE|BIGGER|as ( W|HYPHEN ){0,2} PARAMETER_NOUN|parameters", -1.8, ("models with {3x} more parameters",)),
    Rule("speedups.models_the_size", "models N its size", "models|model|baselines|counterparts|competitors|ones|those|systems|llms q=FACTOR DET|BIGGER|POSSESSIVE", -0.9, ("beats models {10x} the size",)),
    Rule("speedups.share_of_counted", "N of the pages", "q=FRACTION|PERCENT of DET? ( W|NAME ){0,2} COUNTED|UNCOUNTED|PLURAL", -0.3, ("{one third} of the pages",)),
    Rule("speedups.with_setting", "under N compression", "with|at|under|even|using|given|when ( DET|W|ONLY ){0,1} q=PERCENT ( W|HYPHEN|NAME|DATA_NOUN|MEMORY_NOUN ){0,3} SETTING", -3.0, ("even with {70%} cache compression", "at a {50%} pruning ratio")),
    Rule("speedups.parallel", "the number before it in the sentence is a claim, and what follows both is alike", "", 1.6, ()),
    Rule("speedups.factor_after", "a resource, later N", f"{RESOURCE}|FASTER|ACCELERATE|EFFICIENCY !END{{0,25}} q=FACTOR", 0.7, ("less wall-clock time than all others do ({9x})",)),
    Rule("speedups.factor_before", "N, later a resource", f"q=FACTOR !END{{0,14}} {RESOURCE}|FASTER|ACCELERATE|EFFICIENCY", 0.9, ("{3x} in what we call speed",)),
    Rule("speedups.percent_after", "reduces a resource, later N", f"REDUCE|REDUCTION|REDUCED !END{{0,6}} {RESOURCE}|DATA_NOUN !END{{0,16}} q=PERCENT", 1.6, ("reducing the tokens used in long and hard tasks and others by {30%}",)),
    Rule("speedups.small_overhead", "a marginal overhead of N", "marginal|negligible|minimal|small|modest|slight|little|ONLY ( W|OPEN ){0,4} RESOURCES|increase|slowdown|SPEED_NOUN ( of|OPEN|by|at|only|below|under|W ){0,3} q=PERCENT", 3.0, ("with only a marginal latency overhead of {8.3%}",)),
    Rule("speedups.small_overhead_after", "a negligible N increase of time", f"marginal|negligible|minimal|small|modest|slight|ONLY ( OPEN|DET|W ){{0,2}} q=PERCENT ( CLOSE|W|HYPHEN|additional|extra|more ){{0,3}} {RESOURCE}|RESOURCES", 1.3, ("a negligible ({0.4%}) wall-clock increase",)),
    Rule("speedups.small_bracket", "a negligible (N) increase", "marginal|negligible|minimal|small|modest|slight|little OPEN ( W|ABOUT ){0,1} q=PERCENT CLOSE ( W|HYPHEN ){0,4} increase|overhead|cost|slowdown|latency|time", 2.0, ("a virtually negligible ({0.4%}) per-step wall-clock increase",)),
    Rule("speedups.increase_only", "increases the number of parameters by only N", f"IMPROVE|adds|adding|incurs|incurring ( W|DET|of|NAME ){{0,5}} {RESOURCE} by|of ONLY|merely q=PERCENT", 2.0, ("increasing the total number of parameters by only {0.3%},",)),
    Rule("speedups.dropping_bracket", "token dropping (N)", "tokens|token|parameter|weight|layer|head|channel|data|frame|patch|cache ( W|HYPHEN ){0,1} pruning|dropping|reduction|compression|removal|eviction|merging|skipping OPEN ( up|to|W ){0,2} q=PERCENT", 2.0, ("enables aggressive token dropping (up to {75%})",)),
    Rule("speedups.pruned_by", "pruned by N", "prune|prunes|pruned|pruning|compress|compressed ( W|DET|NAME|AND|COMMA|MODEL_NOUN ){0,8} ( by )? q=PERCENT COMMA|WHILE|END|with|without", 1.0, ("able to prune BERT and XLNet models up to {40%}, while",)),
    Rule("speedups.accelerate_by_percent", "accelerates it by N %", "ACCELERATE !END{0,9} by ( W|DET|ABOUT|of ){0,3} q=PERCENT", 1.2, ("accelerating the full mix generation process by {25%} there",)),
    Rule("speedups.reduce_listed", "reduces this by N and that by N", f"REDUCE !END{{0,8}} PERCENT|FACTOR ( COMMA|AND|WHILE|OPEN|CLOSE ){{1,3}} ( W|DET ){{0,3}} {RESOURCE}|DATA_NOUN ( up|to|by|OPEN|of|W ){{1,4}} q=PERCENT|FACTOR", 2.3, ("reducing tokens by 53.5% and agent steps by {43.7%}",)),
    Rule("speedups.a_factor_of", "a factor of N", "factor of q=FACTOR", 2.3, ("a factor of {6,574} fewer tokens", "reduces memory consumption by a factor of {2.6}")),
    Rule("speedups.factor_of_other", "changes what is no resource by a factor of N", "REDUCE|IMPROVE|FALL|REDUCTION|EXCEED|GAIN|mitigate|mitigates|suppress|suppresses !END|BE|BIGGER|SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|COST_NOUN|ENERGY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN|DATA_NOUN|ACCELERATE|EFFICIENCY|FASTER|SMALLER|CHEAPER|COMPRESSION|RESOURCES{1,20} factor of q=FACTOR", -2.0, ("mitigates the standard deviation by a factor of {1.6}",)),
    Rule("speedups.savings_of", "savings of N", "savings|saving ( of|W|from|up|to|OPEN ){1,3} q=PERCENT|FACTOR", 1.1, ("average savings of {9.97%}",)),
    Rule("speedups.reduce_usage", "reduces consumption by N", "REDUCE ( W|DET|NAME ){0,4} RESOURCES ( by|W|to ){1,3} q=PERCENT|FACTOR", 2.2, ("reduces GPU consumption by {60%}",)),
    Rule("speedups.reduce_far", "reduces the cost of that and that by N", f"REDUCE ( W|DET|NAME|SLASH|HYPHEN ){{0,6}} {RESOURCE}|DATA_NOUN ( W|PREPOSITION|DET|NAME|HYPHEN ){{5,10}} q={LIKELY}", 2.1, ("reduces the token cost of three strong memory systems by up to {87%}",)),
    Rule("speedups.trainable", "N trainable parameters", "q=PERCENT ( of|W|DET ){0,2} trainable|learnable|tunable", -1.4, ("with only {0.1%} trainable parameters",)),
    Rule("speedups.slash", "N/N factors", "q=FACTOR ( COMMA|AND|SLASH|W ){1,3} FACTOR", -0.6, ("gives {3x} lower and 4x there",)),
)

LINKS = (
    # how the two stand to each other (attachment.py finds this, no pattern does)
    Rule("speedups:aspect.none", "a resource: none is said", "", -1.5, ()),
    Rule("speedups:aspect.same_sentence", "a resource: in the sentence", "", 1.5, ()),
    Rule("speedups:aspect.before", "a resource: before the number", "", 0.2, ()),
    Rule("speedups:aspect.after", "a resource: after the number", "", 1.3, ()),
    Rule("speedups:aspect.adjacent_before", "a resource: one or two words before", "", 0.7, ()),
    Rule("speedups:aspect.adjacent_after", "a resource: one or two words after", "", 1.4, ()),
    Rule("speedups:aspect.near_before", "a resource: up to five words before", "", 1.0, ()),
    Rule("speedups:aspect.near_after", "a resource: up to five words after", "", -1.4, ()),
    Rule("speedups:aspect.clause_before", "a resource: in one clause, before", "", 0.8, ()),
    Rule("speedups:aspect.clause_after", "a resource: in one clause, after", "", 1.6, ()),
    Rule("speedups:aspect.nearest_before", "a resource: the nearest before", "", -0.9, ()),
    Rule("speedups:aspect.nearest_after", "a resource: the nearest after", "", -0.5, ()),
    Rule("speedups:aspect.number_between_before", "a resource: another such number between, before", "", -0.6, ()),
    Rule("speedups:aspect.number_between_after", "a resource: another such number between, after", "", -2.6, ()),
    Rule("speedups:aspect.only_one", "a resource: the only one in the sentence", "", 0.6, ()),
    Rule("speedups:aspect.later_of_list", "a resource: not the first of a list", "", -2.7, ()),
    Rule("speedups:aspect.carried", "a resource: that of the number before it", "", -0.1, ()),
    Rule("speedups:aspect.modifier", "a resource: another right behind it, which it describes", "", 0.6, ()),
    # what stands between and around them
    Rule("speedups:aspect.comparative", "N faster", "q=SPEEDUP ( ADVERB|more|AND ){0,1} aspect=FASTER|CHEAPER|SLOWER", 3.5, ("{3.18times} [faster]",)),
    Rule("speedups:aspect.smaller", "N smaller", "q=SPEEDUP ADVERB? aspect=SMALLER", 0.3, ("{3x} [smaller]",)),
    Rule("speedups:aspect.process_before", "sampling, of sampling cost ... by N", f"aspect=PROCESS HYPHEN? ( time ){{0,1}} {RESOURCE}|EFFICIENCY|DATA_NOUN|steps !END{{0,12}} q=SPEEDUP", -3.4, ("reducing [sampling] costs by {50%}",)),
    Rule("speedups:aspect.process_after", "sampling, of N lower sampling cost", f"q=SPEEDUP !END{{0,8}} aspect=PROCESS HYPHEN? {RESOURCE}|EFFICIENCY", -2.5, ("a {25%} drop in [inference] cost",)),
    Rule("speedups:aspect.overhead", "overhead, of N less memory overhead", f"q=SPEEDUP !END{{0,8}} {RESOURCE}|DATA_NOUN HYPHEN? aspect=overhead|overheads|footprint", -2.9, ("{6x} less parameter [overhead]",)),
    Rule("speedups:aspect.overhead_before", "overhead, of memory overhead ... by N", f"{RESOURCE}|DATA_NOUN HYPHEN? aspect=overhead|overheads|footprint !END{{0,12}} q=SPEEDUP", -0.5, ("cuts memory [overhead] by {6x}",)),
    Rule("speedups:aspect.efficiency", "efficiency, of sample efficiency", f"q=SPEEDUP !END{{0,8}} {RESOURCE}|DATA_NOUN HYPHEN? aspect=EFFICIENCY", -2.2, ("{2x} the token [efficiency]",)),
    Rule("speedups:aspect.efficiency_before", "efficiency, of sample efficiency ... by N", f"{RESOURCE}|DATA_NOUN HYPHEN? aspect=EFFICIENCY !END{{0,12}} q=SPEEDUP", -0.2, ("improves memory [efficiency] by {2x}",)),
    Rule("speedups:aspect.accelerates", "accelerates ... by N", "aspect=ACCELERATE !END{0,9} by ( W|DET|ABOUT|of ){0,3} q=SPEEDUP", 0.5, ("[accelerates] computation by {30%}",)),
    Rule("speedups:aspect.right_after", "N speedup", f"q=SPEEDUP HYPHEN? aspect={ASPECT}", 3.4, ("{2.5x} [throughput]",)),
    Rule("speedups:aspect.words_after", "N reduction in memory", f"q=SPEEDUP ( W|HYPHEN|DET|of|in|on|NAME|ADVERB|QUOTE ){{1,5}} aspect={ASPECT}", 2.6, ("{43%} reduction in [memory] use",)),
    Rule("speedups:aspect.after_next", "N ... memory, two words on", f"q=SPEEDUP HYPHEN? ( W|HYPHEN|DET|of|in ){{0,4}} {ASPECT} ( W|HYPHEN ){{0,1}} aspect={ASPECT}", 2.5, ("{43%} lower inference [cost]",)),
    Rule("speedups:aspect.by", "memory by N", f"aspect={ASPECT} ( W|HYPHEN|by|NAME|OPEN|ADVERB|COLON|of|to|is|DET ){{0,3}} q=SPEEDUP", 2.0, ("reduces GPU [memory] by {22.0%}",)),
    Rule("speedups:aspect.during", "memory during inference by N: not inference", "during|at|for|of aspect=PROCESS ( W|by|ABOUT|PREPOSITION|ADVERB ){1,4} q=SPEEDUP", -1.0, ("memory use during [inference] by roughly {50%}",)),
    Rule("speedups:aspect.by_far", "memory ... by N", f"aspect={ASPECT} ( W|HYPHEN|PREPOSITION|NAME|OPEN|CLOSE|DET|AND|ADVERB ){{4,9}} q=SPEEDUP", 0.5, ("cuts the [memory] needed for decoding long texts by {22.0%}",)),
    Rule("speedups:aspect.sentence_before", "a resource before N in the sentence", f"aspect={ASPECT}|FASTER|ACCELERATE !END{{0,25}} q=SPEEDUP", 1.3, ("[memory] falls much, namely and here {3x}",)),
    Rule("speedups:aspect.sentence_after", "a resource after N in the sentence", f"q=SPEEDUP !END{{0,12}} aspect={ASPECT}|FASTER", 0.5, ("{3x}, and that of [memory]",)),
)


def read(page: Page, evidence: Evidence) -> list[Record]:
    """Claimed gains and losses of efficiency."""
    records = []
    for at, rule in evidence.won("speedups"):
        link = evidence.linked(at, "aspect")
        around = Around(page, at)
        aspect = aspect_of(page, link[0]) if link else "speed" if CLASSES["COUNTED"].isdisjoint(around.after[:3]) else "data"
        for quantity in as_ranges(page.groups[at]):
            form = form_of(quantity, around)
            scale = 0.01 if form == "fraction" and quantity.unit is Unit.PERCENT else 1.0
            low, high = round(quantity.low * scale, 12), round(quantity.high * scale, 12)
            if not 0 < low <= high:
                continue
            direction = "loss" if around.is_loss else "gain"
            one, other = ratio(low, form, around.is_increase), ratio(high, form, around.is_increase)
            factors = sorted((one, other)) if one is not None and other is not None else (one, other)
            records.append(Record(quantity.start, quantity.end, rule, (low, high, quantity.comparator, form, aspect, direction, *factors)))
    return records


def aspect_of(page: Page, at: int) -> str:
    """What a claim is about, by the word at phrase `at`."""
    word = page.text[page.start(at) : page.end(at)].lower()
    before = page.text[page.start(at - 1) : page.end(at - 1)].lower() if at > 1 else ""
    if word in CLASSES["HOUR"] and before in CLASSES["GPU_NOUN"]:
        return "compute"
    for name, aspect in ASPECTS.items():
        if word in CLASSES[name]:
            return aspect
    return "speed"


class Around:
    """The words near a claim, in its clause."""

    def __init__(self, page: Page, at: int) -> None:
        count = len(page.letters)
        self.after = [page.text[page.start(i) : page.end(i)].lower() for i in range(at + 1, min(count, at + 7))]
        self.before = [page.text[page.start(i) : page.end(i)].lower() for i in range(max(1, at - 5), at)]
        self.next = self.after[0] if self.after else ""

    @property
    def is_loss(self) -> bool:
        """Whether the claim is that something costs more."""
        near = self.after[:3]
        if any(word in _SLOWER for word in near):
            return True
        extra = any(word in _EXTRA for word in near) or any(word in _EXTRA for word in self.before[-2:])
        return extra and not any(word in _EFFICIENT for word in self.after)

    @property
    def is_increase(self) -> bool:
        """Whether a percentage says how much more is got (40 % faster), not how much less is spent."""
        words = self.after[:4] + self.before[-4:]
        less = any(word in _LESS for word in words)
        more = any(word in _MORE for word in words)
        return more and not less


def form_of(quantity: Quantity, around: Around) -> str:
    """How a claim is put: as a factor, as a percentage, or as the part of the cost that is left."""
    if quantity.unit is Unit.FRACTION:
        return "fraction"
    if quantity.unit is Unit.PERCENT:
        after = around.after
        part = around.next in ("of", "the", "its") and not any(word in _SAVING for word in around.before[-3:])
        return "fraction" if part and not any(word in _LESS for word in after[:2]) else "percent"
    return "factor"


def ratio(value: float, form: str, increase: bool) -> float | None:
    """A claim as a ratio of at least 1: 43 % less is 1.754, 40 % faster 1.4, 1/7th 7. None where there is none (100 % less)."""
    if form == "factor":
        return max(value, 1 / value)
    if form == "fraction":
        return max(1 / value, value)
    if increase:
        return 1 + value / 100
    return 1 / (1 - value / 100) if value < 100 else None


_SLOWER = frozenset(("slower", "longer", "slowdown", "overhead"))
_EXTRA = frozenset(("more", "additional", "extra", "increase", "higher", "costlier", "overhead", "increases", "increased", "increasing"))
_EFFICIENT = frozenset(("efficient", "efficiency", "throughput", "speed", "speedup", "faster", "fps", "savings", "economical", "effective", "speedups"))
_LESS = CLASSES["REDUCE"] | CLASSES["REDUCTION"] | CLASSES["FEWER"] | CLASSES["SMALLER"] | CLASSES["CHEAPER"] | CLASSES["FALL"]
_MORE = frozenset(("faster", "quicker", "throughput", "speed", "speedup", "speedups", "efficient", "efficiency", "acceleration", "more", "increase", "increases", "higher", "improvement", "improves", "slower", "boosts", "boost"))
_SAVING = CLASSES["REDUCE"] | CLASSES["REDUCTION"] | {"down", "off"}
