# SPDX-License-Identifier: GPL-3.0-or-later
"""The suites that judge mutants, and which lines of the rooms each of them runs."""
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import threading

TOP = pathlib.Path(__file__).resolve().parents[2]
# Long suites of other rooms judge no mutants.
OTHERS = {'unit/test_frontier', 'unit/test_uniform', 'unit/test_number', 'unit/test_decimal', 'unit/test_profile', 'property/test_ask',
          'property/test_csv', 'property/test_starter'}
# Suites of random cases that talk to the program, with a smaller number of cases where a full one takes long.
TALKERS = {'run_oracle': {'TDO_CASES': '300'}, 'run_intervals': {}, 'run_improvements': {}, 'run_known': {}, 'run_robust': {},
           'run_items': {}, 'run_information': {}, 'run_shown': {}, 'run_areas': {}, 'run_ranks': {}, 'run_cells': {},
           'run_data': {}, 'run_splits': {}, 'run_steps': {}, 'run_without': {}, 'run_verify': {}, 'run_significant': {}}

FIRST = 10  # quick suites, before those of random cases
Suite = collections.namedtuple('Suite', 'name command more')


def all_suites():
    """C suites, each case by itself, the scenarios, and the suites of random cases."""
    for kind in ('unit', 'property'):
        for source in sorted((TOP / 'tests' / kind).glob('test_*.c')):
            if f'{kind}/{source.stem}' not in OTHERS:
                yield Suite(f'{kind}/{source.stem}', [f'@/tests/{kind}/{source.stem}'], {})  # @: of the build
    for case in sorted((TOP / 'tests/cases').glob('*/cmd')):
        yield Suite(f'cases {case.parent.name}', ['tests/cases/run', case.parent.name], {})
    yield Suite('scenarios', ['tests/scenarios/run'], {})
    for name, more in TALKERS.items():
        yield Suite(f'property/{name}', [f'tests/property/{name}'], more)


def bounded():
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def fails(suite, out, seconds, mutant=None, reached=None):
    """(does a suite fail, seconds of a processor that it took); a mutant is the folder of its library. What does not end, or wants more than 4 GB, fails
    (the sanitizers want much more of the addresses)."""
    kept = {k: v for k, v in os.environ.items() if k not in ('MAKEFLAGS', 'UPDATE', 'TDO_SOAK', 'TDO_ANSWERS')}
    more = {'LC_ALL': 'C', 'OMP_WAIT_POLICY': 'passive', 'TRADEOFF': str(out / 'tradeoff'),
            'TDO_LIBRARY': str(out / 'libtradeoff.so'), **suite.more,
            # The mutant's own data are there twice; leaks are no fault of a run, whose arena goes with it.
            'ASAN_OPTIONS': 'detect_odr_violation=0:detect_leaks=0'}
    if mutant:
        more['LD_LIBRARY_PATH'] = mutant
    if reached:
        more['REACHED'] = reached
    command = [w.replace('@', str(out), 1) for w in suite.command]
    process = subprocess.Popen(command, cwd=TOP, env={**kept, **more}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True,
                               preexec_fn=None if 'asan' in out.name else bounded)
    ended = threading.Event()

    def end():
        if not ended.wait(seconds):
            os.killpg(process.pid, signal.SIGKILL)
    watcher = threading.Thread(target=end)
    watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    ended.set()
    watcher.join()
    process.returncode = status
    return status != 0, used.ru_utime + used.ru_stime


def places(library, addresses):
    """{address: the places FILE:LINE of our sources that are there, those inlined into others too}"""
    asked = sorted(addresses)
    text = ''.join(f'{int(a, 16) - 1:#x}\n' for a in asked)
    done = subprocess.run(['addr2line', '-a', '-i', '-e', str(library)], input=text, capture_output=True, text=True, check=True)
    found, at = {a: set() for a in asked}, -1
    for line in done.stdout.splitlines():
        if line.startswith('0x'):
            at += 1
        elif '/src/' in line or line.startswith('./src/'):
            name, number = line.split(' ')[0].split('src/', 1)[1].rsplit(':', 1)
            if number.isdigit():
                found[asked[at]].add((f'src/{name}', int(number)))
    return found


def watch(suite, out):
    """(seconds, addresses that it runs), or None where it fails as it is"""
    with tempfile.TemporaryDirectory() as folder:
        bad, took = fails(suite, out, 600, reached=folder)
        seen = set()
        for path in pathlib.Path(folder).iterdir():
            seen.update(path.read_text().split())
    return None if bad else (took, seen)


def digest(suite, out):
    """Of what its answer hangs on: the library and its own files."""
    h = hashlib.sha256((out / 'libtradeoff.so').read_bytes())
    words = suite.command[0], 'tests/cases/' + suite.command[1] if len(suite.command) > 1 else ''
    for word in filter(None, words):
        path = TOP / word.replace('@', str(out), 1)
        for file in sorted(path.rglob('*')) if path.is_dir() else [path]:
            h.update(file.read_bytes() if file.is_file() else b'')
    return h.hexdigest()


def reach(out):
    """[(suite, seconds, {file: its lines that it runs})] of the suites that hold, kept in OUT/reached.json"""
    store = out / 'reached.json'
    old = json.loads(store.read_text()) if store.exists() else {}
    suites = [(s, digest(s, out)) for s in all_suites()]
    todo = [(s, d) for s, d in suites if d not in old]
    print(f'{len(suites)} suites, {len(todo)} of them to be watched', flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        watched = dict(zip((d for _, d in todo), pool.map(lambda x: watch(x[0], out), todo)))
    where = places(out / 'libtradeoff.so', {a for w in watched.values() if w for a in w[1]})
    for key, seen in watched.items():
        lines = collections.defaultdict(set)
        for address in seen[1] if seen else ():
            for file, line in where[address]:
                lines[file].add(line)
        old[key] = [seen[0], {f: sorted(n) for f, n in lines.items()}] if seen else None
    kept = {d: old[d] for _, d in suites}
    store.write_text(json.dumps(kept))
    for suite, d in suites:
        if kept[d] is None:
            print(f'left out, fails as it is: {suite.name}')
    return sorted(((s, *kept[d]) for s, d in suites if kept[d]), key=lambda x: x[1])


class Judges:
    """Which suites run a line: a suite notes the first lines of blocks, so a line belongs to the last one above it that any
    suite notes. The quickest for what they run of the file come first, then random
    cases, then the rest."""

    def __init__(self, out):
        self.suites = reach(out)
        self.noted = collections.defaultdict(set)
        for _, _, lines in self.suites:
            for file, numbers in lines.items():
                self.noted[file].update(numbers)

    def of(self, file, line):
        above = max((n for n in self.noted[file] if n <= line), default=0)
        some = [x for x in self.suites if above in x[2].get(file, ())]
        some.sort(key=lambda x: x[1] / len(x[2][file]))
        random = [x for x in some[FIRST:] if x[0].name.startswith('property/')]
        rest = [x for x in some[FIRST:] if x not in random]
        return [(s, seconds) for s, seconds, _ in some[:FIRST] + random + rest]
