.PHONY: test
test:
	python3 -m venv .venv
	.venv/bin/pip install -q -e '.[testing]'
	.venv/bin/python -m pytest -q tests
