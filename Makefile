# SPDX-License-Identifier: GPL-2.0-only
# The front door.  `make help` lists what can be asked for.

# A python or git of one's own in front of the system's would find other modules.
export PATH := /usr/bin:/bin:$(PATH)

CC = gcc
CFLAGS = -O2 -g
WARN = -Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes -Wshadow \
       -Wno-missing-field-initializers -Wno-unused-parameter
LIBS = -larchive -lelf -lmd -lsqlite3

stack := build/tools/stack
tests := $(foreach kind,tools asan,\
	$(patsubst tools/%.c,build/$(kind)/%,$(wildcard tools/*_test.c)))
parts := $(filter-out tools/main.c %_test.c,$(wildcard tools/*.c))

# What the verdict of a check comes of besides its own file: part of its digest.
judges_kernel := $(addprefix tools/,aside.c basetests.c batch.c boot.c booted.c built.c \
	check_booted.c check_build.c check_clang.c check_compiled.c check_inert.c \
	check_kselftest_build.c check_link.c check_sparse.c check_unchanged.c \
	check_w1.c console.c cpio.c guest.c image.c initramfs.c judge.c \
	kbuild.c kconfig.c kernel.c ktap.c ktree.c launcher.c machine.c makelog.c \
	modules.c objects.c outside.c rerun.c result.c said.c script.c section.c \
	selftests.c touched.c users.c warnings.c)
# What reads the output of builds, which is kept as it was read.
readers := $(addprefix tools/,cmdfile.c kbuild.c makelog.c objects.c result.c said.c warnings.c)
judges_model := $(addprefix tools/,ktap.c script.c)
judges_doc := tools/change.c
judges_cocci := $(addprefix tools/,change.c said.c spatch.c warnings.c)

.DELETE_ON_ERROR:

all: apply

## all               (default) set up, build the program, apply the stack and show it
## setup             install the Debian packages of configs/packages that are missing
setup:
	@tools/setup

## program           build build/tools/stack only
program: setup
	@$(MAKE) --no-print-directory --silent $(stack)

## apply             fetch the kernel, apply the stack with b4, compare with the locks
apply: program
	@$(stack) apply $(SERIES)

## mbox              write build/mbox/<slug>.mbx, for b4 am and b4 shazam
mbox: program
	@$(stack) mbox $(SERIES)

## checkout          check out the tip of SERIES= in build/linux, to work in
checkout: program
	@$(stack) checkout $(SERIES)

## refresh           write patches/ and locks back from the branches in build/linux
refresh: program
	@$(stack) refresh $(SERIES)

## range-diff        compare FROM= with TO=, each a slug or slug@commit of this project
range-diff: program
	@$(stack) range-diff $(FROM) $(TO)

# Where tests are laid: our work tree, or any kernel tree of the user's.
TREE = build/linux
suites = $(if $(SERIES),$(SERIES),$(notdir $(patsubst %/.kunitconfig,%,$(wildcard kunit/*/.kunitconfig))))

## kunit             run the KUnit suites with kunit.py: SERIES= TREE= LEVEL= KUNIT_ARGS=
kunit: $(if $(filter build/linux,$(TREE)),apply,program)
	@$(stack) overlay run $(TREE) $(suites) -- ./tools/testing/kunit/kunit.py run \
		--build_dir=$(CURDIR)/build/kunit --jobs=$$(nproc) \
		$(foreach s,$(suites),--kunitconfig=lib/stack/$(s)) $(KUNIT_ARGS)

## overlay           lay the tests of SERIES= over the kernel tree TREE=
overlay: program
	@$(stack) overlay lay $(TREE) $(SERIES)

## overlay-lift      take them out of TREE= again
overlay-lift: program
	@$(stack) overlay lift $(TREE)

## test              judge every point by every check: BUDGET=<minutes> MACHINES=<names>
##                   FORMAT=json|ktap, or the points of one part: SEGMENT=<i>/<n>
test: program
	@$(stack) prove

## report            write build/report/index.html of what is known, without judging anything
report: program
	@$(stack) report

## merge             take over the verdicts of other machines: STORES="<file>..."
merge: program
	@$(stack) merge $(STORES)

## bisect            the same of all points without a budget: can the stack be bisected anywhere?
bisect: program
	@BUDGET= SEGMENT= $(stack) prove

## canaries          plant defects and see that every check finds them: BUDGET=<minutes>
canaries: program
	@$(stack) canaries

## mutants           see that the tests of SERIES= catch its mutants: BUDGET=<minutes>
mutants: program
	@$(stack) mutants $(SERIES)

## hercules          build the emulator of hercules-sie into the cache, as make test does
hercules: program
	@$(stack) hercules

