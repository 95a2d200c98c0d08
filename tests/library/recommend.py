#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The library from Python: a scenario's path in, its result (JSON) out.   recommend.py SCENARIO"""
import ctypes
import json
import os
import sys

library = ctypes.CDLL(os.environ.get("TDO_LIBRARY", "libtradeoff.so.0"))
WRITE = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
library.tdo_result_of.argtypes = [ctypes.c_char_p, WRITE, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]


def result_of(scenario):
    parts = []

    def take(_, data, length):
        parts.append(ctypes.string_at(data, length))
        return True

    message = ctypes.create_string_buffer(1024)
    if library.tdo_result_of(os.fsencode(scenario), WRITE(take), None, message, len(message)) != 0:
        raise ValueError(message.value.decode())
    return json.loads(b"".join(parts))


if __name__ == "__main__":
    print(result_of(sys.argv[1])["recommendation"]["id"])
