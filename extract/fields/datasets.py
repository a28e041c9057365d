"""Datasets: named datasets, benchmarks, corpora, challenge sets and environments."""

from __future__ import annotations

import regex

from extract import lexicons
from extract.evidence import Evidence
from extract.phrases import Page
from extract.records import Record
from extract.rules import Rule

COLUMNS = ("dataset", "introduced")

LIST = "NAME|COMMA|AND|SLASH|OPEN|CLOSE|W"
THE = "DET|W|SHAPE_WORDS|WHILE"

RULES: tuple[Rule, ...] = (
    Rule("datasets.sibling", "a name that borrows its beginning from the one before it", "", 1.0, ("on CIFAR-10/{100}",)),
    # what its list says (evidence.py finds this, no pattern does)
    Rule("datasets.list_known", "another name of its list is a known dataset", "", 3.6, ("on ImageNet and {FooBar}",)),
    Rule("datasets.row_known", "a sentence gives a number for it and one for a known dataset", "", 3.6, ("3% on ImageNet and 4% on {FooBar}",)),
    Rule("datasets.row_other", "a sentence gives a number for it and one for a known model, method or task", "", -1.3, ("3% with Qwen2.5 and 4% with {FooBar}",)),
    Rule("datasets.abbreviated", "a long name with its abbreviation", "", -0.7, ("we use {Foo Bar Gift} (FBG)",)),
    Rule("datasets.abbreviated_dataset", "a long name that ends in what a dataset is, with its abbreviation", "", 5.3, ("we use {Foo Bar Benchmark} (FBB)",)),
    Rule("datasets.abbreviated_words", "an abbreviation of ordinary words", "", -2.6, ("by {visual grounding} (VG)",)),
    Rule("datasets.abbreviated_method", "a long name that ends in what a method or task is, with its abbreviation", "", -2.1, ("we use {Foo Bar Distillation} (FBD)",)),
    Rule("datasets.list_other", "another name of its list is a known model, method or task", "", -2.1, ("of Qwen2.5 and {FooBar}",)),
    # what the name looks like
    Rule("datasets.lexicon", "a known dataset", "n=DATASET_NAME", 1.7, ("the {ImageNet} images",)),
    Rule("datasets.lexicon_word", "a known dataset whose name is also a word", "n=WORD_DATASET_NAME", -0.6, ("the {MATH} problems",)),
    Rule("datasets.shape_bench", "-Bench, -QA, -Eval, -Gym", "n=SHAPE_BENCH", -0.1, ("the {FooBench} images",)),
    Rule("datasets.named_bench", "Something-Bench", "", 3.1, ("the {FooBench} images",)),
    Rule("datasets.shape_variant", "a known dataset with something before or after it", "n=SHAPE_VARIANT", 0.2, ("the {ImageNet-Foo} images",)),
    Rule("datasets.shape_data", "-100K, -Corpus, -Dataset, a year", "n=SHAPE_DATA", -0.3, ("the {Foo-100K} images",)),
    Rule("datasets.shape_model", "-Net, -LM, -Former", "n=SHAPE_MODEL", -3.5, ("the {FooNet} images",)),
    Rule("datasets.shape_sized", "-7B", "n=SHAPE_SIZED", -3.5, ("the {Foo-7B} images",)),
    Rule("datasets.shape_acronym", "capitals", "n=SHAPE_ACRONYM", -2.7, ("the {FOO} images",)),
    Rule("datasets.shape_camel", "capitals inside", "n=SHAPE_CAMEL", -2.7, ("the {FooBar} images",)),
    Rule("datasets.shape_proper", "an unusual capitalised word", "n=SHAPE_PROPER", -3.4, ("the {Zorbo} images",)),
    Rule("datasets.shape_words", "capitalised words", "n=SHAPE_WORDS", -3.5, ("the {Open Plan Ahead} images",)),
    Rule("datasets.model", "a known model", "n=MODEL_NAME", -2.4, ("the {Qwen2.5} images",)),
    Rule("datasets.method", "a known method", "n=METHOD_NAME", -3.1, ("the {LoRA} images",)),
    Rule("datasets.task", "a known task or term", "n=TASK_NAME", -2.6, ("the {VQA} images",)),
    Rule("datasets.platform", "a known platform", "n=PLATFORM_NAME", -0.9, ("the {GitHub} images",)),
    Rule("datasets.term", "a language, a month, a person of mathematics", "n=TERM_NAME", -2.6, ("the {English} images",)),
    Rule("datasets.hardware", "a known device", "n=HARDWARE_NAME", -2.8, ("the {A100} images",)),
    # what the paper says it is
    Rule("datasets.noun_after", "X dataset", "n=NAME ( CLOSE|QUOTE|HYPHEN ){0,1} DATASET_NOUN", 1.7, ("on {FooBar} dataset", "on {FooBar} benchmarks")),
    Rule("datasets.noun_after_one", "X benchmark, not X benchmarks", "n=NAME ( CLOSE|QUOTE|HYPHEN ){0,1} dataset|benchmark|corpus|testbed|testset|subset|treebank", 1.6, ("with {FooBar} benchmark",)),
    Rule("datasets.noun_after_det", "a new X benchmark", "DET W{1,2} n=NAME ( CLOSE|QUOTE|HYPHEN ){0,1} dataset|benchmark|corpus|testbed|testset|subset|treebank", -0.8, ("with the companion {FooBar} benchmark",)),
    Rule("datasets.noun_after_the", "the X dataset", "the|our n=NAME ( CLOSE|QUOTE|HYPHEN ){0,1} dataset|benchmark|corpus|testbed|testset|subset|treebank", 1.4, ("on the {FooBar} dataset", "the {FooBar} benchmark")),
    Rule("datasets.noun_after_plural", "X datasets: more often a task or a kind of data", "n=NAME ( CLOSE|QUOTE|HYPHEN ){0,1} datasets|benchmarks|corpora|testbeds", -3.1, ("existing {FOO} datasets",)),
    Rule("datasets.noun_after_list", "X and Y datasets", "NAME ( COMMA|AND ){1,2} n=NAME ( CLOSE|QUOTE ){0,1} datasets|benchmarks|corpora|testbeds", 4.8, ("on Barfoo and {FooBar} datasets",)),
    Rule("datasets.noun_after_far", "X question answering dataset", "n=NAME CLOSE? W ( W|NAME|HYPHEN ){0,2} DATASET_NOUN", 0.5, ("on the {FooBar} image captioning dataset",)),
    Rule("datasets.noun_after_far_the", "the X question answering dataset", "the|our n=NAME ( W|HYPHEN ){1,4} dataset|benchmark|corpus|testbed|testset", 2.0, ("on the {FooBar} image captioning dataset",)),
    Rule("datasets.noun_after_bracket", "X (ABC) dataset", "n=NAME OPEN NAME CLOSE W{0,2} DATASET_NOUN", -0.1, ("the {FooBar Fields} (FBF) dataset",)),
    Rule("datasets.set_after", "X suite, X test set, X environment", "n=NAME W{0,1} SET_NOUN", -0.2, ("on the {FooBar} suite", "the {FooBar} test set")),
    Rule("datasets.suite_after", "X suite, X challenge", "n=NAME ( CLOSE|QUOTE|W ){0,1} suite|challenge|leaderboard|competition|database|collection|exam|testset|split|splits|archive|survey|repository|shared", 3.1, ("on the {FooBar} suite", "the {FooBar} evaluation suite")),
    Rule("datasets.term_noun", "the English dataset", "n=TERM_NAME DATASET_NOUN", -1.1, ("on the {English} dataset",)),
    Rule("datasets.on_list_plural", "on X and Y benchmarks", "on|across|over|in|using DET? W{0,2} ( NAME COMMA|AND ){0,5} n=NAME ( ( COMMA|AND ){1,2} NAME ){0,5} W{0,1} datasets|benchmarks|corpora", -1.3, ("experiments on {FooBar} and BarFoo benchmarks",)),
    Rule("datasets.list_plural", "a X and a Y datasets", "n=NAME AND W{1,2} NAME W{0,1} datasets|benchmarks|corpora", 1.5, ("the synthetic {FooBar} and real-world BarFoo datasets",)),
    Rule("datasets.list_plural_last", "a X and a Y datasets, the second", "NAME AND W{1,2} n=NAME W{0,1} datasets|benchmarks|corpora", 1.5, ("the synthetic FooBar and real-world {BarFoo} datasets",)),
    Rule("datasets.plural_before", "the datasets X and Y", "datasets|benchmarks|corpora ( COMMA|COLON|OPEN|SUCH_AS|CALLED|DASH|such|as ){0,3} n=NAME ( COMMA|AND ){1,2} NAME", 0.6, ("the datasets {FooBar} and BarFoo",)),
    Rule("datasets.introduce_far", "we introduce X, which may be called the first benchmark", "INTRODUCE ( DET|QUOTE ){0,1} n=NAME ( OPEN ( NAME|W|AND|HYPHEN ){1,6} CLOSE )? CLOSE? COMMA|COLON|DASH|OPEN !END|METHOD_NOUN|MODEL_NOUN{0,16} DATASET_NOUN", 2.4, ("we introduce {FooBar}, to our knowledge the first event-based benchmark",)),
    Rule("datasets.noun_before", "dataset X", "DATASET_NOUN ( CALLED|QUOTE|HYPHEN|we|call ){0,3} n=NAME", 4.3, ("the benchmark {FooBar}", "a dataset called {FooBar}"), ("on four benchmarks, FooBar wins",)),
    Rule("datasets.noun_comma", "dataset, X,", "DATASET_NOUN ( COMMA CALLED? | DASH ) QUOTE? n=NAME COMMA|OPEN|CLOSE|QUOTE|AND|DASH|END", 3.9, ("a new dataset, {FooBar}, for", "a new dataset, {FooBar}."), ("on four datasets, FooBar wins",)),
    Rule("datasets.noun_comma_subject", "dataset, X does: a frame and a subject", "DATASET_NOUN ( OPEN NAME CLOSE )? COMMA n=NAME !COMMA|OPEN|CLOSE|QUOTE|AND|DASH|END", 0.1, ("on four benchmarks, {FooBar} wins",)),
    Rule("datasets.noun_colon", "datasets: X, datasets (X", "DATASET_NOUN COLON|OPEN ( SUCH_AS|QUANTITY|CALLED ){0,1} DET? n=NAME", 4.6, ("three benchmarks ({FooBar}, BarFoo)", "two datasets: {FooBar}")),
    Rule("datasets.named", "a dataset of things, named X", "DATASET_NOUN !END|DATASET_NOUN|METHOD_NOUN|MODEL_NOUN{1,9} CALLED ( QUOTE|COLON|COMMA ){0,1} n=NAME", 2.8, ("the first fairness dataset for medical segmentation named {Foo-FairSeg}",)),
    Rule("datasets.noun_before_one", "a new benchmark X", "DET|NEW ( W|HYPHEN|QUANTITY|NAME ){0,6} dataset|benchmark|corpus|testbed|suite ( COMMA|COLON|CALLED|OPEN|QUOTE|DASH ){0,2} n=NAME", 0.2, ("propose a new benchmark {FooBar} for",)),
    Rule("datasets.noun_such_as", "datasets such as X", "DATASET_NOUN ( COMMA|OPEN|DASH ){0,1} ( SUCH_AS|such|as ){1,2} ( COMMA|COLON|DET ){0,1} n=NAME", 0.9, ("datasets such as {FooBar}", "benchmarks, including {FooBar}")),
    Rule("datasets.plural_such_as", "benchmarks such as X", "datasets|benchmarks|corpora|leaderboards|simulators|suites ( COMMA|OPEN|DASH ){0,1} ( SUCH_AS|such|as|like ){1,2} ( COMMA|COLON|DET ){0,1} n=NAME", 1.5, ("benchmarks, including {FooBar}",)),
    Rule("datasets.apposition", "X, a benchmark for", f"n=NAME ( OPEN ( NAME|W|AND|HYPHEN ){{1,6}} CLOSE )? CLOSE? COMMA|OPEN|COLON|DASH|HYPHEN DET ( {THE}|AND|COMMA|NAME|QUANTITY|HYPHEN|ADVERB|MEASURE ){{0,14}} DATASET_NOUN", 3.4, ("we present {FooBar}, a large-scale benchmark for",)),
    Rule("datasets.apposition_bare", "X a novel benchmark", "n=NAME a|an W{0,3} DATASET_NOUN", 1.5, ("we introduce {FooBar} a novel benchmark",)),
    Rule("datasets.apposition_plural", "X and Y, two new datasets", "n=NAME ( ( AND|COMMA ){1,2} NAME ){0,3} COMMA|DASH|COLON|OPEN DET|QUANTITY|NEW|both|two|three|four|five ( W|QUANTITY|HYPHEN|COMMA ){0,5} datasets|benchmarks|corpora|testbeds", 4.0, ("we introduce {FooBar} and BarFoo, two innovative datasets",)),
    Rule("datasets.apposition_evaluation", "X, an evaluation framework", "n=NAME ( OPEN ( NAME|W|AND|HYPHEN ){1,6} CLOSE )? CLOSE? COMMA|OPEN|COLON|DASH a|an|the ( W|HYPHEN ){0,4} evaluation|evaluating|benchmarking|assessment|diagnostic|testing ( W ){0,1} framework|protocol|harness|platform|system|pipeline", 2.7, ("we propose {FooBar}, an evaluation framework",)),
    Rule("datasets.apposition_to_evaluate", "X, a framework for evaluating", "n=NAME ( OPEN ( NAME|W|AND|HYPHEN ){1,6} CLOSE )? CLOSE? COMMA|OPEN|COLON|DASH a|an|the ( W|HYPHEN ){0,4} METHOD_NOUN for|to ( ADVERB ){0,1} evaluating|evaluate|assessing|assess|benchmarking|measuring|measure|testing|test|probing", 4.2, ("we present {FooBar}, a framework for evaluating it",)),
    Rule("datasets.namesake", "a name that shares its beginning or its end with a dataset of the paper", "", 1.2, ("the FooBench has {FooBench-Hard} in it",)),
    Rule("datasets.apposition_set", "X, a suite of", "n=NAME ( OPEN ( NAME|W|AND|HYPHEN ){1,6} CLOSE )? COMMA|OPEN|COLON|DASH DET !END|METHOD_NOUN|MODEL_NOUN|PREPOSITION|BE|OPEN|CLOSE|SEMICOLON|SIGN|PRONOUN|RELATIVE{0,12} suite|collection|environment|testbed|testset|simulator|database|challenge|leaderboard|arena|repository|exam", 4.0, ("we present {FooBar}, an evaluation suite of",)),
    Rule("datasets.apposition_method", "X, a method for", f"n=NAME ( OPEN ( NAME|W|AND|HYPHEN ){{1,6}} CLOSE )? CLOSE? COMMA|OPEN|COLON|DASH a|an|the|another ( {THE}|AND|COMMA|NAME|QUANTITY|HYPHEN|ADVERB|MEASURE ){{0,10}} METHOD_NOUN|MODEL_NOUN !DATASET_NOUN|SET_NOUN", -2.5, ("we present {FooBar}, a novel framework for",), ("we present {FooBar}, an agent benchmark for",)),
    Rule("datasets.apposition_models", "X, a suite of models", "n=NAME ( OPEN NAME CLOSE )? COMMA|OPEN|COLON|DASH|BE DET W{0,4} suite|family|series|collection|set|range|class of ( W|ADVERB|HYPHEN ){0,6} MODEL_NOUN|METHOD_NOUN", -0.8, ("we present {FooBar}, a suite of open transformers",)),
    Rule("datasets.is_a", "X is a benchmark", f"n=NAME BE DET ( {THE}|AND|COMMA|ADVERB ){{0,8}} DATASET_NOUN", 3.2, ("{FooBar} is the first benchmark",)),
    Rule("datasets.is_method", "X is a method", f"n=NAME BE DET ( {THE}|AND|COMMA|ADVERB ){{0,8}} METHOD_NOUN|MODEL_NOUN !DATASET_NOUN|SET_NOUN", -2.4, ("{FooBar} is a framework for",)),
    Rule("datasets.method_after", "X method, X model", "n=NAME ( CLOSE|QUOTE|HYPHEN ){0,1} METHOD_NOUN|MODEL_NOUN !DATASET_NOUN|SET_NOUN", -3.8, ("the {FooBar} framework for", "{FooBar} model in")),
    Rule("datasets.method_after_far", "X routing method", "n=NAME ( W|HYPHEN ) METHOD_NOUN|MODEL_NOUN", -1.1, ("the {FooBar} routing method",)),
    Rule("datasets.method_before", "method X, called X", "METHOD_NOUN|MODEL_NOUN ( COMMA|COLON|CALLED|OPEN|QUOTE|DASH|HYPHEN ){0,2} n=NAME", -2.0, ("our framework, {FooBar},", "models {FooBar}")),
    Rule("datasets.method_list", "models such as X", "METHOD_NOUN|MODEL_NOUN ( COMMA|COLON|OPEN|SUCH_AS|such|as|i.e.|e.g. ){1,4} n=NAME", -0.8, ("models such as {FooBar}, BarFoo",)),
    # what the paper does with it
    Rule("datasets.introduce", "we introduce X", "INTRODUCE ( DET|QUOTE|COLON ){0,1} n=NAME", 0.3, ("we introduce {FooBar}",)),
    Rule("datasets.introduce_benchmark", "introduce a new benchmark, X", f"INTRODUCE ( {THE}|AND|COMMA|ADVERB|PREPOSITION|NAME|QUANTITY|HYPHEN ){{1,14}} DATASET_NOUN ( {THE}|PREPOSITION|COMMA|CALLED|COLON|DASH|OPEN|RELATIVE|we|call ){{1,10}} n=NAME", 1.4, ("we introduce a new benchmark for reasoning called {FooBar}",)),
    Rule("datasets.frame", "On X, we", "END|START|COMMA on|in|for DET? n=NAME ( OPEN NAME CLOSE )? COMMA|it|we|our|the", 1.6, (". On {FooBar}, it gets", ". On {FooBar} it gets")),
    Rule("datasets.on", "on X", "on DET? W{0,1} n=NAME", 1.3, ("results on {FooBar}", "on the challenging {FooBar}")),
    Rule("datasets.evaluate_on", "evaluated on X", f"EVALUATE ( W|DET|PREPOSITION|AND|COMMA|NAME|MEASURE|QUANTITY|DATASET_NOUN|COLON|OPEN|CLOSE|SUCH_AS ){{0,10}} on|across|over|using ( {LIST}|DET|QUANTITY|DATASET_NOUN|COLON|SUCH_AS ){{0,10}} n=NAME", 0.4, ("experiments on {FooBar}",)),
    Rule("datasets.experiments_on", "experiments on X", "experiments|experiment|evaluations|evaluation|results|ablations|ablation|studies|tests|tested|evaluated|evaluate|evaluating|validated|validation|benchmarked|assessed ( W|results|AND ){0,2} on|across|over DET? ( W|ADVERB ){0,1} n=NAME", 0.9, ("experimental results on {FooBar} show", "evaluated on the challenging {FooBar}")),
    Rule("datasets.on_list", "on X and Y", "on|across DET? n=NAME ( COMMA|AND|SLASH ){1,2} NAME", 0.3, ("gains on {FooBar} and BarFoo",)),
    Rule("datasets.train_on", "trained on X", "TRAIN ( W|MODEL_NAME|DET ){0,2} on ( DET|W|NAME|COMMA|AND ){0,4} n=NAME", 1.3, ("pre-trained on {FooBar}",)),
    Rule("datasets.result_on", "90% on X", "PERCENT|DECIMAL|POINTS|INTEGER|MEASURE|FACTOR|DECIBEL ( W|MEASURE|OPEN|CLOSE|AND|PREPOSITION ){0,3} on ( DET|W|NAME|COMMA|AND ){0,3} n=NAME", 0.5, ("achieves 90.1% accuracy on {FooBar}",)),
    Rule("datasets.result_on_near", "90% on X, directly", "PERCENT|DECIMAL|POINTS|DECIBEL ( MEASURE|GAIN|W ){0,1} on DET? n=NAME", 2.1, ("achieves 90.1% on {FooBar}",)),
    Rule("datasets.result_bracket", "X (90%)", "n=NAME OPEN ( W|MEASURE|SIGN|PLUS ){0,2} PERCENT|DECIMAL|POINTS", 0.6, ("on {FooBar} (90.1%)",)),
    Rule("datasets.result_before", "90% X accuracy", "PERCENT|DECIMAL ( W|MEASURE ){0,1} n=NAME ( W|MEASURE ){0,1}", 0.9, ("gives 65.3% {FooBar}",)),
    Rule("datasets.measure_after", "X accuracy", "n=NAME MEASURE|METRIC_HEAD", 0.7, ("the {FooBar} accuracy",)),
    Rule("datasets.known_score", "the score of a known dataset", "n=DATASET_NAME|SHAPE_BENCH score|scores", 3.5, ("an {MMLU} score of 74.8",)),
    Rule("datasets.from", "drawn from X", "EXTEND|sourced|collected|taken|images|data|samples|questions|videos|problems|papers|subset|sampled|articles|text from|of|on DET? n=NAME", 1.3, ("images from {FooBar}", "built on {FooBar}")),
    Rule("datasets.contains", "X contains, X comprises", "n=NAME ( CLOSE|ADVERB|COMMA|RELATIVE ){0,2} CONTAINS", 2.1, ("{FooBar} comprises questions", "{FooBar} contains")),
    Rule("datasets.items", "X problems, X questions, X images", "n=NAME ( W|HYPHEN ){0,1} COUNTED|tasks|split|splits|leaderboard", -0.3, ("on {FooBar} questions",)),
    Rule("datasets.platform_items", "posts of a platform", "n=PLATFORM_NAME W{0,1} COUNTED|DATASET_NOUN|data|corpus", -0.6, ("on {GitHub} issues",)),
    Rule("datasets.such_as", "such as X, including X", "SUCH_AS|as COLON? n=NAME", -0.2, ("including {FooBar}",)),
    Rule("datasets.in_list_model", "in a list with a known model", "MODEL_NAME|METHOD_NAME|TASK_NAME|SHAPE_SIZED ( COMMA|AND|SLASH ){1,2} n=NAME", -0.7, ("of Qwen2.5 and {FooBar}",)),
    Rule("datasets.in_list_model_after", "in a list before a known model", "n=NAME ( COMMA|AND|SLASH ){1,2} MODEL_NAME|METHOD_NAME|TASK_NAME|SHAPE_SIZED", -0.2, ("of {FooBar} and Qwen2.5",)),
    Rule("datasets.title_noun", "X: A Benchmark for", f"START n=NAME OPEN? W? COLON|DASH ( {THE}|AND|COMMA|NAME|PREPOSITION|HYPHEN|MEASURE|ADVERB|EVALUATE|INTRODUCE ){{0,14}} DATASET_NOUN", 3.1, ("{FooBar}: A Large-Scale Benchmark for Things",)),
    Rule("datasets.title", "X: in a title", "START n=NAME OPEN? COLON", -0.1, ("{FooBar}: Doing Things",)),
    Rule("datasets.title_benchmarking", "X: Benchmarking, X: Evaluating", "START n=NAME COLON benchmarking|evaluating|assessing|measuring|testing|can|do|are|how", 0.6, ("{FooBar}: Benchmarking Things",)),
    # what speaks for a method or a model
    Rule("datasets.subject", "X outperforms, X improves", "!on|across|over|AND n=NAME ( ADVERB|CLOSE|AUXILIARY|COMMA ){0,2} EXCEED|IMPROVE|REDUCE|ACHIEVE|ENABLE|ACCELERATE|leverages|uses|employs|integrates|learns|combines|generates|introduces|incorporates|adopts|utilizes|operates|exploits|generalizes|optimizes|extends|addresses|applies|performs|builds|decouples|treats|transforms|consistently|trains|aligns|adapts|converts|decomposes|dynamically", -0.7, ("{FooBar} consistently outperforms others", "{FooBar} leverages")),
    Rule("datasets.of_method", "effectiveness of X", "effectiveness|superiority|performance|advantages|benefits|efficacy|potential|robustness|generality|capabilities|capability|ability of DET? n=NAME", -1.3, ("the effectiveness of {FooBar}",)),
    Rule("datasets.with_method", "with X, using X, by X", "with|using|via|by|through|applying|use|called|adopting|employing|integrating n=NAME", -0.3, ("trained with {FooBar}", "using {FooBar}")),
    Rule("datasets.than", "than X, over X, against X", "than|over|against|outperforming|outperforms|surpassing|surpasses|exceeding|vs. DET? n=NAME", -0.2, ("better than {FooBar}",)),
    Rule("datasets.agent", "X's", "n=NAME POSSESSIVE", 0.3, ("{FooBar}'s design",)),
    Rule("datasets.based", "X-based", "n=NAME HYPHEN based|trained|style|like|guided|generated|powered|driven|enhanced|augmented", -0.2, ("a {FooBar}-based one",)),
    Rule("datasets.bracket_lower", "lower-case words (X)", "W OPEN n=NAME CLOSE", -1.5, ("generative flow ({GFN})",)),
    Rule("datasets.bracket_method", "method noun (X)", "METHOD_NOUN|MODEL_NOUN|TASK_NOUN OPEN n=NAME CLOSE", 0.3, ("a policy network ({PN})",)),
    Rule("datasets.bracket_dataset", "dataset noun (X)", "DATASET_NOUN|SET_NOUN OPEN n=NAME CLOSE", 2.6, ("a new image dataset ({FID2K})",)),
    Rule("datasets.task_after", "X task", "n=NAME TASK_NOUN", 1.3, ("the {FooBar} task",)),
    Rule("datasets.person", "X et al.", "n=NAME ( AND NAME )? ET_AL", -2.3, ("by {Zorbo} et al. it",)),
)

