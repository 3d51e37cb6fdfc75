# fastsync: `make demo` and `make test` install what they need on a fresh Debian.
VERSION  := 0.1.0
PREFIX   ?= /usr/local
SANITIZE ?=
CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
WERROR ?= $(if $(filter true 1,$(CI)),1)
comma := ,
BUILD ?= build/$(notdir $(CC))$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))
BIN   := $(BUILD)/fastsync
# Distributions disagree on what Lua 5.4 is called.
LUA    := $(firstword $(foreach p,lua5.4 lua-5.4 lua54 lua,\
            $(shell pkg-config --exists '$(p) >= 5.4' 2>&1 && echo $(p))) lua5.4)
CJSON  := $(shell pkg-config --exists lua5.4-cjson 2>&1 && echo lua5.4-cjson)
PKGS   := $(LUA) libcurl sqlite3 libutf8proc libmicrohttpd inih libxxhash libisal expat libarchive libxml-2.0 odbc
FOUND  := $(shell pkg-config --exists $(PKGS) 2>&1 && echo yes)
OPT      := $(if $(SANITIZE),-O1 -fno-omit-frame-pointer,-O3)
# The program is optimised as a whole; each test links plain objects, and soon.
LTO      := $(if $(SANITIZE)$(findstring clang,$(CC)),,-flto=auto -ffat-lto-objects -fno-plt)
CPPFLAGS := -Icore -D_POSIX_C_SOURCE=200809L -DFASTSYNC_VERSION=\"$(VERSION)\" \
            $(if $(CJSON),-DHAVE_CJSON) $(shell pkg-config --cflags $(PKGS) 2>&1)
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
    -Wformat=2 -fno-common $(if $(findstring clang,$(CC)),,-Wno-format-truncation) $(if $(WERROR),-Werror)
# The compiler is asked what it knows: any answer is a no. Some predefine _FORTIFY_SOURCE.
no        = $(shell echo | $(CC) -Werror $(OPT) $(1) -S -xc -o /dev/null - 2>&1)
KNOWN    := $(foreach flag,-fstack-protector-strong -fstack-clash-protection \
              -fcf-protection -mbranch-protection=standard,$(if $(call no,$(flag)),,$(flag)))
HARDEN   := -fPIE $(KNOWN) $(if $(SANITIZE),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
HARDLINK  = -pie -Wl,--exclude-libs,$(notdir $(ARCHIVE)) -Wl,-z,relro,-z,now,-z,noexecstack$(if $(filter -fcf%,$(KNOWN)),$(comma)-z$(comma)shstk)
SANFLAGS := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all)
CFLAGS   := -std=c11 $(OPT) -g -pthread $(WARNINGS) $(HARDEN) $(SANFLAGS)
# Lua itself is linked in where its archive is there: calls cost less so.
LINKED   := $(filter /%,$(foreach p,$(CJSON) $(LUA),$(shell $(CC) -print-file-name=lib$(p).a)))
LDLIBS   := $(LINKED) $(filter-out $(patsubst lib%.a,-l%,$(notdir $(LINKED))),\
             $(shell pkg-config --libs $(PKGS) $(CJSON) 2>&1)) -pthread -lm
