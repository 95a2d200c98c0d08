#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles the engine of the page: sh web/engine/build.sh OUT.wasm [CLANG]. Run at the top of the checkout.
# Needs Debian's clang, lld, wasi-libc, libclang-rt-14-dev-wasm32 and binaryen.
set -eu
out=$1
# Whole rooms: those that decide, explain, ask and record without a file or a thread; of json its writer, and of exact
# the corners of polytopes, with limbs.c for GMP. What in them needs linear programs is not called, and the linker leaves
# it out; absent.c stands for the regions of weights, and for what learning is worth.
rooms='base terms variates model frontier rules weights mix whatif noise sampling explain verdict ask table output record'
clang=${2:-clang}
# The driver would call the wasm-opt that it finds after a link with -O, and twice gives other bytes than once: the
# compiler is told by -Xclang, and wasm-opt is called here. The linker takes a function into another one only where that is not larger.
# Vectors (-msimd128) are in every browser that can unpack the page (DecompressionStream) since 2021; loops over pairs take a half of the
# time, and the code is smaller.
"$clang" --target=wasm32-wasi --sysroot=/usr -mexec-model=reactor -msimd128 -std=c11 -D_POSIX_C_SOURCE=200809L -Xclang -Oz -Xclang -vectorize-slp -flto -DNDEBUG \
    -DFRONT_SMALL -DTDO_KEPT_MAX=SIZE_MAX -ffp-contract=off -fvisibility=hidden -fno-exceptions -Wall \
    -Iinclude -Isrc -Iweb -Iweb/engine -Wl,--strip-all -Wl,--gc-sections -Wl,-mllvm,-inline-threshold=0 -Wl,-z,stack-size=524288 \
    web/engine/*.c $(for room in $rooms; do ls src/"$room"/*.c; done | grep -vE '^src/(rules/(placing|standing)|sampling/learn|frontier/among|output/json_(mix|splits|portfolio|agree))') src/json/writer.c src/exact/cone.c src/exact/divisor.c src/exact/dyadic.c \
    ${EXTRA-} -o "$out"
wasm-opt --enable-simd -O3 -Oz "$out" -o "$out"
# Branches anew, and small once more: 2 parts in 100 less. No object lies below 1024, where wasm-ld lets data begin (-lmu).
wasm-opt --enable-simd -lmu --flatten --rereloop -Oz -Oz "$out" -o "$out"
