# Shortcuts for a Debian machine; on Windows `python cli.py …` and `streamlit run app.py` do the same.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8501
DATA ?= data
BIN := .venv/bin
export POVERTY_DATA := $(DATA)
export PORT
# uv leaves it to the first process to compile a library for all later ones.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test static behaviour check pictures bench docs clean

help:  ## the targets of this file
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

run: .stamps/run $(DATA)/current.json  ## set up, build the demo province where there is no data yet, serve the dashboard, freeze the demo's past meetings meanwhile
	@$(BIN)/python -m commands.announce $(PORT) & \
	{ [ -f data-demo/demo.json ] && nice -n 19 $(BIN)/python cli.py freeze --from data-demo --data $(DATA); } > .stamps/freeze.log 2>&1 & \
	exec $(BIN)/streamlit run app.py --server.port $(PORT) --server.address 127.0.0.1 --server.headless true > .stamps/streamlit.log 2>&1

test: .stamps/test .stamps/chromium  ## set up and pass every check and test, browser included
	@$(MAKE) --no-print-directory --jobs 2 static behaviour

static:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

# One thread for each worker: frames of tests are small, and handing them over costs more than it saves.
behaviour:
	POLARS_MAX_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 3 --dist loadfile

check: .stamps/test  ## the fast checks only: format, lint, imports, types
	$(BIN)/ruff format .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

pictures: .stamps/test .stamps/chromium $(DATA)/current.json  ## screenshots of every page into docs/pictures
	$(BIN)/python -m bench.pictures
	$(BIN)/python -m bench.paper_pictures

bench: .stamps/test $(DATA)/current.json  ## measure: ratios against a floor in the same run
	$(BIN)/python -m bench.measure

docs: .stamps/test  ## write the generated pages of docs/ anew
	$(BIN)/python -m commands.dictionary

clean:  ## remove the environment and the demo data
	rm -rf .venv .stamps data-demo

$(DATA)/current.json: | .stamps/run
	$(BIN)/python cli.py demo --to data-demo
	$(BIN)/python cli.py build --from data-demo --data $(DATA)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed.'; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv .venv; \
	  else echo 'Install python3-venv, then run make again.'; exit 1; fi; }

.venv/bin/uv: | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 || echo 'uv cannot be installed: pip installs instead.'

# uv takes seconds where pip takes more than a minute; where uv cannot reach what pip is set up to reach, pip installs.
define install
$(BIN)/uv pip install --quiet --python $(BIN)/python -r $(1) || \
$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(1)
endef

.stamps/run: requirements.txt | .venv/bin/uv
	$(call install,requirements.txt)
	@mkdir -p .stamps && touch $@

.stamps/test: requirements-dev.txt .stamps/run
	$(call install,requirements-dev.txt)
	@touch $@

.stamps/chromium: | .stamps/run
	@command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium; \
	  else echo 'WARNING: chromium is not installed and apt needs root: browser tests will not be run.'; fi; }
	@mkdir -p .stamps && { ! command -v chromium >/dev/null || touch $@; }