LINKS = (
    Rule("datasets:new.any", "any dataset", "n=DATASET", -2.4, ("on {MMLU}",)),
    Rule("datasets:new.known", "a dataset that is known already", "n=KNOWN", -2.5, ("on {MMLU}",)),
    Rule("datasets:new.verb", "we introduce X", "new=INTRODUCE ( DET|QUOTE|COLON|COMMA|AND|OTHER ){0,3} n=DATASET", 4.1, ("we [introduce] {FooBench}",)),
    Rule("datasets:new.list", "another name of its list is presented", "", 3.7, ()),
    Rule("datasets:new.of_title", "its name begins with the one that the title explains", "", 5.0, ()),
    Rule("datasets:new.called", "a benchmark called X", "DATASET_NOUN !END{0,6} new=CALLED COLON? n=DATASET", 2.0, ("an asset dataset [named] {FooBench}",)),
    Rule("datasets:new.plural", "two new benchmarks: X and Y", "new=new|novel|first !END{0,3} DATASET_NOUN|SET_NOUN ( COLON|DASH|OPEN|COMMA|SIGN ){1,2} ( DATASET|AND|COMMA|SLASH ){0,9} n=DATASET", 1.3, ("two [new] benchmarks: {FooBench} and BarBench",)),
    Rule("datasets:new.anywhere", "introduce ... X, with nothing that says what it is used on", "new=INTRODUCE !END|on|against|existing|over|from|using|than|outperforms{1,18} n=DATASET", 2.3, ("we [introduce] an agent with assets in {FooBench}",)),
    Rule("datasets:new.counts", "X (302 tasks", "n=DATASET OPEN new=QUANTITY W", -0.4, ("{FooBench} ([302] tasks)",)),
    Rule("datasets:new.by", "by X, which", "n=DATASET COMMA RELATIVE new=CONTAINS|measures|evaluates|tests", 2.8, ("{FooBench}, which [measures] it",)),
    Rule("datasets:new.built_on", "built upon X", "new=EXTEND|sourced|collected|taken|images|subset|sampled|translated|adapted from|of|on|upon DET? n=DATASET", -1.6, ("[built] on {FooBench}",)),
    Rule("datasets:new.trained", "trained on X", "new=TRAIN|pretrained on DET? ( W ){0,1} n=DATASET", 2.2, ("[trained] on {FooBench}",)),
    Rule("datasets:new.noun", "introduce a new benchmark, X", "new=INTRODUCE !END|on|against|existing{0,14} DATASET_NOUN ( COMMA|COLON|DASH|OPEN|CALLED|QUOTE|SIGN|i.e. ){0,3} n=DATASET", 2.7, ("we [introduce] a new benchmark, {FooBench}",)),
    Rule("datasets:new.is_first", "X, the first benchmark", "n=DATASET ( OPEN NAME CLOSE )? COMMA|BE|DASH|COLON|OPEN DET ( W|ADVERB|DET ){0,3} new=new|novel|first|large-scale|comprehensive|largest|challenging|DATASET_NOUN|suite|benchmark", 4.0, ("{FooBench}, a [new] benchmark",)),
    Rule("datasets:new.our", "our X, our benchmark X", "new=OUR ( W|DATASET_NOUN ){0,3} n=DATASET", 1.7, ("[our] {FooBench}", "[our] new benchmark {FooBench}")),
    Rule("datasets:new.our_noun", "our X dataset", "new=OUR ( W ){0,2} n=DATASET DATASET_NOUN", 2.3, ("[our] {FooBench} dataset",)),
    Rule("datasets:new.on_apposition", "on X, a challenging dataset", "new=on DET? n=DATASET COMMA a|an|the ( W|HYPHEN|COMMA ){0,5} DATASET_NOUN", -1.6, ("[on] {FooBench}, a challenging dataset",)),
    Rule("datasets:new.title", "X: A Benchmark for", "START n=DATASET ( OPEN NAME CLOSE )? new=COLON", 5.3, ("{FooBench}[:] A Benchmark",)),
    Rule("datasets:new.abbreviation", "introduce a long name (X)", "new=INTRODUCE ( DET|W|ADVERB|QUOTE ){0,3} NAME OPEN n=DATASET CLOSE", 1.4, ("we [introduce] Value Conflict Dilemma Benchmark ({VCDBench})",)),
    Rule("datasets:new.release", "X is released, X will be made public", "n=DATASET ( AND|NAME|COMMA|W|BE|AUXILIARY ){0,5} new=AVAILABLE", 0.3, ("{FooBench} is fully [available]",)),
    Rule("datasets:new.contains", "X comprises", "n=DATASET ADVERB? new=CONTAINS", 1.0, ("{FooBench} [comprises] questions",)),
    Rule("datasets:new.on", "on X", "new=on DET? n=DATASET", -0.8, ("results [on] {FooBench}",)),
    Rule("datasets:new.such_as", "such as X", "new=SUCH_AS|as n=DATASET", -1.9, ("benchmarks [including] {FooBench}",)),
    Rule("datasets:new.existing", "existing benchmarks", "new=existing|standard|popular|established|widely|public W{0,2} DATASET_NOUN ( SUCH_AS|COMMA|COLON|OPEN|such|as|DATASET|AND ){0,8} n=DATASET", -1.3, ("[existing] benchmarks such as {FooBench}",)),
)


