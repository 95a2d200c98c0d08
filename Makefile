# tradeoff: `make help` lists the targets.
# SPDX-License-Identifier: GPL-3.0-or-later

VERSION := $(shell sed -n 's/^.define TDO_VERSION "\(.*\)"/\1/p' include/tradeoff/status.h)

# The one list of Debian packages: to build, to run the demo with its report, to test.
PACKAGES_BUILD := gcc libc6-dev libglpk-dev libgmp-dev libcsv-dev libjansson-dev libmd-dev
PACKAGES_WEB   := nodejs npm clang lld wasi-libc libclang-rt-14-dev-wasm32 binaryen zopfli
PACKAGES_DEMO  := $(PACKAGES_BUILD) $(PACKAGES_WEB)
PACKAGES_TEST  := $(PACKAGES_DEMO) libcmocka-dev python3 python3-jsonschema chromium binutils clang-format \
                  g++ pkg-config libltdl-dev
PACKAGES_CLUSTER := slurm-wlm munge openmpi-bin libopenmpi-dev

PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
MODE    ?= release
CC      ?= cc
SHARED  ?= ../shared

# ---- flags: a folder of objects for each mode and compiler, made anew when the flags change ----
CFLAGS  ?= -O2 -g
STD     := -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -fPIC -fvisibility=hidden -ffp-contract=off -fno-math-errno
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
           -Wvla -Wformat=2 -Wundef -Wcast-qual -Wwrite-strings
HARDEN  := -fstack-protector-strong -fstack-clash-protection
LDHARD  := -Wl,-z,relro,-z,now -Wl,--as-needed
ifeq ($(MODE),release)
SODEFS  := -Wl,-z,defs
HARDEN  += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
else ifeq ($(MODE),debug)
override CFLAGS := -O0 -g3
else ifeq ($(MODE),asan)
override CFLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
HARDEN  :=
else ifeq ($(MODE),valgrind)
override CFLAGS := -O1 -g
HARDEN  :=
else ifeq ($(MODE),cov)
override CFLAGS := -O0 -g --coverage
HARDEN  :=
else ifeq ($(MODE),mutate)
override CFLAGS := -O1 -g -fvisibility=default -fsanitize-coverage=trace-pc
HARDEN  :=
else ifeq ($(MODE),mutate-asan)
override CFLAGS := -O1 -g -fvisibility=default -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
HARDEN  :=
else ifeq ($(MODE),fuzz)
override CC     := clang
override CFLAGS := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
HARDEN  :=
else
$(error MODE is release, debug, asan, valgrind, cov, mutate, mutate-asan or fuzz)
endif
ifdef WERROR
WARN    += -Werror
endif
# Threads, where the compiler has them; without, the same results on one.
ifneq ($(MODE),fuzz)
OPENMP  := $(shell echo 'int main(void) { return 0; }' | \
             $(CC) $(filter-out --coverage -fsanitize-coverage=%,$(CFLAGS)) -fopenmp -xc - -o /dev/null 2>/dev/null && echo -fopenmp)
endif
# Where it is built leaves no trace: two folders give the same bytes.
NOWHERE := "-ffile-prefix-map=$(CURDIR)=."
ALL_CFLAGS := $(STD) $(WARN) $(HARDEN) $(CPPFLAGS) $(CFLAGS) $(OPENMP) $(NOWHERE)
LIBS    := -lcsv -ljansson -lmd -lglpk -lgmp -lm -lpthread
# What Debian's libglpk.a needs beyond these (libglpk-dev brings all but libltdl-dev).
LIBS_STATIC := $(LIBS) -lamd -lcolamd -lsuitesparseconfig -lltdl -lz -ldl

