# ofuku: one makefile, not recursive. `make help` lists the targets.

VERSION := 0.1.0
SOVERSION := 1
MODE ?= release
BUILD := build/$(MODE)
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR ?= $(PREFIX)/share/man
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
UNITDIR ?= $(PREFIX)/lib/systemd/system
DATADIR ?= $(PREFIX)/share/ofuku
# static: the command holds the library; shared: it loads libofuku.so;
# bundled: it holds all that Debian has archives of.
LINK ?= static
COMPLETIONS := $(BASHDIR)/ofuku $(ZSHDIR)/_ofuku $(FISHDIR)/ofuku.fish
CORPORA ?=

# The Debian packages, named here and nowhere else.
DEPS_BUILD := gcc g++ pkg-config libicu-dev libpcre2-dev libcsv-dev \
	libyaml-dev libsimdjson-dev zlib1g-dev libzstd-dev libsodium-dev \
	libxlsxwriter-dev libsqlite3-dev libseccomp-dev
DEPS_CHECK := clang libclang-rt-14-dev clang-format clang-tidy cppcheck \
	libcriterion-dev python3-cram mandoc shellcheck jq python3 \
	universal-ctags bsdextrautils binutils ripgrep tmux zstd valgrind \
	zsh fish bash-completion parallel sqlite3 miller python3-pandas \
	python3-openpyxl python3-jsonschema python3-yaml
DEPS_BENCH := hyperfine gnuplot-nox ugrep ripgrep python3 time
DEPS_CLUSTER := slurm-wlm munge python3
DEPS_PAGE := chromium chromium-driver python3-selenium fonts-noto-cjk
DEPS_COVERAGE := lcov
DEPS_DEB := build-essential debhelper dpkg-dev lintian debootstrap \
	debian-archive-keyring
DEPS := $(DEPS_BUILD) $(DEPS_CHECK)

CC := gcc
CXX := g++
WARN := -Wall -Wextra -Wshadow -Wconversion -Wvla
WARN_C := -Wstrict-prototypes -Wmissing-prototypes
OPT_release := -O2 -DNDEBUG
OPT_debug := -O0 -g3
OPT_asan := -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer \
	-fno-sanitize-recover=undefined
# gcov writes beside its objects at the end, which the sandbox would forbid.
OPT_coverage := -O0 -g --coverage -DWITHOUT_SANDBOX
OPT_tsan := -O1 -g -fsanitize=thread
WERROR ?=
PKGS := icu-i18n icu-uc libpcre2-16 yaml-0.1 simdjson zlib libzstd libsodium \
	sqlite3
# Recursive on purpose: pkg-config may be missing until `deps` has run.
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS))
PKG_LIBS = $(shell pkg-config --libs $(PKGS)) -lcsv
SECCOMP_LIBS = $(shell pkg-config --libs libseccomp)
CPPFLAGS_ALL = -D_GNU_SOURCE -Ilib -I$(BUILD)/gen \
	-DOFUKU_VERSION='"$(VERSION)"' $(PKG_CFLAGS) $(CPPFLAGS)
CFLAGS_ALL = -std=c11 $(OPT_$(MODE)) $(WARN) $(WARN_C) $(WERROR) -fPIC \
	-fvisibility=hidden -pthread $(CFLAGS)
CXXFLAGS_ALL = -std=c++17 $(OPT_$(MODE)) $(WARN) $(WERROR) -fPIC \
	-fvisibility=hidden -fno-exceptions -fno-rtti $(CXXFLAGS)
LDFLAGS_ALL = $(OPT_$(MODE)) -pthread $(LDFLAGS)

# A line for a file; V=1 shows the commands themselves.
V ?=
Q := $(if $(V),,@)
say = $(if $(V),,@printf '%-5s %s\n' $(1) $@)

