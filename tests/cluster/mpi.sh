#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run, robust and plan under mpirun: 1, 2 and 4 processes give the bytes of one, an error is said once, and a process that is killed
# leaves no result. make cluster (TRADEOFF: the program; TRADEOFF_MPI: that of make MPI=1). Needs Debian's openmpi-bin and
# libopenmpi-dev; without them it says so, and that is no failure.
set -u
: "${TRADEOFF:?set TRADEOFF to the program}" "${TRADEOFF_MPI:?set TRADEOFF_MPI to the program of make MPI=1}"
top=$(cd "$(dirname "$0")/../.." && pwd)
command -v mpirun >/dev/null && [ -x "$TRADEOFF_MPI" ] || { echo "1..0 # SKIP no mpirun, or nothing built for it: apt-get install openmpi-bin libopenmpi-dev"; exit 0; }
work=$(mktemp -d) || exit 4
together=
end() {
    [ -z "$together" ] || kill "$together" 2>/dev/null
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM
# In a container all is root's; a small machine has fewer processors than processes.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
n=0
bad=0
verdict() { # status, name
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
        bad=1
        echo "not ok $n - $2"
        head -n 10 "$work/log" | sed 's/^/# /'
    fi
}
# Arguments of the program: what it writes, says and ends with, by itself and by 1, 2 and 4 processes.
same() { # name, arguments
    name=$1
    shift
    "$TRADEOFF" "$@" -o "$work/one.json" >"$work/one.out" 2>"$work/one.err"
    status=$?
    differs=0
    for size in 1 2 4; do
        rm -f "$work/all.json"
        timeout 300 mpirun -q -n $size "$TRADEOFF_MPI" "$@" -o "$work/all.json" >"$work/all.out" 2>"$work/all.err" </dev/null
        got=$?
        { [ $got = $status ] && cmp "$work/one.json" "$work/all.json" && cmp "$work/one.out" "$work/all.out" &&
            cmp "$work/one.err" "$work/all.err"; } >"$work/log" 2>&1 && continue
        echo "$size processes: status $got, not $status" >>"$work/log"
        differs=1
        break
    done
    verdict $differs "$name: the bytes of one process"
}
for s in ads-feed clinical-triage food-delivery item-recommender research-portfolio; do
    same "run, $s" run "$top/scenarios/$s/scenario.json" --full
done
for s in drift food-delivery hiring-screen; do
    same "robust, $s" robust "$top/scenarios/$s/scenario.json" --samples 40000
done
same "robust, until it is known well enough" robust "$top/scenarios/food-delivery/scenario.json" --set robustness.until=0.003
same "run, nothing is feasible" run "$top/scenarios/food-delivery/scenario.json" --limit 'latency<=0'
same "plan, segment-plan" plan "$top/scenarios/segment-plan/scenario.json" --full

# Many candidates, most of them near a plane, and many segments.
mkdir "$work/many" && cd "$work/many" || exit 4
python3 - <<'PY' || exit 4
import json, random
r = random.Random(15)
names = ["c%d" % k for k in range(5)]
with open("c.csv", "w", encoding="ascii") as f:
    print("id", *names, sep=",", file=f)
    for i in range(120000):
        x = [r.random() for _ in names]
        by = sum(x) / len(x) - r.gauss(0.5, 0.03)
        print("m%d" % i, *("%.4f" % (v - by) for v in x), sep=",", file=f)
criteria = {c: {"column": c, "goal": "max"} for c in names}
people = {"a": {"weights": {"c0": 1, "c1": 1}}, "b": {"weights": {"c2": 2, "c3": 1}}, "c": {"weights": {"c4": 1}}}
for rule in ("weighted", "nash"):
    json.dump({"tradeoff": 1, "candidates": {"file": "c.csv", "id": "id"}, "criteria": criteria, "stakeholders": people,
               "rule": rule}, open(rule + ".json", "w", encoding="ascii"))
with open("s.csv", "w", encoding="ascii") as f:
    print("segment,model,users,language,quality,cost", file=f)
    for s in range(20000):
        hard, size, language = r.random(), r.randrange(1, 100), "abcd"[r.randrange(4)]
        for j in range(5):
            able = (j + 1) / 5
            print("s%d,m%d,%d,%s,%.4f,%.4f" % (s, j, size, language, 1 - hard * (1 - able) ** 2 + 0.1 * r.random(),
                                             able * (0.7 + 0.6 * r.random())), sep="", file=f)
json.dump({"tradeoff": 1, "criteria": {"quality": {"column": "quality", "goal": "max", "range": [0, 1.2]}},
           "stakeholders": {"all": {"weights": {"quality": 1}}}, "segments": {
               "file": "s.csv", "id": "model", "segment": "segment", "size": "users", "group": "language",
               "limits": [{"column": "cost", "max": 0.45}, {"candidate": "m4", "share_max": 0.2},
                          {"criterion": "quality", "gap_max": 0.001}]}}, open("s.json", "w", encoding="ascii"))
PY
same "run, 120,000 candidates" run weighted.json --candidates all
same "run, 120,000 candidates under nash" run nash.json
same "plan, 20,000 segments" plan s.json

# ---- what goes wrong ----
cp -r "$top/scenarios/food-delivery" "$work/bad" && cd "$work/bad" || exit 4
sed -i '5s/,/,x/' candidates.csv
mpirun -q -n 3 "$TRADEOFF_MPI" run scenario.json -o r.json >"$work/out" 2>"$work/log"
[ $? = 3 ] && [ "$(grep -c 'candidates.csv:5: error' "$work/log")" = 1 ] && [ "$(wc -l <"$work/log")" = 1 ] && [ ! -e r.json ]
verdict $? "bad input is said once, with status 3, and there is no result"
mpirun -q -n 3 "$TRADEOFF_MPI" run - <scenario.json >"$work/out" 2>"$work/log"
[ $? = 2 ] && [ "$(grep -c 'standard input reaches one process alone' "$work/log")" = 1 ]
verdict $? "a scenario from standard input is refused"
mpirun -q -n 3 "$TRADEOFF_MPI" run scenario.json --set candidates.file=- <candidates.csv >"$work/out" 2>"$work/log"
[ $? = 3 ] && [ "$(grep -c 'standard input reaches one process alone' "$work/log")" = 1 ]
verdict $? "candidates from standard input are refused"
mpirun -q -n 3 "$TRADEOFF_MPI" version >"$work/log" 2>&1
[ $? = 0 ] && [ "$(wc -l <"$work/log")" = 1 ]
verdict $? "a command that is not divided is done once"
mkdir "$work/0" "$work/1"
cp "$top"/scenarios/food-delivery/*.csv "$top/scenarios/food-delivery/scenario.json" "$work/0"
cp "$work/0"/* "$work/1"
in_own_folder() { # arguments: each process in the folder that is called as it
    mpirun -q -n 2 sh -c "cd '$work'/\$OMPI_COMM_WORLD_RANK && exec '$TRADEOFF_MPI' \"\$@\"" sh "$@" >"$work/out" 2>"$work/log"
}
printf '\n' >"$work/1/scenario.json"
cat "$work/0/scenario.json" >>"$work/1/scenario.json"
in_own_folder run scenario.json
[ $? = 3 ] && [ "$(grep -c 'process 1 reads other bytes in it than process 0' "$work/log")" = 1 ]
verdict $? "processes that read different files are found"
rm "$work/1/candidates.csv" && cp "$work/0/scenario.json" "$work/1"
in_own_folder run scenario.json
[ $? = 4 ] && [ "$(grep -c 'candidates.csv' "$work/log")" = 1 ] && [ "$(wc -l <"$work/log")" = 1 ]
verdict $? "what one process cannot read is said once"

# ---- signals ----
cd "$work/0" || exit 4
begin() { # processes: many samples, by `together`; returns once all are under way
    mpirun -n "$1" "$TRADEOFF_MPI" robust scenario.json --samples 900000000 -o r.json >"$work/out" 2>"$work/log" &
    together=$!
    wait_for=$1
    i=0
    while [ "$(members | wc -l)" -lt "$wait_for" ]; do
        i=$((i + 1))
        [ $i -le 100 ] || return 1
        sleep 0.1
    done
    sleep 2
}
members() { # rank and process id of each
    for p in $(cat /proc/"$together"/task/*/children 2>/dev/null); do
        rank=$(tr '\0' '\n' <"/proc/$p/environ" 2>/dev/null | sed -n 's/^OMPI_COMM_WORLD_RANK=//p')
        [ -z "$rank" ] || echo "$rank $p"
    done
}
for rank in 1 0; do
    begin 3 && kill -9 "$(members | sed -n "s/^$rank //p")"
    wait "$together"
    status=$?
    together=
    [ $status -ne 0 ] && grep -q 'exited on signal 9' "$work/log" && [ ! -e r.json ] && [ -z "$(ls -A | grep -v 'csv$\|scenario.json')" ]
    verdict $? "process $rank is killed: a message, no result, status $status"
done
begin 2 && kill -USR1 "$together"
wait "$together"
status=$?
together=
[ $status = 5 ] && grep -q '"interrupted": true' r.json
verdict $? "SIGUSR1 ends the sampling with what there is"
echo "1..$n"
exit $bad
