# What a newcomer types. `make demo` to look around, `make test` to prove it works.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
TESTED := $(VENV)/.installed-test

.PHONY: help demo demo-reset test check lint types imports bench faults years pictures clean
.DEFAULT_GOAL := help

help:
	@echo "make demo        the web workspace on http://127.0.0.1:3978, with a fictional organisation"
	@echo "make demo-reset  the same, starting clean"
	@echo "make test        all tests (installs what they need, a browser included)"
	@echo "make check       lint, types and import rules, then make test: what CI runs"
	@echo "make faults      kill the running programs 200 times, over a Slack and a Teams that misbehave"
	@echo "make years       ten years of the diploma for 2,000 people beside a paper calendar (hours)"
	@echo "make bench       speed, memory and quality, each beside a peer"

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Prompt Club needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Installing; the first time this takes a minute or two."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --upgrade "pip>=25.1"
	@PYTHONWARNINGS=ignore $(BIN)/pip install --quiet -e .
	@touch $@

$(TESTED): $(STAMP)
	$(BIN)/pip install --quiet --group test
	@touch $@

demo: $(STAMP)
	@$(BIN)/prompt-club demo

demo-reset: $(STAMP)
	@$(BIN)/prompt-club demo --reset

test: $(TESTED)
	@$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest -n 2

lint: $(TESTED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TESTED)
	$(BIN)/mypy

imports: $(TESTED)
	$(BIN)/lint-imports

check: lint types imports test

bench: $(TESTED)
	$(BIN)/python -m tests.benchmarks

pictures: $(TESTED)
	@$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.pictures
	$(BIN)/python -m tests.pictures_surveys

faults: $(TESTED)
	FAULTS_KILLS=200 $(BIN)/python -m pytest tests/faults -s

years: $(TESTED)
	DIPLOMA_PEOPLE=2000 DIPLOMA_DAYS=3650 $(BIN)/python -m pytest tests/conversations/test_diploma_years.py -s

clean:
	rm -rf $(VENV) var build dist *.egg-info