SOURCES  := $(wildcard core/*.c core/*/*.c core/*/*/*.c core/*/*/*/*.c)
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embed_files.o
ARCHIVE  := $(BUILD)/libfastsync.a
UNITS    := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
LIBRARY  := $(filter-out lua/fastsync/types/%,$(shell find lua -name '*.lua' | sort))
SUITES   ?= unit golden-1 golden-8 workbooks databases readme attack fault
SHARE    := $(DESTDIR)$(PREFIX)/share/fastsync
MAKEFLAGS += --no-print-directory $(if $(filter 0,$(MAKELEVEL)),-j$(shell getconf _NPROCESSORS_ONLN))
.DELETE_ON_ERROR:
.PHONY: all objects units deps demo test lint fuzz bench install uninstall clean help
all: $(BIN) ## build the program (CC=clang, SANITIZE=address,undefined|thread)
	@$(if $(filter build/$(CC),$(BUILD)),ln -sfn $(CC)/fastsync build/fastsync)
objects: $(OBJECTS)
units: $(UNITS) $(BUILD)/tests/made/fastsync $(BUILD)/tests/bench/forgetful
$(BIN): $(BUILD)/core/main.o $(ARCHIVE)
	@echo "LINK $@"
	@$(CC) $(OPT) $(LTO) $(HARDEN) $(SANFLAGS) $(HARDLINK) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(ARCHIVE): $(filter-out $(BUILD)/core/main.o,$(OBJECTS))
	@rm -f $@ && $(AR) rcs $@ $^
# Where every row comes by, a function without a buffer of bytes goes without a guard: 2 %.
$(foreach room,bind form plan script text,$(BUILD)/core/$(room)/%): CFLAGS := $(CFLAGS:%-strong=%)
$(BUILD)/%.o: %.c Makefile
	@$(if $(FOUND),,$(error libraries are missing: run "make deps"))
	@echo "CC   $<" && mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(LTO) -MMD -MP -c -o $@ $<
$(BUILD)/embed_files.o: $(BUILD)/embed_files.c
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The Lua library as C text, line by line; core/base/embed.h says what it is.
$(BUILD)/embed_files.c: $(LIBRARY) $(sort $(dir $(LIBRARY))) Makefile
	@mkdir -p $(@D) && { echo '#include "base/embed.h"' && \
	echo 'const struct embedded embedded_files[] = {' && \
	for file in $(LIBRARY); do printf '{"%s",\n' "$${file#lua/}" && \
	    sed 's/[\\"?]/\\&/g; s/^/"/; s/$$/\\n"/' "$$file" && \
	    printf ', %s},\n' "$$(($$(wc -c < "$$file")))"; done && \
	echo '{0, 0, 0}};'; } > $@

# The program with one format more, which proves the decoder interface.
$(BUILD)/tests/made/fastsync: tests/made/made.c $(BUILD)/core/main.o core/decode/decoder.c $(ARCHIVE)
	@echo "TEST $<" && mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) \
	    '-DMORE_FORMATS(X)=X(made)' -o $@ $^ $(if $(LTO),-fno-lto) $(LDFLAGS) $(LDLIBS)
$(BUILD)/tests/%: tests/%.c $(ARCHIVE)
	@echo "TEST $<" && mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -o $@ $< $(ARCHIVE) $(if $(LTO),-fno-lto) $(LDFLAGS) \
	    $(shell pkg-config --cflags --libs check) $(LDLIBS)

deps: ## install what is missing to build, test, lint and measure
	@.ci/deps build test lint fuzz bench

demo: ## install, build, and send a real export to the built-in sandbox
	@.ci/deps build && $(MAKE) all && rm -rf build/demo
	$(BIN) run scripts/sap-partners.lua --sandbox --state build/demo

test: ## install, build, and run every test
	@.ci/deps build test && $(MAKE) all units
	@SANITIZE=$(SANITIZE) tests/run $(BUILD) $(SUITES)

lint fuzz: export FLAGS = $(subst \,,$(CPPFLAGS))
lint: ## check format, warnings, layers, names and sizes
	@.ci/deps build test lint && tests/lint/run
fuzz: export LIBS = $(LDLIBS)
fuzz: ## fuzz every reader of foreign bytes for FUZZ_SECONDS (20)
	@.ci/deps build fuzz && $(MAKE) CC=clang BUILD=build/fuzz \
	    SANITIZE=address,undefined,fuzzer-no-link build/fuzz/libfastsync.a
	@tests/fuzz/run build/fuzz $(FUZZ)

bench: ## measure against other tools, print medians and ratios
	@.ci/deps build bench && $(MAKE) all $(BUILD)/tests/bench/forgetful
	@export FASTSYNC=$(BIN) && tests/bench/run && tests/bench/load && tests/bench/workbooks && tests/bench/trees && tests/bench/tables && tests/bench/xml && tests/bench/lookup

install: all ## install below PREFIX (/usr/local); DESTDIR is honoured
	install -d $(DESTDIR)$(PREFIX)/bin $(addprefix $(SHARE)/,scripts types scripts/exports)
	install -m 755 $(BIN) $(DESTDIR)$(PREFIX)/bin/fastsync
	install -m 644 scripts/*.lua $(SHARE)/scripts
	install -m 644 tests/data/README.md $(SHARE)/scripts/exports
	install -m 644 scripts/exports/* $(SHARE)/scripts/exports
	install -m 644 lua/fastsync/types/*.lua $(SHARE)/types

uninstall: ## remove what install installed
	rm -rf $(DESTDIR)$(PREFIX)/bin/fastsync $(SHARE)
clean: ## remove everything that was built
	rm -rf build
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "%-10s %s\n", $$1, $$2}' Makefile

-include $(OBJECTS:.o=.d) $(UNITS:=.d)
