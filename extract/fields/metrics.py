"""Metrics: a reported result on a measure of quality."""

from __future__ import annotations

import regex

from extract import lexicons
from extract.evidence import Evidence
from extract.fields.datasets import canonical_names
from extract.grouping import as_ranges
from extract.numerals import Quantity, Relation, Unit
from extract.phrases import Page
from extract.records import Record
from extract.rules import Rule
from extract.text import clean
from extract.vocabulary import CLASSES, GRAMMAR

COLUMNS = ("value_min", "value_max", "comparator", "unit", "kind", "metric_text", "metric", "dataset_text", "dataset", "higher_is_better")

NUMBER = "PERCENT|DECIMAL|INTEGER|POINTS|FACTOR|DECIBEL|PHYSICAL"

RULES = (
    Rule("metrics.after_same", "the number before it in the sentence, of the same unit, is one too", "", 0.5, ()),
    Rule("metrics.parallel", "the number before it in the sentence is one too, and what follows both is alike", "", 1.2, ()),
    Rule("metrics.after_saving", "the number before it in the sentence, of the same unit, is a claim of efficiency", "", -1.9, ()),
    Rule("metrics.percent_after", "reduces a resource, later N", "REDUCE|REDUCTION|REDUCED !END{0,6} SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|COST_NOUN|ENERGY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN|DATA_NOUN !END{0,16} q=PERCENT", -1.5, ("reducing the tokens used in long and hard tasks and others by {30%}",)),
    Rule("metrics.percent", "any percentage", "q=PERCENT", 1.2, ("some {90%} there",)),
    Rule("metrics.points", "points", "q=POINTS", 2.4, ("by {3.4 points} there",)),
    Rule("metrics.decibel", "decibels", "q=DECIBEL", 2.4, ("by {0.5 dB} there",)),
    Rule("metrics.decimal", "any decimal number", "q=DECIMAL", 0.9, ("some {0.92} there",)),
    Rule("metrics.integer", "any whole number", "q=INTEGER", -4.4, ("some {92} there",)),
    Rule("metrics.factor", "any factor", "q=FACTOR", -2.2, ("some {3x} there",)),
    Rule("metrics.factor_of_other", "changes what is no resource by a factor of N", "REDUCE|IMPROVE|FALL|REDUCTION|EXCEED|GAIN|mitigate|mitigates|suppress|suppresses !END|BE|BIGGER|SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|COST_NOUN|ENERGY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN|DATA_NOUN|ACCELERATE|EFFICIENCY|FASTER|SMALLER|CHEAPER|COMPRESSION|RESOURCES{1,20} factor of q=FACTOR", 3.0, ("mitigates the standard deviation by a factor of {1.6}", "reduces the error by a factor of {2.5}")),
    Rule("metrics.physical", "a unit of physics", "q=PHYSICAL", -2.0, ("some {3 mm} there",)),
    Rule("metrics.bytes", "bytes", "q=BYTES|MONEY|SHAPE|MAGNITUDE|YEAR", -4.9, ("some {3GB} there",)),
    Rule("metrics.equals", "a name or sign = N", "NAME|W EQUALS q=DECIMAL|INTEGER|PERCENT", -0.1, ("with CFG={7.5} there",)),
    Rule("metrics.interval", "an interval in brackets", "EQUALS|in|W|COLON OPEN q=LIST CLOSE", -0.4, ("for tau in ({0.85}, 0.95) there",)),
    Rule("metrics.fraction", "any fraction", "q=FRACTION", -2.8, ("some {1/7} there",)),
    Rule("metrics.signed", "a signed number", "q=SIGNED", 1.9, ("gives {+6.87%} there",)),
    Rule("metrics.pair", "from N to N, N vs. N", "q=PAIR", 1.1, ("from {15.9%} to 56% there",)),
    Rule("metrics.of_measure", "accuracy of N", f"MEASURE ( W|OPEN|NAME|HYPHEN ){{0,3}} of|is|at|was|to|EQUALS|COLON|SIGN|OPEN|ABOUT|ACHIEVE|exceeding|above|below|from|by|as|between|are|reaches|reaching ADVERB? DET? W? q={NUMBER}", 1.5, ("an accuracy of {90.94%}", "an FID ({1.79})", "AUC = {0.92}")),
    Rule("metrics.measure_near", "a measure right before N", f"MEASURE W? q={NUMBER}", 1.8, ("a BLEU {28.4}", "F1 score {0.9}")),
    Rule("metrics.measure_far", "a measure shortly before N", f"MEASURE ( W|PREPOSITION|DET|NAME|AND|COMMA|OPEN|CLOSE|BE|HYPHEN ){{1,8}} q={NUMBER}", 1.2, ("accuracy on the new set by {3%}",)),
    Rule("metrics.measure_after", "N accuracy", f"q={NUMBER} ( W|HYPHEN|NAME|OPEN ){{0,3}} MEASURE", 2.7, ("a {90.94%} top-1 accuracy", "{28.4} BLEU", "{0.9} macro F1")),
    Rule("metrics.in_measure", "N in accuracy", f"q={NUMBER} ( GAIN|W|HYPHEN ){{0,3}} in|of|on|for|CLOSE DET? ( W|NAME|AND ){{0,3}} MEASURE", 1.0, ("gains of {64.4%} in helpfulness", "a {21%} improvement in average accuracy")),
    Rule("metrics.head_after", "N success rate", f"q={NUMBER} ( W|HYPHEN|NAME ){{0,3}} METRIC_HEAD", 1.8, ("a {44%} level",)),
    Rule("metrics.head_before", "rate of N", f"METRIC_HEAD ( of|is|at|from|to|by|OPEN|COLON|EQUALS|ACHIEVE ) DET? W? q={NUMBER}", 2.0, ("with a rate of {44%}",)),
    Rule("metrics.achieve", "achieves N", f"ACHIEVE ADVERB|ONLY? DET? W{{0,2}} of? q={NUMBER}", 0.8, ("achieves {90.94%} there", "scores only {44.3}")),
    Rule("metrics.achieve_far", "achieves ... N", f"ACHIEVE ( W|DET|PREPOSITION|AND|NAME|MEASURE ){{2,8}} q={NUMBER}", 0.3, ("achieves the best result so far of {90%}",)),
    Rule("metrics.gain_after", "N improvement", f"q={NUMBER} ( W|ADVERB|HYPHEN|MEASURE ){{0,3}} GAIN|LOSS_NOUN|IMPROVE", 1.2, ("a {4%} absolute improvement",)),
    Rule("metrics.gain_before", "improvement of N", f"GAIN|LOSS_NOUN ( of|by|up|to|W|ADVERB|OPEN|COLON|ACHIEVE|RANGING|from ){{1,4}} q={NUMBER}", 1.3, ("an improvement of {4%}", "gains reach {5.5%}")),
    Rule("metrics.improve_by", "improves ... by N", f"IMPROVE|EXCEED|FALL ( W|DET|PREPOSITION|AND|NAME|COMMA|MEASURE|OPEN|CLOSE|HYPHEN|POSSESSIVE|QUANTITY ){{0,12}} by ADVERB? DET? ( W|of|QUANTITY|AND ){{0,3}} q={NUMBER}", 0.6, ("outperforms GPT-4 on MMLU by {4%}", "improves results by a margin of {2.7}")),
    Rule("metrics.exceed", "outperforms ... N", f"EXCEED ( W|DET|PREPOSITION|AND|NAME|COMMA|MEASURE|OPEN|CLOSE|HYPHEN|POSSESSIVE ){{0,8}} OPEN|with|by|PREPOSITION q={NUMBER}", 1.8, ("outperforms the baseline ({46.2%})",)),
    # A definition: a whole number is rarely a result, but "from 40 to 19" of a measure that is reduced is one.
    Rule("metrics.measure_from", "reduces a measure from a whole number", "REDUCE|IMPROVE|FALL ( W|DET|ADVERB ){0,3} MEASURE ( OPEN MEASURE CLOSE | CLOSE ){0,1} from q=INTEGER", 8.0, ("reducing the Frechet Inception Distance (FID) from {40} to 19",)),
    Rule("metrics.from_to", "rises from N to N", "IMPROVE|FALL|ACHIEVE|EXCEED ( W|DET|PREPOSITION|AND|NAME|COMMA|MEASURE|HYPHEN|POSSESSIVE ){0,8} from q=PAIR", 0.1, ("increases accuracy from {15.9%} to 56%",)),
    Rule("metrics.on_dataset", "N on MMLU", f"q={NUMBER} ( W|MEASURE|OPEN|CLOSE ){{0,2}} on|across|over|for DET? W{{0,2}} DATASET_NAME|SHAPE_BENCH|NAME|DATASET_NOUN|TASK_NOUN", 1.1, ("{90.94%} on MMLU", "{3%} across nine benchmarks")),
    Rule("metrics.dataset_bracket", "MMLU (N)", f"DATASET_NAME|SHAPE_BENCH|MODEL_NAME|NAME OPEN q={NUMBER}", 1.0, ("on MMLU ({90.94%}) and", "Qwen2.5-7B ({55.1%}) is")),
    Rule("metrics.bracket_name", "N (Qwen2)", f"q={NUMBER} OPEN NAME CLOSE", 0.4, ("{65.69} (Qwen2VL-72B)",)),
    Rule("metrics.bracket", "a number in brackets", f"OPEN W? q={NUMBER} W{{0,2}} CLOSE|COMMA|SEMICOLON", -0.6, ("the best ({90.94%}) of all",)),
    Rule("metrics.better", "N better, N higher", f"q={NUMBER} ADVERB? BETTER|WORSE|more|points", 0.0, ("{4%} better than before",)),
    Rule("metrics.compared", "N over, N compared to", f"q={NUMBER} over|compared|relative|vs.|versus|than|above|below|against", 0.6, ("by {4%} over the baseline",)),
    Rule("metrics.success", "N of tasks solved", "q=PERCENT of ( DET|W|NAME|OPEN ){0,4} tasks|cases|problems|questions|instances|errors|time|issues|samples|attacks|performance|accuracy|bugs|attempts", 2.2, ("solves {44%} of the tasks",)),
    Rule("metrics.retain", "retains N of performance", "RETAIN|ACHIEVE|recovers|recovering|retaining ( ADVERB|W ){0,1} q=PERCENT of", 1.8, ("retains {94.7%} of its performance",)),
    Rule("metrics.share", "N of a thing", "q=PERCENT of", -1.4, ("{80%} of nodes",)),
    Rule("metrics.at_setting", "at a measure of N: where something else is measured", "at DET? ( W|ADVERB ){0,2} MEASURE|OTHER|SHAPE_ACRONYM ( of|EQUALS|ABOUT ){1,2} q=PERCENT|DECIMAL|INTEGER", -2.4, ("recall at a false positive rate of {1%}", "at an IoU={0.5}")),
    Rule("metrics.share_setting", "only N of the data", "ONLY|using|with|use|uses|on|updating|keeping|retaining|training|in|for|top|removing|pruning q=PERCENT of|W", -0.2, ("using only {10%} labels",)),
    Rule("metrics.data_after", "N data", "q=PERCENT|INTEGER|FACTOR ( of|DET|W|HYPHEN ){0,3} DATA_NOUN|COUNTED", -0.9, ("{10%} of the labels",)),
    Rule("metrics.count", "N things", "q=INTEGER ( W|HYPHEN|NAME ){0,2} COUNTED|UNCOUNTED|MODEL_NOUN|DATASET_NOUN|TASK_NOUN", -2.0, ("on {8} open models",)),
    Rule("metrics.resource", "N less of a resource", "q=PERCENT|FACTOR|DECIMAL ( W|HYPHEN|FEWER|PREPOSITION|REDUCTION|DET ){0,4} SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|COST_NOUN|ENERGY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN", -2.3, ("{30%} less memory", "{2.5x} speedup")),
    Rule("metrics.resource_by", "latency by N", "SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|COST_NOUN|ENERGY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN ( W|PREPOSITION|DET|OPEN ){1,4} q=PERCENT|FACTOR|DECIMAL", -1.4, ("reduces latency by {30%}",)),
    Rule("metrics.resource_reduction_by", "token savings of N", "SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|COST_NOUN|ENERGY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN|DATA_NOUN W{0,1} REDUCTION|GAIN|RESOURCES ( W|PREPOSITION|OPEN|COLON|ACHIEVE|BE|RANGING ){1,4} q=PERCENT|FACTOR|DECIMAL", -1.7, ("cost savings reach {89.8%}",)),
    Rule("metrics.reduction_in_by", "a reduction in tokens of N", "REDUCTION|REDUCE ( in|of|on|for|W|DET|NAME|HYPHEN ){1,5} SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|COST_NOUN|ENERGY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN|DATA_NOUN ( W|PREPOSITION|DET|OPEN|COMMA|ACHIEVE|RANGING|SIGN ){0,4} q=PERCENT|FACTOR", -2.9, ("a reduction in reasoning tokens by over {50%}",)),
    Rule("metrics.reduction_of", "N reduction in tokens", "q=PERCENT|FACTOR ( W|ADVERB|HYPHEN ){0,2} REDUCTION|REDUCED|FEWER|more|additional|extra|savings ( in|of|for|on|DET|W|NAME|HYPHEN|AND ){0,5} SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|COST_NOUN|ENERGY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN|DATA_NOUN", -4.5, ("a {50.80%} reduction in token usage",)),
    Rule("metrics.resource_reduction", "N token savings", "q=PERCENT|FACTOR ( W|NAME|HYPHEN ){0,3} SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|COST_NOUN|ENERGY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN|DATA_NOUN ( W|HYPHEN ){0,1} REDUCTION", -4.0, ("up to {95%} token savings",)),
    Rule("metrics.reduce_usage", "reduces consumption by N", "REDUCE|savings|saving ( W|DET|NAME ){0,4} RESOURCES|of|from ( by|W|to ){0,3} q=PERCENT|FACTOR", -0.8, ("reduces GPU consumption by {60%}", "average savings of {9.97%}")),
    Rule("metrics.efficiency", "N better efficiency", "q=PERCENT|FACTOR ( W|GAIN|in|on|of|DET|HYPHEN ){0,4} EFFICIENCY", -2.4, ("over {40%} improvement in sample efficiency",)),
    Rule("metrics.listed_resource", "..., and energy by N", "COMMA|AND|WHILE ( W|DET|REDUCE ){0,3} SPEED_NOUN|COMPUTE_NOUN|MEMORY_NOUN|COST_NOUN|ENERGY_NOUN|PARAMETER_NOUN|COMMUNICATION_NOUN|DATA_NOUN ( up|to|by|OPEN|of ){0,3} ( DET|W|of ){0,3} q=PERCENT|FACTOR", -1.9, ("reducing compute by 30%, parameters up to {82.02%}",)),
    Rule("metrics.faster", "N faster", "q=PERCENT|FACTOR ADVERB? FASTER|CHEAPER|SMALLER|SLOWER|FEWER", -2.0, ("{30%} faster", "{5x} fewer")),
    Rule("metrics.setting", "N sparsity", "q=PERCENT|DECIMAL|INTEGER ( W|HYPHEN ){0,2} SETTING", -3.8, ("at {50%} sparsity", "the {95%} confidence interval")),
    Rule("metrics.setting_before", "ratio of N", "SETTING|rate|temperature|threshold|k|n|alpha|p ( of|is|EQUALS|SIGN ){0,2} q=PERCENT|DECIMAL|INTEGER", -3.7, ("a pruning ratio of {25%}", "p < {0.05}")),
    Rule("metrics.interval_of", "a confidence interval", "ci|cis|interval|intervals ( OPEN|COLON|COMMA|for|of|W ){0,4} q=DECIMAL|PERCENT|POINTS", -1.9, ("a 95% CI: ({0.43}, 0.62)",)),
    Rule("metrics.symbol", "a parameter, N", "tau|beta|gamma|sigma|lambda|epsilon|delta|theta|min_p|top_p|exaggeration|threshold|thresholds|rates|weight|scale|dropout ( in|EQUALS|OPEN|COMMA|SUCH_AS|SIGN ){0,3} q=DECIMAL|INTEGER", -2.1, ("with tau={0.7} there",)),
    Rule("metrics.counted_decimal", "N runs", "q=DECIMAL ( W|HYPHEN ){0,2} COUNTED|UNCOUNTED|runs|times", -0.7, ("an average of {8.8} test runs",)),
    Rule("metrics.version", "a number right after a name", "NAME q=DECIMAL|INTEGER", -1.4, ("with Foo {32} we",)),
    Rule("metrics.noun_after", "N hours, N layers", "q=INTEGER|DECIMAL HYPHEN? TIME_UNIT|HOUR|GPU_NOUN|TOKEN|PARAMS|bit|layer|shot|way|step|class|month|year|day", -1.2, ("for {48} hours", "a {4}-bit model")),
    Rule("metrics.counting", "the best of N", "MEASURE|EVALUATE ( W|PREPOSITION|AND|DET ){0,3} q=INTEGER W{0,2} DATASET_NOUN|TASK_NOUN|COUNTED|UNCOUNTED", 0.2, ("accuracy across {9} benchmarks",)),
)

