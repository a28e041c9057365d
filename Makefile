# Every target makes what it needs: a virtual environment with the locked packages, and nothing outside this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ECOSYSTEM := .venv-ecosystem
DUCKDB11 := .venv-duckdb11

.PHONY: run test test-ecosystem test-faults test-spark test-site site site-serve fuzz bench dictionary lint corpus-report lock clean

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

## run: build the tables from the seeds and answer one question
run: $(READY)
	$(BIN)/paperfacts build --out build
	$(BIN)/paperfacts query --data build --named largest_gains_with_code

## test: the tests
test: $(READY)
	$(BIN)/python -m pytest

## test-ecosystem: releases opened by other libraries, in environments of their own
test-ecosystem: $(ECOSYSTEM)/.ready $(DUCKDB11)/.ready
	DUCKDB11=$(abspath $(DUCKDB11))/bin/python HF_HOME=$(abspath $(ECOSYSTEM))/cache HF_HUB_OFFLINE=1 $(ECOSYSTEM)/bin/python -m pytest tests/ecosystem

$(ECOSYSTEM)/.ready: requirements-ecosystem.lock pyproject.toml
	$(PYTHON) -m venv $(ECOSYSTEM)
	$(ECOSYSTEM)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-ecosystem.lock
	$(ECOSYSTEM)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(DUCKDB11)/.ready: requirements-duckdb11.lock
	$(PYTHON) -m venv $(DUCKDB11)
	$(DUCKDB11)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-duckdb11.lock
	touch $@

## test-faults: what hurts: kills, full disks, hostile text, 40,000 papers in a run; LOAD=500000 for more. Prints what it did.
test-faults: $(READY)
	$(BIN)/python -m pytest tests/faults -s

## fuzz: SECONDS (60) of mutations and as many of atheris for each part that reads text; prints executions and findings
SECONDS := 60
fuzz: $(VENV)-fuzz/.ready
	$(VENV)-fuzz/bin/python -m tests.fuzzing --seconds $(SECONDS)
	for target in numeral repair numbers rules extraction show "read jsonl" "read json" "read csv" "read bibtex" "read listing" read; do \
		$(VENV)-fuzz/bin/python -m tests.fuzzing_by_coverage "$$target" $(SECONDS) || exit 1; done

## dictionary: renew data/README.md from the models
dictionary: $(READY)
	$(BIN)/python -m publish.dictionary

## test-spark: the tests on a Spark cluster of this machine (needs Java 17; takes some minutes)
test-spark: $(VENV)-spark/.ready
	$(VENV)-spark/bin/python -m pytest tests/spark

## site: the explorer of the newest release, in build/site (needs Node.js 20.19 or newer with npm)
site: $(READY)
	rm -rf build/site
	$(BIN)/paperfacts site --out build/site

## site-serve: the explorer at http://127.0.0.1:8000
site-serve: site
	$(BIN)/python -m http.server 8000 --bind 127.0.0.1 --directory build/site

## test-site: the explorer in headless Chromium (installed from Debian when it is missing); screenshots in build/site-test
CHROMIUM ?= /usr/bin/chromium
test-site: site
	@test -x $(CHROMIUM) || { [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core > /dev/null; } || { echo "no Chromium at $(CHROMIUM): as root, apt-get install chromium; or name another with CHROMIUM=/path make test-site"; exit 2; }
	rm -rf build/site-test
	$(BIN)/python -m tests.hostile build/site-test
	$(BIN)/paperfacts site build/site-test/data/0.1.0 --out build/site-test/hostile-site
	npm --prefix site run --silent check
	CHROMIUM=$(CHROMIUM) npm --prefix site run --silent test

## bench: speed beside pinned peers on CORPUS (a Parquet file), written to bench/README.md
bench: $(VENV)-bench/.ready
	@test -n "$(CORPUS)" || { echo "give a Parquet file with id, title, abstract: make bench CORPUS=papers.parquet"; exit 2; }
	$(VENV)-bench/bin/python -m bench.speed $(CORPUS)

# Heavy extras have virtual environments and lock files of their own.
$(VENV)-%/.ready: requirements-%.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)-$*
	$(VENV)-$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-$*.lock
	$(VENV)-$*/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

## lint: style and types
lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

## corpus-report: what the rules gain and lose on CORPUS (a Parquet file) against the last call; the first call only saves
corpus-report: $(READY)
	@test -n "$(CORPUS)" || { echo "give a Parquet file with id, title, abstract: make corpus-report CORPUS=papers.parquet"; exit 2; }
	@mkdir -p build
	@if [ -f build/corpus.parquet ]; then $(BIN)/python -m bench.corpus_report $(CORPUS) --against build/corpus.parquet > build/corpus-report.txt; grep '^##' build/corpus-report.txt; echo "the whole report: build/corpus-report.txt"; fi
	@$(BIN)/python -m bench.corpus_report $(CORPUS) --save build/corpus.parquet

## lock: renew the locks from pyproject.toml (needs uv)
LOCK := uv pip compile --generate-hashes --universal --no-emit-index-url --no-header --quiet
lock:
	$(LOCK) --extra dev pyproject.toml --output-file requirements.lock
	$(LOCK) --extra dev --extra ecosystem pyproject.toml --output-file requirements-ecosystem.lock
	$(LOCK) --extra dev --extra spark pyproject.toml --output-file requirements-spark.lock
	$(LOCK) --extra dev --extra bench pyproject.toml --output-file requirements-bench.lock
	$(LOCK) --extra dev --extra fuzz pyproject.toml --output-file requirements-fuzz.lock
	echo duckdb==1.1.3 | $(LOCK) --no-annotate - --output-file requirements-duckdb11.lock

clean:
	rm -rf $(VENV) $(ECOSYSTEM) $(DUCKDB11) $(VENV)-spark $(VENV)-bench $(VENV)-fuzz build dist site/node_modules
