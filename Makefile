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
KERNEL := setup.py $(wildcard index/*.pyx index/kernel/*.pxi)
PYTEST_SELECT := $(if $(SLOW),,-m "not slow")
# Two at a time, each file by one of them: fixtures of a file are made once, and two cores are enough.
# In CI `make torture` runs the crash tests in a larger form: `make test` leaves them to it.
PYTEST_LATER := $(if $(CI),--ignore=tests/torture)
PYTEST_WORKERS := -n 2 --dist loadfile

# Pythons that the tests run on besides $(PYTHON), where they are installed.
OTHER_PYTHONS ?= 3.12 3.13 3.14
# The compiler of wheels: it links against the C library of 2014 whatever this machine has.
MACHINE := $(shell uname -m)
ZIG = $(abspath .venv-wheel)/bin/python -m ziglang cc -target $(MACHINE)-linux-gnu.2.17
NAME_VERSION = dateline-$(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
SDIST = dist/$(NAME_VERSION).tar.gz
WHEEL = dist/$(NAME_VERSION)-$(shell $(PYTHON) -c 'import sys; print("cp%d%d" % sys.version_info[:2])')-*manylinux*.whl

# Where atheris has wheels; elsewhere `make fuzz` says so, and passes.
HAS_ATHERIS := python_version < '3.14' and sys_platform == 'linux' and platform_machine == 'x86_64'

.PHONY: accuracy architecture bench browser cases clean cluster constraints fuzz help lint mutants page-metrics relevance run sanitizers screenshots sdist test test-cluster test-installation test-pythons test-quick test-random test-sdist test-whoosh3 test-without-kernel torture translations wheel

help:
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

run: $(VENV)/installed ## set up, index the sample, serve it and print the address
	$(BIN)/dateline index sample/releases --gazetteer sample/gazetteer.json
	@$(BIN)/python -m index.kernel
	DATELINE_GAZETTEERS=sample/gazetteer.json $(BIN)/dateline serve --host $(HOST) --port $(PORT)

cluster: $(VENV)/test-installed ## three nodes of OpenSearch on this machine with the sample in them, served (docs/scaling.md)
	PYTHONPATH=. $(BIN)/python -m tests.cluster.try_cluster --host $(HOST) --port $(PORT)

test: $(VENV)/test-installed browser lint ## set up what tests need, check style and types, run every test
	$(BIN)/pytest $(PYTEST_WORKERS) $(PYTEST_SELECT) $(PYTEST_LATER)

test-quick: $(VENV)/test-installed ## the tests without browser and slow ones
	$(BIN)/pytest $(PYTEST_WORKERS) -m "not slow and not browser"

SANITIZED = cd build/sanitized && \
	LD_PRELOAD="$$(gcc -print-file-name=libasan.so) $$(gcc -print-file-name=libubsan.so)" \
	ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=2000 \
	UBSAN_OPTIONS=halt_on_error=1 PYTHONMALLOC=malloc ../../$(BIN)/python -m

sanitizers: $(VENV)/test-installed ## the loops' tests under the sanitizers of gcc (INPUTS=1000000 calls of each)
	rm -rf build/sanitized && mkdir -p build/sanitized
	cp -r index search webapp tests setup.py pyproject.toml README.md LICENSE build/sanitized
	rm -f build/sanitized/index/*.so
	cd build/sanitized && DATELINE_SANITIZE=1 DATELINE_KERNEL=required \
		../../$(BIN)/python setup.py -q build_ext --inplace
	$(SANITIZED) pytest -q -p no:cacheprovider tests/index/kernel tests/search/show \
		tests/search/match/test_kernel_buffers.py tests/search/match/test_compiled_match.py
	$(SANITIZED) tests.index.kernel.fuzz_loops --calls $(or $(INPUTS),20000)

fuzz: $(VENV)/fuzz-installed ## readers, queries, addresses and index files on inputs that atheris makes (SECONDS=60 TARGET=page)
	mkdir -p build/fuzz
	$(BIN)/python -m tests.hostile.fuzz $(or $(TARGET),all) --seconds $(or $(SECONDS),60)

test-without-kernel: $(VENV)/test-installed ## the index and search tests without the compiled loops
	DATELINE_KERNEL=off $(BIN)/pytest $(PYTEST_WORKERS) -m "not slow" -p no:cacheprovider tests/index tests/search

test-random: $(VENV)/test-installed ## the property tests, on examples drawn anew
	HYPOTHESIS_PROFILE=random $(BIN)/pytest $(PYTEST_WORKERS) -m hypothesis -p no:cacheprovider

test-cluster: $(VENV)/test-installed ## the tests of an index on OpenSearch, with a server from Maven (skipped without Java 21 or Maven)
	DATELINE_TEST_OPENSEARCH=$${DATELINE_TEST_OPENSEARCH:-start} $(BIN)/pytest \
		-m "cluster$(if $(SLOW),, and not slow)" -p no:cacheprovider tests/cluster tests/search

test-whoosh3: .venv-whoosh3/installed ## the index and search tests on Whoosh's maintained fork
	.venv-whoosh3/bin/python -m pytest $(PYTEST_WORKERS) $(PYTEST_SELECT) -p no:cacheprovider tests/index tests/search

test-pythons: ## the tests without browser and slow ones on the other Pythons that are installed
	@for version in $(OTHER_PYTHONS); do \
		python=$$(sh tests/installation/find-python.sh $$version) || \
			{ echo "Python $$version is not installed here and was left out."; continue; }; \
		$(MAKE) test-quick PYTHON=$$python VENV=.venv-$$version || exit 1; \
	done

torture: $(VENV)/test-installed ## kills, power cuts, flipped bits, many at once (TORTURE=full for hours)
	TORTURE=$(or $(TORTURE),ci) $(BIN)/pytest $(PYTEST_WORKERS) -rP -p no:cacheprovider tests/torture

test-sdist: sdist ## tests of the source distribution, unpacked and installed by itself
	rm -rf build/sdist && mkdir -p build/sdist && tar -xzf $(SDIST) -C build/sdist --strip-components=1
	$(MAKE) -C build/sdist .venv/test-installed
	cd build/sdist && .venv/bin/pytest -q -m "not slow and not browser" \
		tests/test_*.py tests/index/ingest tests/index/kernel tests/index/stores tests/webapp/cli

test-installation: sdist wheel ## install the sources, the source distribution and the wheel as strangers do
	$(PYTHON) tests/installation/try_install.py . --pip 23.2.1 --loops yes
	$(PYTHON) tests/installation/try_install.py $(SDIST) --no-compiler --loops no
	$(PYTHON) tests/installation/try_install.py $(WHEEL) --no-compiler --loops yes

sdist: $(VENV)/installed ## the source distribution, in dist/
	$(BIN)/python -c 'from setuptools import build_meta; build_meta.build_sdist("dist")' >/dev/null

wheel: sdist .venv-wheel/installed ## a wheel with the compiled loops for any Linux since 2014, in dist/
	rm -rf build/wheel $(WHEEL)
	CC="$(ZIG)" LDSHARED="$(ZIG) -shared -s" DATELINE_KERNEL=required \
		$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build/wheel $(SDIST)
	PATH=$(abspath .venv-wheel)/bin:$$PATH auditwheel repair --plat manylinux_2_17_$(MACHINE) --wheel-dir dist build/wheel/*.whl

architecture: $(VENV)/installed ## write docs/architecture.md, limits.md and settings.md anew from what the modules say
	$(BIN)/python -m docs.make_architecture
	$(BIN)/python -m docs.make_limits
	$(BIN)/python -m docs.make_settings

mutants: $(VENV)/test-installed .venv-mutants/installed ## faults in MODULE=index/dates/clock.py that its tests do not see
	.venv-mutants/bin/python tests/mutants.py $(MODULE) $(MUTANTS)

lint: $(VENV)/test-installed ## style, types, and which room may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

accuracy: $(VENV)/test-installed ## how well real pages are read, beside other readers (needs ../shared)
	$(BIN)/python -m tests.accuracy

cases: $(VENV)/test-installed ## small inputs after public bug reports: which are not right (needs ../shared)
	PYTHONPATH=. $(BIN)/python tests/cases.py

bench: .bench/installed ## Dateline beside other engines, in one run (needs ../shared; takes a while)
	PYTHONPATH=. .bench/venv/bin/python -m bench.run $(BENCH)
	PYTHONPATH=. .bench/venv/bin/python -m bench.new_questions $(NEW_QUESTIONS)

relevance: .bench/installed ## how well Dateline ranks, beside bm25s (needs ../shared)
	PYTHONPATH=. .bench/venv/bin/python -m bench.relevance $(RELEVANCE)

page-metrics: $(VENV)/test-installed ## how much of a page is results, how fragments read, what forms lose (INDEXES="FOLDER...")
	PYTHONPATH=. $(BIN)/python tests/page_metrics.py $(INDEXES)

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
		--no-header --no-annotate --upgrade pyproject.toml $(VENV)-pin/build.in --extra documents --extra fetch -o constraints.txt
	$(VENV)-pin/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade pyproject.toml $(VENV)-pin/build.in --extra documents --extra fetch --extra cluster --extra mcp --extra parquet --extra dataframe --extra test \
		-c constraints.txt -o constraints-test.txt
	$(VENV)-pin/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade bench/requirements.in \
		-c constraints.txt -o bench/constraints.txt
	printf 'auditwheel\npatchelf\nziglang\n' > $(VENV)-pin/wheel.in
	$(VENV)-pin/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade $(VENV)-pin/wheel.in -o constraints-wheel.txt
	printf "atheris==3.0.0; $(HAS_ATHERIS)\n" > $(VENV)-pin/fuzz.in  # 3.1 has no wheel for Python 3.11
	$(VENV)-pin/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate $(VENV)-pin/fuzz.in -o constraints-fuzz.txt
	rm -rf $(VENV)-pin

clean: ## remove the environment and the built index
	rm -rf $(VENV) .venv-* .bench var build dist *.egg-info index/*.so

# Compiled at once: who may write no bytecode later would compile every module at every start.
$(VENV)/installed: constraints.txt pyproject.toml $(KERNEL)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Dateline needs Python 3.11 or later; $(PYTHON) is older. Say: make PYTHON=python3.12 run"; exit 1; }
	@[ "$$($(BIN)/python -V 2>/dev/null)" = "$$($(PYTHON) -V)" ] || rm -rf $(VENV)  # of another Python
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "Could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --upgrade pip
	@$(BIN)/pip install --quiet --require-hashes -r constraints.txt || \
		{ echo "Could not install the packages of constraints.txt. They were tried with Python 3.11 to 3.14;"; \
		  echo "a newer one may lack packages made for it. Say: make PYTHON=python3.14 run"; exit 1; }
	$(BIN)/pip install -qq --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q index search webapp
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
	.venv-whoosh3/bin/pip install --quiet --force-reinstall --require-hashes --no-deps -r constraints-whoosh3.txt
	@touch $@

.venv-mutants/installed: constraints-mutants.txt
	$(PYTHON) -m venv .venv-mutants
	.venv-mutants/bin/pip install --quiet --require-hashes -r constraints-mutants.txt
	@touch $@

$(VENV)/test-installed: $(VENV)/installed constraints-test.txt
	$(BIN)/pip install --quiet --require-hashes -r constraints-test.txt
	@touch $@

$(VENV)/fuzz-installed: $(VENV)/test-installed constraints-fuzz.txt
	$(BIN)/pip install --quiet --require-hashes -r constraints-fuzz.txt
	@touch $@

.venv-wheel/installed: constraints-wheel.txt
	$(PYTHON) -m venv .venv-wheel
	.venv-wheel/bin/pip install --quiet --require-hashes -r constraints-wheel.txt
	@touch $@
