# The commands of this project. `make run` and `make test` need Python 3.11 or newer, nothing else.

PYTHON ?= python3
PORT ?= 8000
DATA ?= var
TESTS ?= tests
export PORT DATA

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := $(VENV)/.peers

.PHONY: setup run test check lint lock bench clean

setup: $(READY)

$(READY): requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@echo "Installing what the project needs into $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $(READY)

run: setup ## Start site, worker and mail server with the demo, on PORT, keeping data in DATA
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_demo
	@$(BIN)/python manage.py run_demo

test: setup ## The suite on SQLite, or on the database in DATABASE_URL
	$(BIN)/python -m pytest -n auto $(TESTS)

check: lint ## What must hold before a commit, the quick tests included
	$(BIN)/python -m pytest -q -n auto -m "not slow" tests

lint: setup ## What holds without running anything
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djade --check --target-version 5.2 $$(find templates -name '*.html')
	$(BIN)/python manage.py check
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/lint-imports

bench: $(PEERS) ## All benchmarks, peers installed
	@for file in bench/bench_*.py; do $(BIN)/python -m bench.$$(basename $$file .py) || exit 1; done

bench-%: $(PEERS)
	@$(BIN)/python -m bench.bench_$* $(ARGS)

$(PEERS): $(READY) requirements-bench.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt || \
		{ echo "Not together; each alone. The benchmark names those that it has to skip."; \
		grep -o '^[^ #]*==[^ ]*' requirements-bench.txt | \
		xargs -n 1 $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps || true; }
	@touch $(PEERS)

lock: setup ## Pin what requirements*.in name
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.txt requirements.in
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements-dev.txt requirements-dev.in
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements-bench.txt requirements-bench.in

clean: ## Remove the environment and caches; DATA stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