def read(page: Page, evidence: Evidence) -> list[Record]:
    """Every mention of a name that is a dataset in this paper."""
    names = canonical_names(page, evidence)
    records = []
    for at, key in evidence.keys.items():
        if key in names:
            introduced = key in evidence.introduced
            mention = page.mentions[at]
            records.append(Record(mention.start, mention.end, evidence.datasets[key].rule, (names[key], introduced)))
            records.extend(siblings(page, at, introduced))
    return records


def canonical_names(page: Page, evidence: Evidence) -> dict[str, str]:
    """The usual name of each dataset of a paper, by key."""
    at_of: dict[str, list[int]] = {}
    for at, key in evidence.keys.items():
        if key in evidence.datasets:
            at_of.setdefault(key, []).append(at)
    return {key: _canonical(page, mentions, key in evidence.introduced, key) for key, mentions in at_of.items()}


def _canonical(page: Page, mentions: list[int], introduced: bool, key: str) -> str:
    """The usual name of a dataset: its abbreviation if the paper presents it under one, what the lexicon says, or the shortest."""
    short = min((page.mentions[at].text for at in mentions), key=len)
    if introduced and any(one == key for _, one in page.abbreviations):
        return short
    known = (page.mentions[at].canonical for at in mentions if page.mentions[at].canonical and "dataset" in _types(page, at))
    return next(known, short)


