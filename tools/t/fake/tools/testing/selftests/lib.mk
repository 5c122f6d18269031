# SPDX-License-Identifier: GPL-2.0-only
programs := $(TEST_GEN_PROGS:%=$(OUTPUT)/%)

install: $(programs)
	@cp $(programs) $(wildcard settings) $(INSTALL_PATH)
	@printf '$(COLLECTION):%s\n' $(TEST_GEN_PROGS) >>$(KSFT_INSTALL_PATH)/kselftest-list.txt
$(OUTPUT)/%: %.c
	@echo '  CC       $*'
	@$(CC) $(CFLAGS) $(USERLDFLAGS) -o $@ $<
.PHONY: install
