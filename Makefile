# The two commands are `make run` and `make test`; CONTRIBUTING.md explains the others.
.PHONY: run test dev fix accept lock bench clean

KBTOOL = .venv/bin/kbtool

run:            ## check the knowledge base, sum it up, export it and its site to build/
	@tools/bootstrap.sh run
	@$(KBTOOL) validate
	@$(KBTOOL) status
	@$(KBTOOL) export json ndjson csv sqlite site --gate any --out build/release
	@echo "open build/release/site/index.html in a browser, or preview with: $(KBTOOL) site --serve --gate any"

test: dev       ## everything that guards the project
	@.venv/bin/python tools/check.py

dev:            ## make or renew the development environment
	@tools/bootstrap.sh dev

fix: dev        ## let the formatter and the linter mend what they can; write the schemas and the command reference
	@.venv/bin/ruff format -q .
	@.venv/bin/ruff check -q --fix . || true
	@$(KBTOOL) schema --write
	@.venv/bin/python tools/command_reference.py --write

accept: dev     ## take the outputs of now as the golden ones; read the difference before you commit it
	@KBTOOL_ACCEPT=1 .venv/bin/python -m pytest -q tests || true
	@git diff --stat -- tests

bench: dev      ## measure speed; figures are ratios within one run
	@.venv/bin/python bench/run.py

lock:           ## renew the hashed locks (needs uv on the PATH)
	@for name in run dev; do \
	  uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-annotate --universal --python-version 3.11 \
	    --custom-compile-command "make lock" requirements/$$name.in -o requirements/$$name.lock; done

clean:          ## delete what the other commands made
	@rm -rf .venv build .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
