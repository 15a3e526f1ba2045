# `make run` and `make test` are all a newcomer needs; `make help` lists the rest.
PYTHON ?= python3.11
export PYTHON
python := .venv/bin/python
alone := $(python) -m ops.embedded --tmp --
TESTS ?=

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

run: ## install, start everything, print the address and the demo sign-ins
	@sh ops/install.sh demo && sh ops/syslibs.sh run && exec $(python) -m ops.up

test: ready ## all tests, browser journeys included
	@$(alone) $(python) -m pytest -n auto $(TESTS)

test-fast: ready ## the tests that need no browser and no patience
	@$(alone) $(python) -m pytest -n auto -m "not browser and not slow" $(TESTS)

check: ready ## everything but the tests: locks, style, types, contracts, migrations, settings, translations, documents
	$(python) -m ops.locks check
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/djade --check $$(find . -name '*.html' -not -path './.*' -not -path './var/*' -not -path './staticfiles/*')
	$(python) -m mypy .
	.venv/bin/lint-imports --no-cache
	DJANGO_SETTINGS_MODULE=config.settings_test $(python) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(python) -m ops.deployment
	$(python) -m ops.messages check
	$(python) -m ops.acceptance check
	$(python) -m ops.states check
	$(python) -m ops.demo_page check
	$(python) -m ops.architecture check
	if [ -e docker-compose.yml ]; then .venv/bin/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml; fi

bench: ready ## measure; SHORT=1 for a quick look
	@$(alone) $(python) -m benchmarks $(if $(SHORT),--short)

pictures: ready ## look at every page of the demonstration: pictures and contact sheets in var/pictures
	@rm -rf var/pictures
	@PICTURES=$(CURDIR)/var/pictures $(alone) $(python) -m pytest -n auto tests/browser/test_every_page.py
	@$(python) -m ops.pictures var/pictures

chaos: ready ## kill what runs and count what was lost; SHORT=1 for a quick look
	@$(python) -m chaos $(if $(SHORT),--short) $(if $(SEED),--seed $(SEED))

proof: ready ## what security asks at its full figure, into proof/security.json; SHORT=1 for a quick look
	@$(alone) $(python) -m proof $(if $(SHORT),--short)

code: ## a new code for one demo sign-in: make code LOGIN=...
	@$(if $(LOGIN),,echo "Say for whom: make code LOGIN=..." >&2; exit 1;) \
	  [ -x $(python) ] || { echo "Nothing is running here: start it with make run in another terminal." >&2; exit 1; }; \
	  exec $(python) -m ops.demonstration manage.py demo_sign_ins --skip-checks --only '$(LOGIN)'

lock: ready ## write requirements/ again from pyproject.toml; UPGRADE=1 for newer versions
	$(python) -m ops.locks write $(if $(UPGRADE),--upgrade)

messages: ready ## bring new source strings into the translations, and compile them
	$(python) -m ops.messages update
	$(python) -m ops.messages compile

documents: ready ## write what is made from the code: the acceptance table, the diagrams, the rooms
	$(python) -m ops.acceptance write
	$(python) -m ops.states write
	$(python) -m ops.demo_page write
	$(python) -m ops.architecture write

clean: ## remove what was installed and made; DATA=yes removes the demo data too
	rm -rf .venv .tools staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	$(if $(filter yes,$(DATA)),rm -rf var)

ready:
	@sh ops/install.sh dev && sh ops/syslibs.sh test && $(python) -m ops.messages compile

.PHONY: help run test test-fast check bench pictures chaos proof code lock messages documents clean ready
