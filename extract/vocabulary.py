"""Classes of words: what the rules mean by REDUCE, FASTER or DATASET_NOUN.

A word may be in several classes. Verbs are given by their base form and inflected here; nouns get their plural.
Words are looked up in lower case. What is in no class is known by its shape alone (`words.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

_DOUBLED = frozenset(["cut", "trim", "drop", "run", "get", "beat", "set", "let", "put", "net", "plan", "begin", "chop"])
_IRREGULAR = MappingProxyType(
    {
        "cut": "cut cuts cutting",
        "beat": "beat beats beating beaten",
        "get": "get gets got getting gotten",
        "give": "give gives gave given giving",
        "find": "find finds found finding",
        "show": "show shows showed shown showing",
        "see": "see sees saw seen seeing",
        "lead": "lead leads led leading",
        "build": "build builds built building",
        "fall": "fall falls fell fallen falling",
        "rise": "rise rises rose risen rising",
        "grow": "grow grows grew grown growing",
        "shrink": "shrink shrinks shrank shrunk shrunken shrinking",
        "run": "run runs ran running",
        "set": "set sets setting",
        "lose": "lose loses lost losing",
        "speed": "speed speeds sped speeding",
        "make": "make makes made making",
        "take": "take takes took taken taking",
        "hold": "hold holds held holding",
        "win": "win wins won winning",
        "do": "do does did done doing",
        "be": "be is are was were been being 's 're",
        "have": "have has had having 've",
        "bring": "bring brings brought bringing",
        "come": "come comes came coming",
        "keep": "keep keeps kept keeping",
        "go": "go goes went gone going",
        "hit": "hit hits hitting",
        "mean": "mean means meant meaning",
        "cost": "cost costs costing",
        "need": "need needs needed needing",
        "spend": "spend spends spent spending",
        "draw": "draw draws drew drawn drawing",
        "understand": "understand understands understood understanding",
        "feed": "feed feeds fed feeding",
        "overtake": "overtake overtakes overtook overtaken overtaking",
    }
)


def words(text: str) -> frozenset[str]:
    """The words of `text`, as they are."""
    return frozenset(text.split())


def verbs(text: str) -> frozenset[str]:
    """Every form of the verbs in `text`, which gives their base forms."""
    forms: set[str] = set()
    for base in text.split():
        if base in _IRREGULAR:
            forms.update(_IRREGULAR[base].split())
        elif base.endswith("e"):
            forms.update((base, base + "s", base + "d", base[:-1] + "ing"))
        elif base.endswith("y") and base[-2] not in "aeiou":
            forms.update((base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"))
        else:
            stem = base + base[-1] if base in _DOUBLED else base
            third = "es" if base.endswith(("s", "x", "z", "ch", "sh")) else "s"
            forms.update((base, base + third, stem + "ed", stem + "ing"))
    return frozenset(forms)


def nouns(text: str) -> frozenset[str]:
    """Singular and plural of the nouns in `text`."""
    forms: set[str] = set()
    for base in text.split():
        if base.endswith("y") and base[-2] not in "aeiou":
            plural = base[:-1] + "ies"
        elif base.endswith(("s", "x", "z", "ch", "sh")):
            plural = base + "es"
        else:
            plural = base + "s"
        forms.update((base, plural))
    return frozenset(forms)


# --- grammar -----------------------------------------------------------------------------------------------------

_GRAMMAR = {
    "DET": words(
        "a an the this that these those its their our his her my your each every both all any some no another such several many multiple various different certain"
    ),
    "ARTICLE": words("a an"),
    "OUR": words("our"),
    "WE": words("we i authors paper work study article report here"),
    "PRONOUN": words("we i it they he she you which who that this these one itself themselves"),
    "RELATIVE": words("that which who whose where when"),
    "AND": words("and or & and/or plus nor"),
    "PREPOSITION": words(
        "of in on for with at by from over under across through to via into within between among amongst against during per upon onto towards toward without than as versus vs despite throughout"
    ),
    "BE": verbs("be"),
    "HAVE": verbs("have"),
    "AUXILIARY": words("can could may might will would should must do does did cannot") | verbs("have") | verbs("be"),
    "NOT": words("not no never without n't neither"),
    "COMPARED": words("compared relative versus vs over against than compare comparison vs. respect"),
    "ONLY": words("only just merely mere alone"),
    "RESPECTIVELY": words("respectively"),
    "SUCH_AS": words("including include includes like namely e.g. e.g i.e. especially particularly notably"),
    "WHILE": words("while whereas but although though yet however whilst despite"),
    "USING": words("using with via by through use uses used utilizing leveraging based applying employing"),
}

# --- what is claimed ---------------------------------------------------------------------------------------------

_CHANGE = {
    "REDUCE": verbs(
        "reduce cut save decrease lower shrink lessen slash trim minimize minimise compress diminish curtail eliminate prune shorten skip discard decimate halve conserve lighten remove downsize"
    )
    | words("reducing cost-saving"),
    "REDUCED": words("reduced decreased lower fewer less smaller cheaper lighter shorter lesser saved saving"),
    "REDUCTION": nouns("reduction decrease saving decline shrinkage cut compression drop") | words("savings"),
    "IMPROVE": verbs(
        "increase improve boost enhance raise lift elevate advance augment amplify gain better uplift strengthen grow rise climb jump"
    )
    | words("up"),
    "GAIN": nouns(
        "gain improvement increase boost lift uplift advantage margin jump rise enhancement advance lead increment win gap difference advancement"
    ),
    "FALL": verbs("drop fall decline degrade decrease plummet deteriorate worsen collapse suffer lose plunge dip reduce"),
    "LOSS_NOUN": nouns("drop degradation decline decrease deterioration gap deficit penalty reduction loss"),
    "EXCEED": verbs("outperform exceed surpass beat outpace overtake outscore outstrip top lead trail underperform lag"),
    "ACHIEVE": verbs(
        "achieve reach attain obtain yield deliver get score hit produce report record realize realise demonstrate show exhibit post secure register give hold maintain retain preserve match recover rank set establish generate solve provide offer approach receive earn"
    )
    | words("averages averaged averaging"),
    "RETAIN": verbs("retain preserve maintain keep recover match"),
    "ACCELERATE": verbs("accelerate speed expedite quicken") | words("speedup speed-up speeds-up"),
    "REQUIRE": verbs("require use need consume cost take demand spend incur utilize utilise have"),
    "ENABLE": verbs("enable allow permit support provide offer bring make run"),
}

_COMPARATIVES = {
    "FASTER": words("faster quicker speedier quickly"),
    "SLOWER": words("slower longer"),
    "CHEAPER": words("cheaper inexpensive affordable"),
    "SMALLER": words("smaller lighter compact slimmer tinier"),
    "FEWER": words("fewer less lower shorter reduced lesser decreased"),
    "MORE": words("more higher greater extra additional increased better improved superior"),
    "BIGGER": words("larger bigger longer deeper wider heavier"),
    "BETTER": words("better higher greater superior stronger improved"),
    "WORSE": words("worse lower poorer weaker inferior"),
    "EFFICIENT": words(
        "efficient effective economical cost-effective cost-efficient energy-efficient token-efficient data-efficient parameter-efficient resource-efficient sample-efficient compute-efficient memory-efficient"
    ),
}

# --- resources: what a speedup is of -----------------------------------------------------------------------------

_RESOURCES = {
    "SPEED_NOUN": words(
        "latency latencies time times runtime runtimes run-time throughput throughputs speed speeds speedup speedups speed-up speed-ups speedup. acceleration accelerations accelerate wall-clock wallclock walltime duration delay delays tps fps seconds minutes convergence inference decoding generation prefill prefilling sampling rendering ttft qps tokens/s hours responsiveness turnaround time-to-first-token time-per-output-token tpot itl time-to-solution frame-rate framerate"
    )
    | words("training-time real-time overhead"),
    "COMPUTE_NOUN": words(
        "flops flop macs mac gflops tflops mflops pflops gmacs gmac bitops compute computation computations computational operations iterations iteration steps step epochs epoch evaluations nfe nfes multiplications complexity bops multiply-adds madds passes rounds ops forward"
    ),
    "MEMORY_NOUN": words(
        "memory storage vram hbm occupancy footprint kv-cache cache caches kv disk ram bandwidth-memory gpu-memory memory-usage bits activation activations"
    ),
    "PARAMETER_NOUN": words("parameters parameter params size sizes weights parameter-count"),
    "COMMUNICATION_NOUN": words("communication communications bandwidth traffic transmission uplink downlink messages bitrate bitrates"),
    "ENERGY_NOUN": words("energy power carbon emissions co2 electricity battery"),
    "COST_NOUN": words("cost costs costly money price prices expense expenses dollars budget budgets spending expenditure"),
    "DATA_NOUN": words(
        "samples sample labels label annotation annotations data tokens token queries query examples example demonstrations demonstration interactions episodes images trajectories calls labeled labelled supervision instances prompts preference feedback questions usage tiles length lengths traces responses chain-of-thought rollouts"
    ),
    "PROCESS": words(
        "inference decoding generation prefill prefilling sampling rendering convergence step iteration data parameter parameters"
    ),
    "COMPRESSION": words("compression compressed compress compresses compressing"),
    "EFFICIENCY": words("efficiency efficiencies efficiently"),
    "RESOURCES": words("resource resources overhead overheads footprint budget budgets usage requirements consumption demand demands"),
    "GPU_NOUN": words(
        "gpu gpus tpu tpus cpu cpus device devices accelerator accelerators chip chips npu npus gpu-hours cores nodes machines card cards"
    ),
}

# --- nouns that type a name or a number --------------------------------------------------------------------------

_NOUNS = {
    "DATASET_NOUN": words(
        "dataset datasets benchmark benchmarks corpus corpora testbed testbeds testset data-set data-sets sub-dataset sub-benchmark minibenchmark meta-benchmark treebank knowledgebase subset subsets testsuite"
    ),
    "SET_NOUN": words(
        "suite suites challenge challenges collection collections database databases leaderboard leaderboards environment environments split splits set sets competition competitions simulator simulators track testsets repository resource resources exam exams games game data platform platforms arena world worlds domain domains evaluation evaluations archive survey catalog catalogue series tasks task scenes videos images"
    ),
    "METHOD_NOUN": words(
        "method methods approach approaches framework frameworks algorithm algorithms architecture architectures system systems pipeline pipelines paradigm paradigms technique techniques strategy strategies module modules mechanism mechanisms library libraries toolkit toolkits tool tools engine engines recipe scheme schemes objective optimizer optimizers planner solver solvers procedure procedures formulation protocol layer layers regularizer sampler samplers tokenizer plugin plug-in package interface codebase infrastructure compiler operator operators kernel kernels attack attacks defense defenses workflow workflows metric metrics measure score index theory loss losses estimator adapter adapters reward variant variants family recipe controller scheduler middleware configuration configurations config setup setups"
    ),
    "MODEL_NOUN": words(
        "model models llm llms vlm vlms mllm mllms lvlm lvlms slm slms backbone backbones network networks checkpoint checkpoints baseline baselines transformer transformers encoder encoders decoder decoders agent agents policy policies generator generators detector detectors classifier classifiers learner learners tokenizers embedder reranker assistant assistants chatbot chatbots lm lms plm plms autoencoder autoencoders teacher student experts expert judge verifier retriever retrievers predictor u-net foundation vla vlas drafter drafters captioner captioners denoiser denoisers prover provers reasoner reasoners ranker rankers segmenter lvlm diffuser"
    ),
    "TASK_NOUN": words("task tasks problem problems setting settings capability capabilities reasoning"),
    "PARAMS": words("parameter parameters params param parameter-efficient weights"),
    "COUNTED": nouns(
        "word image video sample pair question sentence document people patient trajectory cell filter example instance clip frame conversation dialogue dialog utterance paper article query prompt annotation caption scene object shape molecule protein sequence record case problem participant user item review tweet post page website file repository function program demonstration episode interaction entry triple triplet story passage message recording speaker song point image-text text-image turn label note report scan slice subject individual person human student reader rater voxel pixel edge node row observation event volume slide book chunk response instruction answer sketch character sentence-pair expression fact statement claim relation entity term url link table figure chart formula equation proof theorem lemma issue commit pull-request bug snippet line source-code trace log photo photograph portrait face identity motion gesture video-clip segment minute track sound audio piece note signal spectrum spectra lightcurve galaxy star species plant tree animal crop building city region location tile patch view viewpoint camera-trajectory pose skeleton mesh asset model-output map game match move position mask box bounding-box keypoint polygon landmark comment annotation-pair judgment judgement rating preference comparison vote feedback submission applicant visit admission stay record lesion image-caption video-text image-question qa-pair question-answer transition rollout parallel-sentence webpage product outfit garment recipe dish meal session click transaction image-instruction image-label spectrogram graph structure material crystal compound reaction complex simulation solution run genome gene read base base-pair nucleotide peptide antibody residue atom contact transcript theorem trace subset edit conjecture candidate scenario spreadsheet presentation commit headline thread room mapping hypothesis instruction-response interview post-edit bug-report radiograph biopsy exam-question essay letter email blog forum thread podcast lecture film show trailer ad advertisement product-image chart-question test-case contract judgment verdict statute patent abstract citation reference study publication filing proposition distractor recording"
    )
    | words(
        "people data children men women samples humans tweets text texts speech footage audio subjects gb tb pb kb mb bytes byte utterances qa qas vqa trajectories trials stories spectra movies films multi-turn"
    ),
    "UNCOUNTED": nouns(
        "class category language task dataset benchmark model experiment annotator domain layer head expert gpu tpu step epoch iteration dimension baseline method seed run fold shot bit level stage type kind group family country metric attack agent skill tool api option choice hop way month year day week second millisecond round setting environment attribute modality relationship subtask topic field discipline institution center centre hospital site team university author contribution component module parameter rule criterion principle degree channel resolution server core node machine version subset split corpus robot actor player backbone llm vlm architecture application database variable feature factor"
    )
    | words("criteria corpora llms vlms mllms axes"),
    "CONTEXT_NOUN": words(
        "context contexts window windows sequence sequences length lengths context-length context-window input inputs long-context ctx generation-length sequence-length input-length output-length"
    ),
    "TOKEN": words("token tokens"),
    "LONG_TEXT": words(
        "context contexts long-context context-length context-window ctx window windows sequence sequences long-range long-sequence long-document long-form long-video needle niah kv-cache attention"
    ),
    "FRAME": words("frame frames"),
    "TIME_UNIT": words(
        "ms s sec seconds second minutes minute min hours hour h days day weeks week months month years year milliseconds millisecond us microseconds"
    ),
    "HOUR": words("hour hours hrs h"),
    "SETTING": words(
        "ratio ratios sparsity sparse pruning compression dropout masking masked mask retention quantile confidence interval ci threshold thresholds budget probability probabilities bit bits bit-width weight-only percentile noise level levels subset fraction portion proportion majority share missing corrupted contamination label-noise imbalance overlap significance variance"
    ),
    "OF_ALL": words("of"),
    "VERSION": words("version versions v1 v2 v3 v4 verified lite pro hard plus mini full dev test val validation train xl"),
    "SCALE": words("scale scales scaled size sizes sized range ranges level regime class budget"),
    "RANGING": words("ranging range ranges vary varying varied varies spanning span spans between scaling scale scaled covering sized"),
    "CONTEXT_VERB": verbs("extend extrapolate scale generalize support handle process expand"),
    "COUNT_VERB": verbs(
        "contain comprise include consist cover span feature collect annotate curate gather total encompass have provide release offer hold amount"
    ),
    "MONEY": words("usd dollars dollar cents eur euros euro $ € £ yuan rmb million-dollar"),
}

# --- verbs and nouns that say what a name does --------------------------------------------------------------------

_ROLES = {
    "METRIC_HEAD": nouns(
        "rate score index coefficient ratio metric rating percentage level value number frequency probability amount count degree"
    )
    | words("performance performances"),
    "TYPICAL": words(
        "average mean overall total relative absolute avg median final macro micro aggregate weighted respective corresponding state-of-the-art sota best higher lower high low good better improved new competitive strong"
    ),
    "INTRODUCE": verbs(
        "introduce present propose release construct build create develop curate collect contribute offer provide design publish assemble compile describe unveil launch establish synthesize annotate open-source opensource formulate formalize generate derive extend produce gather"
    )
    | words("new novel first"),
    "NEW": words(
        "new novel first large-scale comprehensive open challenging diverse largest high-quality large realistic standardized unified large-size holistic rigorous dedicated manually human-annotated open-source multilingual multimodal synthetic public publicly real-world"
    ),
    "EVALUATE": verbs(
        "evaluate test benchmark validate assess experiment conduct perform verify examine demonstrate show study analyze analyse report compare measure probe apply score"
    )
    | words(
        "experiments experiment evaluation evaluations results result performance performances accuracy tests ablations ablation comparisons benchmarking studies sota state-of-the-art scores assessments experimental empirical experimentally empirically validation"
    ),
    "TRAIN": verbs("train pretrain pre-train finetune fine-tune tune post-train midtrain mid-train instruction-tune fit optimize learn")
    | words(
        "training pretraining pre-training finetuning fine-tuning trained pretrained pre-trained learned sft finetuned fine-tuned post-trained pretraining"
    ),
    "CALLED": words("called named termed dubbed namely titled entitled denoted abbreviated coined nicknamed"),
    "CONTAINS": verbs("contain comprise consist include feature cover span encompass"),
    "EXTEND": verbs("extend derive build base adapt expand draw source"),
    "FROM": words("from"),
    "CODE_NOUN": words(
        "code codes codebase source implementation implementations repository repo repositories scripts software package library toolkit program programs toolbox"
    ),
    "PROJECT_NOUN": words(
        "project page webpage website site homepage demo demos video videos supplementary results samples visualizations visualization gallery blog demonstrations web-page project-page material materials information details"
    ),
    "WEIGHTS_NOUN": words("model models weights checkpoint checkpoints"),
    "DATA_LINK_NOUN": words("dataset datasets data benchmark benchmarks corpus annotations"),
    "DEMO_NOUN": words("demo demos demonstration playground"),
    "AVAILABLE": words(
        "available released accessible open-sourced opensourced open-source hosted found public publicly released visit see provided accessed downloaded shared published"
    ),
}

GRAMMAR = tuple(_GRAMMAR)
"""The classes of words that hold a sentence together; all other words are `W`."""

NUMBER_WORDS = words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty"
    " sixty hundred thousand million billion trillion twice half halves halved halving double doubles doubled doubling triple triples tripled tripling"
    " quadruple quadruples quadrupled quadrupling order orders third quarter tenth fifth one-third one-half one-quarter one-fifth one-tenth one-fourth"
    " two-thirds three-quarters twofold threefold fourfold fivefold sixfold sevenfold eightfold ninefold tenfold hundredfold thousandfold"
    " two-fold three-fold four-fold five-fold six-fold ten-fold twenty-fold order-of-magnitude orders-of-magnitude"
)
"""Words that can be part of a quantity (`quantities.py`)."""

CLASSES: MappingProxyType[str, frozenset[str]] = MappingProxyType(
    {**_GRAMMAR, **_CHANGE, **_COMPARATIVES, **_RESOURCES, **_NOUNS, **_ROLES}
)
"""Every class and its words, in lower case."""

ABBREVIATIONS = words(
    "gpu gpus tpu tpus cpu cpus npu npus flops flop macs mac gflops tflops kv vram ram llm llms vlm vlms mllm mllms lvlm lvlms slm slms lm lms"
    " ci cis gmac gmacs mflops pflops hbm tpot itl plm plms vla vlas nfe nfes bops ops ttft tps fps qps co2 qa qas usd gb tb"
)
"""Words of the classes that are written in capitals and name nothing."""


def kinds(literals: Iterable[str]) -> dict[str, frozenset[str]]:
    """Each known word with the set of its classes; a word that a rule names is a class of its own."""
    found: dict[str, set[str]] = {}
    for name, members in CLASSES.items():
        for word in members:
            found.setdefault(word, set()).add(name)
    for word in literals:
        found.setdefault(word, set()).add(word)
    return {word: frozenset(classes) for word, classes in found.items()}
