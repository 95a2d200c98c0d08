# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be the same in two results whose inputs say the same in another way."""
import json
import re


def without_places(text):
    """A result with candidates by id, and without what a permutation of rows may change."""
    r = json.loads(re.sub(rb"\.csv:\d+", b".csv:LINE", re.sub(rb"on line \d+", b"on line LINE", text)))
    for i in r["inputs"]:
        if i["role"] != "scenario":
            i["sha256"] = ""
    for c in r["candidates"]:
        c["line"] = 0
    r["candidates"].sort(key=lambda c: c["id"])
    return r


def difference(a, b, path=""):
    """Where two values differ first; "" where they do not."""
    if type(a) is not type(b):
        return "%s: %r, %r" % (path, a, b)
    if isinstance(a, dict):
        if list(a) != list(b) and not (sorted(a) == sorted(b) and ".group" in path):  # as the rows name them
            return "%s: keys %s, %s" % (path, list(a), list(b))
        return next(filter(None, (difference(a[k], b[k], path + "." + k) for k in a)), "")
    if isinstance(a, list):
        if len(a) != len(b):
            return "%s: %d and %d items" % (path, len(a), len(b))
        return next(filter(None, (difference(x, y, "%s[%d]" % (path, k)) for k, (x, y) in enumerate(zip(a, b)))), "")
    return "" if a == b else "%s: %r, %r" % (path, a, b)