GAINS = (
    Rule("metrics:gain.any", "any result", "q=RESULT", -1.4, ("gets {90%} there",)),
    Rule("metrics:gain.signed", "+N", "q=SIGNED", 5.4, ("gets {+90%} there",)),
    Rule("metrics:gain.points", "N points", "q=POINTS", 3.2, ("by {3.4 points} there",)),
    Rule("metrics:gain.factor", "Nx", "q=FACTOR", 2.8, ("is {3x} there",)),
    Rule("metrics:gain.pair", "from N to N", "q=PAIR", -2.4, ("from {15%} to 56%",)),
    Rule("metrics:gain.by", "by N", "by ( DET|ADVERB|W|of|PREPOSITION ){0,3} q=RESULT", 3.9, ("rises by {3%} there", "by an average of {3%}")),
    Rule("metrics:gain.to", "to N, reaches N", "to|reaching|reaches|achieves|achieving|attains|obtains|scores|only|of|at|is|exceeds|reach|achieve|reached|achieved|with ADVERB? DET? q=RESULT", -0.8, ("rises to {90%} there",)),
    Rule("metrics:gain.noun_before", "improvement of N", "GAIN|LOSS_NOUN ( of|by|W|ADVERB|COLON|in|ACHIEVE|OPEN|RANGING|MEASURE|from ){0,4} q=RESULT", 3.5, ("an improvement of {4%} there",)),
    Rule("metrics:gain.noun_before_far", "improvement ... N", "GAIN|LOSS_NOUN ( W|PREPOSITION|DET|MEASURE|NAME|RESULT|AND|COMMA ){1,12} q=RESULT", 1.9, ("gains there and even {4%} here",)),
    Rule("metrics:gain.noun_after", "N improvement", "q=RESULT ( W|HYPHEN|ADVERB|MEASURE|CLOSE ){0,3} GAIN|LOSS_NOUN", 6.8, ("a {4%} absolute improvement",)),
    Rule("metrics:gain.better", "N better, N over", "q=RESULT ( ADVERB|W ){0,1} BETTER|WORSE|over|compared|relative|above|below|than", 4.5, ("{4%} better than it", "{4%} over the baseline")),
    Rule("metrics:gain.improve", "improves ... N", "IMPROVE|EXCEED|FALL ( W|DET|PREPOSITION|AND|NAME|COMMA|MEASURE|OPEN|CLOSE|HYPHEN|POSSESSIVE ){0,10} by ( DET|ADVERB|W|of ){0,3} q=RESULT", 3.7, ("improves MMLU accuracy by {4%}",)),
    Rule("metrics:gain.improve_near", "improving N", "IMPROVE|EXCEED|FALL ( W|ADVERB|DET ){0,2} q=RESULT", 1.3, ("improving {4%} there",)),
    Rule("metrics:gain.measure", "accuracy of N", "MEASURE|METRIC_HEAD ( of|is|at|OPEN|EQUALS|COLON|reaches|to ){1,2} q=RESULT", -1.7, ("an accuracy of {90%}",)),
    Rule("metrics:gain.measure_after", "N accuracy", "q=RESULT ( W ){0,2} MEASURE", -1.1, ("gets {90%} accuracy",)),
    Rule("metrics:gain.bracket", "a name (N)", "NAME OPEN q=RESULT", -0.9, ("Qwen ({90%}) is",)),
    Rule("metrics:gain.versus", "N vs. N", "q=RESULT ( OPEN|CLOSE|W ){0,2} vs.|versus|vs|compared", -0.9, ("{90%} compared there",)),
    Rule("metrics:gain.achieve", "achieves N", "ACHIEVE ( W|DET|ADVERB|MEASURE|of|PREPOSITION ){0,4} q=RESULT", -1.2, ("achieves {90%} there",)),
    Rule("metrics:gain.margin", "within N of", "within|margin|margins ( W|of|DET ){1,3} q=RESULT", 1.5, ("a margin of {3%} there",)),
    Rule("metrics:gain.average_of", "an average of N", "average|averaging of? q=RESULT", 0.5, ("by an average of {3%}",)),
    Rule("metrics:gain.small", "N more of it", "q=RESULT more|fewer|less|higher|lower|drop|decrease|increase|reduction|boost", 3.8, ("{3%} more there",)),
    Rule("metrics:gain.decimal", "a number without a unit", "q=DECIMAL", -0.8, ("gets {0.761} there",)),
    Rule("metrics:gain.from", "from N", "from ( ADVERB|W ){0,1} q=RESULT", -2.0, ("rises from {15.9%} with one sample to 56%",)),
    Rule("metrics:gain.values", "values of N, N and N", "values|scores|rates|accuracies|value ( of|BE|at ){1,2} ( RESULT|COMMA|AND ){0,8} q=RESULT", -1.3, ("with values of -0.02, 0.37 and {0.33}",)),
    Rule("metrics:gain.relative", "a relative N", "relative|absolute|additional|further|extra q=RESULT", 1.5, ("by a relative {4.1%} there",)),
    Rule("metrics:gain.versus_bracket", "(vs. N)", "OPEN COMPARED ( W|NAME|POSSESSIVE|DET ){0,4} q=RESULT CLOSE", -0.5, ("collapse (vs Bulbul {33.3%})",)),
    Rule("metrics:gain.after_gain", "the number before it in the sentence is a gain", "", 1.5, ()),
    Rule("metrics:gain.after_level", "the number before it in the sentence is a level", "", -1.9, ()),
    Rule("metrics:gain.joined", "and N, directly after a number", "RESULT ( W|PREPOSITION|MEASURE|NAME|DET ){0,6} AND|COMMA DET? q=RESULT", 0.3, ("4% there and {3%} here",)),
    Rule("metrics:gain.from_change", "rises from N", "GAIN|LOSS_NOUN|IMPROVE|FALL|REDUCE ( W|MEASURE|NAME|in|of|on ){0,4} from ( ADVERB|W ){0,1} q=RESULT", -2.3, ("the rate increases from {15.9%} to 56%",)),
    Rule("metrics:gain.ranging", "gains ranging from N to N", "GAIN|LOSS_NOUN !END|RESULT{0,8} RANGING|range|between|spanning|varying|climbing|rising|growing ( from|of|between|in ){0,2} q=RESULT", 4.4, ("gains over it ranging from {2.3%} to 8.5%", "improvements in the range of {15%-50%} there")),
    Rule("metrics:gain.gains_reach", "the gains increase to N", "GAIN|gains|improvements|boosts ( W|PREPOSITION|NAME ){0,4} IMPROVE|ACHIEVE|climbing ( from|to|up|as|W ){0,2} q=RESULT", 0.4, ("the gains increase to {8.5%} there",)),
    Rule("metrics:gain.gap", "a difference ... N", "gap|gaps|difference|differences|variation|variations|deviation|disparity|discrepancy !END|RESULT|COMMA{0,12} q=RESULT", 1.4, ("a gap of around {15%} there", "the gaps between it and the winners were as follows: {6.46} and")),
    Rule("metrics:gain.gap_after", "a N difference", "q=RESULT ( W|MEASURE|HYPHEN ){0,2} gap|gaps|difference|differences|variation|variations|deviation|disparity|spread", -1.7, ("a {40%} performance variation",)),
    Rule("metrics:gain.gap_closed", "closes N of the gap", "close|closes|closing|closed|narrows|narrowing|bridges|bridging|recovers|recovering q=RESULT of ( W|DET|NAME|POSSESSIVE ){0,4} gap", 1.5, ("closes {82%} of the gap",)),
    Rule("metrics:gain.equals_signed", "= +N", "EQUALS q=SIGNED", -2.7, ("rho = {+0.436} there",)),
    Rule("metrics:gain.bracket_change", "improves something (by N)", "IMPROVE|EXCEED|FALL ( W|DET|PREPOSITION|MEASURE|NAME|AND ){0,8} OPEN ( W|by|up|to ){0,2} q=RESULT CLOSE", -0.6, ("boosts the quality of small models ({33%})",)),
    Rule("metrics:gain.name_gain", "N of gain, N BLER gain", "q=RESULT ( NAME|of|DET ){1,2} GAIN|LOSS_NOUN", 2.2, ("a {0.4 dB} BLER gain", "{0.1 dB} of gain there")),
    Rule("metrics:gain.by_whom", "preferred by N of them", "by q=RESULT of", -2.0, ("preferred by {73%} of annotators",)),
    Rule("metrics:gain.baseline", "a N baseline", "q=RESULT ( W ){0,1} baseline|baselines", -1.5, ("compared to a {25%} baseline",)),
    Rule("metrics:gain.within", "within N", "", 4.0, ()),
    Rule("metrics:gain.alike", "the number before it in the sentence is a gain, and what follows both is alike", "", 2.9, ()),
)
"""What says that a result is a difference, not a level."""

