# `make site` builds the demo publication, `make test` runs every test; each sets up what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := site
.PHONY: site test lint golden checkers mutants bench building walk lock clean

site: $(VENV)/ready
	$(BIN)/publish build

test: $(VENV)/ready
	$(BIN)/python -m pytest --numprocesses 2

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Accepts the pages of tests/golden as the templates make them now; git diff shows what that means.
golden: $(VENV)/ready
	$(BIN)/python -m tests.golden

# What tests/browser/test_pages.py asks about the pages (needs npm); without them it is skipped.
checkers:
	npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund

# How many small changes to the cleaner its tests notice: a random sample, a quarter of an hour.
mutants: $(VENV)/ready
	$(BIN)/python -m benchmarks.mutation

# The cleaner beside others, on the labelled pages in LINES. The others: pip install --group bench
LINES ?= ../shared/lines
bench: $(VENV)/ready
	$(BIN)/python -m benchmarks.cleaning $(LINES)

# Builders side by side; `make building SIZES="10000 50000"` for the large ones, which take hours.
SIZES ?= 1000
building: $(VENV)/ready
	$(BIN)/python -m benchmarks.building --articles $(SIZES)

# Random steps, each compared with a clean build; an hour or more.
STEPS ?= 3000
walk: $(VENV)/ready
	$(BIN)/python -m tests.laws.walk --steps $(STEPS)

# Exact versions with their hashes, from the ranges in pyproject.toml (needs uv).
lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url \
		--group dev pyproject.toml --output-file requirements.txt

$(VENV)/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Publisher needs Python 3.11 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
