#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks the program in one place at a time, and counts how often the tests see it (make mutate).

Usage: mutate.py OUT ASAN [FILE:LINE ...]    all mutants of these lines; without one, a sample of all rooms

OUT and ASAN are the folders that MODE=mutate and MODE=mutate-asan build in. MUTANTS=300 (how many), MUTATE_SEED=1 (which), ROOMS="model rules" (of
these rooms), UPDATE=1 (write figures.tsv). A mutant is one comparison, sign, constant, "and" or statement of a line
changed (changes.py); its file is compiled by itself into a library that takes the place of ours. It is killed where a
suite that runs the line fails (suites.py), the quickest first; then those of failed allocations (tests/fault; first where the line is about memory), then the same suites under the sanitizers.
A mutant that the compiler makes the same code of is none. `survivors.tsv` lists survivors with the reason why each is
none (nothing that can be seen changes) or what would see it; these are not tried again but with ALL=1, others fail.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import changes
import suites

TOP = changes.TOP
PATIENCE = float(os.environ.get('MUTATE_PATIENCE', '300'))  # seconds of a processor, of one mutant
LISTED = TOP / 'tests/mutate/survivors.tsv'
FIGURES = TOP / 'tests/mutate/figures.tsv'
# The rooms, and their suites of failed allocations.
ROOMS = {'model': ['test_data_memory', 'test_stages'], 'rules': ['test_stages'], 'weights': ['test_choice_memory'],
         'mix': ['test_mix_memory'], 'lp': ['test_lp'], 'noise': ['test_sampling_memory'], 'sampling': ['test_sampling_memory']}


class Build:
    """What MODE=mutate or mutate-asan made, where a mutant takes the place of its file."""

    def __init__(self, out):
        self.out = TOP / out
        self.compile = (self.out / 'flags').read_text().strip() + ' -w'
        self.holds = {}

    def cc(self, words, noting=True):
        compile = self.compile if noting else self.compile.replace('-fsanitize-coverage=trace-pc', '')
        return subprocess.run(f'{compile} {words}', shell=True, cwd=TOP, capture_output=True, check=False)

    def compiled(self, mutant, folder):
        """libmutant.so of a mutant, in a folder; False where it does not compile"""
        source, nothing = folder / pathlib.Path(mutant.file).name, folder / 'nothing.c'
        source.write_text(mutant.text())
        nothing.write_text('void __sanitizer_cov_trace_pc(void); void __sanitizer_cov_trace_pc(void) {}\n')
        return not (self.cc(f'-iquote {(TOP / mutant.file).parent} -c {source} -o {folder}/mutant.o').returncode or
                    self.cc(f'-c {nothing} -o {folder}/nothing.o', noting=False).returncode or
                    self.cc(f'-shared -Wl,-soname,libmutant.so {folder}/mutant.o {folder}/nothing.o -o {folder}/libmutant.so').returncode)

    def fault_fails(self, name, folder):
        """A suite of failed allocations, which wraps functions when it is linked"""
        wraps = '-Wl,--wrap=tdo_alloc,--wrap=tdo_grow,--wrap=tdo_copy,--wrap=tdo_text'
        objects = f'{self.out}/tests/fault/{name}.o {folder}/mutant.o {folder}/nothing.o {self.out}/libtradeoff.a'
        self.cc(f'{wraps} {objects} -o {folder}/{name} -lcmocka -lcsv -ljansson -lmd -lglpk -lgmp -lm')
        made = suites.Suite(f'fault/{name}', [f'{folder}/{name}'], {})
        return (self.out / f'tests/fault/{name}.o').exists() and suites.fails(made, self.out, 300)[0]

    def fails_only_mutated(self, suite, seconds, folder):
        """(it holds as it is and fails with the mutant, seconds that it took)"""
        bad, used = suites.fails(suite, self.out, seconds, mutant=str(folder))
        if bad and suite.name not in self.holds:
            self.holds[suite.name] = not suites.fails(suite, self.out, seconds)[0]
        return bad and self.holds[suite.name], used