LINKS = (
    *GAINS,
    # how the two stand to each other (attachment.py finds this, no pattern does)
    Rule("metrics:metric.none", "a measure: none is said", "", 1.0, ()),
    Rule("metrics:metric.same_sentence", "a measure: in the sentence", "", -0.3, ()),
    Rule("metrics:metric.before", "a measure: before the number", "", 0.2, ()),
    Rule("metrics:metric.after", "a measure: after the number", "", -0.4, ()),
    Rule("metrics:metric.adjacent_before", "a measure: one or two words before", "", -1.1, ()),
    Rule("metrics:metric.adjacent_after", "a measure: one or two words after", "", -0.1, ()),
    Rule("metrics:metric.near_before", "a measure: up to five words before", "", 0.2, ()),
    Rule("metrics:metric.near_after", "a measure: up to five words after", "", 1.2, ()),
    Rule("metrics:metric.clause_before", "a measure: in one clause, before", "", 1.0, ()),
    Rule("metrics:metric.clause_after", "a measure: in one clause, after", "", 2.2, ()),
    Rule("metrics:metric.nearest_before", "a measure: the nearest before", "", 0.9, ()),
    Rule("metrics:metric.nearest_after", "a measure: the nearest after", "", -0.1, ()),
    Rule("metrics:metric.number_between_before", "a measure: another such number between, before", "", 1.1, ()),
    Rule("metrics:metric.number_between_after", "a measure: another such number between, after", "", 0.1, ()),
    Rule("metrics:metric.only_one", "a measure: the only one in the sentence", "", -0.3, ()),
    Rule("metrics:metric.later_of_list", "a measure: not the first of a list", "", -4.8, ()),
    Rule("metrics:metric.same_place", "a measure: stands to its number as that of the number before", "", 1.9, ()),
    Rule("metrics:metric.replaced", "a measure: that of the number before, where another stands in its place", "", -0.3, ()),
    Rule("metrics:metric.shadowed", "a measure: that of the number before, where words of its own belong to this one", "", -2.1, ()),
    Rule("metrics:metric.alike", "a measure: an unknown name that stands to its number as the measure before does", "", 1.0, ()),
    Rule("metrics:metric.displaced", "a measure: behind the number before, which it belongs to, where another stands behind this one", "", -3.2, ()),
    Rule("metrics:metric.sentence_before", "a measure: in the sentence before", "", -0.2, ()),
    Rule("metrics:metric.carried", "a measure: that of the number before it", "", 3.5, ()),
    Rule("metrics:metric.carried_over", "a measure: that of the last number of the sentence before", "", 2.5, ()),
    Rule("metrics:metric.glue_before", "a measure: before, with nothing but words of grammar between", "", 0.4, ()),
    Rule("metrics:metric.glue_after", "a measure: after, with nothing but its own words between", "", -0.4, ()),
    Rule("metrics:metric.quality", "a measure: a word that also stands for what is measured", "", -2.5, ()),
    Rule("metrics:metric.headed", "a measure: known by its head alone", "", -0.7, ()),
    Rule("metrics:metric.unlisted", "a measure: words that no list has", "", -1.3, ()),
    Rule("metrics:metric.nominal", "a measure: a noun in -tion, -ity, -ness", "", 1.0, ()),
    Rule("metrics:metric.unnamed", "a measure: a word that names none", "", -3.0, ()),
    Rule("metrics:metric.carried_far", "a measure: that of the number before it, from further back", "", 0.5, ()),
    Rule("metrics:metric.alone", "a measure: none in the sentence itself", "", -0.5, ()),
    Rule("metrics:dataset.none", "a dataset: none is said", "", 0.7, ()),
    Rule("metrics:dataset.same_sentence", "a dataset: in the sentence", "", 0.4, ()),
    Rule("metrics:dataset.before", "a dataset: before the number", "", 1.3, ()),
    Rule("metrics:dataset.after", "a dataset: after the number", "", -0.9, ()),
    Rule("metrics:dataset.adjacent_before", "a dataset: one or two words before", "", -0.0, ()),
    Rule("metrics:dataset.adjacent_after", "a dataset: one or two words after", "", -0.9, ()),
    Rule("metrics:dataset.near_before", "a dataset: up to five words before", "", 0.3, ()),
    Rule("metrics:dataset.near_after", "a dataset: up to five words after", "", 0.3, ()),
    Rule("metrics:dataset.clause_before", "a dataset: in one clause, before", "", -0.4, ()),
    Rule("metrics:dataset.clause_after", "a dataset: in one clause, after", "", 2.6, ()),
    Rule("metrics:dataset.nearest_before", "a dataset: the nearest before", "", -0.0, ()),
    Rule("metrics:dataset.nearest_after", "a dataset: the nearest after", "", 0.4, ()),
    Rule("metrics:dataset.number_between_before", "a dataset: another such number between, before", "", -1.1, ()),
    Rule("metrics:dataset.number_between_after", "a dataset: another such number between, after", "", -0.5, ()),
    Rule("metrics:dataset.only_one", "a dataset: the only one in the sentence", "", -0.2, ()),
    Rule("metrics:dataset.later_of_list", "a dataset: not the first of a list", "", -3.3, ()),
    Rule("metrics:dataset.same_place", "a dataset: stands to its number as that of the number before", "", 0.6, ()),
    Rule("metrics:dataset.replaced", "a dataset: that of the number before, where another stands in its place", "", -1.8, ()),
    Rule("metrics:dataset.spent", "a dataset: between the number before, which it belongs to, and this one", "", -4.1, ()),
    Rule("metrics:dataset.displaced", "a dataset: behind the number before, which it belongs to, where another stands behind this one", "", -0.9, ()),
    Rule("metrics:dataset.sentence_before", "a dataset: in the sentence before", "", -0.7, ()),
    Rule("metrics:dataset.carried", "a dataset: that of the number before it", "", 3.1, ()),
    Rule("metrics:dataset.carried_over", "a dataset: that of the last number of the sentence before", "", 2.1, ()),
    Rule("metrics:dataset.glue_before", "a dataset: before, with nothing but words of grammar between", "", 1.6, ()),
    Rule("metrics:dataset.glue_after", "a dataset: after, with nothing but words of its own between", "", -0.5, ()),
    Rule("metrics:dataset.elsewhere", "a dataset: presented by the paper, named elsewhere", "", -0.4, ()),
    Rule("metrics:dataset.own", "a dataset: presented by the paper", "", 0.3, ()),
    Rule("metrics:dataset.own_in_title", "a dataset: presented by the paper, and named in its title", "", 0.0, ()),
    Rule("metrics:dataset.own_bench", "a dataset: presented by the paper, and named as a benchmark", "", 1.3, ()),
    Rule("metrics:dataset.own_sized", "a dataset: presented by the paper, and named by its size, as training data is", "", -2.3, ()),
    Rule("metrics:dataset.own_later", "a dataset: presented by the paper after the number", "", -1.1, ()),
    Rule("metrics:dataset.other_in_title", "a dataset: of others, named in the title", "", -2.2, ()),
    Rule("metrics:dataset.other_sized", "a dataset: of others, named by its size", "", 0.1, ()),
    Rule("metrics:dataset.trained_on", "a dataset: trained on it", "", -3.4, ()),
    Rule("metrics:dataset.carried_far", "a dataset: that of a number further before", "", 1.2, ()),
    Rule("metrics:dataset.goes_on", "a dataset: of the sentence before, with which this one goes on (it, moreover)", "", 0.7, ()),
    Rule("metrics:dataset.reported_before", "a dataset: of the sentence before, which reports a result", "", -1.0, ()),
    Rule("metrics:dataset.evaluated_before", "a dataset: of the sentence before, behind a word of evaluation", "", 0.3, ()),
    Rule("metrics:dataset.own_and_ours", "a dataset: presented by the paper, in a sentence on what is ours", "", 0.1, ()),
    Rule("metrics:dataset.own_not_in_title", "a dataset: presented by the paper, whose title names something else", "", -0.7, ()),
    # what stands between and around them
    Rule("metrics:dataset.alone", "a dataset: none in the sentence itself", "", 1.7, ()),
    Rule("metrics:dataset.none_after", "N across five benchmarks", "q=RESULT ( W|MEASURE|GAIN|CLOSE ){0,4} across|on|over|in DET? ( W|QUANTITY ){0,3} DATASET_NOUN|TASK_NOUN", 1.0, ("gains {3%} across five benchmarks",)),
    Rule("metrics:dataset.none_before", "across five benchmarks ... N", "across|on|over DET? ( W|QUANTITY ){1,3} DATASET_NOUN|TASK_NOUN|benchmarks|datasets|tasks ( COMMA|W|NAME ){0,6} q=RESULT", -0.3, ("across five benchmarks {3%} more",)),
    Rule("metrics:dataset.none_before_far", "across six benchmarks, it ... N", "across|over DET? ( W|QUANTITY ){1,4} datasets|benchmarks|tasks|domains|languages COMMA !END|DATASET{0,14} q=RESULT", 2.0, ("Across six hard benchmarks, it achieves average rates of {88%}",)),
    Rule("metrics:dataset.none_our", "our method ... N", "our|proposed ( W ){0,2} METHOD_NOUN|MODEL_NOUN|OTHER|MODEL !END{0,20} q=RESULT", -0.6, ("our new framework improves it by {3%}",)),
    Rule("metrics:dataset.none_real", "in the real world ... N", "real-world|robot|robots|online|production|deployed|deployment|human|clinical|ablation !END{0,14} q=RESULT", 1.2, ("in real-world use it gets {3%}",)),
    Rule("metrics:dataset.colon", "X: N", "dataset=DATASET COLON|EQUALS q=RESULT", 0.3, ("([MMLU]: {90%})",)),
    Rule("metrics:metric.acronym_before", "an unknown name right before, as of a measure", "metric=OTHER ( CLOSE|of|at|is|EQUALS|COLON|by|from|to|ABOUT|exceeding ){1,2} q=RESULT", -1.2, ("improving [ESR] by {10%}",)),
    Rule("metrics:metric.acronym_right_before", "an unknown name and the number", "metric=OTHER q=RESULT", -0.2, ("with [AMOTA] {32.8}",)),
    Rule("metrics:metric.acronym_after", "an unknown name right after, as of a measure", "q=RESULT metric=OTHER", 1.9, ("and {32.8%} [AMOTA]",)),
    Rule("metrics:metric.short_of", "SR of N, by N, from N", "metric=ACRONYM ( W ){0,1} of|by|from|is|at|reaches|EQUALS|COLON ( ADVERB|DET|W ){0,2} q=RESULT", 1.6, ("a [BoN] of {0.894}",)),
    Rule("metrics:metric.short_after", "N SR", "q=RESULT metric=ACRONYM", 1.7, ("achieves {65.60%} [BoN]",)),
    Rule("metrics:metric.short_metric", "an SR metric ... N", "metric=ACRONYM CLOSE? metric|metrics|score|scores|value|values !END{0,5} q=RESULT", 2.0, ("the [BoN] metric increasing from {25%}",)),
    Rule("metrics:metric.short_improved", "improves SR by N", "IMPROVE|FALL|REDUCE ( W|DET ){0,2} metric=ACRONYM ( PREPOSITION ( W|NAME|DET ){1,4} )? by|from|to ( ADVERB|DET|W ){0,2} q=RESULT", 1.0, ("improves average [BoN] from {22.1%}",)),
    Rule("metrics:metric.acronym_gain", "N gain of an unknown name", "q=RESULT metric=OTHER GAIN|LOSS_NOUN|REDUCTION|HYPHEN", 2.0, ("a {3.5%} [AO] gain on it",)),
    Rule("metrics:metric.acronym_in", "N improvement in an unknown name", "q=RESULT ( W|GAIN|LOSS_NOUN ){0,2} in DET? metric=OTHER END|COMMA|AND|for|on|over|while|CLOSE|OPEN", 2.2, ("a {19.1%} improvement in [LVQ] while",)),
    Rule("metrics:metric.acronym_score", "N of a score with an unknown name", "q=RESULT ( W|BETTER|higher|lower|HYPHEN ){0,2} metric=OTHER score|scores|metric|metrics", 2.0, ("{30%} higher [GPT-Balance] score",)),
    Rule("metrics:metric.words_metrics", "N in diversity metrics", "q=RESULT ( W|GAIN ){0,2} in|on|of|for DET? metric=( W{1,2} ) metrics|scores|metric|score", 0.8, ("and {7.4%} in [diversity] metrics",)),
    Rule("metrics:metric.none_of", "N of the participants", "q=RESULT ( AND RESULT )? of DET? ( W|NAME ){0,2} COUNTED|PLURAL|UNCOUNTED", 4.2, ("with {15.3%} of participants",)),
    Rule("metrics:metric.words_after", "N words, then no more of them", "q=RESULT metric=( W{1,3} ) PREPOSITION|END|COMMA|AND|WHILE|CLOSE|OPEN|DASH", -0.4, ("achieves {100%} [paradox detection] while",)),
    Rule("metrics:metric.changed", "improves something by N", "IMPROVE|REDUCE|FALL DET? metric=( W{1,3} ) ( PREPOSITION ( W|DET|NAME ){1,4} )? by|from|to ( ADVERB|ONLY|DET|W ){0,2} q=RESULT", 1.3, ("enhance the [effective rank] by {1.6%}",)),
    Rule("metrics:metric.changed_name", "improves a name by N", "IMPROVE|REDUCE|FALL DET? metric=NAME by|from|to ( ADVERB|ONLY|DET|W ){0,2} q=RESULT", -0.8, ("improves [SPICE] by {48%}",)),
    Rule("metrics:metric.changed_bracket", "improves something (N)", "IMPROVE|REDUCE|FALL DET? metric=( W{1,3} ) OPEN ( W|by|up|to|from|SIGN ){0,1} q=RESULT", 0.8, ("markedly increased [action recommendation] ({92%} vs. 4.5%)",)),
    Rule("metrics:metric.beaten", "outperforms this by N", "EXCEED ( DET|W|NAME|POSSESSIVE|HYPHEN|ADVERB ){0,4} metric=MEASURE|OTHER by|with|on|OPEN !END|COMMA{0,8} q=RESULT", -2.6, ("outperforms the vanilla [MAE] by {2.45%}",)),
    Rule("metrics:metric.equals", "an unknown name = N", "metric=OTHER|W CLOSE? EQUALS q=RESULT", 2.4, ("([CKA] = {0.897})", "mean [J]={0.545} there")),
    Rule("metrics:metric.name_score", "a name's score of N", "metric=OTHER|TERM|W score|scores|rating|ratings of|is|at|to|from|EQUALS|OPEN ADVERB? q=RESULT", 0.7, ("an [LLM-as-a-Judge] score of {8.87}", "a mean [utility] score of {4.08}")),
    Rule("metrics:metric.share_of", "the fraction of something", "metric=( fraction|probability|percentage|rate|likelihood|proportion|share of W{1,3} ) ( PREPOSITION|W|NAME|BE ){0,8} from|to|by|of|is|at q=RESULT", 1.3, ("the [probability of compliance] rises from {2%}",)),
    Rule("metrics:metric.in_words", "N improvement in something", "q=RESULT ( GAIN|W|IMPROVE ){1,2} in metric=( W{1,3} ) END|COMMA|AND|over|compared|on|for|while|CLOSE", 0.9, ("a {44.76%} improvement in [user preference alignment] over it",)),
    Rule("metrics:metric.none_score", "a score of N", "!MEASURE score|scores ( of|is|at|to|from|by|OPEN|COLON|EQUALS|ACHIEVE ){1,2} q=RESULT", 3.2, ("a score of {44}",)),
    Rule("metrics:metric.none_score_after", "a N overall score", "q=RESULT ( W ){0,2} score|scores END|on|COMMA|AND|in|for|CLOSE|over", 1.3, ("a {78.22%} overall score on it",)),
    Rule("metrics:metric.none_performance", "N of performance", "q=RESULT ( W|GAIN|LOSS_NOUN|in|of|DET ){0,4} performance|result|results", 3.4, ("a {44%} gain in performance",)),
    Rule("metrics:metric.none_performance_before", "performance ... by N", "performance !END|COMMA{0,6} by|to|from ( DET|ADVERB|W|of ){0,3} q=RESULT", 2.3, ("improves performance by {44%}",)),
    Rule("metrics:metric.none_bracket", "a dataset (N)", "DATASET OPEN ( W|PLUS|SIGN ){0,1} q=RESULT CLOSE|COMMA", 1.0, ("on MMLU ({44%})",)),
    # which measure
    Rule("metrics:metric.in_terms", "N ... in terms of accuracy", "q=RESULT !END{0,24} in terms of ( W|DET ){0,2} metric=MEASURE", 3.6, ("{44%} there, in terms of mean [accuracy]",)),
    Rule("metrics:metric.respectively_in", "N and N, respectively, in accuracy", "q=RESULT !END{0,6} respectively COMMA? in|for|on ( W|DET ){0,3} metric=MEASURE", 2.0, ("{44%} and 45%, respectively, in overall [accuracy]",)),
    Rule("metrics:metric.more", "N higher words", "q=RESULT ADVERB? BETTER|MORE|FEWER|WORSE metric=( W{1,3} ) over|than|compared|END|COMMA|AND|on|while|OPEN", 1.0, ("{44%} higher [physical plausibility] than",)),
    Rule("metrics:metric.gains_in", "N words gains", "q=RESULT metric=( W{1,2} ) GAIN|LOSS_NOUN", -1.1, ("a {44%} [service quality] gain",)),
    Rule("metrics:metric.right_before", "accuracy of N", "metric=MEASURE ( of|is|at|EQUALS|COLON|OPEN|SIGN|ABOUT|score|scores|by|to|from|W ){0,2} q=RESULT", 1.8, ("an [accuracy] of {90.94%}",)),
    Rule("metrics:metric.right_after", "N accuracy", "q=RESULT ( W|HYPHEN|NAME|OPEN ){0,2} metric=MEASURE", 5.0, ("{90.94%} mean [accuracy]",)),
    Rule("metrics:metric.in", "N improvement in accuracy", "q=RESULT ( GAIN|W|HYPHEN|ADVERB|LOSS_NOUN ){0,3} in|of|on|for ( W|DET|NAME ){0,3} metric=MEASURE", 3.0, ("{21%} improvement in average [accuracy]",)),
    Rule("metrics:metric.phrase_before", "accuracy ... N", "metric=MEASURE !END|COMMA|SEMICOLON|WHILE|QUANTITY|MEASURE{0,8} q=RESULT", 1.6, ("[accuracy] on the new set by {3%}",)),
    Rule("metrics:metric.any_before", "a measure before N in the sentence", "metric=MEASURE !END{0,30} q=RESULT", 1.5, ("[accuracy] matters; it is {90%}",)),
    Rule("metrics:metric.second", "a measure before the number before N", "metric=MEASURE !END{0,12} RESULT !END{0,20} q=RESULT", -1.0, ("[accuracy] of 90% there and {80%} here",)),
    Rule("metrics:metric.third", "a measure before the number before the number before N", "metric=MEASURE !END{0,12} RESULT !END{0,16} RESULT !END{0,16} q=RESULT", -0.3, ("[accuracy] of 90% there, 85% here and {80%} now",)),
    Rule("metrics:metric.after_second", "N and N accuracy", "q=RESULT !END{0,8} RESULT ( W|HYPHEN|NAME ){0,2} metric=MEASURE", -0.8, ("{90.94%} validation and 80% test [accuracy]",)),
    Rule("metrics:metric.subject", "something reaches N", "END|COMMA|START|WHILE|AND|the|its metric=( ( NAME|W ){0,1} W ) ( ADVERB|AUXILIARY ){0,1} ACHIEVE|FALL|exceeds|is|was|remains|rises|from ( ADVERB|PREPOSITION|ONLY|ABOUT ){0,2} q=RESULT", -0.6, ("while [harmful compliance] drops to {3.1%}",)),
    Rule("metrics:metric.gain_of_in", "a gain of N in something", "GAIN|LOSS_NOUN|REDUCTION of ( ADVERB|ABOUT|over|up|to|nearly ){0,2} q=RESULT in metric=( W{1,3} ) END|COMMA|AND|over|compared|on|for|while|CLOSE", 0.9, ("with improvements of {13%} in [catalytic designability] and",)),
    Rule("metrics:metric.and_in", "and N in something", "AND q=RESULT in metric=( W{1,3} ) END|COMMA|over|compared|on|for|while|CLOSE", -0.3, ("13% in speed and {13%} in [catalytic designability].",)),
    Rule("metrics:metric.name_bracket", "the best Something (N)", "BETTER|best|highest|lowest|average|overall W{0,1} metric=OTHER OPEN q=RESULT", 1.0, ("the highest [Background Consistency] ({88.94})",)),
    Rule("metrics:metric.words_bracket", "best something (N)", "BETTER|best|highest|lowest|average|overall metric=( W{1,2} ) OPEN q=RESULT", -2.0, ("the highest [temporal stability] ({88.94})",)),
    Rule("metrics:metric.head_before", "rate of N", "metric=( W{1,2} METRIC_HEAD ) ( of|is|at|from|to|by|OPEN|COLON|EQUALS|ACHIEVE ){1,2} q=RESULT", -2.2, ("with [harmful output level] of {44%}",)),
    Rule("metrics:metric.head_after", "N pass rate", "q=RESULT metric=( W{1,2} METRIC_HEAD )", -1.0, ("{44%} [harmful output level]",)),
    Rule("metrics:metric.next_sentence", "a measure in the sentence before", "metric=MEASURE !END{0,20} RESULT !END{0,20} END it|this|moreover|further|furthermore|also|additionally|compared|similarly !END{0,15} q=RESULT", 0.4, ("[accuracy] of 90% there. It also gets {80%} here",)),
    Rule("metrics:metric.blocked", "another number between", "metric=MEASURE ( of|is|at|EQUALS|COLON|OPEN|by|to|from|W ){0,2} RESULT !END{0,20} MEASURE !END{0,6} q=RESULT", -1.8, ("[accuracy] of 90% and an F1 of {80%}",)),
    Rule("metrics:metric.blocked_name", "a number between, and an unknown name before N", "metric=MEASURE ( of|is|at|EQUALS|COLON|OPEN|by|to|from|W ){0,2} RESULT !END{0,16} OTHER of|is|at|EQUALS|COLON|OPEN|by|to|from ADVERB? q=RESULT", 0.2, ("[accuracy] of 90% and an XYZ of {80%}",)),
    # which dataset
    Rule("metrics:dataset.on", "N on X", "q=RESULT ( W|MEASURE|CLOSE|NAME|HYPHEN|OPEN|GAIN|LOSS_NOUN|ADVERB|AND|FASTER ){0,5} on|for|in|across|over|at DET? ( W|DATASET_NOUN ){0,2} dataset=DATASET", 1.8, ("{90.94%} on [MMLU]",)),
    Rule("metrics:dataset.right_after", "N X accuracy", "q=RESULT dataset=DATASET", -0.2, ("{65.3%} [MMLU]",)),
    Rule("metrics:dataset.bracket", "X (N)", "dataset=DATASET ( DATASET_NOUN|SET_NOUN ){0,1} OPEN ( MEASURE|W|SIGN|PLUS|COLON|from ){0,3} q=RESULT", 2.2, ("[MMLU] ({90.94%})", "the [MMLU] dataset ({2.80} vs. 2.26)")),
    Rule("metrics:dataset.right_before", "X accuracy of N", "dataset=DATASET ( MEASURE|W|of|BE|by|from|to|at|COLON ){0,4} q=RESULT", 1.1, ("[MMLU] accuracy of {90.94%}", "[MMLU] from {10%} to 20%")),
    Rule("metrics:dataset.frame", "On X, ... N", "on|for|across DET? W{0,2} dataset=DATASET ( DATASET_NOUN|COMMA|AND|DATASET|W|SET_NOUN|OPEN|CLOSE ){0,8} COMMA !END{0,20} q=RESULT", 0.7, ("On [MMLU], it gets {90.94%}",)),
    Rule("metrics:dataset.any_before", "X ... N in the sentence", "dataset=DATASET !END{0,30} q=RESULT", 1.5, ("[MMLU] shows that it reaches {90.94%}",)),
    Rule("metrics:dataset.any_after", "N ... X in the sentence", "q=RESULT !END{0,20} dataset=DATASET", 1.4, ("{90.94%} and this is for [MMLU]",)),
    Rule("metrics:dataset.second", "X ... N ... N", "dataset=DATASET !END{0,12} RESULT !END{0,20} q=RESULT", 0.0, ("[MMLU] gives 90% there and {80%} here",)),
    Rule("metrics:dataset.third", "X ... N ... N ... N", "dataset=DATASET !END{0,12} RESULT !END{0,16} RESULT !END{0,16} q=RESULT", 0.0, ("[MMLU] gives 90% there, 85% here and {80%} now",)),
    Rule("metrics:dataset.second_after", "N and N on X", "q=RESULT !END{0,8} RESULT ( W|MEASURE|HYPHEN ){0,3} on DET? W{0,1} dataset=DATASET", -0.6, ("{90.94%} validation and 80% test accuracy on [MMLU]",)),
    Rule("metrics:dataset.trained_with", "trained on X", "TRAIN ( W|DET ){0,2} on|with|from dataset=DATASET !END{0,30} q=RESULT", -2.1, ("trained on [MMLU] it reaches {90%}",)),
    Rule("metrics:dataset.other_on", "N on Y, not X", "dataset=DATASET !END{0,12} q=RESULT ( W|MEASURE ){0,3} on DET? W{0,1} DATASET", -2.3, ("[MMLU] aside, {80%} on GSM8K",)),
    Rule("metrics:dataset.other_between", "X ... Y ... N", "dataset=DATASET !END{0,20} DATASET !END{0,8} q=RESULT", -0.2, ("[MMLU], as on GSM8K gives {80%}",)),
)


