#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One violation of each kind in a scratch copy: rooms.sh and lint.sh must refuse every one.
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 4
trap 'rm -rf "$work"' EXIT
(cd "$here/../.." && git ls-files src include tests/lint Makefile | tar cf - -T -) | tar xf - -C "$work"
cp "$here"/* "$work/tests/lint/"
git init -q "$work" && git -C "$work" add -A
bad=0
refused() { # what, file, line to add, checker, words it must say
    cp "$work/$2" "$work/kept" 2>/dev/null || : >"$work/kept"
    printf '%s\n' "$3" >>"$work/$2"
    git -C "$work" add "$2"
    if out=$("$work/tests/lint/$4" 2>&1); then echo "$1 passes $4"; bad=1
    elif ! echo "$out" | grep -q "$5"; then echo "$1: $4 does not say '$5'"; bad=1; fi
    cp "$work/kept" "$work/$2"
}
"$work/tests/lint/rooms.sh" || { echo "rooms.sh refuses what is there"; bad=1; }
refused 'an arrow down'      src/base/decimal.c '#include "mix/mix.h"' rooms.sh 'base may not include mix/mix.h'
refused 'a library elsewhere' src/mix/mix.h  '#include <glpk.h>'    rooms.sh 'mix may not include glpk.h'
refused 'an unlisted header'  src/mix/mix.h  '#include <regex.h>'   rooms.sh 'mix may not include regex.h'
refused 'a comparison with NULL' src/mix/mix.h '/* p == NULL */'    lint.sh 'if (!p)'
mkdir "$work/src/attic"
refused 'an unlisted room'    src/attic/a.c  '#include <math.h>'    rooms.sh 'attic is not in'
exit $bad
