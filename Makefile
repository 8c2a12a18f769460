# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
PIP := $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test check test-pages test-postgres test-spark benchmarks nightly lock clean

demo: .venv/installed build/paper/installed
	@$(BIN)/fullpicture demo --to build/demo

test: check build/page-tools/installed build/paper/installed
	@$(BIN)/python -m pytest --doctest-modules src tests

test-pages: .venv/installed-dev build/page-tools/installed
	@$(BIN)/python -m pytest tests/pages

# What must be the same on every engine, on a PostgreSQL server of its own.
test-postgres: .venv/installed-dev
	@$(PIP) -e '.[postgres]'
	@FULLPICTURE_ENGINE=postgres scripts/with-postgres $(BIN)/python -m pytest tests/engines

# The same on Spark, which wants an older pandas and therefore an environment of its own.
test-spark: build/spark/installed
	@command -v java >/dev/null || \
		(echo "Installing Java (a minute, once)"; $(SUDO) apt-get -qq update && $(SUDO) apt-get -qq install -y default-jre-headless >/dev/null)
	@FULLPICTURE_ENGINE=spark build/spark/bin/python -m pytest -W ignore::ResourceWarning -W ignore::pytest.PytestUnraisableExceptionWarning tests/engines

build/spark/installed: pyproject.toml
	@echo "Installing Spark (a few minutes, once)"
	@$(PYTHON) -m venv build/spark
	@build/spark/bin/pip install --quiet --disable-pip-version-check -e '.[spark]' pytest
	@touch $@

# Ours and a peer's, in one run each; what they printed last is in docs/performance.md.
benchmarks: .venv/installed-dev
	@$(PIP) -e '.[bench]'
	@$(PIP) --no-deps bertopic plotly
	@for file in $(filter-out benchmarks/__init__.py benchmarks/measure.py,$(wildcard benchmarks/*.py)); do \
		echo "$$file"; $(BIN)/python -m $$(echo $${file%.py} | tr / .) || exit 1; done

# Everything at its newest version, on every engine.
nightly: clean
	@$(MAKE) test test-postgres test-spark PIP="$(BIN)/pip install --quiet --disable-pip-version-check --upgrade"
	@$(BIN)/python -m pytest --hypothesis-profile=nightly tests/disclosure/test_suppress.py

check: .venv/installed-dev
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check . && $(BIN)/mypy

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Full Picture needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml constraints.txt | .venv/bin/pip
	@echo "Installing (a minute, once)"
	@$(PIP) -e '.[report]'
	@touch $@

.venv/installed-dev: pyproject.toml constraints.txt | .venv/bin/pip
	@echo "Installing with what the tests need (a minute, once)"
	@$(PIP) -e '.[dev]'
	@touch $@ .venv/installed

# Debian's Chromium, and axe-core with a driver; only what is not there is installed, for a second Node.js breaks the first.
build/page-tools/installed: tests/pages/package.json
	@missing="$$(for tool in chromium node:nodejs npm; do command -v $${tool%:*} >/dev/null || echo $${tool#*:}; done)"; \
		test -z "$$missing" || (echo "Installing" $$missing "(a minute, once)"; \
		$(SUDO) apt-get -qq update && $(SUDO) apt-get -qq install -y $$missing >/dev/null)
	@mkdir -p build/page-tools && cp tests/pages/package.json build/page-tools/
	@cd build/page-tools && npm install --silent --no-audit --no-fund --no-package-lock
	@touch $@

# What PDFs of reports are set with, and their font; where they cannot be had there is no PDF, and a build says so.
build/paper/installed:
	@mkdir -p build/paper
	@(ldconfig -p | grep -q libpangoft2-1.0 && fc-list 2>/dev/null | grep -q Lato) || \
		(echo "Installing Pango and a font (a minute, once)"; $(SUDO) apt-get -qq update && \
		$(SUDO) apt-get -qq install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-lato >/dev/null) && \
		touch $@ || echo "There will be no PDF of reports."

# The newest versions of everything but Spark, as constraints.txt.
lock:
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/pip install --quiet --disable-pip-version-check -e '.[all,dev]'
	@build/lock/bin/pip freeze --exclude-editable --disable-pip-version-check > constraints.txt

clean:
	rm -rf .venv build
