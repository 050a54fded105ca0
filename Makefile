# Thin aliases: python3 dev.py does the work and needs no make.
.PHONY: run test lint check

run test lint check:
	python3 dev.py $@
