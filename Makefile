# The two commands of the README: `make run` opens kmtui, `make test` runs all that CI runs.
PYTHON ?= python3
BIN := .venv/bin
# Coverage is asked of these floors; counting lines while the screens are driven would take half as long again.
GATED := tests/model tests/flow tests/analysis tests/store tests/report tests/content tests/workspace
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test clean

run: .venv/.installed
	@$(BIN)/kmtui

test: .venv/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest -n 4 --dist worksteal --cov --cov-report= $(GATED)
	$(BIN)/python -m pytest -n 4 --dist worksteal $(addprefix --ignore=,$(GATED))
	$(BIN)/coverage report --fail-under=95 --include='kmtui/model/*,kmtui/flow/*,kmtui/analysis/*,kmtui/store/*,kmtui/report/*'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("kmtui needs Python 3.11 or newer; this is %d.%d. Say: make PYTHON=python3.12 run" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/.tested: .venv/.installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
