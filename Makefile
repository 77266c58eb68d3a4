# Everything happens in a virtual environment of its own; `make demo` and `make test` need nothing but Python 3.11.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# What `make test` installs besides the test tools; continuous integration adds the heavy engines.
EXTRAS ?= dev
# Counting the lines that are run (`make test COVERAGE=yes`) takes two thirds longer: it is done before a release.
COVERAGE ?=

# What Python compiles is kept: two workers and some hundred programs that tests start would compile it again each.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test fast check docs bench clean

demo: $(VENV)/demo.stamp
	@$(BIN)/ntm-rules demo

$(VENV)/demo.stamp: pyproject.toml
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

test: $(VENV)/test.stamp
	$(BIN)/ruff check src tests examples benchmarks
	$(BIN)/ruff format --check src tests examples benchmarks
	$(BIN)/lint-imports
	$(BIN)/python tests/typed_docs.py build/typed
	# The type checkers run beside the tests, which now and then leave a core idle; what they say follows.
	@( $(BIN)/pyright --pythonpath $(BIN)/python > build/pyright.txt & pyright=$$!; \
	$(BIN)/mypy src benchmarks/evaluate.py build/typed $(wildcard examples/*.py) > build/mypy.txt; mypy=$$?; \
	wait $$pyright; exit $$((mypy + $$?)) ) & types=$$!; \
	$(BIN)/python -m pytest -q -n auto --dist loadfile --doctest-modules $(if $(COVERAGE),--cov --cov-report=term:skip-covered) src tests; tests=$$?; \
	wait $$types; types=$$?; cat build/mypy.txt build/pyright.txt; exit $$((tests + types))

# Under a minute, for between two edits: style, layers, and the tests that say most in the least time.
FAST := shorthand identity groups compare evaluate lint_sense plan quantity total values
fast: $(VENV)/test.stamp
	$(BIN)/ruff check src tests examples benchmarks
	$(BIN)/ruff format --check src tests examples benchmarks
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n auto $(wildcard $(foreach name,$(FAST),tests/test_$(name).py tests/test_pack_$(name).py))

# durable-rules comes as source only: without a C compiler its tests skip, and say so.
$(VENV)/test.stamp: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[$(EXTRAS)]'
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[live]' || echo 'durable-rules was not built: live sessions are not tested'
	touch $@

docs: $(VENV)/test.stamp
	$(BIN)/python -m ntm_rules.analysis.page docs/packs
	$(BIN)/python -m ntm_rules.assessment.schema docs/assessment.schema.json
	$(BIN)/python -m ntm_rules.pack.schema packs/ntm_packs_vn/pack.schema.json
	cp packs/ntm_packs_vn/pack.schema.json docs/pack.schema.json
	$(BIN)/python -m ntm_rules.schemas src/ntm_rules/schemas docs/schemas
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[docs]'
	$(BIN)/mkdocs build --strict

bench: $(VENV)/test.stamp
	$(BIN)/python benchmarks/evaluate.py

clean:
	rm -rf $(VENV) dist build site .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis
