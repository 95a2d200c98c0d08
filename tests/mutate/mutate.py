#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks the program in one place at a time, and counts how often the tests see it.

Usage: mutate.py [FILE:LINE ...]    all mutants of these lines; without one, a sample of all rooms

MUTANTS=60 (how many), MUTATE_SEED=1 (which), ROOMS="model rules" (of these rooms). A mutant is one comparison, sign,
constant, "and" or statement of a line changed. It is killed where a suite of the room fails; the suites are tried in
the order of ROOMS below. Works in a copy of the tree, build/mutate. `survivors.tsv` lists survivors with the reason why
each is none (nothing that can be seen changes) or what would see it; others fail.
"""
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
TREE = TOP / 'build/mutate/tree'
LISTED = TOP / 'tests/mutate/survivors.tsv'
SECONDS = 600  # of one suite: what takes longer does not end

# The suites of each room, quick ones first.
ROOMS = {
    'model': 'unit/test_model unit/test_groups unit/test_average unit/test_draws unit/test_prefers cases scenarios '
             'fault/test_data_memory property/run_oracle property/run_items property/run_data property/run_robust '
             'property/run_without',
    'rules': 'unit/test_rules unit/test_ranking cases scenarios property/test_search property/run_oracle',
    'weights': 'unit/test_choice property/test_choice property/test_holds cases scenarios fault/test_choice_memory '
               'property/run_intervals property/run_ranks property/run_improvements',
    'mix': 'unit/test_mix unit/test_mix_limits unit/test_mix_golden property/test_mix_same property/test_mix_oracle cases '
           'property/test_mix_grid fault/test_mix_memory',
    'lp': 'unit/test_lp unit/test_lp_build unit/test_lp_integer unit/test_lp_mix unit/test_lp_numbers unit/test_lp_parts '
          'property/test_lp property/test_lp_mix cases fault/test_lp unit/test_mix property/test_mix_oracle',
    'noise': 'unit/test_draws cases property/run_known property/run_robust property/run_areas property/run_shown '
             'property/run_information property/run_items fault/test_sampling_memory',
    'sampling': 'unit/test_draws cases property/run_known property/run_robust property/run_areas property/run_shown '
                'property/run_information property/run_items fault/test_sampling_memory',
}

SWAPS = {
    'comparison': (('<', '<='), ('<=', '<'), ('>', '>='), ('>=', '>'), ('==', '!='), ('!=', '==')),
    'and, or': (('&&', '||'), ('||', '&&')),
    'sign': (('+', '-'), ('-', '+'), ('*', '/'), ('/', '*'), ('+=', '-='), ('-=', '+=')),
}
CONSTANT = re.compile(r'(?<![\w.])(\d+)(\.\d+)?(?![\w.])')
STATEMENT = re.compile(r'^ +(?=\S)(?!return|break|continue|goto|else|typedef|static|const|extern|assert)[^={}]*'
                       r'([-+*/|&]?= [^{}]*|\([^{}]*\));$|^ +[\w\[\].>-]+(\+\+|--);$')
DECLARES = re.compile(r'^ +(const |unsigned |struct )*[a-z_]\w* +\**\w+(\[.*\])?( = .*)?;$')


def mutants_of(path, text):
    """(line, kind, line changed) of every mutant of a file"""
    inside = False
    for number, line in enumerate(text.splitlines()):
        code = line.split('/*')[0] if '/*' in line else line
        comment, inside = inside or line.lstrip().startswith('*'), (inside or '/*' in line) and '*/' not in line.split('/*')[-1]
        if comment or line.startswith('#') or 'assert(' in code or '"' in code:
            continue
        for kind, pairs in SWAPS.items():
            for old, new in pairs:
                for at in re.finditer(rf' {re.escape(old)} ', code):
                    yield number, kind, f'{line[:at.start()]} {new} {line[at.end():]}'
        for at in CONSTANT.finditer(code):
            yield number, 'constant', f'{line[:at.start()]}{int(at[1]) + 1}{at[2] or ""}{line[at.end():]}'
        if STATEMENT.match(code) and not DECLARES.match(code):
            yield number, 'statement', ' ' * (len(line) - len(line.lstrip())) + ';'


def all_mutants(rooms):
    for room in rooms:
        for path in sorted((TOP / 'src' / room).glob('*.c')):
            name = str(path.relative_to(TOP))
            for number, kind, changed in mutants_of(name, path.read_text()):
                yield room, name, number, kind, changed


def make(*targets):
    done = subprocess.run(['make', '-s', f'-j{os.cpu_count()}', 'CFLAGS=-O1', *targets], cwd=TREE, capture_output=True, text=True,
                          env=environment())
    return done.returncode == 0


def environment():
    kept = {k: v for k, v in os.environ.items() if k not in ('TRADEOFF', 'TDO_LIBRARY', 'MAKEFLAGS', 'UPDATE')}
    return {**kept, 'LC_ALL': 'C', 'TRADEOFF': str(TREE / 'build/tradeoff'),
            'TDO_LIBRARY': str(TREE / 'build/release-cc/libtradeoff.so')}


def program_of(suite):
    if suite.startswith('property/run_'):
        return 'build/release-cc/tests/property/answers'  # a program that the suites in Python talk to
    return f'build/release-cc/tests/{suite}' if '/test_' in suite else None


def fails(suite):
    if program_of(suite) and not make(program_of(suite)):
        return True
    try:
        done = subprocess.run(['tests/run', suite], cwd=TREE, capture_output=True, timeout=SECONDS, env=environment())
        return done.returncode != 0
    except subprocess.TimeoutExpired:
        return True


def killed_by(mutant):
    """The suite that sees it; '' where none does; None where it is no program."""
    room, name, number, _, changed = mutant
    path = TREE / name
    before = path.read_text()
    lines = before.splitlines(keepends=True)
    lines[number] = changed + '\n'
    path.write_text(''.join(lines))
    try:
        if not make('build/tradeoff', 'build/release-cc/libtradeoff.so'):
            return None
        return next((suite for suite in ROOMS[room].split() if fails(suite)), '')
    finally:
        path.write_text(before)


def listed():
    rows = {}
    for line in LISTED.read_text().splitlines():
        if line and not line.startswith('#'):
            name, was, now, reason = line.split('\t')
            rows[name, was, now] = reason
    return rows


def copy_tree():
    files = subprocess.run(['git', 'ls-files', '-co', '--exclude-standard'], cwd=TOP, capture_output=True, text=True,
                           check=True).stdout.splitlines()
    kept = set(files)
    for name in files:
        old, new = TOP / name, TREE / name
        if old.is_file() and not (new.exists() and new.read_bytes() == old.read_bytes()):
            new.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(old, new)
            os.utime(new)
    packages = TREE / 'web/node_modules'
    if not packages.exists() and (TOP / 'web/node_modules').exists():
        packages.symlink_to(TOP / 'web/node_modules')
    for path in list(TREE.rglob('*')):
        name = str(path.relative_to(TREE))
        if path.is_file() and not name.startswith(('build/', 'web/node_modules/')) and name not in kept:
            path.unlink()


def chosen(words):
    rooms = os.environ.get('ROOMS', ' '.join(ROOMS)).split()
    everything = list(all_mutants(rooms))
    if words:
        places = {(f, int(n) - 1) for f, n in (w.rsplit(':', 1) for w in words)}
        return [m for m in everything if (m[1], m[2]) in places], len(everything)
    pick = random.Random(int(os.environ.get('MUTATE_SEED', '1')))
    return pick.sample(everything, min(len(everything), int(os.environ.get('MUTANTS', '60')))), len(everything)


def main():
    sample, total = chosen(sys.argv[1:])
    copy_tree()
    suites = sorted({s for room in {m[0] for m in sample} for s in ROOMS[room].split()})
    if not make('all', *filter(None, map(program_of, suites))):
        print('the tree does not build')
        return 2
    for suite in suites:
        if fails(suite):
            print(f'{suite} fails before anything is changed')
            return 2
    reasons, count, new = listed(), {}, []
    for mutant in sample:
        room, name, number, kind, changed = mutant
        began, by = time.time(), killed_by(mutant)
        if by is None:
            continue
        was = (TREE / name).read_text().splitlines()[number].strip()
        reason = reasons.get((name, was, changed.strip()))
        state = 'killed' if by else 'none' if reason and reason.startswith('the same:') else 'survived'
        row = count.setdefault(room, {'killed': 0, 'none': 0, 'survived': 0})
        row[state] += 1
        if not by and not reason:
            new.append((name, was, changed.strip()))
        print(f'{state:8} {name}:{number + 1} {kind}: {was}  ->  {changed.strip()}  [{by or reason or "-"}] '
              f'{time.time() - began:.0f} s', flush=True)
    done = {k: sum(r[k] for r in count.values()) for k in ('killed', 'none', 'survived')}
    for room, r in [*sorted(count.items()), ('all', done)]:
        print(f'{room:10} {r["killed"]} of {r["killed"] + r["survived"]} killed; {r["none"]} change nothing that can be seen')
    print(f'{len(sample)} of {total} mutants')
    for row in new:
        print('not listed in survivors.tsv:', *row, sep='\t')
    return int(bool(new))


if __name__ == '__main__':
    sys.exit(main())
