# A thin front over the CMake presets. `make help` lists what there is.
PRESET_BUILD = cmake --build --preset
PREFIX ?= /usr/local
BINARY = build/release/outlast
LAWS ?= .

.DEFAULT_GOAL := release
.PHONY: release demo test check install help dev asan tsan fuzz bench bless format doors tidy \
        slow soak packages clean

## release   build the program (build/release/outlast); the default
release: packages
	@test -f build/release/build.ninja || cmake --preset release > /dev/null
	@$(PRESET_BUILD) release

packages:
	@tools/install_packages build test

## demo      build, then check the example shop: the first thing to try
demo: release
	@$(BINARY) check examples/shop/plan.json examples/shop/overlay.yaml; status=$$?; \
	case $$status in 0|1|4) exit 0;; *) exit $$status;; esac

## test      build and run the fast tests
test: release
	@ctest --preset release

## slow      the tests that take longer
slow: release
	@ctest --preset slow

## soak      the laws with new draws, ten times as many: what the gate's fixed ones miss
soak: release
	@ctest --preset soak -R '$(LAWS)'

## check     the whole gate: format, doors, tidy, tests, sanitizers, fuzzing of each reader
check:
	@tools/check

## install   install below PREFIX (default /usr/local)
install: release
	@cmake --install build/release --prefix "$(PREFIX)"

## dev       debug build with warnings as errors, and its tests
dev: packages
	@cmake --workflow --preset dev

## asan      tests under AddressSanitizer and UndefinedBehaviorSanitizer
asan:
	@tools/install_packages build test check
	@cmake --workflow --preset asan

## tsan      tests under ThreadSanitizer
tsan:
	@tools/install_packages build test check
	@cmake --workflow --preset tsan

## fuzz      fuzz each reader for SECONDS (default 60)
fuzz:
	@tools/install_packages build test check
	@tools/fuzz $${SECONDS_EACH:-60}

## bench     the timings of docs/performance.md
bench: release
	@bench/run

## bless     rewrite the expected outputs of tests/golden; review the diff
bless: release
	@tests/golden/run --bless $(BINARY)

## format    rewrite the sources in the house's format
format:
	@tools/install_packages check
	@tools/format --write

## doors     check who includes whom
doors:
	@tools/check_rooms

## clean     remove everything built
clean:
	@rm -rf build

## help      this list
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)