## soak              run the tests of SERIES= that are worth it for long, at its tip
soak: program
	@$(stack) soak $(SERIES)

## bench             compare the benchmark of SERIES= at its base and tip: ROUNDS=<n>
bench: program
	@$(stack) bench $(SERIES)

## speed             time the proving of SERIES= against git rebase -x by hand, for hours
speed: program
	@tools/speed $(stack) $(SERIES)

## independence      try each series alone and the stack without it, against their Depends
independence: program
	@$(stack) independence

## explain           say what the verdicts at POINT= (and CHECK=) depend on
explain: program
	@$(stack) explain $(POINT) $(CHECK)

## suite             run the program's own suite, plain and under ASan and UBSan
suite: program
	@$(MAKE) --no-print-directory --silent build/asan/stack $(tests)
	@STACKS="$(stack) build/asan/stack" tools/t/run $(tests) tools/t/[0-9]*.sh

## fuzz              give the readers of files what nobody would write, for eight minutes
fuzz: program
	@tools/setup libclang-rt-19-dev
	@$(MAKE) --no-print-directory --silent build/fuzz/fuzz
	@tools/fuzz/run build/fuzz/fuzz build/fuzz 60

## check             hold patches, mailboxes and MAINTAINERS.snippet against build/linux
check: apply
	@STACKS=$(stack) tools/t/run tools/t/tree/[0-9]*.sh

## clean             remove what was built (SERIES=: its mailbox), but not build/linux
clean: program
	@$(stack) clean $(SERIES)

## distclean         remove build/, unless build/linux holds work that is nowhere else
distclean: program
	@$(stack) distclean

## help              this list; SERIES=<slug> narrows any of them that works on series
help:
	@sed -n 's/^## //p' Makefile

build/asan/%: CFLAGS = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
build/asan/%: WARN += -Werror
build/fuzz/%: CC = clang-19
build/fuzz/%: CFLAGS = -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
build/fuzz/fuzz: CFLAGS += -fsanitize=fuzzer

# Sets of objects from the same rules: plain, under the sanitizers, and for make fuzz.
define objects
build/$(1)/%.o: tools/%.c Makefile | build/$(1)
	@$$(CC) -std=c11 -D_GNU_SOURCE $$(CFLAGS) $$(WARN) -MMD -MP -c -o $$@ $$<
build/$(1)/%.o: tools/fuzz/%.c Makefile | build/$(1)
	@$$(CC) -std=c11 -D_GNU_SOURCE $$(CFLAGS) $$(WARN) -MMD -MP -c -o $$@ $$<
build/$(1)/check_%.o: tools/check_%.c $$(judges_kernel) $$(judges_doc) $$(judges_cocci) Makefile | build/$(1)
	@$$(CC) -std=c11 -D_GNU_SOURCE \
		-DCHECK_DIGEST='"$$(shell cat $$< $$(judges_$$*) | sha256sum | cut -c1-16)"' \
		$$(CFLAGS) $$(WARN) -MMD -MP -c -o $$@ $$<
build/$(1)/kbuild.o: tools/kbuild.c $$(readers) Makefile | build/$(1)
	@$$(CC) -std=c11 -D_GNU_SOURCE \
		-DREADER_DIGEST='"$$(shell cat $$(readers) | sha256sum | cut -c1-16)"' \
		$$(CFLAGS) $$(WARN) -MMD -MP -c -o $$@ $$<
build/$(1)/stack: build/$(1)/main.o $(patsubst tools/%.c,build/$(1)/%.o,$(parts))
	@$$(CC) $$(CFLAGS) -o $$@ $$^ $$(LIBS)
build/$(1)/%_test: build/$(1)/%_test.o $(patsubst tools/%.c,build/$(1)/%.o,$(parts))
	@$$(CC) $$(CFLAGS) -o $$@ $$^ $$(LIBS)
build/$(1)/cases_test: build/$(1)/readers.o
build/$(1)/fuzz: $$(addprefix build/$(1)/,engine.o readers.o) $(patsubst tools/%.c,build/$(1)/%.o,$(parts))
	@$$(CC) $$(CFLAGS) -o $$@ $$^ $$(LIBS)
build/$(1):
	@mkdir -p $$@
-include $$(wildcard build/$(1)/*.d)
endef
$(eval $(call objects,tools))
$(eval $(call objects,asan))
$(eval $(call objects,fuzz))

.SECONDARY:
.PHONY: all setup program apply mbox checkout refresh range-diff kunit overlay \
	overlay-lift test report merge bisect canaries mutants hercules soak bench speed independence \
	explain suite fuzz check clean distclean help
