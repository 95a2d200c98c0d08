#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles the engine of the page: sh web/engine.sh OUT.wasm [CLANG]. Run at the top of the checkout.
# Needs Debian's clang, lld, wasi-libc and libclang-rt-14-dev-wasm32.
set -eu
out=$1
# The page has no LP and no threads: what needs them stays with the program.
search=$(for f in src/search/*.c; do grep -qE '(mix|choice|lp)\.h"|pthread' "$f" || echo "$f"; done)
clang=${2:-clang}
exec "$clang" --target=wasm32-wasi --sysroot=/usr -mexec-model=reactor -std=c11 -Oz -flto -DNDEBUG \
    -ffp-contract=off -fvisibility=hidden -fno-exceptions -Wall \
    -Iinclude -Isrc -Iweb -Wl,--strip-all -Wl,--gc-sections -Wl,--wrap=tdo_apply_rule -Wl,-z,stack-size=262144 \
    web/engine.c web/engine_read.c web/engine_rules.c src/base/*.c src/model/*.c $search \
    src/input/match.c src/input/rule_names.c src/input/scenario_text.c src/input/scenario_complaints.c \
    src/output/explain.c src/output/explain_candidate.c src/output/words.c src/output/facts.c \
    ${EXTRA-} -o "$out"