_NUMBERED = regex.compile(r"(?P<stem>.*?[A-Za-z])(?P<join>[ -]?)(?P<number>\d{2,4})(?P<rest>-LT|-C)?")
_SIBLING = regex.compile(r"(?:\s?/\s?|\s(?:and|&)\s|,\s(?:and\s)?)(?P<text>-?(?P<number>\d{2,4})(?P<rest>-LT|-C)?)(?![\w.%]|\s?(?:%|x\b|times|million|billion|-))")


def siblings(page: Page, at: int, introduced: bool) -> list[Record]:
    """Names that borrow their beginning from the one before: the 100 of "CIFAR-10/100", the 2025 of "AIME 2024/2025"."""
    mention = page.mentions[at]
    named = _NUMBERED.fullmatch(mention.text)
    records: list[Record] = []
    end = mention.end
    while named is not None and (found := _SIBLING.match(page.words.view, end)) is not None:
        glued = found[0].startswith("/") or found["text"].startswith("-")
        years = named["number"][:2] in ("19", "20") and len(named["number"]) == 4 == len(found["number"])
        if not (glued or years):
            break
        name = f"{named['stem']}{named['join']}{found['number']}{found['rest'] or named['rest'] or ''}"
        known = [entry.canonical for entry in lexicons.names().ends(lexicons.key(name)) if entry.type == "dataset"]
        records.append(Record(found.start("text"), found.end("text"), "datasets.sibling", (known[0] if known else name, introduced)))
        end = found.end()
    return records


def _types(page: Page, at: int) -> set[str]:
    return {name.removeprefix("word_") for name in page.mentions[at].types}
