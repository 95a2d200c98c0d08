#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh FOLDER: times the stages, and each bench_* in the folder. Times are of this machine; read the ratios.
set -u
bin=$1
data=$(mktemp -d) || exit 4
trap 'rm -rf "$data"' EXIT
for kind in independent correlated anticorrelated; do
    for n in 100000 1000000; do
        "$bin/gen" $kind $n 5 1 >"$data/c.csv" || exit 1
        echo "$kind, $n candidates, 5 criteria, $(wc -c <"$data/c.csv") bytes"
        "$bin/bench_run" "$data/c.csv" || exit 1
    done
done
rm -f "$data/c.csv"
for b in "$bin"/bench_*; do
    case $b in
    *.o | *.d | *bench_run) continue ;;
    esac
    echo "$(basename "$b")"
    "$b" || exit 1
done
page=$(dirname "$bin")/../viewer.html # built where node and clang are there
if [ -e "$page" ] && [ -d web/node_modules/playwright-core ] && command -v chromium >/dev/null; then
    echo "viewer"
    BENCH=1 node tests/web/sizes.mjs "$(dirname "$bin")/../engine.wasm" "$TRADEOFF" scenarios \
        "$(command -v chromium)" "$data" || exit 1
fi
