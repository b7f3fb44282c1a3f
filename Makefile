# make run and make test each work as the very first command in a fresh clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TOOLS := $(VENV)/tools
INSTALL := -m pip --disable-pip-version-check install --quiet --no-deps
# Every file must have a SHA-256 that requirements/*.txt lists, and nothing is built from source but planqa.
LOCKED := $(INSTALL) --require-hashes --only-binary :all:
CPU_ONLY := import importlib.metadata as m; raise SystemExit(any("nvidia" in r for r in m.requires("torch")))
PORT ?= 7860

.PHONY: run test soak load install check eval bench screenshots lock audit sbom clean

run: $(VENV)/.run
	$(BIN)/planqa serve --port $(PORT)

test: $(VENV)/.test
	$(BIN)/python -m pytest

soak: $(VENV)/.test
	PLANQA_SOAK=1 $(BIN)/python -m pytest tests/index/test_faults.py tests/index/test_incremental.py \
	    tests/index/test_weights.py tests/index/test_milvus_home.py tests/index/test_pooled.py tests/index/test_segments.py \
	    tests/hostile tests/qa/admin/test_priority.py

install: $(VENV)/.test

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "planqa needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

# torch's CPU build, where pip's settings lead to one; everywhere else the registry's, which on Linux wants CUDA.
define begin
@$(BIN)/python $(LOCKED) --requirement requirements/cpu.txt 2>/dev/null || true
endef
# planqa itself is built by the setuptools of the lock.
define finish
@$(BIN)/python -c '$(CPU_ONLY)' || $(BIN)/python $(LOCKED) --requirement requirements/cuda.txt
$(BIN)/python $(INSTALL) --no-build-isolation --editable .
endef

$(VENV)/.run: pyproject.toml requirements/run.txt requirements/cuda.txt | $(VENV)/bin/python
	@echo "Installing planqa and its libraries into $(VENV) (a few minutes the first time) ..."
	$(begin)
	$(BIN)/python $(LOCKED) --requirement requirements/run.txt
	$(finish)
	@touch $@

$(VENV)/.test: pyproject.toml requirements/run.txt requirements/cuda.txt requirements/test.txt | $(VENV)/bin/python
	@echo "Installing planqa, its libraries and test tools into $(VENV) (a few minutes the first time) ..."
	$(begin)
	$(BIN)/python $(LOCKED) --requirement requirements/run.txt --requirement requirements/test.txt
	$(finish)
	@touch $@ $(VENV)/.run

# What only `make bench` needs.
$(VENV)/.bench: $(VENV)/.%: requirements/%.txt $(VENV)/.test
	$(BIN)/python $(LOCKED) --requirement $<
	@touch $@

# Tools that look at the environment stay out of it.
$(TOOLS)/.audit: requirements/audit.txt | $(VENV)/bin/python
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python $(LOCKED) --requirement $<
	@touch $@

eval: $(VENV)/.test
	$(BIN)/planqa-eval report

# 25 minutes on 2 cores; parts of it: make bench BENCH="--only scale --sizes 1000,10000"
bench: $(VENV)/.bench
	$(BIN)/python -m eval.bench $(BENCH)

# Minutes on an idle machine; make load FULL=1 takes an hour.
load: $(VENV)/.test
	$(BIN)/python tests/load/run.py $(if $(FULL),--full)

screenshots: $(VENV)/.test
	$(BIN)/python tests/browser/screenshots.py

# After a change of dependencies or pins: hashes of every file of every release.
lock: $(TOOLS)/.audit
	$(TOOLS)/bin/python supply/lock.py

# Asks an advisory service; fails when a library is affected, or cannot be looked up.
audit: $(TOOLS)/.audit
	cat requirements/run.txt requirements/cuda.txt > $(TOOLS)/audited.txt
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes --requirement $(TOOLS)/audited.txt

sbom: $(TOOLS)/.audit $(VENV)/.run
	$(BIN)/python -m supply.sbom $(TOOLS)/bin/cyclonedx-py sbom.json

clean:
	rm -rf $(VENV) build *.egg-info
