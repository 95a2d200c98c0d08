#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One violation of each kind in a scratch copy: lint.py must refuse every one, and name the file.

Usage: test_lint.py [--objects FOLDER]
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

import lint

LONG = 'static int f(int x)\n{\n' + '    x++;\n' * 61 + '    return x;\n}\n'

# what, check, file, text added at its end, words that must be said
TEXTS = (
    ('an arrow down', 'includes', 'src/base/decimal.c', '#include "mix/mix.h"', 'base may not include mix/mix.h'),
    ('a library elsewhere', 'includes', 'src/mix/mix.h', '#include <glpk.h>', 'mix may not include glpk.h'),
    ('an unlisted header', 'includes', 'src/mix/mix.h', '#include <regex.h>', 'mix may not include regex.h'),
    ('a public header of others', 'includes', 'src/lp/model.h', '#include "tradeoff/run.h"',
     'lp may not include tradeoff/run.h'),
    ('a public header in a public one', 'includes', 'include/tradeoff/text.h', '#include "tradeoff/mix.h"',
     'tradeoff/text.h may not include tradeoff/mix.h'),
    ('a library in a public header', 'includes', 'include/tradeoff/lp.h', '#include <glpk.h>', 'may not include glpk.h'),
    ('a private header of others in run.c', 'includes', 'src/run.c', '#include "lp/model.h"', 'run may not include lp/'),
    ('the reader in the page', 'includes', 'web/engine/engine.c', '#include "scenario/reader.h"',
     'engine may not include scenario/reader.h'),
    ('an unlisted room', 'includes', 'src/attic/a.c', '#include <math.h>', 'attic is not in'),
    ('a row that points down', 'arrows', 'tests/lint/rooms', 'attic | porch | | |\nporch | | | |', 'attic may not use porch'),
    ('a grant that nothing needs', 'grants', 'tests/lint/rooms', 'attic | base | | |', 'attic does not use base'),
    ('a comparison with NULL', 'words', 'src/mix/mix.h', '/* p == NULL */', 'if (!p)'),
    ('a global', 'words', 'src/mix/lp.c', 'static int seen;', 'no global mutable state'),
    ('printing', 'words', 'src/mix/lp.c', 'int x = printf("x");', 'no printing'),
    ('the clock', 'words', 'src/mix/lp.c', 'int x = time(0);', 'no printing'),
    ('a direction', 'words', 'src/mix/lp.c', '/* goal == TDO_GOAL_MAX */', 'directions'),
    ('a blank at the end', 'words', 'src/mix/lp.c', 'int x; ', 'lines end'),
    ('a path of a machine', 'machine', 'README.md', 'see /' + 'root/notes', 'README.md'),
    ('a long file', 'sizes', 'src/base/warn.c', '/* x */\n' * 400, 'two things'),
    ('a long script', 'sizes', 'web/state/state.mjs', '// x\n' * 400, 'two things'),
    ('a long line', 'sizes', 'src/base/warn.c', '/* ' + 'x' * 98 + ' */', 'over 100 columns'),
    ('a long function', 'sizes', 'src/base/warn.c', LONG, 'a function of 62 lines'),
    ('seven parameters', 'parameters', 'src/base/warn.c',
     'static int f(int a, int b, int c, int (*d)(int, int), int e, int g,\n             int h)\n{\n    return 0;\n}',
     'f has 7 parameters'),
    ('a file that says nothing', 'subjects', 'src/base/new.c', '/* SPDX */\n#include <math.h>', 'src/base/new.c:2'),
    ('a file that is gone', 'subjects', 'src/base/warn.c', '/* see base/ledger.c */', 'speaks of ledger.c'),
    ('a map of a file that is gone', 'the_map', 'src/README.md', 'see `base/ledger.c`', 'no file base/ledger.c'),
    ('a map of a function that is gone', 'the_map', 'src/README.md', 'see `tdo_ledger`', 'no source has tdo_ledger'),
    ('a section of another file', 'sections', 'src/mix/mix.h', '/* ---- lp.c ---- */\n\nint mix_split_worst(int m);',
     'mix_split_worst is not in lp.c'),
    ('a tag twice', 'tags', 'src/base/warn.c', 'struct mix_problem {\n    int x;\n};', 'mix_problem is defined in'),
    ('a type without its prefix', 'types', 'src/base/sort.h', 'typedef struct csv_pile {\n    int x;\n} csv_pile;',
     'the type csv_pile'),
    ('a blank line after declarations', 'declarations', 'src/base/warn.c',
     'static int f(void)\n{\n    int x = 0;\n\n    return x;\n}', 'a blank line'),
    ('another layout', 'layout', 'src/base/warn.c', 'static int f( void ){ return 0; }', 'src/base/warn.c'),
)