OUT     := $(BUILD)/$(MODE)-$(notdir $(firstword $(CC)))
CLI     := $(filter-out src/cli/mpi.c,$(wildcard src/cli/*.c))
SRCS    := $(filter-out src/cli/%,$(wildcard src/*.c src/*/*.c))
SCHEMAS := $(wildcard src/output/*.schema.json)
OBJS    := $(SRCS:%.c=$(OUT)/%.o) $(SCHEMAS:%.json=$(OUT)/%.json.o) $(OUT)/viewer_page.o
TOPICS  := $(wildcard src/cli/help/*.md)
CLIOBJS := $(CLI:%.c=$(OUT)/%.o) $(TOPICS:%.md=$(OUT)/%.md.o)
TESTSRC := $(wildcard tests/unit/test_*.c tests/property/test_*.c tests/fault/test_*.c)
FUZZSRC := $(filter-out tests/fuzz/engine.c tests/fuzz/test_corpus.c,$(wildcard tests/fuzz/*.c))
FUZZOBJ := $(FUZZSRC:%.c=$(OUT)/%.o)
TESTBIN := $(TESTSRC:%.c=$(OUT)/%) $(OUT)/tests/fuzz/test_corpus
BENCHSRC:= $(wildcard tests/bench/bench_*.c tests/bench/gen.c)
BENCHBIN:= $(BENCHSRC:%.c=$(OUT)/%)
ANSWERS := $(OUT)/tests/property/answers
SUITES   = $(wildcard tests/*/run tests/*/run_*)
ifeq ($(MODE),release)
PROGRAM := $(BUILD)/tradeoff
else
PROGRAM := $(OUT)/tradeoff
endif
# MPI=1: another program of the same objects, whose processes work together under mpirun (Open MPI).
PROGRAM_OBJS = $(CLIOBJS)
ifdef MPI
MPICC        ?= mpicc
PROGRAM      := $(OUT)/mpi/tradeoff
PROGRAM_OBJS  = $(filter-out %/alone.o,$(CLIOBJS)) $(OUT)/mpi/mpi.o
PROGRAM_LIBS := $(shell $(MPICC) --showme:link 2>/dev/null)
endif
# What programs are linked with; for mutants a library in front of ours, whose functions are used where it has some.
LINKED  := $(OUT)/libtradeoff.a
ifneq ($(filter mutate%,$(MODE)),)
LINKED  := $(OUT)/libmutant.so $(OUT)/libtradeoff.so
override LDFLAGS += -Wl,--no-as-needed,-rpath,"$(abspath $(OUT))"
endif

# A line for each step; V=1: its command; make -s: nothing.
JOBS := $(shell nproc 2>/dev/null || echo 1)
ifdef V
Q   :=
say  = @:
else
Q   := @
say  = @$(if $(findstring s,$(firstword -$(MAKEFLAGS))),:,printf '  %-5s %s\n' $(1) $(2))
endif

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: all help demo test check soak fault fuzz mutate analyse cov covered cluster asan sanitized valgrind valgrinded werror format lint bench install uninstall \
        clean deps-demo deps-test deps-cluster deps-web web tests FORCE

all: $(PROGRAM) $(OUT)/libtradeoff.a $(OUT)/libtradeoff.so ## Build the program and the library

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1@\2/p' Makefile | awk -F@ '{ printf "  make %-12s %s\n", $$1, $$2 }'
	@echo '  variables: V=1 (show commands), CC, CFLAGS, LDFLAGS, MODE=release|debug|asan|valgrind|cov|mutate|fuzz, MPI=1, WERROR=1, PREFIX, DESTDIR'

# ---- build ----
$(OUT)/flags: FORCE
	@mkdir -p $(OUT)
	@echo '$(CC) $(ALL_CFLAGS) $(LDFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS) $(LDFLAGS)' > $@

$(OUT)/deps-ok: | $(OUT)/flags
	@for p in glpk.h=libglpk-dev csv.h=libcsv-dev jansson.h=libjansson-dev sha2.h=libmd-dev gmp.h=libgmp-dev; do \
	  echo "#include <stddef.h>" | $(CC) $(CPPFLAGS) $(filter-out --coverage,$(CFLAGS)) -include $${p%%=*} -fsyntax-only -xc - 2>/dev/null || \
	  { echo "$${p%%=*} is missing: sudo apt-get install $(filter lib%,$(PACKAGES_BUILD))" >&2; exit 1; }; \
	done; touch $@

$(OUT)/%.o: %.c $(OUT)/flags | $(OUT)/deps-ok
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

# A schema as a C string: its name is the file's, with underscores.
$(OUT)/%.schema.json.o: %.schema.json $(OUT)/flags | $(OUT)/deps-ok
	@mkdir -p $(@D)
	@{ echo 'extern const char tdo_$(notdir $*)_schema_text[]; const char tdo_$(notdir $*)_schema_text[] ='; \
	  sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n"/' $<; echo ';'; } > $(@:.o=.c)
	$(call say,TEXT,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-overlength-strings -c $(@:.o=.c) -o $@

# A page of help likewise: cli_topic_NAME.
$(OUT)/%.md.o: %.md $(OUT)/flags | $(OUT)/deps-ok
	@mkdir -p $(@D)
	@{ echo 'extern const char cli_topic_$(notdir $*)[]; const char cli_topic_$(notdir $*)[] ='; \
	  sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n"/' $<; echo ';'; } > $(@:.o=.c)
	$(call say,TEXT,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-overlength-strings -c $(@:.o=.c) -o $@

$(OUT)/libtradeoff.a: $(OBJS)
	@rm -f $@
	$(call say,AR,$@)
	$(Q)$(AR) rcs $@ $(OBJS)

# What is installed: one object, in which all but the public names are local.
$(OUT)/install/libtradeoff.a: $(OBJS)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) -r -nostdlib $(OBJS) -o $(@D)/tradeoff.o
	$(Q)objcopy --localize-hidden $(@D)/tradeoff.o
	@rm -f $@
	$(Q)$(AR) rcs $@ $(@D)/tradeoff.o

$(OUT)/libtradeoff.so: $(OBJS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -shared -Wl,-soname,libtradeoff.so.0 $(SODEFS) $(LDHARD) $(LDFLAGS) $(OBJS) -o $@ $(LIBS)

$(OUT)/libmutant.so: tests/mutate/reached.c $(OUT)/libtradeoff.so
	$(call say,LINK,$@)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O1 -Wall -Wextra -fPIC -shared -Wl,-soname,libmutant.so $< -o $@
	@ln -sf libtradeoff.so $(OUT)/libtradeoff.so.0

$(PROGRAM): $(PROGRAM_OBJS) $(LINKED)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDHARD) $(LDFLAGS) $(PROGRAM_OBJS) $(LINKED) -o $@ $(LIBS) $(PROGRAM_LIBS)

$(OUT)/mpi/mpi.o: src/cli/mpi.c $(OUT)/flags
	@mkdir -p $(@D)
	@$(MPICC) --showme:version >/dev/null 2>&1 || \
	  { echo 'Open MPI is missing: sudo apt-get install openmpi-bin libopenmpi-dev' >&2; exit 1; }
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) $(shell $(MPICC) --showme:compile 2>/dev/null) -MMD -MP -c $< -o $@

# ---- the viewer: linked in where what builds it is there; else the program says what to install ----
WEB_TOOLS := $(and $(shell command -v node),$(shell command -v clang),$(shell command -v wasm-ld),$(shell command -v wasm-opt),\
              $(shell command -v zopfli),\
              $(wildcard web/node_modules/esbuild /usr/include/wasm32-wasi/stdlib.h),\
              $(wildcard web/node_modules/esbuild),$(wildcard web/node_modules/preact),yes)
ENGINE    := $(wildcard web/engine/*.[ch] include/tradeoff/*.h src/*/*.[ch])

