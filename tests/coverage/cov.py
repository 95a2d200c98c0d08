#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests ran of the objects in a folder (make cov): cov.py OUT. Prints the share of branches taken in each room
and the functions that nothing ran. UPDATE=1 keeps the shares."""
import glob
import gzip
import json
import os
import subprocess
import sys
import tempfile


def reports(out):
    """gcov's, of each source."""
    with tempfile.TemporaryDirectory() as folder:
        for data in sorted(glob.glob(out + "/src/**/*.gcda", recursive=True)):
            subprocess.run(["gcov", "--json-format", "--branch-probabilities", os.path.abspath(data)], cwd=folder, check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for packed in glob.glob(folder + "/*.gz"):
                with gzip.open(packed, "rt", encoding="utf-8") as f:
                    yield from json.load(f)["files"]
                os.remove(packed)


def main():
    branches, ran = {}, {}
    for file in reports(sys.argv[1]):
        name = os.path.normpath(file["file"]).split("src/", 1)
        if file["file"].startswith("/usr") or len(name) < 2 or not name[1].endswith(".c"):
            continue
        room = name[1].split("/")[0]
        taken, of = branches.get(room, (0, 0))
        counts = [b["count"] for line in file["lines"] for b in line["branches"] if not b.get("throw")]
        branches[room] = (taken + sum(c > 0 for c in counts), of + len(counts))
        for f in file["functions"]:
            key = "%s %s" % (name[1], f["name"])
            ran[key] = ran.get(key, 0) + f["execution_count"]
    rows = sorted(branches.items()) + [("all", [sum(b[k] for b in branches.values()) for k in (0, 1)])]
    for room, (taken, of) in rows:
        print("%-10s %5.1f %% of %5d branches" % (room, 100 * taken / max(of, 1), of))
    if os.environ.get("UPDATE"):
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "figures.tsv"), "w", encoding="ascii") as f:
            f.write("# make cov UPDATE=1 writes this: room, branches taken, branches\n")
            f.writelines("%s\t%d\t%d\n" % (room, taken, of) for room, (taken, of) in rows)
    for key in sorted(key for key, n in ran.items() if n == 0):
        print("nothing runs " + key)


main()
