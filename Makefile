# Benchside. `make run` serves the site, `make test` tries all of it. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
export UV_PYTHON_DOWNLOADS = never
# Compiled once and kept: a run of the tests starts hundreds of Pythons, and each would compile all
# there is anew.
unexport PYTHONDONTWRITEBYTECODE
ifneq (,$(wildcard /etc/ssl/certs/ca-certificates.crt))
export UV_SYSTEM_CERTS = 1
endif
PY := .venv/bin/python
UV = $$(scripts/bootstrap.sh)
TEST_GROUPS := --all-extras --group test --group lint

.PHONY: help run reset test test-fast check format bench shots docs clean

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

# A stamp per set of packages, renewed when the lock changes.
.venv/.run: uv.lock pyproject.toml
	@echo "Installing what Benchside needs to run (locked, into .venv/)"
	@uv=$(UV) && if [ -f .venv/.test ]; then $$uv sync --frozen --quiet $(TEST_GROUPS); \
	  else $$uv sync --frozen --quiet --extra scale; fi
	@touch $@

.venv/.test: uv.lock pyproject.toml
	@echo "Installing what the tests need (locked, into .venv/)"
	@uv=$(UV) && $$uv sync --frozen --quiet $(TEST_GROUPS)
	@touch .venv/.run $@

run: .venv/.run ## Set everything up and serve on http://$HOST:$PORT
	@exec $(PY) -m config.serve --demo --host "$(HOST)" --port "$(PORT)"

reset: .venv/.run ## Throw away the local database and files, and begin again
	@$(PY) manage.py reset

test: .venv/.test ## Run every test; says what it skipped and why
	@scripts/test.sh

test-fast: .venv/.test ## Only the tests that need no browser, server or Node
	@$(PY) -m pytest -n auto -q -m "not browser and not services and not node and not slow"

check: .venv/.test ## Format, lint, types, import contracts, migrations, templates, dependencies
	@scripts/check.sh

format: .venv/.test ## Rewrite the code in the house style
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

bench: .venv/.test ## Measure against the budgets; writes var/bench.md
	@$(PY) -m benchmarks

shots: .venv/.test ## Screenshots of the main pages into shots/
	@$(PY) -m scripts.shots

docs: .venv/.run ## Write the generated pages of docs/
	@export BENCHSIDE_DEBUG=yes; $(PY) manage.py states_diagram && $(PY) manage.py personal_data

clean: ## Remove what was installed and made here; keeps var/
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis node_modules