class Bench:
    """Has mutants judged."""

    def __init__(self, out, sanitized):
        self.build, self.sanitized = Build(out), Build(sanitized)
        self.judges = suites.Judges(self.build.out)
        self.store = self.build.out / 'killers.json'  # what saw a mutant last is tried first
        self.killers = json.loads(self.store.read_text()) if self.store.exists() else {}

    def same_code(self, mutant, folder):
        """The compiler, as it is used in earnest, makes the same of it."""
        made = []
        for text in ((TOP / mutant.file).read_text(), mutant.text()):
            path = folder / pathlib.Path(mutant.file).name
            path.write_text(text)
            made.append(self.build.cc(f'-O2 -g0 -fvisibility=hidden -iquote {(TOP / mutant.file).parent} -S -o - {path}',
                                      noting=False).stdout)
        return made[0] == made[1]

    def suite_fails(self, mutant, folder):
        denied = next((f'fault/{f}' for f in ROOMS[mutant.room] if mutant.is_of_memory and self.build.fault_fails(f, folder)), '')
        if denied:
            return denied
        spent, last = 0, self.killers.get('\t'.join(mutant.key))
        for suite, seconds in sorted(self.judges.of(mutant.file, mutant.line), key=lambda x: x[0].name != last):
            bad, used = suites.fails(suite, self.build.out, 30 + 20 * seconds, mutant=str(folder))
            if bad:
                return suite.name
            spent += used
            if spent > PATIENCE:
                break
        return next((f'fault/{f}' for f in ROOMS[mutant.room] if not mutant.is_of_memory and self.build.fault_fails(f, folder)), '')

    def suite_fails_sanitized(self, mutant, folder):
        """Places beyond an array are seen by the sanitizers alone."""
        spent = 0
        if not self.sanitized.compiled(mutant, folder):
            return ''
        for suite, seconds in self.judges.of(mutant.file, mutant.line):
            if spent < min(PATIENCE, 15) and seconds < 5:
                bad, used = self.sanitized.fails_only_mutated(suite, 60 + 60 * seconds, folder)
                if bad:
                    return f'{suite.name}, sanitized'
                spent += used
        return ''

    def judge(self, mutant):
        """What sees it; '' where nothing does; 'same' where it is none; None where it does not compile"""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            if not self.build.compiled(mutant, folder):
                return None
            by = self.suite_fails(mutant, folder)
            if not by and self.same_code(mutant, folder):
                return 'same'
            by = by or self.suite_fails_sanitized(mutant, folder)
        self.killers['\t'.join(mutant.key)] = by
        self.store.write_text(json.dumps(self.killers))
        return by


def listed():
    """{(file, line as it is, line changed): reason}, and the rows whose line is gone"""
    rows, gone = {}, []
    for row in LISTED.read_text().splitlines():
        if row and not row.startswith('#'):
            name, was, now, reason = row.split('\t')
            rows[name, was, now] = reason
            path = TOP / name
            if not path.exists() or was not in map(str.strip, path.read_text().splitlines()):
                gone.append(row)
    return rows, gone


def chosen(words):
    """A sample that a change elsewhere in the sources leaves as it is"""
    everything = list(changes.all_mutants(os.environ.get('ROOMS', ' '.join(ROOMS)).split()))
    if words:
        places = {(f, int(n)) for f, n in (w.rsplit(':', 1) for w in words)}
        return [m for m in everything if (m.file, m.line) in places], len(everything)
    seed, times = os.environ.get('MUTATE_SEED', '1'), {}

    def lot(m):
        times[m.key] = times.get(m.key, 0) + 1
        return hashlib.sha256('\t'.join((seed, *m.key, str(times[m.key]))).encode()).digest()
    return sorted(everything, key=lot)[:int(os.environ.get('MUTANTS', '300'))], len(everything)


def tell(mutant, state, why, seconds):
    print(f'{state:8} {mutant.file}:{mutant.line} {mutant.kind}: {mutant.was}  ->  {mutant.now}  [{why}] {seconds:.0f} s', flush=True)


def write_figures(counts, n, total):
    rows = ['# make mutate UPDATE=1 writes this: room, mutants, killed, none (nothing that can be seen changes), survived',
            *('\t'.join(map(str, (room, sum(c.values()), c['killed'], c['none'], c['survived']))) for room, c in counts),
            f'# {n} of {total} mutants']
    FIGURES.write_text('\n'.join(rows) + '\n')


def main():
    bench, (sample, total) = Bench(*sys.argv[1:3]), chosen(sys.argv[3:])
    (reasons, gone), count, new = listed(), {}, []

    def one(mutant):
        began = time.monotonic()
        known = mutant.key in reasons and not os.environ.get('ALL') and not sys.argv[3:]
        by = '' if known else bench.judge(mutant)
        if by is None:
            return mutant, None
        reason = 'the same: code' if by == 'same' else reasons.get(mutant.key)
        state = 'none' if by in ('', 'same') and reason and reason.startswith('the same:') else 'survived' if by == '' else 'killed'
        tell(mutant, state, reason or '-' if state != 'killed' else by, time.monotonic() - began)
        return mutant, (state, reason)
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get('JOBS') or os.cpu_count())) as pool:
        for mutant, got in pool.map(one, sample):
            if got:
                row = count.setdefault(mutant.room, {'killed': 0, 'none': 0, 'survived': 0})
                row[got[0]] += 1
                if got[0] == 'survived' and not got[1]:
                    new.append(mutant.key)
    done = {k: sum(r[k] for r in count.values()) for k in ('killed', 'none', 'survived')}
    rows = [*sorted(count.items()), ('all', done)]
    for room, r in rows:
        some = r['killed'] + r['survived']
        print(f'{room:10} {r["killed"]} of {some} killed ({100 * r["killed"] / max(some, 1):.1f} %); {r["none"]} change nothing that can be seen')
    print(f'{sum(done.values())} of {total} mutants')
    if os.environ.get('UPDATE') and not sys.argv[3:]:
        write_figures(rows, sum(done.values()), total)
    for row in new:
        print('not listed in survivors.tsv:', *row, sep='\t')
    for row in gone:
        print('in survivors.tsv, but the line is gone:', row, sep='\t')
    return int(bool(new or gone))


if __name__ == '__main__':
    sys.exit(main())
