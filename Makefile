# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test check test-pages test-postgres test-spark lock clean

demo: .venv/installed
	@$(BIN)/fullpicture demo --to build/demo

test: check
	@$(BIN)/python -m pytest --doctest-modules src tests

check: .venv/installed-dev
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check . && $(BIN)/mypy

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Full Picture needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml constraints.txt | .venv/bin/pip
	@echo "Installing (a minute, once)"
	@$(PIP) -e .
	@touch $@

.venv/installed-dev: pyproject.toml constraints.txt | .venv/bin/pip
	@echo "Installing with what the tests need (a minute, once)"
	@$(PIP) -e '.[dev]'
	@touch $@ .venv/installed

lock: .venv/installed-dev
	@$(BIN)/pip freeze --exclude-editable --disable-pip-version-check | grep -v '^WARNING' > constraints.txt

clean:
	rm -rf .venv build
