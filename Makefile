# Everything a fresh machine with Python >= 3.11 and make needs; `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench bench-page clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/installed ## set up and print on which policy SICORP stands
	$(BIN)/stigraph lineage SICORP

test: $(VENV)/developed ## set up and run the whole suite: style, types, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python scripts/format_data.py --check data/*/*.ttl
	$(BIN)/python scripts/write_command_reference.py --check
	$(BIN)/pytest -n $(JOBS)

format: $(VENV)/developed ## put code and data into their canonical form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python scripts/format_data.py data/*/*.ttl
	$(BIN)/python scripts/refresh_readme.py
	$(BIN)/python scripts/write_command_reference.py

bench: $(VENV)/developed ## measure the command line beside its peers
	$(BIN)/python benchmarks/cold_start.py

bench-page: $(VENV)/developed ## measure pages beside pyvis, gravis and ipysigma, in Chromium
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python benchmarks/page.py

clean: ## remove what was set up and built
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	$(BIN)/python -m compileall -q src
	touch $@

$(VENV)/developed: $(VENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@
