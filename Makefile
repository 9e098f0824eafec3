# Löftesportalen. `make run` and `make test` need nothing but Python, make, git and curl; see README.md.

PYTHON_HERE = .venv/bin/python
SIZE ?= 50000
ARGS ?=
export SIZE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run ready test check fix format lint types imports templates translations-check locks layout \
	bench soak translations lock pictures

help:
	@printf '%s\n' \
	  'make run           the site with its demo on http://127.0.0.1:8000 (PORT=, PORTAL_HOME=)' \
	  'make test          the whole test suite (ARGS= goes to pytest)' \
	  'make check         format, lint, types, import contracts, templates, translations, locks, layout' \
	  'make bench         benchmarks, to var/bench.json (SIZE=1000000 for full growth)' \
	  'make soak          the long tests' \
	  'make fix           format and mend what can be mended' \
	  'make translations  bring the translation files up to date with the texts' \
	  'make pictures      the pictures in the documents, of the running site' \
	  'make lock          bring the lock files up to date with requirements*.in and package.json'

run:
	@./bootstrap run
	@exec .venv/bin/portal run

ready:
	@./bootstrap run

test:
	@./bootstrap test
	@exec $(PYTHON_HERE) -m pytest -n 2 --dist loadscope $(ARGS)

soak:
	@./bootstrap test
	@exec $(PYTHON_HERE) -m pytest -m soak $(ARGS)

bench:
	@./bootstrap check
	@exec $(PYTHON_HERE) -m tests.bench

# ---- checks: each may be called alone; `make check` goes through all, also when one has found something ----

CHECKS = format lint types imports templates translations-check locks layout
check:
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

define checking
@./bootstrap check
@printf '  %s\n' '$(1)'
endef

format:
	$(call checking,Format)
	@.venv/bin/ruff format --check --quiet . || { .venv/bin/ruff format --check . ; exit 1; }

lint:
	$(call checking,Lint)
	@.venv/bin/ruff check --quiet .

types:
	$(call checking,Types)
	@.venv/bin/mypy --no-error-summary

imports:
	$(call checking,Import contracts)
	@words=$$(.venv/bin/lint-imports --no-logo 2>&1) || { printf '%s\n' "$$words"; exit 1; }

templates:
	$(call checking,Templates)
	@$(PYTHON_HERE) -m tests.checks.templates

translations-check:
	$(call checking,Translations)
	@$(PYTHON_HERE) -m tests.checks.translations

locks:
	$(call checking,Lock files)
	@$(PYTHON_HERE) -m tests.checks.locks

layout:
	$(call checking,Layout)
	@$(PYTHON_HERE) -m tests.checks.layout

# ---- upkeep ------------------------------------------------------------------------------------

fix:
	@./bootstrap check
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

translations:
	@./bootstrap check
	@$(PYTHON_HERE) -m tests.checks.translations --update

pictures:
	@./bootstrap test
	@$(PYTHON_HERE) -m tests.pictures

COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header
lock:
	@./bootstrap check
	@$(COMPILE) requirements.in --output-file requirements.txt
	@$(COMPILE) --constraints requirements.txt requirements-dev.in --output-file requirements-dev.txt
	@PATH="$$PWD/.venv/bin:$$PATH" npm install --package-lock-only --silent
	@PATH="$$PWD/.venv/bin:$$PATH" npm --prefix tests/tools install --package-lock-only --silent
	@$(PYTHON_HERE) -m tests.checks.locks
