# A thin front: Meson does the work. `make` builds the release program as build/lanyard.

.PHONY: all check lint format fuzz fuzz-long memory coverage long install deb clean

all:
	@tools/build release

check:
	@script/test

lint:
	@tools/lint

# Writes every C file in the house's shape.
format:
	@git ls-files '*.c' '*.h' | xargs clang-format-14 -i

# Each fuzzer for 10 seconds, or for 10 minutes.
fuzz:
	@tools/build fuzz fuzzers
	@tools/run-tests build/fuzz:fuzz

fuzz-long:
	@tools/build fuzz fuzzers
	@LANYARD_FUZZ_SECONDS=600 tools/run-tests --patience 10 build/fuzz:fuzz

# Replays the corpora under MSan, where every library linked is our own.
memory:
	@tools/build memory memory-programs
	@tools/run-tests build/memory:memory

coverage:
	@tools/coverage

# The tests too long for every change.
long:
	@tools/build release
	@tools/build test
	@tools/run-tests --long build/test
	@LANYARD_DEEP=1 tools/lint tidy

install: all
	@meson install -C build --no-rebuild $(if $(DESTDIR),--destdir $(abspath $(DESTDIR)))

# In a copy, because dpkg-buildpackage writes beside the folder it builds. The packages are in build/deb.
deb:
	@rm -rf build/deb && mkdir -p build/deb/lanyard
	@git ls-files -z | xargs -0 cp --parents -P -t build/deb/lanyard
	@cd build/deb/lanyard && dpkg-buildpackage -b -us -uc

clean:
	@rm -rf build