def read(page: Page, evidence: Evidence) -> list[Record]:
    """Reported results, with their measure and their dataset."""
    records = []
    names = canonical_names(page, evidence) if evidence.links else {}
    for at, rule in evidence.won("metrics"):
        group = page.groups[at]
        results = _results(group, page, at)
        kind = "gain" if at in evidence.gains else "absolute"
        # A before and after, or a comparison, is of one measure on one dataset, whatever lists these stand in.
        items = 1 if len(group) > 1 and group[1].relation in (Relation.TO, Relation.VERSUS) else len(results)
        spans = evidence.in_list(evidence.linked(at, "metric"), items) * (len(results) // items)
        places = evidence.in_list(evidence.linked(at, "dataset"), items) * (len(results) // items)
        for quantity, span, place in zip(results, spans, places, strict=True):
            metric_text, metric = _named(page, span)
            dataset_text = dataset = None
            if place is not None:
                mention = page.mentions[place[0]]
                written = page.text[mention.start : mention.end].translate(_WITHOUT_LATEX)
                dataset_text, dataset = " ".join(written.split()), names[evidence.keys[place[0]]]
            unit = unit_of(page, quantity)
            higher = higher_is_better(metric)
            records.append(Record(quantity.start, quantity.end, rule, (quantity.low, quantity.high, quantity.comparator, unit, kind, metric_text, metric, dataset_text, dataset, higher)))
    return records


_WITHOUT_LATEX = str.maketrans(dict.fromkeys("\\${}"))
"""What a listing page leaves of LaTeX, so that a name is the same from both: ImageNet 256times256."""


def _named(page: Page, span: tuple[int, int] | None) -> tuple[str | None, str | None]:
    """A measure as written and by its usual name."""
    text = measure_text(page, span) if span is not None else None
    if span is None or text is None or _BARE.fullmatch(text.lower()):
        return None, None
    measure = page.measures.get(span[1] - 1)
    return text, measure.canonical if measure else text


def _results(group: list[Quantity], page: Page, at: int) -> list[Quantity]:
    """The results of a group: a range of gains ("improvements ranging from 2% to 5%") is one, a before and after are two."""
    if len(group) == 2 and group[1].relation is Relation.TO:
        before = page.text[page.start(at - 2) : page.end(at - 1)].lower() if at > 2 else ""
        if any(word in before for word in ("rang", "vary", "varies", "between", "span")):
            return list(as_ranges(group))
    return group


def unit_of(page: Page, quantity: Quantity) -> str:
    """The unit as the codebook names it."""
    match quantity.unit:
        case Unit.PERCENT:
            return "%"
        case Unit.POINTS:
            return "points"
        case Unit.DECIBEL:
            return "dB"
        case Unit.PHYSICAL:
            return quantity.said
    # "12 F1 points": the unit stands behind the measure.
    words = page.words
    after = [words.text(at).lower() for at in range(quantity.last, min(len(words), quantity.last + 3))]
    return "points" if "points" in after[1:] and after[0].replace("-", "").isalnum() else ""


def measure_text(page: Page, span: tuple[int, int]) -> str:
    """A measure's name: its abbreviation, if the paper gives one, else as written, with the words before it that say which."""
    first, last = span
    if (known := page.measures.get(last - 1)) is not None and known.short:
        return known.short
    pieces = 0
    while first > 1:
        before = page.text[page.start(first - 1) : page.end(first - 1)]
        low = before.lower()
        if low == "'s":
            name = page.text[page.start(first - 2) : page.end(first - 2)]
            if name.istitle() and name.isalpha() and not (first - 2 in page.mentions and page.mentions[first - 2].entries):
                first -= 2  # Spearman's rank correlation, but not Gemini's accuracy
            break
        pieces += 1 + low.count("-")
        if pieces > _MOST_PIECES or not _may_qualify(page, first - 1, low):
            break
        first -= 1
    words = clean(page.words.view[page.start(first) : page.end(last - 1)]).split()
    words[-1] = singular(words[-1])
    return " ".join(words)


_MOST_PIECES = 2
"""Words before a measure, or parts of such words, that can be part of its name."""


def _may_qualify(page: Page, at: int, word: str) -> bool:
    """Whether the word at a phrase can belong to the name of the measure after it."""
    if word in AVERAGES:
        return True
    if at in page.groups or not word.replace("-", "").isalnum() or word in STOP or word in CLASSES["TYPICAL"] or word.endswith("ly"):
        return False
    return at not in page.mentions or page.mentions[at].text.isupper()


AVERAGES = frozenset(["macro", "micro", "weighted"])
"""Ways of averaging that make a measure of their own."""


UNNAMED = frozenset(["score", "scores", "performance", "improvement", "gain", "value", "number", "rate", "percentage", "point", "result", "metric", "level", "average", "amount", "frequency", "count", "degree", "ratio", "gap"])
"""Words that name no measure."""

_BARE = regex.compile(rf"(?:(?:{'|'.join(sorted((CLASSES['TYPICAL'] - AVERAGES) | {'primary', 'main'}))})[ -])*(?:{'|'.join(sorted(UNNAMED))})")
"""A measure's name that says nothing: score, average score."""
_PLURALS = {"accuracies": "accuracy", "similarities": "similarity", "sensitivities": "sensitivity", "specificities": "specificity", "perplexities": "perplexity", "losses": "loss", "indices": "index"}


def singular(word: str) -> str:
    """The singular of a measure's last word."""
    low = word.lower()
    if low in _PLURALS:
        return _PLURALS[low]
    if word[-1] == "s" and word[:-1].isupper():
        return word[:-1]
    plural = len(word) > 4 and low.endswith("s") and not low.endswith(("ss", "us", "is", "ness")) and not word.isupper()
    return word[:-1] if plural else word


STOP = frozenset().union(*(CLASSES[name] for name in GRAMMAR), CLASSES["ACHIEVE"], CLASSES["IMPROVE"], CLASSES["FALL"], CLASSES["EXCEED"], CLASSES["REDUCE"], CLASSES["GAIN"], CLASSES["EVALUATE"] - {"test"}, CLASSES["INTRODUCE"])


def higher_is_better(metric: str | None) -> bool | None:
    """Whether more of a measure is better; None if that is not known."""
    row = lexicons.metrics().get(metric or "")
    return {"yes": True, "no": False}.get(row["higher_is_better"]) if row else None


_GAIN = CLASSES["GAIN"] | CLASSES["LOSS_NOUN"] | frozenset(("improvement", "improvements", "points", "increase", "decrease", "reduction", "reductions"))
