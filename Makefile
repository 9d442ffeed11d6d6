# The two commands are `make site` and `make test`; `make help` lists the others. Needs Python 3.11+ and make.

# The first of these that is Python 3.11 or later; `make PYTHON=/path/to/python` names another.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	"$$name" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
VENV ?= .venv
# `make LOCK=no …` resolves the packages afresh, for a Python that the lock does not know.
LOCK ?= yes

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
INSTALLED := $(VENV)/regesta-installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help site test proof check format lint types generated docs lock vnu clean

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

site: $(INSTALLED) ## build this edition and say where it is
	$(BIN)/regesta build
	@echo "Open $(CURDIR)/build/site/index.html in a browser."

test: $(INSTALLED) ## run the tests; those in a browser too when Chromium is there
	$(BIN)/python -m pytest $(ARGS)

proof: $(INSTALLED) ## run the long counted tests that `make test` only samples
	$(BIN)/python -m pytest -m proof $(ARGS)

check: lint types generated test ## all that must hold before a commit

lint: $(INSTALLED) ## look at format and style
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(INSTALLED) ## check the types
	$(BIN)/mypy

generated: $(INSTALLED) ## compare generated files with what they are made from
	$(BIN)/python tools/make_schema.py --check
	$(BIN)/python tools/make_docs.py --check

format: $(INSTALLED) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(INSTALLED) ## make the generated files anew
	$(BIN)/python tools/make_schema.py
	$(BIN)/python tools/make_docs.py

lock: ## choose the newest versions of all packages and write requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later was not found; say make PYTHON=/path/to/python."; exit 1; }
	tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT \
	&& "$(PYTHON)" -m venv "$$tools" && "$$tools/bin/pip" --quiet install uv \
	&& "$$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --extra dev --upgrade \
		--generate-hashes --no-annotate --no-header pyproject.toml --output-file requirements.lock

vnu: $(INSTALLED) ## install the checker of HTML that tests use (needs npm, and Java to run it)
	@test -f $(VENV)/vnu/node_modules/vnu-jar/build/dist/vnu.jar || npm install --prefix $(VENV)/vnu --silent --no-audit \
		--no-fund --ignore-scripts vnu-jar@26.9.27

clean: ## remove what was built, but not the environment
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The build backend is in the lock as well, so that nothing is installed that is not in it.
$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later was not found; say make PYTHON=/path/to/python."; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { echo "On Debian and Ubuntu, install the package python3-venv first."; exit 1; }
ifeq ($(LOCK),yes)
	@echo "Installing the locked packages into $(VENV) …"
	@$(PIP) install --require-hashes --requirement requirements.lock \
		|| { echo "The locked packages could not be installed here; make LOCK=no resolves them afresh."; exit 1; }
	@$(PIP) install --no-deps --no-build-isolation --editable .
else
	@echo "Installing the newest packages into $(VENV) …"
	@$(PIP) install --editable ".[dev]"
endif
	@$(BIN)/python -m compileall -q pipeline # pip compiles what it installs, but not what stays in the checkout
	@touch $@
