# Every target makes what it needs: a virtual environment with the locked packages, and nothing outside this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint lock clean

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

## lint: style and types
lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

## lock: renew requirements.lock from pyproject.toml (needs uv)
lock:
	uv pip compile --generate-hashes --universal --no-emit-index-url --no-header --quiet --extra dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist
