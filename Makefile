# Everything that a person does with this checkout. PYTHON chooses the interpreter of a new .venv (3.11 to 3.13).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test check tests kernel-test kernel-latency kernel arm64-test arm64-wheels wheel drawings install uninstall bench faults canary mutants reliability tolerances curves clean

help:
	@echo "make demo    set up .venv and play a session on the emulated glove"
	@echo "make test    set up .venv and run every check (some minutes)"
	@echo "make install    on a Raspberry Pi: make it a service (DRY_RUN=1 shows each step, and changes nothing)"
	@echo "make uninstall  take that away again (DRY_RUN=1 as well); tapes and settings stay"
	@echo "make drawings   draw the wiring anew, from hardware/board.py"
	@echo "make bench   measure and print the tables of README (some minutes)"
	@echo "make faults  play every fault at every transition of a session (some minutes)"
	@echo "make canary  switch off each detector in turn; a test has to fail (some minutes)"
	@echo "make mutants   write small wrongs into the code; a test has to fail (an hour)"
	@echo "make reliability   all campaigns of faults in full, one table (hours)"
	@echo "make tolerances    draw gloves of parts as they are sold; how near they come to the limits of the pads' states"
	@echo "make curves  draw the guide's plots anew: a pad's volts, and good and bad calibrations"
	@echo "make kernel-test   play sessions in a real kernel with real GPIO and I2C (some minutes); make kernel builds it"
	@echo "make arm64-test   play the stories on an emulated Pi, and say what a tick would cost on a real one (an hour)"
	@echo "make arm64-wheels   show that a Pi needs no compiler"
	@echo "make clean   remove what the others made; tapes stay"

# A system that was upgraded has another Python, which finds nothing in an environment of the old one.
.PHONY: fits
fits:
	@[ ! -e $(VENV)/pyvenv.cfg ] || \
		[ -d "$(VENV)/lib/python$$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" ] || \
		{ echo "make: $(VENV) was made for $$(ls $(VENV)/lib), and the system has another one now - rm -r $(VENV), then the same again" >&2; exit 2; }

$(VENV)/bin/python: | fits
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "make: $(PYTHON) is not Python 3.11 to 3.13 - say which one to take, as in: make demo PYTHON=python3.13" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/installed

demo: $(VENV)/installed
	$(BIN)/paws demo

test: check tests wheel

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy tests/arm64 tests/bench tests/canary tests/curves tests/kernel tests/reliability tests/tolerances

# The pure rooms have to be covered by their own stories. A file's tests share what they play. -rs names at the end what could not run here, and why.
PYTEST := $(BIN)/python -m pytest -q -n auto --dist loadfile
# Most of these wait for processes: twice as many as there are cores.
WAITING := $(shell expr 2 '*' "$$(getconf _NPROCESSORS_ONLN)")
tests: $(VENV)/installed-dev
	$(PYTEST) --cov --cov-report=term-missing -m 'not many' tests/sensing tests/coach
	$(PYTEST) -m many tests/sensing tests/coach
	$(PYTEST) -n $(WAITING) -rs --ignore=tests/sensing --ignore=tests/coach --ignore=tests/kernel tests

# The program in a real kernel: a ready one, whose folder KITTYPAWS_KERNEL names, or that of `make kernel`.
# KERNEL="-m 'not many'" plays half of the scenes.
kernel-test: $(VENV)/installed-dev
	$(PYTEST) --dist worksteal -rs $(KERNEL) tests/kernel

# How soon a cue is at its pin, by that kernel's clock.
kernel-latency: $(VENV)/installed-dev
	$(BIN)/python -m tests.kernel

# Ten minutes, 2 GB, and the Debian packages gcc, make, flex, bison, bc and xz-utils.
kernel: build/kernel/linux-uml
build/kernel/linux-uml: $(wildcard tests/kernel/machine/*)
	tests/kernel/machine/build.sh build/kernel

# Every package that a 64-bit Pi installs, as a wheel for it.
arm64-wheels: $(VENV)/installed-dev
	$(BIN)/python -m tests.arm64.wheels

# An hour without root, 1 GB, and the Debian packages mmdebstrap, qemu-user and gcc. ARM64=bookworm plays one system.
arm64-test: $(VENV)/installed-dev
	$(BIN)/python -m tests.arm64 $(ARM64)

# The wheel, in a virtual environment that has nothing else, away from the checkout.
wheel: $(VENV)/installed-dev
	@rm -rf build/wheel && mkdir -p build/wheel
	$(BIN)/python -m build --quiet --wheel --outdir build/wheel .
	$(BIN)/python -m venv build/wheel/venv
	build/wheel/venv/bin/python -m pip install --quiet build/wheel/*.whl
	cd build/wheel && KITTYPAWS_HOME=home venv/bin/paws demo >page.txt && tail -n 1 page.txt

# The drawings of the standard wiring, for the guide.
drawings: $(VENV)/installed
	$(BIN)/python -m hardware.drawings

# By the system's own Python: one of somebody's home is out of the service's sight.
install uninstall:
	@/usr/bin/python3 -m firmware.install $(if $(filter uninstall,$@),--uninstall) $(if $(DRY_RUN),--dry-run)

# BENCH=--short measures a tenth.
bench: $(VENV)/installed-dev
	$(BIN)/python -m tests.bench $(BENCH)

# Every fault at every transition of a session.
faults: $(VENV)/installed-dev
	$(BIN)/python -m tests.reliability.matrix

# Each detector switched off, one after the other.
canary: $(VENV)/installed-dev
	$(BIN)/python -m tests.canary

# MUTANTS=--share=0.1 tries a tenth; names of files try theirs, as in MUTANTS=coach/cues.py.
mutants: $(VENV)/installed-dev
	$(BIN)/python -m tests.mutation $(MUTANTS)

# CAMPAIGN=--short does a tenth; names do some of them, as in CAMPAIGN="bus ends".
reliability: $(VENV)/installed-dev
	$(BIN)/python -m tests.reliability $(CAMPAIGN)

# A hundred thousand gloves a line, with resistors of 1 % and of 5 %.
tolerances: $(VENV)/installed-dev
	$(BIN)/python -m tests.tolerances

# The plots in hardware/pictures; a test compares them with what is drawn now.
curves: $(VENV)/installed-dev
	$(BIN)/python -m tests.curves

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