$(OUT)/viewer.html: $(wildcard web/*.mjs web/*/*.mjs web/*.sh web/*/*.sh web/*.css web/index.html web/package-lock.json) \
                    $(ENGINE) $(OUT)/flags
	$(call say,WASM,$(OUT)/engine.wasm)
	$(Q)sh web/engine/build.sh $(OUT)/engine.wasm
	$(call say,PAGE,$@)
	$(Q)node web/build.mjs --wasm $(OUT)/engine.wasm --out $@

ifeq ($(WEB_TOOLS)$(filter fuzz cov mutate%,$(MODE)),yes)
$(OUT)/viewer_page.c: $(OUT)/viewer.html web/embed.sh
	@sh web/embed.sh $< > $@
else
$(OUT)/viewer_page.c: $(OUT)/flags
	@echo '#include <stddef.h>' > $@
	@echo 'extern const char tdo_viewer_page[]; extern const size_t tdo_viewer_page_length;' >> $@
	@echo 'const char tdo_viewer_page[1] = {0}; const size_t tdo_viewer_page_length = 0;' >> $@
endif
$(OUT)/viewer_page.o: $(OUT)/viewer_page.c
	@$(CC) $(ALL_CFLAGS) -c $< -o $@

web/node_modules/.ready: web/package-lock.json
	@cd web && npm ci --no-audit --no-fund --loglevel=error >/dev/null || \
	  { echo 'npm ci in web/ failed: is the npm registry reachable?' >&2; exit 1; }
	@touch $@

web: deps-web web/node_modules/.ready ## Install what the viewer needs and build it alone
	@$(MAKE) --no-print-directory $(OUT)/viewer.html

# ---- tests ----
$(OUT)/tests/%: $(OUT)/tests/%.o $(LINKED)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $< $(LINKED) -o $@ -lcmocka $(LIBS)

# In the fault tests the arena's functions fail when the test wants it (tests/fault/deny.h).
$(OUT)/tests/fault/%: private LDFLAGS += \
    -Wl,--wrap=tdo_alloc,--wrap=tdo_alloc_unset,--wrap=tdo_grow,--wrap=tdo_copy,--wrap=tdo_text

# The targets of fuzzing: behind libFuzzer, and behind a main that runs what is kept.
$(OUT)/tests/fuzz/test_corpus: $(OUT)/tests/fuzz/test_corpus.o $(FUZZOBJ) $(LINKED)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $^ -o $@ $(LIBS)

$(OUT)/tests/unit/test_limbs.o: private ALL_CFLAGS += -Iweb
$(OUT)/tests/fuzz/engine: $(OUT)/tests/fuzz/engine.o $(FUZZOBJ) $(LINKED)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer $(LDFLAGS) $^ -o $@ $(LIBS)

# Preloaded into the program, it makes calls of the system fail (not under sanitizers, which want to be first).
ifeq ($(MODE),release)
DENY := $(OUT)/tests/fault/deny_calls.so
$(OUT)/tests/fault/deny_calls.so: tests/fault/deny_calls.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) -std=c11 -O1 -Wall -Wextra -fPIC -shared $< -o $@ -ldl
endif

# The program once more, what it computes with unoptimised, without threads and, where clang is there, by another compiler.
ifeq ($(MODE),release)
OTHER    := $(OUT)/tests/library/unoptimised
OTHER_CC := $(or $(shell command -v clang),$(CC))
COMPUTES := $(wildcard $(patsubst %,src/%/*.c,base variates model rules noise sampling))
$(OTHER)-%.o: %.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(OTHER_CC) $(STD) -w -O0 $(NOWHERE) -MMD -MP -c $< -o $@
$(OTHER): $(COMPUTES:%.c=$(OTHER)-%.o) $(CLIOBJS) $(OBJS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(filter-out $(COMPUTES:%.c=$(OUT)/%.o),$^) -o $@ $(LIBS)
-include $(COMPUTES:%.c=$(OTHER)-%.d)
endif

tests: $(TESTBIN) $(BENCHBIN) $(ANSWERS) $(DENY) $(OTHER) $(PROGRAM) $(OUT)/libtradeoff.so

export TRADEOFF   = $(abspath $(PROGRAM))
export TDO_SHARED = $(abspath $(SHARED))
export TDO_LIBRARY = $(abspath $(OUT)/libtradeoff.so)
RUN_TESTS = tests/run $(TESTBIN) $(SUITES)

test: deps-test web/node_modules/.ready ## Install what the tests need, build, run all tests
	@$(MAKE) --no-print-directory tests
	@$(RUN_TESTS)

check: tests ## Run all tests, install nothing
	@$(RUN_TESTS)

soak: ## All tests, with every random case (test and check run a tenth of the long ones)
	@TDO_SOAK=1 $(MAKE) --no-print-directory check

asan: ## All tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory MODE=asan tests
	@$(MAKE) --no-print-directory MODE=asan sanitized
sanitized:
	@ASAN_OPTIONS=abort_on_error=0:exitcode=97 UBSAN_OPTIONS=print_stacktrace=1 $(RUN_TESTS)

fault: tests ## Every allocation and every call of the system fails in turn, in every command; 1,000 kills (UPDATE=1 keeps how many)
	@TDO_FAULT=all TDO_SOAK=1 tests/run fault

fuzz: ## Fuzz every target under libFuzzer, ASan and UBSan (clang; FUZZ_SECONDS=60 each, FUZZ_TARGETS, UPDATE=1 keeps what is new)
	@$(MAKE) --no-print-directory MODE=fuzz $(BUILD)/fuzz-clang/tests/fuzz/engine
	@nice -n 19 tests/fuzz/fuzz.py $(BUILD)/fuzz-clang/tests/fuzz/engine $(FUZZ_TARGETS)

cov: ## The share of branches that the tests take, by room, and the functions that none runs (gcov; UPDATE=1 keeps the shares)
	@rm -rf $(BUILD)/cov-*/src
	@$(MAKE) --no-print-directory MODE=cov tests
	@$(MAKE) --no-print-directory MODE=cov covered
covered:
	@OMP_NUM_THREADS=1 $(RUN_TESTS) | tail -1
	@tests/coverage/cov.py $(OUT)

mutate: ## Break the program in one place at a time: how often the tests see it (MUTANTS=300, MUTATE_SEED=1, ROOMS="model rules", UPDATE=1)
	@nice -n 19 $(MAKE) --no-print-directory MODE=mutate tests $(BUILD)/mutate-$(notdir $(firstword $(CC)))/libtradeoff.a
	@nice -n 19 $(MAKE) --no-print-directory MODE=mutate-asan tests
	@nice -n 19 python3 tests/mutate/mutate.py $(BUILD)/mutate-$(notdir $(firstword $(CC))) $(BUILD)/mutate-asan-$(notdir $(firstword $(CC)))

ANALYSERS ?= gcc cppcheck
analyse: ## gcc -fanalyzer and cppcheck: no finding but those that tests/lint/analysed.tsv explains (ANALYSERS=clang-tidy: its list is not made)
	@nice -n 19 python3 tests/lint/analyse.py $(ANALYSERS)

cluster: all deps-cluster ## A run in parts on a Slurm of this machine (as root, ports of the loopback); processes under mpirun
	@if command -v $(or $(MPICC),mpicc) >/dev/null; then $(MAKE) --no-print-directory MPI=1 all; fi
	@export TRADEOFF="$(CURDIR)/build/tradeoff" TRADEOFF_MPI="$(CURDIR)/$(OUT)/mpi/tradeoff"; \
	  tests/cluster/mpi.sh && tests/cluster/slurm.sh

valgrind: ## The C tests and the cases under valgrind
	@$(MAKE) --no-print-directory MODE=valgrind tests
	@$(MAKE) --no-print-directory MODE=valgrind valgrinded
VALGRIND := valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite
valgrinded:
	@TRADEOFF="$(VALGRIND) $(TRADEOFF)" tests/run --wrap "$(VALGRIND)" $(TESTBIN) tests/cases/run

werror: ## Everything with -Werror, gcc and clang
	@$(MAKE) --no-print-directory CC=gcc WERROR=1 BUILD=$(BUILD)/werror tests
	@$(MAKE) --no-print-directory CC=clang WERROR=1 BUILD=$(BUILD)/werror tests

FORMATTED = $(shell git ls-files '*.c' '*.h')
format: ## Lay out the C sources (clang-format)
	@clang-format -i $(FORMATTED)

lint: ## Hold the layout rules
	@$(MAKE) --no-print-directory -s -j$(JOBS) $(OUT)/libtradeoff.so
	@tests/run tests/lint/run

# ---- bench ----
$(BENCHBIN): $(OUT)/%: $(OUT)/%.o $(LINKED)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $< $(LINKED) -o $@ $(LIBS)

bench: $(PROGRAM) $(BENCHBIN) ## Time and memory per stage, as ratios to a plain read (UPDATE=1 writes the README's table)
	@tests/bench/$(if $(UPDATE),keep.py,run.sh) $(OUT)/tests/bench
	@$(if $(UPDATE),UPDATE=1 tests/lint/run_figures >/dev/null)

# ---- the two commands for a new machine ----
deps-web:
	@.ci/install $(PACKAGES_WEB)
deps-demo:
	@.ci/install $(PACKAGES_DEMO)
deps-test:
	@.ci/install $(PACKAGES_TEST)
# Without them what needs them is skipped.
deps-cluster:
	-@.ci/install $(PACKAGES_CLUSTER)

# What npm fetches and what is compiled do not wait for each other; nor do the page and the program.
demo: deps-demo ## Install what is missing, build, run a shipped scenario
	@echo "building the program and the page, in $(JOBS) jobs (a minute or two the first time)"
	@$(MAKE) --no-print-directory -s -j$(JOBS) web/node_modules/.ready $(filter-out %/viewer_page.o,$(OBJS) $(CLIOBJS))
	@$(MAKE) --no-print-directory -s -j$(JOBS) all
	@echo
	@$(PROGRAM) run scenarios/food-delivery/scenario.json -o $(BUILD)/food-delivery.json \
	  --html $(BUILD)/food-delivery.html
	@echo
	@echo "The page for the meeting is $(abspath $(BUILD)/food-delivery.html): open it in a browser."
	@echo "Next: $(PROGRAM) help, or another scenario:"
	@for s in $(wildcard scenarios/*/scenario.json); do echo "  $(PROGRAM) run $$s"; done

# ---- install ----
$(OUT)/tradeoff.1 $(OUT)/tradeoff.bash: $(PROGRAM)
	@$(PROGRAM) manual > $(OUT)/tradeoff.1
	@$(PROGRAM) completion bash > $(OUT)/tradeoff.bash

$(OUT)/tradeoff.pc: FORCE # PREFIX may be another one each time
	@printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$${prefix}/lib' 'includedir=$${prefix}/include' '' \
	  'Name: tradeoff' 'Description: Multi-stakeholder objective trade-off optimizer' \
	  'Version: $(VERSION)' 'Cflags: -I$${includedir}' 'Libs: -L$${libdir} -ltradeoff' \
	  'Libs.private: $(LIBS_STATIC) $(OPENMP)' > $@

LINKS := libtradeoff.so.0 libtradeoff.so
# As the shell quotes them: either may hold blanks.
ROOT  := "$(DESTDIR)$(PREFIX)"
LIB   := $(ROOT)/lib
SHARE := $(ROOT)/share
install: all $(OUT)/install/libtradeoff.a $(OUT)/tradeoff.1 $(OUT)/tradeoff.bash $(OUT)/tradeoff.pc ## Install into DESTDIR and PREFIX
	install -d $(ROOT)/bin $(LIB)/pkgconfig $(ROOT)/include/tradeoff $(SHARE)/man/man1 $(SHARE)/bash-completion/completions
	install -m 755 $(PROGRAM) $(ROOT)/bin/tradeoff
	install -m 644 include/tradeoff/*.h $(ROOT)/include/tradeoff
	install -m 644 $(OUT)/install/libtradeoff.a $(LIB)
	install -m 755 $(OUT)/libtradeoff.so $(LIB)/libtradeoff.so.$(VERSION)
	for l in $(LINKS); do ln -sf libtradeoff.so.$(VERSION) $(LIB)/$$l; done
	install -m 644 $(OUT)/tradeoff.pc $(LIB)/pkgconfig
	install -m 644 $(OUT)/tradeoff.1 $(SHARE)/man/man1
	if [ -e $(OUT)/viewer.html ]; then install -D -m 644 $(OUT)/viewer.html $(SHARE)/tradeoff/viewer.html; fi
	install -m 644 $(OUT)/tradeoff.bash $(SHARE)/bash-completion/completions/tradeoff
	@[ -n "$(DESTDIR)" ] || echo "Programs that link against libtradeoff.so find it once ldconfig has run (as root);" \
	  "outside the system's folders, with LD_LIBRARY_PATH=$(PREFIX)/lib"

uninstall: ## Remove what install put there
	rm -f $(ROOT)/bin/tradeoff $(LIB)/libtradeoff.a $(LIB)/libtradeoff.so.$(VERSION) $(LINKS:%=$(LIB)/%) \
	  $(LIB)/pkgconfig/tradeoff.pc $(SHARE)/man/man1/tradeoff.1 $(SHARE)/bash-completion/completions/tradeoff
	rm -rf $(ROOT)/include/tradeoff $(SHARE)/tradeoff

clean: ## Remove what was built
	rm -rf $(BUILD)

-include $(shell find $(OUT) -name "*.d" 2>/dev/null)
.SECONDARY:
FORCE:
