# Every target makes what it needs: a virtual environment with the locked packages, and nothing outside this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test dictionary lint corpus-report lock clean

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

## dictionary: renew data/README.md from the models
dictionary: $(READY)
	$(BIN)/python -m publish.dictionary

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

## lock: renew requirements.lock from pyproject.toml (needs uv)
lock:
	uv pip compile --generate-hashes --universal --no-emit-index-url --no-header --quiet --extra dev --extra fast pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist
