# make run and make test each work as the very first command in a fresh clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
PORT ?= 7860

.PHONY: run test soak install check eval screenshots clean

run: $(VENV)/.run
	$(BIN)/planqa serve --port $(PORT)

test: $(VENV)/.test
	$(BIN)/python -m pytest

soak: $(VENV)/.test
	PLANQA_SOAK=1 $(BIN)/python -m pytest tests/index/test_faults.py tests/index/test_incremental.py

install: $(VENV)/.test

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "planqa needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing planqa and its libraries into $(VENV) (a few minutes the first time) ..."
	$(PIP) --editable .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing planqa, its libraries and test tools into $(VENV) (a few minutes the first time) ..."
	$(PIP) --editable '.[eval,test]'
	@touch $@ $(VENV)/.run

eval: $(VENV)/.test
	$(BIN)/planqa-eval report

screenshots: $(VENV)/.test
	$(BIN)/python tests/browser/screenshots.py

clean:
	rm -rf $(VENV) build *.egg-info
