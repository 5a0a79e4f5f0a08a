# `make help` lists what there is. Nothing is needed beforehand but make and any Python 3.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
SITE_URL ?= http://127.0.0.1:$(PORT)
WORKERS ?= 2
export PORT SITE_URL
export PYTHONUNBUFFERED := 1

# A company's own certificate authority is in the system's store, which uv would pass over.
export UV_SYSTEM_CERTS ?= true

UV := .tools/bin/uv
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
SYNCED := .venv/.synced
STATIC := staticfiles/staticfiles.json
# The demo on the real server: no debug pages, yet no HTTPS and no secrets either.
DEMO := EYECATCH_ENV=development DEBUG=false
PRODUCTION := EYECATCH_ENV=production SITE_URL=https://reviews.example ALLOWED_HOSTS=reviews.example

# Checkers that npm brings, each into a folder of its own.
VNU := .tools/vnu-jar@26.9.27
LIGHTHOUSE := .tools/lighthouse@13.5.0

.PHONY: help setup run dev test check format lock screenshots coverage bench audit leaks lighthouse html-checker travels prove-short chaos

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# Only an interpreter that runs counts: a version manager's shim may be on PATH and fail.
define find_python
running() { "$$1" -c 'import sys; sys.exit(not (3, $(1)) <= sys.version_info[:2] < (4, 0))' >/dev/null 2>&1; }; \
python=; \
for candidate in python3.13 python3.12 python3.14 python3 \
	"$$HOME"/.pyenv/versions/3.13*/bin/python "$$HOME"/.pyenv/versions/3.1[24]*/bin/python; do \
	if running "$$candidate"; then python="$$candidate"; break; fi; \
done
endef

$(UV):
	@echo "Fetching uv into .tools"
	@$(call find_python,8); \
	if [ -z "$$python" ]; then echo "Eyecatch needs Python 3 to set itself up." >&2; exit 2; fi; \
	if "$$python" -m venv .tools >/dev/null 2>&1; then \
		.tools/bin/python -m pip install --quiet --disable-pip-version-check uv; \
	elif "$$python" -m pip install --quiet --disable-pip-version-check --target .tools uv; then :; \
	else echo "Python has neither venv nor pip here. On Debian: apt-get install python3-venv" >&2; exit 2; fi

$(SYNCED): requirements.txt | $(UV)
	@if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then \
		$(call find_python,12); \
		$(UV) venv --quiet --clear --python "$${python:-3.13}" .venv; \
	fi
	@echo "Installing the locked packages into .venv"
	@$(UV) pip sync --quiet --python .venv/bin/python --require-hashes requirements.txt
	@touch $@

setup: $(SYNCED) ## make .venv with the locked packages

$(STATIC): $(SYNCED) $(shell find static -type f)
	@$(DEMO) $(MANAGE) collectstatic --no-input --verbosity 0

run: setup $(STATIC) ## the demo newsroom on the real server (PORT=8000)
	@$(DEMO) $(MANAGE) migrate --verbosity 0
	@$(DEMO) $(MANAGE) load_demo
	@echo
	@echo "The site  $(SITE_URL)/"
	@echo "The desk  $(SITE_URL)/desk/"
	@echo "The mails  var/mail/"
	@echo "Ctrl-C ends it."
	@export $(DEMO); LOG_LEVEL=WARNING MAIL_URL="$${MAIL_URL:-file://$(CURDIR)/var/mail}" \
		$(PYTHON) manage.py announce --forever & announcer=$$!; \
	.venv/bin/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers $(WORKERS) \
		--blocking-threads 1 --respawn-failed-workers --log-level warning coverage.wsgi:application & site=$$!; \
	trap 'kill $$site $$announcer 2>/dev/null; wait' EXIT; trap 'exit 143' TERM; trap 'exit 130' INT; \
	wait $$site

dev: setup ## the development server, with reload and debug pages (PORT=8000)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) runserver 127.0.0.1:$(PORT)

test: check ## make check, then every test on SQLite, on PostgreSQL and in a browser
	@$(PYTHON) -m tests.suites

check: setup ## style, types, import directions, templates, migrations, production settings
	@.venv/bin/ruff check --quiet --output-format concise .
	@.venv/bin/ruff format --quiet --check . || { echo "Run make format." >&2; exit 1; }
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/djlint templates --lint --quiet
	@DATABASE_URL=sqlite://:memory: $(MANAGE) makemigrations --check --dry-run
	@$(PRODUCTION) SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		$(MANAGE) check --deploy --fail-level WARNING

format: setup ## put the code and the README's table into shape
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .
	@$(MANAGE) environment --update README.md

lock: | $(UV) ## choose the newest allowed versions and lock them with hashes
	@$(UV) pip compile --quiet --universal --upgrade --python-version 3.12 --generate-hashes --group dev --extra sentry \
		--custom-compile-command "make lock" --output-file requirements.txt pyproject.toml

screenshots: setup $(STATIC) ## take the pictures in docs/screenshots/ from a fresh demo newsroom
	@$(PYTHON) -m tests.browser.screenshots

coverage: setup ## which lines and branches the tests reach (SQLite, serial)
	@$(PYTHON) -m slipcover --branch --source coverage,series,reviews --omit '*/migrations/*' \
		-m pytest -q -p no:cacheprovider

$(VNU) $(LIGHTHOUSE):
	@command -v npm >/dev/null || { echo "npm is needed. On Debian: apt-get install npm" >&2; exit 2; }
	@echo "Fetching $(@F) into .tools"
	@rm -rf $@.new
	@npm install --prefix $@.new --no-save --no-package-lock --no-audit --no-fund --loglevel=error $(@F) >/dev/null
	@mv $@.new $@

html-checker: $(VNU)

audit: setup $(VNU) ## look at every kind of page for whatever is wrong with it (PAGES=12 of a kind in a browser)
	@$(PYTHON) -m tests.audit $(if $(PAGES),--pages "$(PAGES)")
	@DESK_AUDIT=1 $(PYTHON) -m pytest -q -p no:cacheprovider -n 2 -m browser tests/browser/test_desk_pages.py

lighthouse: setup $(LIGHTHOUSE) ## measure the main pages with Lighthouse, and write the table into docs/quality.md
	@$(PYTHON) -m tests.lighthouse

leaks: setup ## let 10,000 made-up pieces go live and read every surface for what they hide (PIECES=10000)
	@$(PYTHON) -m tests.leaks $(if $(PIECES),--pieces "$(PIECES)")

chaos: setup ## kill announcers, at random and between any two statements, on both databases (KILLS=500)
	@$(PYTHON) -m tests.chaos $(if $(KILLS),--kills "$(KILLS)" --announcements "$$(($(KILLS) * 20))")

travels: setup ## compare the time machine with what is served at 50 instants of a demo season (ADDRESSES=4 of a surface)
	@TRAVELS=$(or $(ADDRESSES),4) $(PYTHON) -m pytest -q -p no:cacheprovider \
		tests/desk/test_time_machine_truth.py -k season

prove-short: setup ## a Friday behind a real nginx, with a thousand readers at the instant; then backups; needs nginx and Redis (READERS=1000, WRITES=5000)
	@$(PYTHON) -m tests.deploy.friday $(if $(READERS),--readers "$(READERS)")
	@WRITES=$(or $(WRITES),5000) $(PYTHON) -m pytest -q -s -p no:cacheprovider tests/newsroom/test_backups.py -k during_writes
	@WRITES=$(or $(WRITES),5000) $(PYTHON) -m tests.suites postgresql -n0 -s tests/newsroom/test_backups.py -k during_writes

bench: setup $(STATIC) ## what each public page costs, on an invented corpus (REVIEWS=1000, KEPT=1 with the page cache, JSON=1 for JSON)
	@$(PYTHON) -m tests.bench $(if $(REVIEWS),--reviews "$(REVIEWS)") $(if $(SERIES),--series "$(SERIES)") $(if $(KEPT),--kept) $(if $(JSON),--json)
