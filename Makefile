# Thin on purpose: a target is one readable line, or a script in scripts/ of the same name.
.PHONY: build run test check generate guide dev bench

build:     # the web parts, and the program with them inside: target/release/sapa
	scripts/build
run:       # builds, and starts the demo
	scripts/run
test:      # everything; the last line counts
	scripts/test
check:     # the quick half of it: format, lint, types
	scripts/check
generate:  # openapi.json, and the TypeScript types made from it
	scripts/generate
guide:     # the pictures of docs/guide.md
	scripts/guide
dev:       # the demo server, and the desk with hot reload
	scripts/dev
bench:     # the load tool against the release program
	scripts/bench
