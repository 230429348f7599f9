# ArmsDB's commands. `make` or `make help` lists them; `make run` needs python3, make and nothing else.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
# The C library would give each thread a store of memory of its own, and keep what large columns of numbers leave behind:
# two stores for all threads, and pieces of a megabyte given back at once, take less; one store, or smaller pieces, is slower.
export MALLOC_ARENA_MAX ?= 2
export MALLOC_MMAP_THRESHOLD_ ?= 1000000
export MALLOC_TRIM_THRESHOLD_ ?= 1000000

VENV := .venv
PY := $(VENV)/bin/python
VAR := $(or $(ARMSDB_VAR),var)
PIP := $(PY) -m pip --disable-pip-version-check --quiet
# A stamp is an empty file that is as new as the last time its step was done; the step is done again when what it needs is newer.
RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp
STATIC := $(VAR)/static.stamp
STATIC_SOURCES := $(shell find static 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run dev seed test contract walks real outside fuzz test-postgres browser pictures lighthouse bench drills lint format check-all requirements sbom clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile
	@echo "Variables: HOST and PORT for run and dev, DATABASE_URL for all, ARGS for tests (as in: make test ARGS='-k dates'), N for bench and fuzz."

run: $(RUNTIME) $(STATIC) ## Serve the site on http://127.0.0.1:8000/, set up and filled at the first time
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py seed --if-empty
	@$(PY) serve.py $(PY) -m gunicorn armsdb.wsgi

dev: export ARMSDB_DEBUG := 1
dev: $(DEV) ## Serve the site for work on it: it reloads when a file changes, and shows what went wrong
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py seed --if-empty
	@$(PY) serve.py $(PY) manage.py runserver $(HOST):$(PORT)

seed: $(RUNTIME) ## Put every record of fixtures/ into the database, and mend the ones that differ
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py seed

test: $(DEV) ## Run the tests, on SQLite or on the database of DATABASE_URL
	@$(PY) -m pytest -n 2 $(ARGS)

contract: $(DEV) ## Ask a running site what the API promises: schemathesis, generated clients, recipes, limits
	@$(PY) -m pytest -m contract tests/contract $(ARGS)

walks: $(DEV) ## Run the tests that go to every address there is
	@$(PY) -m pytest -n 2 -m walk $(ARGS)

real: $(DEV) ## Run the tests on publishers' own files, which are in the folder that ARMSDB_REGISTERS names
	@$(PY) -m pytest -n 2 -m real tests/importers $(ARGS)

outside: export ARMSDB_OUTSIDE := $(VAR)/outside/bin/python
outside: $(DEV) ## Open our files with the programs that they are meant for, which are installed apart from ArmsDB
	@$(PYTHON) -m venv $(VAR)/outside
	@$(ARMSDB_OUTSIDE) -m pip --disable-pip-version-check --quiet install --require-hashes -r tests/outside/requirements.txt
	@$(ARMSDB_OUTSIDE) -m pip --disable-pip-version-check --quiet install --require-hashes -r tests/outside/followthemoney.txt \
		|| echo "FollowTheMoney cannot be built here: the test that needs it is skipped." >&2
	@$(PY) -m pytest -m outside tests/outside $(ARGS)

test-postgres: $(DEV) ## Run tests and walks on PostgreSQL: the machine's, else one started for them alone
	@.ci/with-postgres $(PY) -m pytest -n 2 -m "not browser and not real and not contract and not outside and not any_engine" $(ARGS)

browser: $(DEV) ## Run the tests that need a browser: Debian's Chromium, or the one that CHROMIUM names
	@.ci/with-chromium $(PY) -m pytest -m browser tests/browser $(ARGS)

fuzz: $(DEV) ## Try N inputs of parsers (1000000), and a tenth as many hostile questions to every page
	@FUZZ_INPUTS=$(or $(N),1000000) $(PY) -m pytest -n 2 tests/fuzz $(ARGS)
	@if $(PIP) install --require-hashes --only-binary :all: -r tests/fuzz/requirements.txt; then \
		$(PY) -m tests.fuzz.guided $(or $(N),1000000); \
	else \
		echo "Atheris cannot be had here: inputs were tried without it." >&2; \
	fi

pictures: $(DEV) ## Make the pictures of docs/img anew
	@.ci/with-chromium $(PY) -m tests.browser.make_pictures

lighthouse: $(DEV) ## Have Lighthouse look at the main pages, RUNS times each (5); needs Node.js 20 and npm
	@mkdir -p $(VAR)/lighthouse && cp tests/lighthouse/package.json tests/lighthouse/package-lock.json $(VAR)/lighthouse/
	@npm ci --prefix $(VAR)/lighthouse --ignore-scripts --no-fund --no-audit --loglevel=error
	@.ci/with-chromium $(PY) -m tests.browser.lighthouse $(VAR)/lighthouse $(RUNS)

bench: $(DEV) $(STATIC) ## Measure N made-up transfers (100000) against SQL, a naive site and Datasette, on SQLite or DATABASE_URL
	@$(PY) -m bench.run $(or $(N),100000)

drills: $(DEV) ## Make faults on purpose with nginx, PostgreSQL and the rest on loopback, and see whether promises are kept
	@$(PY) -m drills.all $(ARGS)

lint: $(DEV) ## Check formatting, code, templates, types, and that no migration is missing
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m ruff check --quiet .
	@$(PY) -m djlint templates --check --quiet
	@$(PY) -m djlint templates --lint --quiet
	@$(PY) -m mypy
	@$(PY) manage.py makemigrations --check --dry-run

format: $(DEV) ## Format code and templates, and mend what can be mended
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format --quiet .
	@$(PY) -m djlint templates --reformat --quiet

check-all: lint test walks test-postgres contract browser ## Everything that has to pass before a change is shared

requirements: ## Pin the newest versions that requirements.in and requirements-dev.in allow
	@$(PYTHON) -m venv $(VAR)/uv && $(VAR)/uv/bin/python -m pip --quiet install uv
	@for name in requirements requirements-dev tests/outside/requirements tests/outside/followthemoney tests/fuzz/requirements deploy/sbom; do \
		$(VAR)/uv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" \
			$$name.in --output-file $$name.txt || exit 1; \
	done

sbom: ## Write what ArmsDB is made of to var/sbom.cdx.json, as CycloneDX
	@$(PYTHON) -m venv $(VAR)/sbom
	@$(VAR)/sbom/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r deploy/sbom.txt
	@$(VAR)/sbom/bin/cyclonedx-py requirements requirements.txt --output-reproducible --output-format JSON --output-file $(VAR)/sbom.cdx.json

clean: ## Remove what can be made again; the database and the secret key stay
	@rm -rf $(VENV) $(VAR)/static $(VAR)/static.stamp $(VAR)/uv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment. A half-made one, or one whose Python has gone, is made anew.
define ready_venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "ArmsDB needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "This Python cannot make virtual environments: install its venv module (on Debian: apt-get install python3-venv)." >&2; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV); $(PYTHON) -m venv $(VENV); }
endef

$(RUNTIME): requirements.txt
	$(ready_venv)
	@echo "Installing what requirements.txt names into $(VENV) (only when it changes)"
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(DEV): requirements.txt requirements-dev.txt
	$(ready_venv)
	@echo "Installing what requirements-dev.txt names into $(VENV) (only when it changes)"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $(RUNTIME) $@

$(STATIC): $(RUNTIME) armsdb/settings.py armsdb/web/styles.py $(STATIC_SOURCES)
	@echo "Collecting the static files (only when they change)"
	@$(PY) manage.py collectstatic --noinput --ignore redoc --verbosity 0
	@touch $@
