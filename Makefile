# All that a newcomer types: `make demo` (set up, run) and `make test` (set up, everything).

.DEFAULT_GOAL := help
.PHONY: help demo test test-server check check-903 audit bench screenshots snapshots reference format constraints setup setup-903 clean

VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
ARGS ?=
# The first Python of at least 3.11; a virtualenv that exists keeps its own.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
# Named by what was installed and where, so that nothing is installed again until one of these changes.
READY := $(VENV)/ready-$(shell { pwd; cat pyproject.toml constraints.txt; } | cksum | tr ' ' '-')

# The sector's validator of the statutory return wants packages too old to share: an environment of its own, named so too.
VENV_903 := .venv-903
PYTHON_903 ?= $(firstword $(foreach name,python3.11 python3.10 python3 python,$(shell \
	$(name) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 12))' 2>/dev/null && echo $(name))))
READY_903 := $(VENV_903)/ready-$(shell { pwd; cat tests/ssda903/constraints.txt; } | cksum | tr ' ' '-')

help:
	@echo 'make demo         set up, and open the program on a fictional team (ARGS="--scale 2" passes options)'
	@echo 'make test         set up, then everything that must hold: style, types, layers, tests'
	@echo 'make check        the same without the tests'
	@echo 'make check-903    what the program exports, before the sector'"'"'s own validator of the statutory return'
	@echo 'make audit        ask the advisory database about every package (part of check, once a day)'
	@echo 'make bench        measure, and write docs/performance.md (ARGS="--large STORE" for one of a million as well)'
	@echo 'make screenshots  take the pictures in docs/images again, from the running program'
	@echo 'make reference    write docs/reference-*.md again, from the commands'
	@echo 'make snapshots    accept how the screens look now as how they should look'
	@echo 'make format       lay out the code as `make check` wants it'
	@echo 'make constraints  resolve the packages again (needs uv)'
	@echo 'make clean        remove what `make` made'

setup: $(READY)

$(READY):
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed: install it, or say make PYTHON=/path/to/python3' >&2; exit 2; }
	@echo 'Setting up $(VENV): a minute or two, once'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q placement_tui
	@rm -f $(VENV)/ready-*
	@touch $@

$(READY_903):
	@test -n '$(PYTHON_903)' || { echo 'The validator needs Python 3.10 or 3.11: install one, or say make PYTHON_903=/path/to/python3.11' >&2; exit 2; }
	@echo 'Setting up $(VENV_903): half a minute, once'
	@$(PYTHON_903) -m venv --clear $(VENV_903)
	@$(VENV_903)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/ssda903/constraints.txt
	@$(VENV_903)/bin/python -m compileall -q $(VENV_903)/lib || true
	@touch $@

setup-903: $(READY_903)

check-903: setup $(READY_903)
	@$(BIN)/python -m tests.ssda903.check_903 $(ARGS)

demo: setup
	@$(BIN)/placement demo $(ARGS)

check: setup audit
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check .; echo 'make format mends it' >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo >$(VENV)/layers || { cat $(VENV)/layers; exit 1; }
	@$(BIN)/deptry . 2>$(VENV)/packages || { cat $(VENV)/packages; exit 1; }

# Asked once a day for one set of packages: the database is somebody else's machine.
AUDITED := $(VENV)/audited-$(shell { date +%F; cat constraints.txt; } | cksum | tr ' ' '-')

audit: setup $(AUDITED)

$(AUDITED): | $(READY)
	@$(BIN)/python tests/known_weaknesses.py
	@rm -f $(VENV)/audited-*
	@touch $@

test: check
	@$(BIN)/pytest -n $(WORKERS) $(ARGS)

# The services once more, each test's store a database of a PostgreSQL server that is made for it.
test-server: setup
	@PLACEMENT_TEST_ENGINE=postgresql $(BIN)/pytest -n $(WORKERS) tests/services $(ARGS)

bench: setup
	@$(BIN)/python tests/speed/bench.py $(ARGS)

screenshots: setup
	@$(BIN)/python docs/screenshots.py

reference: setup
	@$(BIN)/python docs/reference.py

snapshots: setup
	@$(BIN)/pytest -n $(WORKERS) tests/snapshots --snapshot-update

format: setup
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

constraints:
	@{ sed '/^[^#]/,$$d' constraints.txt; echo 'setuptools>=75' | uv pip compile pyproject.toml - --extra dev --universal \
		--python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet; } > constraints.new
	@mv constraints.new constraints.txt
	@{ sed '/^[^#]/,$$d' tests/ssda903/constraints.txt; echo 'csc-validator-be-903==0.1.17' | uv pip compile - --universal \
		--python-version 3.10 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet; } > constraints.new
	@mv constraints.new tests/ssda903/constraints.txt

clean:
	rm -rf $(VENV) $(VENV_903) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