LIB_C := $(filter-out %_test.c %_fuzz.c %_bench.c %_embed.c lib/fuzz_replay.c,$(wildcard lib/*.c lib/*/*.c))
LIB_CC := $(wildcard lib/*/*.cc)
CMD_C := $(filter-out %_test.c %_embed.c,$(wildcard cmd/*.c))
CORPORA_TEST_C := $(wildcard lib/*/corpora_*test.c)
TEST_C := $(filter-out $(CORPORA_TEST_C),$(wildcard lib/*_test.c \
	lib/*/*_test.c cmd/*_test.c))
GEN_O := $(patsubst %,$(BUILD)/gen/%.o,builtin_rules embedded_rules page_parts)
LIB_O := $(LIB_C:%.c=$(BUILD)/%.o) $(LIB_CC:%.cc=$(BUILD)/%.o) $(GEN_O)
# What the program that embeds the rules is made of: the floors up to theirs.
EMBED_O := $(BUILD)/lib/rule/rules_embed.o $(BUILD)/gen/builtin_rules.o \
	$(filter $(patsubst %,$(BUILD)/lib/%/%,base text rule),$(LIB_O))
CMD_O := $(CMD_C:%.c=$(BUILD)/%.o)
TEST_O := $(TEST_C:%.c=$(BUILD)/%.o)
CORPORA_TEST_O := $(CORPORA_TEST_C:%.c=$(BUILD)/%.o)
BENCH_C := $(wildcard lib/*_bench.c lib/*/*_bench.c)
BENCH_O := $(BENCH_C:%.c=$(BUILD)/%.o)
MAN := $(wildcard man/*.[1357])
RULES := $(sort $(wildcard rules/*.yaml))
SCHEMA := rules/rules.schema.json
# Of the page that --html writes: what makes it, from what, in this order.
PAGE := $(addprefix lib/report/page/,embed.sh page.html page.css words.js \
	data.js dom.js charts.js talks.js figures.js list.js detail.js page.js)
UNITS := $(sort $(notdir $(wildcard cmd/*.service cmd/*.timer)))
SONAME := libofuku.so.$(SOVERSION)
SOFILE := $(SONAME).0.0
MANSECTS := $(sort $(patsubst .%,%,$(suffix $(MAN))))

.PHONY: all release debug asan tsan deps demo check check-unit check-cli \
	check-rules check-house check-lint check-corpora check-asan install \
	uninstall clean help
.DEFAULT_GOAL := release

# No make of its own: `make -j2 release build/bench/generate` builds once.
release: ## build the command and the library into build/release
ifeq ($(MODE),release)
release: all
else
	@$(MAKE) --no-print-directory MODE=release all
endif
debug asan tsan: ## the same without optimisation, or under a sanitizer
	@$(MAKE) --no-print-directory MODE=$@ all
all: $(BUILD)/ofuku $(BUILD)/libofuku.a $(BUILD)/libofuku.so

# libstdc++ looks up 3000 names of its own when it is loaded, in each library
# that stands before it.
LINK_static = $(BUILD)/libofuku.a -lstdc++ $(PKG_LIBS)
LINK_shared = $(BUILD)/libofuku.so
# What Debian has no archive of is looked for beside the command.
LINK_bundled = $(BUILD)/libofuku.a -Wl,--disable-new-dtags \
	-Wl,-rpath,'$$ORIGIN/../lib/ofuku' \
	-static-libgcc -static-libstdc++ -Wl,-Bstatic \
	$(filter-out -lsimdjson,$(PKG_LIBS)) \
	-Wl,-Bdynamic -lsimdjson -lm
$(BUILD)/ofuku: $(CMD_O) $(BUILD)/libofuku.a \
    $(if $(filter shared,$(LINK)),$(BUILD)/libofuku.so)
	$(call say,LINK)
	$(Q)$(CXX) $(LDFLAGS_ALL) -o $@ $(CMD_O) $(LINK_$(LINK))
$(BUILD)/libofuku.a: $(LIB_O)
	@rm -f $@
	$(call say,AR)
	$(Q)$(AR) rcsD $@ $(LIB_O)
$(BUILD)/libofuku.so: $(LIB_O) lib/ofuku.map
	$(call say,LINK)
	$(Q)$(CXX) $(LDFLAGS_ALL) -shared -Wl,-soname,$(SONAME) \
		-Wl,--version-script=lib/ofuku.map -o $@ $(LIB_O) $(PKG_LIBS)
	@ln -sf libofuku.so $(BUILD)/$(SONAME)
$(BUILD)/gen/builtin_rules.c: $(RULES) $(SCHEMA) lib/rule/embed.sh
	@mkdir -p $(@D)
	$(call say,MAKE)
	$(Q)sh lib/rule/embed.sh $(RULES) $(SCHEMA) > $@.tmp && mv $@.tmp $@
# Leaks of a program that has done its work are none.
$(BUILD)/gen/rules_embed: $(EMBED_O)
	$(call say,LINK)
	$(Q)$(CXX) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)
$(BUILD)/gen/embedded_rules.c: $(BUILD)/gen/rules_embed
	$(call say,MAKE)
	$(Q)ASAN_OPTIONS=detect_leaks=0 $< > $@.tmp && mv $@.tmp $@
$(BUILD)/gen/page_parts.c: $(PAGE)
	@mkdir -p $(@D)
	$(call say,MAKE)
	$(Q)sh $(PAGE) > $@.tmp && mv $@.tmp $@
$(GEN_O): %.o: %.c
	$(call say,CC)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -c -o $@ $<
$(BUILD)/gen/seccomp_embed: cmd/seccomp_embed.c | tools
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $< \
		$(SECCOMP_LIBS)
$(BUILD)/gen/allowed_calls.h: $(BUILD)/gen/seccomp_embed
	$(call say,MAKE)
	$(Q)$< > $@.tmp && mv $@.tmp $@
$(BUILD)/cmd/sandbox.o: $(BUILD)/gen/allowed_calls.h
$(BUILD)/%.o: %.c | tools
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<
$(BUILD)/%.o: %.cc | tools
	@mkdir -p $(@D)
	$(call say,CXX)
	$(Q)$(CXX) $(CPPFLAGS_ALL) $(CXXFLAGS_ALL) -MMD -MP -c -o $@ $<

# Fails early, and says what to do, where the packages are not there yet.
.PHONY: tools
tools:
	@pkg-config --exists $(PKGS) 2>/dev/null || { \
	echo "packages are missing: run \`make deps\`" >&2; exit 1; }

deps: ## install the Debian packages that are missing
	@sh .ci/deps $(DEPS)

help: ## list these targets
	@sed -n 's/^\([a-z][a-z -]*\):.*## \(.*\)/\1	\2/p' Makefile | \
	while IFS='	' read -r t h; do printf '  %-16s %s\n' "$$t" "$$h"; done

clean: ## remove build/
	rm -rf build

-include $(LIB_O:.o=.d) $(CMD_O:.o=.d) $(TEST_O:.o=.d) $(BENCH_O:.o=.d) \
	$(CORPORA_TEST_O:.o=.d) $(BUILD)/lib/rule/rules_embed.d

# Tests. Every runner ends with Criterion's line or "N passed, N failed".
$(BUILD)/ofuku-test: $(TEST_O) $(BUILD)/libofuku.a $(CMD_O)
	$(call say,LINK)
	$(Q)$(CXX) $(LDFLAGS_ALL) -o $@ $(TEST_O) \
		$(filter-out $(BUILD)/cmd/main.o,$(CMD_O)) \
		$(BUILD)/libofuku.a $(PKG_LIBS) -lcriterion
$(BUILD)/ofuku-corpora-test: $(CORPORA_TEST_O) $(BUILD)/libofuku.a
	$(call say,LINK)
	$(Q)$(CXX) $(LDFLAGS_ALL) -o $@ $(CORPORA_TEST_O) $(BUILD)/libofuku.a \
		$(PKG_LIBS) -lcriterion

check: ## run every test that needs no corpora
	@sh .ci/check
check-corpora: all ## tests over CORPORA=DIR (conversations, format suites)
	@sh .ci/corpora "$(CORPORA)" $(BUILD)
check-build: $(BUILD)/ofuku $(BUILD)/libofuku.so $(BUILD)/ofuku-test
.PHONY: check-build

# Debian's python3, which has its selenium.
check-page: all build/bench/generate ## the page in a browser (1 min; build/page)
	@sh .ci/deps $(DEPS_PAGE)
	@/usr/bin/python3 testdata/page/check.py $(BUILD)/ofuku \
	    build/bench/generate build/page
.PHONY: check-page

demo: all ## audit the shipped transcripts and show the report
	@sh .ci/demo $(BUILD)/ofuku

lint: all ## style, static analysis and manual pages
	@sh .ci/lint
.PHONY: lint

$(BUILD)/ofuku.pc: Makefile
	@printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(LIBDIR)' \
	    'includedir=$(INCLUDEDIR)' '' 'Name: ofuku' \
	    'Description: audits stored call and chat transcripts' \
	    'Version: $(VERSION)' 'Libs: -L$${libdir} -lofuku' \
	    'Cflags: -I$${includedir}' \
	    'Requires.private: $(PKGS)' 'Libs.private: -lcsv -lstdc++' >$@

# A program of the bench alone: transcripts of any size from a seed.
build/bench/generate: testdata/bench/generate.c $(BUILD)/libofuku.a
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -o $@ $< $(BUILD)/libofuku.a

bench: all build/bench/generate ## ofuku and its rivals (20 min; BENCH_SIZES="1 10": 8)
	@sh .ci/deps $(DEPS_BENCH)
	python3 testdata/bench/bench.py $(BUILD)/ofuku \
	    build/bench/generate build
scale-figures: ## build/bench.json into ofuku-scale(7)
	python3 testdata/bench/figures.py build/bench.json man/ofuku-scale.7
.PHONY: scale-figures
bench-check: $(BUILD)/ofuku build/bench/generate ## instructions counted
	@sh .ci/bench-check $(BUILD) build/bench/generate
$(BUILD)/ofuku-stages: $(BENCH_O) $(BUILD)/libofuku.a
	$(call say,LINK)
	$(Q)$(CXX) $(LDFLAGS_ALL) -o $@ $(BENCH_O) $(BUILD)/libofuku.a $(PKG_LIBS)
bench-stages: $(BUILD)/ofuku-stages build/bench/generate ## each stage alone
	@sh .ci/stages $(BUILD)/ofuku-stages build/bench/generate
check-recipes: $(BUILD)/ofuku build/bench/generate
	@sh .ci/recipes $(BUILD) build/bench/generate
# AddressSanitizer has its own malloc.
FAULTS_SO := build/faults$(if $(filter asan,$(MODE)),-asan).so
build/faults.so build/faults-asan.so: testdata/faults/shim.c
	@mkdir -p build
	$(call say,LINK)
	$(Q)$(CC) -shared -fPIC -O1 -D_GNU_SOURCE \
	    $(if $(findstring asan,$@),-DWITHOUT_MALLOC) -o $@ $< -ldl
# FAULTS=full: every malloc; KILLS: random moments.
FAULTS ?=
KILLS ?= 20
check-faults: all $(FAULTS_SO) ## calls that fail, inputs that change (1 min)
	python3 testdata/faults/check.py $(BUILD)/ofuku $(FAULTS_SO) $(FAULTS)
check-kill: all $(FAULTS_SO) ## killed at any moment (1 min; KILLS=500)
	python3 testdata/faults/kill.py $(BUILD)/ofuku $(FAULTS_SO) $(KILLS) \
		$(FAULTS)
.PHONY: check-faults check-kill

check-cluster: all build/bench/generate ## the Slurm recipe (30 s, as root)
	@sh .ci/deps $(DEPS_CLUSTER)
	@sh .ci/cluster $(BUILD) build/bench/generate
.PHONY: check-cluster
.PHONY: bench bench-check bench-stages check-recipes

COMPLETED := $(BUILD)/ofuku.bash $(BUILD)/ofuku.zsh $(BUILD)/ofuku.fish
$(COMPLETED): $(BUILD)/ofuku.%: $(BUILD)/ofuku
	$(call say,MAKE)
	$(Q)LD_LIBRARY_PATH=$(BUILD) $(BUILD)/ofuku completions $* >$@.tmp && \
	    mv $@.tmp $@

install: install-command install-library ## install under PREFIX (and DESTDIR)
install-command: $(BUILD)/ofuku $(COMPLETED)
	install -d $(addprefix $(DESTDIR),$(BINDIR) $(BASHDIR) $(ZSHDIR) \
	    $(FISHDIR) $(UNITDIR) $(DATADIR) $(addprefix $(MANDIR)/man,$(MANSECTS)))
	install -m 755 $(BUILD)/ofuku $(DESTDIR)$(BINDIR)/ofuku
	install -m 644 $(BUILD)/ofuku.bash $(DESTDIR)$(BASHDIR)/ofuku
	install -m 644 $(BUILD)/ofuku.zsh $(DESTDIR)$(ZSHDIR)/_ofuku
	install -m 644 $(BUILD)/ofuku.fish $(DESTDIR)$(FISHDIR)/ofuku.fish
	install -m 644 $(SCHEMA) $(DESTDIR)$(DATADIR)/$(notdir $(SCHEMA))
	for u in $(UNITS); do sed 's,@BINDIR@,$(BINDIR),' cmd/$$u \
	    >$(DESTDIR)$(UNITDIR)/$$u && \
	    chmod 644 $(DESTDIR)$(UNITDIR)/$$u; done
	for p in $(MAN); do install -m 644 $$p \
	    $(DESTDIR)$(MANDIR)/man$${p##*.}/; done
install-library: $(BUILD)/libofuku.a $(BUILD)/libofuku.so $(BUILD)/ofuku.pc
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR)
	install -m 644 $(BUILD)/libofuku.a $(DESTDIR)$(LIBDIR)/libofuku.a
	install -m 644 $(BUILD)/libofuku.so \
	    $(DESTDIR)$(LIBDIR)/$(SOFILE)
	ln -sf $(SOFILE) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libofuku.so
	install -m 644 lib/ofuku.h $(DESTDIR)$(INCLUDEDIR)/ofuku.h
	install -m 644 $(BUILD)/ofuku.pc $(DESTDIR)$(LIBDIR)/pkgconfig/ofuku.pc
.PHONY: install-command install-library

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(BINDIR)/ofuku $(DESTDIR)$(LIBDIR)/libofuku.a \
	    $(DESTDIR)$(LIBDIR)/$(SOFILE) \
	    $(DESTDIR)$(LIBDIR)/$(SONAME) $(DESTDIR)$(LIBDIR)/libofuku.so \
	    $(DESTDIR)$(INCLUDEDIR)/ofuku.h \
	    $(DESTDIR)$(LIBDIR)/pkgconfig/ofuku.pc \
	    $(DESTDIR)$(DATADIR)/$(notdir $(SCHEMA)) \
	    $(addprefix $(DESTDIR),$(COMPLETIONS) \
	    $(addprefix $(UNITDIR)/,$(UNITS)))
	for p in $(MAN); do \
	    rm -f $(DESTDIR)$(MANDIR)/man$${p##*.}/$${p##*/}; done
	rmdir $(DESTDIR)$(DATADIR) 2>/dev/null || true

# Fuzzing: every x_fuzz.c of lib/ is a target, x its name. What fuzzers found
# is kept in testdata/fuzz/x and played again by `make check`.
FUZZ_C := $(wildcard lib/*_fuzz.c lib/*/*_fuzz.c)
FUZZED := $(patsubst %_fuzz.c,%,$(notdir $(FUZZ_C)))
-include $(FUZZ_C:%.c=$(BUILD)/%.d) $(BUILD)/lib/fuzz_replay.d
FUZZ_MODE := asan
SECONDS ?= 60
coverage: ## what of lib/ the tests run, by lines and branches (5 min)
	@sh .ci/deps $(DEPS_BUILD) $(DEPS_CHECK) $(DEPS_COVERAGE)
	@sh .ci/coverage
.PHONY: coverage
fuzz: ## fuzz every target with libFuzzer for SECONDS (60) each
	@sh .ci/deps $(DEPS_BUILD) $(DEPS_CHECK)
	@LIBS="$(PKG_LIBS)" sh .ci/fuzz $(SECONDS) $(TARGETS)
check-fuzz: ## play what fuzzers found again, under the sanitizers
	@$(MAKE) --no-print-directory MODE=asan fuzz-replays
	@sh .ci/fuzz replay build/asan
fuzz-replays: $(FUZZED:%=$(BUILD)/fuzz-%)
$(FUZZED:%=$(BUILD)/fuzz-%): $(BUILD)/fuzz-%: $(BUILD)/libofuku.a \
    $(BUILD)/lib/fuzz_replay.o $(FUZZ_C:%.c=$(BUILD)/%.o)
	$(call say,LINK)
	$(Q)$(CXX) $(LDFLAGS_ALL) -o $@ $(BUILD)/lib/fuzz_replay.o \
		$(filter %/$*_fuzz.o,$(FUZZ_C:%.c=$(BUILD)/%.o)) \
		$(BUILD)/libofuku.a $(PKG_LIBS)
.PHONY: fuzz check-fuzz fuzz-replays

# Packages. They are made of what git knows, and again to the same bytes.
deb: ## a Debian source package and its binary packages in build/deb
	@sh .ci/deps $(DEPS_BUILD) $(DEPS_DEB)
	@sh .ci/deb build/deb
tarball: ## build/ofuku-VERSION-ARCH.tar.gz, which needs only glibc
	@sh .ci/tarball $(VERSION) build
check-deb: ## packages: twice the same bytes, lintian, a clean root (as root)
	@sh .ci/deps $(DEPS_BUILD) $(DEPS_DEB)
	@sh .ci/check-deb build
.PHONY: deb tarball check-deb
