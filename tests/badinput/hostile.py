# SPDX-License-Identifier: GPL-3.0-or-later
"""The hostile files beside this one: csv.tsv and json.tsv, a line each of name, verdict, bytes (escaped), why."""
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\\": b"\\"}


def decode(text):
    return re.sub(rb"\\(x..|.)", lambda m: SHORT.get(m[1]) or bytes.fromhex(m[1][1:].decode()), text.encode())


def entries(kind):
    """(name, verdict, bytes) of each csv or json."""
    with open(os.path.join(HERE, kind + ".tsv"), encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#"):
                name, verdict, text, _ = line.rstrip("\n").split("\t")
                yield name, verdict, decode(text)


def write(kind, folder):
    """Writes each into a folder; yields (name, verdict, path)."""
    for name, verdict, content in entries(kind):
        path = os.path.join(folder, name + "." + kind)
        with open(path, "wb") as f:
            f.write(content)
        yield name, verdict, path
