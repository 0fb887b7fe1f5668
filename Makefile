# The commands of Kommpass. "make run" and "make test" need Python 3.11 or newer and bring everything else themselves.
# Each target is a real file, so whatever is up to date is left alone and a second start is quick.

PORT ?= 8000
PYTEST_ARGS ?=
BENCH ?=
UPGRADE ?=
export PORT PYTEST_ARGS BENCH UPGRADE
export PATH := $(CURDIR)/.venv/bin:$(PATH)

SAY := . scripts/say.sh; say
QUIETLY := . scripts/say.sh; quietly
OR_FAIL := || fail

VAR := $(or $(KOMMPASS_VAR),var)
PYTHON_LOCKS := requirements/build.lock requirements/run.lock requirements/frontend.lock requirements/installer.lock
CATALOGUES := $(shell find src -name '*.po' 2>/dev/null)
FRONTEND := $(shell find frontend -name node_modules -prune -o -type f -print 2>/dev/null)
STATIC := $(shell find src -path '*/static/*' -type f 2>/dev/null)
TEMPLATES := $(shell find src -name '*.html' 2>/dev/null)

# An environment that was moved or belongs to a Python that has gone is made anew.
ifneq ($(shell cat .venv/made-in 2>/dev/null),$(shell pwd -P))
$(shell rm -f .venv/ready-run .venv/ready-dev)
endif
ifneq ($(shell .venv/bin/python -c 'print(1)' 2>/dev/null),1)
$(shell rm -f .venv/ready-run .venv/ready-dev)
endif

.PHONY: help run test check bench setup lock licences messages format

help:
	@echo "make run      Kommpass mit vier Demo-Städten starten (start with demo towns): http://127.0.0.1:$(PORT)/"
	@echo "make test     alle Tests: SQLite, PostgreSQL, Browser (all tests); PYTEST_ARGS='-k …' wählt aus"
	@echo "make check    Stil, Schichten, Typen, Vorlagen, Migrationen, Übersetzungen, Lizenzen (all checks)"
	@echo "make bench    Messungen (benchmarks); BENCH=name wählt eine"
	@echo "make format   Python und Vorlagen in Form bringen (format sources)"
	@echo "make messages neue Texte in den englischen Katalog eintragen (collect new texts)"
	@echo "make lock     Paketlisten und Lizenzliste neu schreiben (resolve packages); UPGRADE=--upgrade hebt Versionen"

run: setup
	@exec python scripts/start.py

test: setup .venv/ready-dev
	@sh scripts/test.sh

check: .venv/ready-dev dist/.ready
	@python scripts/check.py

bench: setup .venv/ready-dev
	@sh scripts/bench.sh

format: .venv/ready-dev
	ruff check --fix --quiet . ; ruff format --quiet .
	djade --target-version 5.2 $(TEMPLATES)

messages: .venv/ready-dev
	python scripts/check_translations.py --write

lock: .venv/ready-dev
	@sh scripts/lock.sh
	@python scripts/third_party.py --write

licences: .venv/ready-dev
	python scripts/third_party.py --write

setup: .venv/ready-run dist/.ready build/fonts/.ready $(CATALOGUES:.po=.mo) $(VAR)/static/.ready

.venv/ready-run: pyproject.toml $(PYTHON_LOCKS)
	@sh scripts/python_environment.sh run
	@touch $@

.venv/ready-dev: requirements/dev.lock .venv/ready-run
	@sh scripts/python_environment.sh dev
	@touch $@

frontend/node_modules/.ready: frontend/package-lock.json | .venv/ready-run
	@$(SAY) "Pakete der Oberfläche holen" "fetching the front end's packages"
	@$(QUIETLY) npm sh scripts/frontend.sh packages $(OR_FAIL) \
	  "Die Pakete der Oberfläche ließen sich nicht laden. Ist das npm-Verzeichnis erreichbar?" \
	  "npm ci failed: is the npm registry reachable? See .stamps/npm.log"
	@touch $@

build/web-fonts/.ready: frontend/node_modules/.ready scripts/web_fonts.py
	@$(SAY) "Schriften für die Seiten zuschneiden" "cutting fonts for the pages"
	@$(QUIETLY) web-fonts python scripts/web_fonts.py $(OR_FAIL) \
	  "Die Schriften ließen sich nicht zuschneiden." "Cutting the fonts failed, see .stamps/web-fonts.log"
	@touch $@

dist/.ready: frontend/node_modules/.ready build/web-fonts/.ready $(FRONTEND)
	@$(SAY) "Oberfläche bauen" "building the front end"
	@$(QUIETLY) frontend sh scripts/frontend.sh build $(OR_FAIL) \
	  "Die Oberfläche ließ sich nicht bauen." "Building the front end failed, see .stamps/frontend.log"
	@touch $@

build/fonts/.ready: frontend/node_modules/.ready scripts/build_fonts.py
	@$(SAY) "Schriften für die Dokumente umwandeln" "converting fonts for documents"
	@$(QUIETLY) fonts python scripts/build_fonts.py $(OR_FAIL) \
	  "Die Schriften ließen sich nicht umwandeln." "Converting the fonts failed, see .stamps/fonts.log"
	@touch $@

%.mo: %.po | .venv/ready-run
	@$(SAY) "Übersetzung $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<))) übertragen" "compiling messages"
	@python scripts/compile_messages.py

$(VAR)/static/.ready: dist/.ready $(STATIC)
	@$(SAY) "Statische Dateien sammeln" "collecting static files"
	@mkdir -p $(VAR)/static
	@$(QUIETLY) static kommpass collectstatic --noinput -v0 $(OR_FAIL) \
	  "Die statischen Dateien ließen sich nicht sammeln." "collectstatic failed, see .stamps/static.log"
	@touch $@
