# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATELINE_INDEX ?= var/index
export DATELINE_INDEX

VENV := .venv
BIN := $(VENV)/bin
# Tests marked slow run where CI is set, as `.ci/run` does, or with `make test SLOW=1`.
SLOW ?= $(CI)
# Built by the installation where there is a C compiler; without them numpy does the work.
KERNEL := setup.py $(wildcard index/*.pyx index/kernel/*.pxi index/kernel/*.[ch] search/kernel/*.[ch])
PYTEST_SELECT := $(if $(SLOW),,-m "not slow")

.PHONY: architecture help run test test-quick test-without-kernel test-whoosh3 wheel lint accuracy bench screenshots translations constraints browser clean

help:
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

run: $(VENV)/installed ## set up, index the sample, serve it and print the address
	$(BIN)/dateline index sample/releases --gazetteer sample/gazetteer.json
	@$(BIN)/python -m index.kernel
	DATELINE_GAZETTEERS=sample/gazetteer.json $(BIN)/dateline serve --host $(HOST) --port $(PORT)

test: $(VENV)/test-installed browser lint ## set up what tests need, check style and types, run every test
	$(BIN)/pytest $(PYTEST_SELECT)

test-quick: $(VENV)/test-installed ## the tests without browser and slow ones
	$(BIN)/pytest -m "not slow and not browser"

test-without-kernel: $(VENV)/test-installed ## the index and search tests without the compiled loops
	DATELINE_KERNEL=off $(BIN)/pytest -m "not slow" -p no:cacheprovider tests/index tests/search

wheel: $(VENV)/installed ## a wheel with the compiled loops, in dist/
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

test-whoosh3: .venv-whoosh3/installed ## the index and search tests on Whoosh's maintained fork
	.venv-whoosh3/bin/python -m pytest $(PYTEST_SELECT) -p no:cacheprovider tests/index tests/search

architecture: ## write docs/architecture.md anew from the modules' own first sentences
	$(PYTHON) docs/make_architecture.py

lint: $(VENV)/test-installed ## style, types, and which room may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

accuracy: $(VENV)/test-installed ## how well real pages are read, per site (needs ../shared)
	$(BIN)/python tests/accuracy.py

bench: .bench/installed ## Dateline beside other engines, in one run (needs ../shared; takes a while)
	PYTHONPATH=. .bench/venv/bin/python -m bench.run $(BENCH)

screenshots: $(VENV)/test-installed browser ## take the pictures of docs/screenshots and weigh the pages anew
	$(BIN)/python tests/browser/screenshots.py
	$(BIN)/python tests/browser/test_page_weight.py

translations: $(VENV)/installed ## bring the catalogues of sentences up to date, say what is not translated
	$(BIN)/python -m webapp.site.catalogues

browser:
	@sh tests/browser/install-chromium.sh

constraints: ## pin every dependency anew, with hashes
	$(PYTHON) -m venv $(VENV)-pin && $(VENV)-pin/bin/pip install --quiet uv
	printf 'setuptools>=77\ncython>=3.1\n' > $(VENV)-pin/build.in
	$(VENV)-pin/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade pyproject.toml $(VENV)-pin/build.in -o constraints.txt
	$(VENV)-pin/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade pyproject.toml $(VENV)-pin/build.in --extra test \
		-c constraints.txt -o constraints-test.txt
	$(VENV)-pin/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade bench/requirements.in \
		-c constraints.txt -o bench/constraints.txt
	rm -rf $(VENV)-pin

clean: ## remove the environment and the built index
	rm -rf $(VENV) .venv-whoosh3 .bench var build *.egg-info index/*.so search/*.so

$(VENV)/installed: constraints.txt pyproject.toml $(KERNEL)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Dateline needs Python 3.11 or later; $(PYTHON) is older. Say: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "Could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --require-hashes -r constraints.txt
	$(BIN)/pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

.bench/installed: constraints.txt bench/constraints.txt $(KERNEL)
	@sh bench/install-debian-peers.sh
	$(PYTHON) -m venv .bench/venv
	.bench/venv/bin/python -m pip install --quiet --upgrade pip
	.bench/venv/bin/pip install --quiet --require-hashes -r constraints.txt
	.bench/venv/bin/pip install --quiet --require-hashes -r bench/constraints.txt
	.bench/venv/bin/pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

.venv-whoosh3/installed: constraints.txt constraints-test.txt constraints-whoosh3.txt
	$(PYTHON) -m venv .venv-whoosh3
	.venv-whoosh3/bin/python -m pip install --quiet --upgrade pip
	.venv-whoosh3/bin/pip install --quiet --require-hashes -r constraints.txt
	.venv-whoosh3/bin/pip install --quiet --require-hashes -r constraints-test.txt
	.venv-whoosh3/bin/pip uninstall --quiet --yes whoosh
	.venv-whoosh3/bin/pip install --quiet --require-hashes --no-deps -r constraints-whoosh3.txt
	@touch $@

$(VENV)/test-installed: $(VENV)/installed constraints-test.txt
	$(BIN)/pip install --quiet --require-hashes -r constraints-test.txt
	@touch $@
