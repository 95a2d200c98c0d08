#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fuzzes targets from what is kept of them: fuzz.py ENGINE [TARGET...]. FUZZ_SECONDS for each (60). Prints the runs of
each; ends with 1 where something was found, which lies in build/fuzz/TARGET then. UPDATE=1: what is kept becomes a
minimised corpus (tests/fuzz/corpus/TARGET.pack), and the runs are added to those of tests/fuzz/runs.tsv."""
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT = os.path.join(HERE, "corpus")
WORK = os.path.join(HERE, "..", "..", "build", "fuzz")
RUNS = os.path.join(HERE, "runs.tsv")
MOST = 9000  # bytes of a pack, with the lengths
LONGEST = {"number": 64, "page": 512, "result": 12288, "record": 8192, "verify": 8192}  # bytes of an input; else:
LONG = 4096


def targets():
    with open(os.path.join(HERE, "fuzz.h"), encoding="utf-8") as f:
        return re.findall(r"^    X\((\w+)\)", f.read(), re.M)


def unpack(target, folder):
    """What is kept of a target, as files."""
    os.makedirs(folder, exist_ok=True)
    pack = os.path.join(KEPT, target + ".pack")
    data = open(pack, "rb").read() if os.path.exists(pack) else b""
    n = 0
    while data:
        head, data = data.split(b"\n", 1)
        with open(os.path.join(folder, "kept-%04d" % n), "wb") as f:
            f.write(data[: int(head)])
        data = data[int(head) + 1:]
        n += 1
    if os.path.isdir(os.path.join(KEPT, target)):
        shutil.copytree(os.path.join(KEPT, target), folder, dirs_exist_ok=True)


def engine(program, target, *args):
    dictionary = os.path.join(HERE, "dictionary")
    return subprocess.run([program, "-dict=" + dictionary, "-max_len=%d" % LONGEST.get(target, LONG), *args],
                          env=dict(os.environ, FUZZ_TARGET=target), capture_output=True, text=True,
                          errors="replace", check=False, cwd=WORK)


def keep(program, target, corpus):
    """The smallest inputs that reach what the corpus reaches; as many as fit."""
    least = os.path.join(WORK, target + ".least")
    shutil.rmtree(least, ignore_errors=True)
    os.makedirs(least)
    engine(program, target, "-merge=1", least, corpus)
    seeds = os.path.join(KEPT, target)
    known = {open(os.path.join(seeds, f), "rb").read() for f in os.listdir(seeds)} if os.path.isdir(seeds) else set()
    inputs = sorted({open(os.path.join(least, f), "rb").read() for f in os.listdir(least)} - known, key=lambda b: (len(b), b))
    packed = b""
    for one in inputs:
        entry = b"%d\n%s\n" % (len(one), one)
        if len(packed) + len(entry) <= MOST:
            packed += entry
    with open(os.path.join(KEPT, target + ".pack"), "wb") as f:
        f.write(packed)


def counted():
    if not os.path.exists(RUNS):
        return {}
    with open(RUNS, encoding="utf-8") as f:
        return {t: (int(n), int(s)) for t, n, s in (line.split("\t") for line in f.read().splitlines()[1:])}


def count(target, runs, seconds):
    all_runs = counted()
    n, s = all_runs.get(target, (0, 0))
    all_runs[target] = (n + runs, s + seconds)
    with open(RUNS, "w", encoding="utf-8") as f:
        f.write("target\truns\tseconds\n")
        f.writelines("%s\t%d\t%d\n" % (t, *all_runs[t]) for t in targets() if t in all_runs)


def fuzz(program, target, seconds):
    corpus = os.path.join(WORK, target)
    unpack(target, corpus)
    p = engine(program, target, "-max_total_time=%d" % seconds, "-timeout=20", "-print_final_stats=1", "-rss_limit_mb=3000",
               "-artifact_prefix=%s/found-%s-" % (WORK, target), corpus)
    stat = dict(re.findall(r"^stat::(\w+):\s+(\d+)", p.stderr, re.M))
    took = re.findall(r"Done (\d+) runs in (\d+) second", p.stderr)
    runs = int(stat.get("number_of_executed_units", 0))
    took = int(took[-1][1]) if took else seconds
    reached = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", p.stderr) or [("0", "0", "0")]
    print("%-9s %10d runs, %6d a second, %s edges, %s inputs%s" % (
        target, runs, runs // max(took, 1), reached[-1][0], reached[-1][2], "" if p.returncode == 0 else "  FOUND:"), flush=True)
    if p.returncode:
        print("\n".join(p.stderr.splitlines()[-40:]), flush=True)
    elif os.environ.get("UPDATE"):
        keep(program, target, corpus)
        count(target, runs, took)
    return p.returncode != 0


def main():
    program = os.path.abspath(sys.argv[1])
    os.makedirs(WORK, exist_ok=True)
    asked = sys.argv[2:] or targets()
    unknown = [t for t in asked if t not in targets()]
    if unknown:
        sys.exit("no target %s; there are %s" % (", ".join(unknown), ", ".join(targets())))
    seconds = int(os.environ.get("FUZZ_SECONDS", "60"))
    found = [t for t in asked if fuzz(program, t, seconds)]
    print("found: " + ", ".join(found) if found else "nothing found")
    sys.exit(1 if found else 0)


main()
