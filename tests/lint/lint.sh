#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The layout rules, held by grep: who may include what, what may stand outside the command line.
cd "$(dirname "$0")/../.." || exit 4
bad=0
forbid() { # message, pattern, paths...
    message=$1 pattern=$2
    shift 2
    if git grep -nP "$pattern" -- "$@"; then echo "lint: $message" >&2; bad=1; fi
}
forbid 'glpk.h and gmp.h live in src/lp'          '#include *[<"](glpk|gmp)\.h'  src include web ':!src/lp'
forbid 'csv.h lives in src/csv'                   '#include *[<"]csv\.h'         src include web ':!src/csv'
forbid 'sha2.h lives in src/files'                '#include *[<"]sha2\.h'        src include web ':!src/files'
forbid 'jansson.h lives in src/json'              '#include *[<"]jansson\.h'     src include web ':!src/json'
forbid 'no printing, exits, environment or clock outside src/cli' \
    '(^|[^a-z_])(printf|puts|putchar|exit|_exit|abort|getenv|time|clock)\(' src ':!src/cli'
forbid 'directions are resolved in src/model'     '(==|!=) *TDO_GOAL_(MAX|MIN)'  src/frontier src/rules src/weights src/mix src/lp src/cli src/run.c
forbid 'no global mutable state'                  '^static (?!.*\bconst\b)[a-z_ ]*[a-z_0-9]+(\[[^]]*\])?( = .*)?;$' 'src/*.c' ':!src/cli'
forbid 'if (!p), nowhere == NULL'              '[=]= NULL'                      'src' 'include'
forbid 'no paths of one machine'                  '/(roo[t]|hom[e]/[a-z])/' . ':!tests/lint/lint.sh'
forbid 'lines end without blanks'                 '[[:blank:]]$'                  'src' 'include' 'tests/*.c' 'tests/*.h' Makefile
for f in $(git ls-files 'src/*.c' 'src/*.h' 'include/*.h'); do
    lines=$(wc -l <"$f")
    if [ "$lines" -gt 400 ]; then echo "lint: $f has $lines lines: two things by now" >&2; bad=1; fi
    if [ "$(awk '{ gsub(/\t/, "        ") } length($0) > 100' "$f" | wc -l)" -gt 0 ]; then
        echo "lint: $f has lines over 100 columns" >&2
        bad=1
    fi
done
tests/lint/rooms.sh || bad=1
exit $bad
