#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles the engine of the page: sh web/engine/build.sh OUT.wasm [CLANG]. Run at the top of the checkout.
# Needs Debian's clang, lld, wasi-libc and libclang-rt-14-dev-wasm32.
set -eu
out=$1
# The page has no LP and no threads: what needs them stays with the program.
search=$(for f in src/frontier/*.c src/rules/*.c src/weights/*.c src/mix/*.c; do grep -qE '(mix|choice|lp)\.h"|pthread' "$f" || echo "$f"; done)
clang=${2:-clang}
exec "$clang" --target=wasm32-wasi --sysroot=/usr -mexec-model=reactor -std=c11 -D_POSIX_C_SOURCE=200809L -Oz -flto -DNDEBUG \
    -ffp-contract=off -fvisibility=hidden -fno-exceptions -Wall \
    -Iinclude -Isrc -Iweb -Wl,--strip-all -Wl,--gc-sections -Wl,--wrap=tdo_apply_rule -Wl,-z,stack-size=262144 \
    web/engine/*.c src/base/*.c src/model/*.c $search \
    src/terms/*.c src/scenario/complaints.c \
    src/explain/explain.c src/explain/candidate.c src/explain/words.c src/explain/limits.c src/explain/facts.c \
    ${EXTRA-} -o "$out"
