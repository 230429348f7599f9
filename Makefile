# ArmsDB's commands. `make` or `make help` lists them; `make run` needs python3, make and nothing else.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

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
.PHONY: help run dev seed test walks real test-postgres browser pictures bench lint format check-all requirements clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile
	@echo "Variables: HOST and PORT for run and dev, DATABASE_URL for all, ARGS for tests (as in: make test ARGS='-k dates'), N for bench."

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

walks: $(DEV) ## Run the tests that go to every address there is
	@$(PY) -m pytest -n 2 -m walk $(ARGS)

real: $(DEV) ## Run the tests on publishers' own files, which are in the folder that ARMSDB_REGISTERS names
	@$(PY) -m pytest -n 2 -m real tests/importers $(ARGS)

test-postgres: $(DEV) ## Run tests and walks on PostgreSQL: the machine's, else one started for them alone
	@.ci/with-postgres $(PY) -m pytest -n 2 -m "not browser and not real" $(ARGS)

browser: $(DEV) ## Run the tests that need a browser: Debian's Chromium, or the one that CHROMIUM names
	@.ci/with-chromium $(PY) -m pytest -m browser tests/browser $(ARGS)

pictures: $(DEV) ## Make the pictures of docs/img anew
	@.ci/with-chromium $(PY) -m tests.browser.make_pictures

bench: $(DEV) $(STATIC) ## Measure N made-up transfers (100000) against SQL, a naive site and Datasette, on SQLite or DATABASE_URL
	@$(PY) -m bench.run $(or $(N),100000)

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

check-all: lint test walks test-postgres browser ## Everything that has to pass before a change is shared

requirements: ## Pin the newest versions that requirements.in and requirements-dev.in allow
	@$(PYTHON) -m venv $(VAR)/uv && $(VAR)/uv/bin/python -m pip --quiet install uv
	@for name in requirements requirements-dev; do \
		$(VAR)/uv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" \
			$$name.in --output-file $$name.txt || exit 1; \
	done

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

$(STATIC): $(RUNTIME) armsdb/settings.py $(STATIC_SOURCES)
	@echo "Collecting the static files (only when they change)"
	@$(PY) manage.py collectstatic --noinput --ignore redoc --verbosity 0
	@touch $@
