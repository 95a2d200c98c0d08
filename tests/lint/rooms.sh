#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds the quoted and library includes of every room to the table in tests/lint/rooms.
# Usage: rooms.sh [ROOT]   What the table does not name is an error.
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/../..}" || exit 4
grep -n '^#include' src/*/*.[ch] | awk -v table="$here/rooms" '
BEGIN {
    while ((getline line < table) > 0) {
        if (line ~ /^#/ || line == "") continue
        split(line, part, "|")
        room = part[1]; gsub(/ /, "", room); known[room] = 1
        k = split(part[2], name, " "); for (i = 1; i <= k; i++) may[room, name[i]] = 1
        k = split(part[3], name, " "); for (i = 1; i <= k; i++) head[room, name[i]] = 1
    }
}
{
    split($0, at, ":"); split(at[1], path, "/"); room = path[2]; seen[room] = 1
    where = at[1] ":" at[2]
    if (!(room in known)) { print "lint: " where ": room " room " is not in tests/lint/rooms"; bad = 1; next }
    if (match($0, /"[^"]*"/)) {
        h = substr($0, RSTART + 1, RLENGTH - 2); split(h, to, "/")
        if (to[1] == room || to[1] == "tradeoff" || (room, to[1]) in may) next
    } else if (match($0, /<[^>]*>/)) {
        h = substr($0, RSTART + 1, RLENGTH - 2)
        if (("libc", h) in head || (room, h) in head) next
    }
    print "lint: " where ": " room " may not include " h; bad = 1
}
END { exit bad }'
