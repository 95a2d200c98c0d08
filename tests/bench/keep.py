#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make bench UPDATE=1: keep.py FOLDER runs run.sh FOLDER, shows what it says, and keeps in figures.tsv what the README tells
of it (tests/lint/run_figures writes it there): what was done, how long it took, beside what."""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def rows_of(n):
    return format(int(n), ",")


def seconds(ms):
    return "%.3g ms" % float(ms) if float(ms) < 1000 else "%.3g s" % (float(ms) / 1000)


def read(m):
    return ["%s rows of %s decimals read, %s MB, hashed" % (rows_of(m[1]), m[3], m[2]), seconds(m[4]),
            "%s times libcsv alone; %s bytes a row" % (m[5], m[6])]


def run(m):
    return ["a whole run, %s candidates, 5 criteria, 4 stakeholders" % rows_of(m[1]), seconds(m[2]),
            "%s times libcsv alone; %s bytes a row" % (m[3], m[4])]


def frontier(m):
    return ["the frontier of %s candidates in %s criteria, %s: %s" % (rows_of(m[2]), m[3], m[1], rows_of(m[4])), seconds(m[5]),
            "%s times a plain sorted filter" % m[6]]


def plan(m):
    return ["a plan for %s segments of 8 candidates, to a gap of %s" % (rows_of(m[1]), m[3]), seconds(1000 * float(m[2])), ""]


def samples(m):
    return ["%s samples of %s candidates, 5 criteria, 4 stakeholders" % (rows_of(m[2]), rows_of(m[1])), seconds(m[3]),
            "%s times one multiply-add pass" % m[4]]


# What of the lines is kept, in this order.
KEPT = [(read, r"(\d+) rows, ([\d.]+) MB, (\d+) decimals: ([\d.]+) ms, ([\d.]+) times libcsv alone .*; (\d+) bytes a row"),
        (run, r" *(\d+) rows: +([\d.]+) ms, +([\d.]+) times libcsv alone, .*?(\d+) bytes a row"),
        (frontier, r"(\w+) +(\d+) +(\d+) +(\d+) +([\d.]+) ms +[\d.]+ x +([\d.]+) x"),
        (samples, r" *(\d+) candidates +(\d+) samples: +([\d.]+) ms, .* ratio +([\d.]+)"),
        (plan, r" *(1000000) segments, 1 thread: +([\d.]+) s, .* gap ([^,]+),")]


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        return next((" ".join(x.split(":", 1)[1].split()) for x in f if x.startswith("model name")), "an unknown processor")


def main():
    bench = subprocess.Popen([os.path.join(HERE, "run.sh"), sys.argv[1]], stdout=subprocess.PIPE, text=True)
    found = [[] for _ in KEPT]
    for line in bench.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        for k, (write, pattern) in enumerate(KEPT):
            m = re.match(pattern, line)
            if m:
                found[k].append(write(m))
    if bench.wait() or not all(found):
        sys.exit("keep.py: nothing kept: the bench ended with %d, or a line that is kept did not come" % bench.returncode)
    with open(os.path.join(HERE, "figures.tsv"), "w", encoding="utf-8") as f:
        f.write("# make bench UPDATE=1 writes this. On the first line the processor, then what, time, beside what\n%s\n" % processor())
        f.writelines("\t".join(x) + "\n" for some in found for x in some)


main()