# what, check, C file of a new object, its text, words that must be said
OBJECTS = (
    ('a function of a room below', 'uses', 'src/base/new.c', 'int mix_x(void); int base_x(void) { return mix_x(); }',
     'src/base/new.c: base may not use mix_x of src/mix/new.c'),
    ('a public function of a room below', 'uses', 'src/lp/new.c',
     'int tdo_measure(void); int lp_x(void) { return tdo_measure(); }', 'lp may not use tdo_measure of src/model/'),
    ('a private name with tdo_', 'names', 'src/mix/new.c', 'int tdo_secret(void) { return 1; }', 'tdo_secret is in no public'),
    ('a name without its prefix', 'names', 'src/mix/new.c', 'int helper(void) { return 1; }', 'helper does not bear'),
    ('printing by macro', 'manners', 'src/mix/new.c', '#include <stdio.h>\nvoid mix_x(void) { fputs("x", stderr); }',
     'stderr is for src/cli'),
    ('a static that is kept', 'manners', 'src/mix/new.c', 'int mix_x(void) { static int n; return n++; }', 'global and mutable'),
    ('a logarithm of the machine', 'bits', 'src/mix/new.c', 'double log(double); double mix_x(double y) { return log(y); }',
     'log differs in its last bit'),
    ('files in a circle', 'circles', 'src/mix/new.c', 'int mix_y(void); int mix_x(void) { return mix_y(); }',
     'a circle: mix/new.c mix/other.c'),
)
BESIDE = {'uses': ('src/mix/new.c', 'int mix_x(void) { return 1; }'),
          'circles': ('src/mix/other.c', 'int mix_x(void); int mix_y(void) { return mix_x(); }')}


def scratch_copy(top, to):
    for name in ('src', 'include', 'web/engine', 'tests/lint'):
        shutil.copytree(top / name, to / name, ignore=shutil.ignore_patterns('__pycache__', '*.wasm'))
    for name in ('README.md', '.clang-format'):
        shutil.copy(top / name, to / name)


def verdict(root, objects, check, words):
    """None where the check refuses with these words."""
    try:
        found = list(lint.CHECKS[check](lint.Tree(root, objects)))
    except lint.Skip as why:
        return f'SKIP {why}'
    said = '\n'.join(found)
    return None if words in said else f'says {said!r}' if said else 'passes'


def with_text(root, objects, file, text, check, words):
    path = root / file
    kept = path.read_text() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text((kept or '') + text + '\n')
    try:
        return verdict(root, objects if check == 'grants' else None, check, words)
    finally:
        if kept is None:
            path.unlink()
        else:
            path.write_text(kept)


def with_object(root, objects, file, text, check, words):
    made = []
    try:
        for source, code in {BESIDE.get(check, (file, text))[0]: BESIDE.get(check, (file, text))[1], file: text}.items():
            out = objects / source.replace('.c', '.o')
            (root / source).write_text(code + '\n')
            made += [root / source, out]
            subprocess.run(['cc', '-c', '-O1', str(root / source), '-o', str(out)], check=True)
        return verdict(root, objects, check, words)
    finally:
        for path in made:
            path.unlink(missing_ok=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--objects', type=pathlib.Path)
    given = parser.parse_args().objects
    bad = False
    with tempfile.TemporaryDirectory() as work:
        root = pathlib.Path(work) / 'copy'
        objects = pathlib.Path(work) / 'release-cc'
        scratch_copy(pathlib.Path(__file__).resolve().parents[2], root)
        if given:
            shutil.copytree(given / 'src', objects / 'src', ignore=shutil.ignore_patterns('*.d'))
        cases = [(what, lambda c=c: with_text(root, given and objects, c[2], c[3], c[1], c[4])) for c in TEXTS for what in c[:1]]
        cases += [(what, lambda c=c: with_object(root, objects, c[2], c[3], c[1], c[4]) if given else 'SKIP no build')
                  for c in OBJECTS for what in c[:1]]
        for k, (what, run) in enumerate(cases, 1):
            said = run()
            skipped = said and said.startswith('SKIP')
            bad = bad or bool(said and not skipped)
            print(f'{"not " if said and not skipped else ""}ok {k} - {what} is refused{" # " + said if skipped else ""}')
            if said and not skipped:
                print(f'# it {said}')
    return int(bad)


if __name__ == '__main__':
    sys.exit(main())
