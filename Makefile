# `make` lists the commands; each is `python3 -m msoko.launcher COMMAND`.
PYTHON ?= python3
LAUNCHER = $(PYTHON) -m msoko.launcher

# Passed by the environment and untouched, so that no shell sees quotes, spaces or Cyrillic in them.
override ARGS := $(value ARGS)
export ARGS ONLY PORT HOST

.DEFAULT_GOAL := help
COMMANDS = help run test check fix bench capabilities demo-reset manage shell clean
.PHONY: $(COMMANDS)

$(COMMANDS):
	@$(LAUNCHER) $@
