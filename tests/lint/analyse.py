#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gcc -fanalyzer, clang-tidy and cppcheck say of src, against the findings that are known to be none.

Usage: analyse.py [TOOL ...]    (gcc, clang-tidy, cppcheck; all that are here)

`analysed.tsv` lists findings with the reason why each is none: tool, check, file, how many, reason. A finding that is
not there, or one that is there and is not found any more, fails. Lines do not count: code moves.
"""
import collections
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parents[2]
KNOWN = HERE / 'tests/lint/analysed.tsv'
FLAGS = ['-std=c11', '-D_POSIX_C_SOURCE=200809L', '-Iinclude', '-Isrc']
TIDY = ('-*,clang-analyzer-*,bugprone-*,performance-*,portability-*,cert-*,'
        '-bugprone-easily-swappable-parameters,-bugprone-reserved-identifier,-cert-dcl37-c,-cert-dcl51-cpp')
# A finding: FILE:LINE:COLUMN: error|warning: TEXT [CHECK]
SAID = re.compile(r'^(?:\./)?(?P<file>[^:\s]+):(?P<line>\d+):\d+: (?:error|warning|performance|portability): '
                  r'(?P<text>.*) \[(?P<check>[^\]]+)\]$')


def run(command):
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, env={**os.environ, 'LC_ALL': 'C'})
    return done.stdout + done.stderr


def gcc(path):
    return run([os.environ.get('GCC', 'gcc'), *FLAGS, '-O2', '-fopenmp', '-fanalyzer', '-c', path, '-o', os.devnull])


def clang_tidy(path):
    return run(['clang-tidy', '-quiet', f'--checks={TIDY}', path, '--', *FLAGS])


def cppcheck(path):
    return run(['cppcheck', '-q', '--enable=warning,performance,portability', '--inline-suppr', '--std=c11', *FLAGS[1:], path])


TOOLS = {'gcc': gcc, 'clang-tidy': clang_tidy, 'cppcheck': cppcheck}


def findings(tool):
    """{(check, file): [lines with their texts]}, each place once"""
    found = collections.defaultdict(dict)
    paths = sorted(str(p.relative_to(HERE)) for p in HERE.glob('src/**/*.c'))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for text in pool.map(TOOLS[tool], paths):
            for line in text.splitlines():
                said = SAID.match(line)
                if said and said['file'].startswith('src/'):
                    check = re.sub(r'^-W(?:analyzer-)?|,.*$', '', said['check'].replace('CWE-', ''))
                    found[check, said['file']][int(said['line'])] = said['text']
    return found


def known():
    rows = {}
    for number, line in enumerate(KNOWN.read_text().splitlines(), 1):
        if line and not line.startswith('#'):
            tool, check, file, count, reason = line.split('\t')
            rows[tool, check, file] = (number, int(count), reason)
    return rows


def main():
    listed, bad, at = known(), False, 0
    for tool in sys.argv[1:] or TOOLS:
        at += 1
        if not shutil.which(tool):
            print(f'ok {at} - {tool} # SKIP it is not here: apt-get install {tool}')
            continue
        found, wrong = findings(tool), []
        for (check, file), places in sorted(found.items()):
            _, count, _ = listed.get((tool, check, file), (0, 0, ''))
            if len(places) != count:
                wrong += [f'{file}:{line}: {text} [{check}]' for line, text in sorted(places.items())]
                wrong += [f'  {count} of these are listed in {KNOWN.name}'] if count else []
        for (which, check, file), (number, count, _) in sorted(listed.items()):
            if which == tool and (check, file) not in found:
                wrong.append(f'tests/lint/{KNOWN.name}:{number}: {check} is not found in {file} any more')
        total = sum(len(p) for p in found.values())
        print(f'{"not " if wrong else ""}ok {at} - {tool}: {total} findings, each known to be none')
        for line in wrong:
            print(f'# {line}')
        bad = bad or bool(wrong)
    return int(bad)


if __name__ == '__main__':
    sys.exit(main())
