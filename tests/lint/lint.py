#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The layout rules: who may use whom (the table in tests/lint/rooms), and one hand for all files.

Usage: lint.py [--root ROOT] [--objects FOLDER] [CHECK...]      prints TAP, ends with 1 where a rule is broken
The checks of symbols read the objects of a build (FOLDER holds src/); without one they say so and are skipped.
"""
import argparse
import collections
import pathlib
import re
import shutil
import subprocess
import sys

MOST_LINES, MOST_COLUMNS, MOST_OF_FUNCTION, MOST_PARAMETERS = 400, 100, 60, 6
STDIO = set('stdin stdout stderr printf __printf_chk vprintf puts putchar fprintf __fprintf_chk fputs fputc fwrite '
            'perror exit _exit abort getenv secure_getenv time clock clock_gettime gettimeofday setlocale rand srand '
            'random signal sigaction system popen'.split())
CHECKER = {'recount', 'replan', 'resplit', 'verify'}  # compares with a tolerance
LIBM = set('exp exp2 expm1 log log2 log10 log1p pow cbrt hypot sin cos tan asin acos atan atan2 sinh cosh tanh erf erfc '
           'tgamma lgamma __exp_finite __log_finite __pow_finite'.split())
MUTABLE = re.compile(r'\.data(?!\.rel\.ro)|\.bss|\.tdata|\.tbss|\*COM\*')


class Skip(Exception):
    """A check that cannot be made here, and why."""


class Room:
    def __init__(self, fields):
        self.name = fields[0]
        self.rooms, self.public, self.system, self.prefixes = (set(f.split()) for f in fields[1:5])


class Tree:
    """The sources under a root, and the table of rooms."""

    def __init__(self, root, objects=None):
        self.root, self.objects = pathlib.Path(root), objects and pathlib.Path(objects)
        self.rooms, self.order = {}, []
        for n, line in enumerate((self.root / 'tests/lint/rooms').read_text().splitlines(), 1):
            if not line or line.startswith('#'):
                continue
            fields = [f.strip() for f in line.split('|')]
            if len(fields) == 5:
                self.rooms[fields[0]] = Room(fields)
                self.order.append(fields[0])
            else:
                raise SystemExit(f'tests/lint/rooms:{n}: five fields, parted by |')
        self.sources = sorted(p.relative_to(self.root).as_posix() for top in ('src', 'include', 'web/engine')
                              for p in (self.root / top).rglob('*.[ch]'))
        self._lines, self._symbols = {}, None

    def lines(self, path):
        if path not in self._lines:
            self._lines[path] = (self.root / path).read_text().splitlines()
        return self._lines[path]

    def room_of(self, path):
        """The row of a source in the table: its folder, its name for a public header, run for src/*.c."""
        parts = path.split('/')
        if parts[0] == 'include':
            return '/'.join(parts[1:])
        return 'run' if len(parts) == 2 else parts[1]

    def symbols(self):
        """(source, name, class, section) of every symbol of every object whose source is there."""
        if self._symbols is None:
            if not self.objects or not shutil.which('nm'):
                raise Skip('no build to read, or no nm')
            objects = [o for o in sorted(self.objects.glob('src/**/*.o')) if self.source_of(o) in self.sources]
            if not objects:
                raise Skip(f'no objects in {self.objects}')
            out = subprocess.run(['nm', '-A', '-f', 'sysv', *map(str, objects)], capture_output=True, text=True,
                                 check=True).stdout
            self._symbols = []
            for line in out.splitlines():
                f = [x.strip() for x in line.split('|')]
                if len(f) == 7:
                    file, name = f[0].rsplit(':', 1)
                    if name.startswith('__odr_asan.'):
                        continue
                    self._symbols.append((self.source_of(pathlib.Path(file)), name, f[2], f[6]))
        return self._symbols

    def source_of(self, object_file):
        return object_file.relative_to(self.objects).with_suffix('.c').as_posix()

    def public(self):
        return ' '.join('\n'.join(self.lines(p)) for p in self.sources if p.startswith('include/'))

    def defined(self):
        """Where each global function and object is defined."""
        return {name: source for source, name, kind, _ in self.symbols() if kind in 'TDBRVWC'}


def includes(tree):
    """rooms and headers that a file may include"""
    for path in tree.sources:
        room = tree.rooms.get(tree.room_of(path))
        if not room:
            yield f'{path}:1: {tree.room_of(path)} is not in tests/lint/rooms'
            continue
        for n, line in enumerate(tree.lines(path), 1):
            found = re.match(r'#\s*include\s*(["<])([^">]*)[">]', line)
            if not found:
                continue
            header, first = found[2], found[2].split('/')[0]
            if found[1] == '<':
                allowed = header in room.system | tree.rooms['libc'].system
            elif first == 'tradeoff':
                allowed = header in tree.rooms and header[9:-2] in room.public
            elif '/' not in header:
                allowed = room.name == 'run' and header == 'tables.h'
            else:
                allowed = first == room.name or first in room.rooms
            if not allowed:
                yield f'{path}:{n}: {room.name} may not include {header}'


def arrows(tree):
    """the arrows of the table point up"""
    for k, name in enumerate(tree.order):
        room = tree.rooms[name]
        above = set(tree.order[:k])
        for other in sorted(room.rooms - above) + sorted({f'tradeoff/{h}.h' for h in room.public} - above):
            yield f'tests/lint/rooms: {name} may not use {other}, which does not stand above it'


def uses(tree):
    """functions of other rooms that a file may use"""
    defined = tree.defined()
    for source, name, kind, _ in tree.symbols():
        room = tree.rooms.get(tree.room_of(source))
        other = tree.room_of(defined[name]) if name in defined else None
        if kind == 'U' and room and other and other != room.name and other not in room.rooms:
            yield f'{source}: {room.name} may not use {name} of {defined[name]}'


def grants(tree):
    """no row of the table grants what its room does not use"""
    defined, used = tree.defined(), collections.defaultdict(set)
    for source, name, kind, _ in tree.symbols():
        if kind == 'U' and name in defined:
            used[tree.room_of(source)].add(tree.room_of(defined[name]))
    for path in tree.sources:
        for line in tree.lines(path):
            found = re.match(r'#include (?:"(\w+)/|<(.+)>)', line)
            if found:
                used[tree.room_of(path)].add(found[1] or found[2])
    for name, room in tree.rooms.items():
        if '/' not in name and name not in ('libc', 'engine'):  # the page's objects are not here
            for unused in sorted((room.rooms | room.system) - used[name]):
                yield f'tests/lint/rooms: {name} does not use {unused}'


def names(tree):
    """tdo_ is public and nothing else is; other names bear the prefix of their room"""
    public = tree.public()
    for name, source in sorted(tree.defined().items()):
        room = tree.rooms.get(tree.room_of(source))
        if name.startswith('tdo_'):
            if not re.search(rf'\b{name}\b', public):
                yield f'{source}: {name} is in no public header'
        elif room and name.split('_')[0] not in room.prefixes:
            yield f'{source}: {name} does not bear a prefix of {room.name} ({" ".join(sorted(room.prefixes))})'


def manners(tree):
    """no printing, exits, environment, clock or global mutable state outside src/cli"""
    for source, name, kind, section in tree.symbols():
        if source.startswith('src/cli/'):
            continue
        if kind == 'U' and name in STDIO:
            yield f'{source}: {name} is for src/cli alone'
        if MUTABLE.match(section) and kind in 'dDbBC' and 'release' in str(tree.objects):
            yield f'{source}: {name} is global and mutable'


def bits(tree):
    """no function of a libm whose last bit differs between machines, but in the checker (base/real.h has others)"""
    for source, name, kind, _ in tree.symbols():
        if kind == 'U' and name in LIBM and tree.room_of(source) not in CHECKER:
            yield f'{source}: {name} differs in its last bit between machines: see base/real.h'


def circles(tree):
    """files of one room do not use each other in a circle"""
    defined = tree.defined()
    edges = collections.defaultdict(set)
    for source, name, kind, _ in tree.symbols():
        to = defined.get(name)
        if kind == 'U' and to and to != source and tree.room_of(to) == tree.room_of(source):
            edges[source].add(to)
    reach = {v: reachable(edges, v) for v in list(edges)}
    seen = set()
    for v in sorted(reach):
        circle = {w for w in reach[v] if v in reach.get(w, ())}
        if circle and v not in seen:
            short = ' '.join(p.split('/', 1)[1] for p in sorted(circle))
            yield f'{v}: a circle: {short}'
        seen |= circle


def reachable(edges, start):
    seen, todo = set(), [start]
    while todo:
        for w in edges.get(todo.pop(), ()):
            if w not in seen:
                seen.add(w)
                todo.append(w)
    return seen


FORBIDDEN = (
    ('no printing, exits, environment or clock outside src/cli', r'^src/(?!cli/)',
     r'(^|[^a-z_])(printf|puts|putchar|exit|_exit|abort|getenv|time|clock)\('),
    ('directions are resolved in src/model', r'^src/(frontier|rules|weights|mix|lp|cli|sampling)/|^src/run\.c',
     r'(==|!=) *TDO_GOAL_(MAX|MIN)'),
    ('no global mutable state', r'^src/(?!cli/).*\.c$',
     r'^static (?!.*\bconst\b)[a-z_ ]*[a-z_0-9]+(\[[^]]*\])?( = .*)?;$'),
    ('if (!p), nowhere == NULL', '', r'[=]= NULL'),
    ('lines end without blanks', '', r'[ \t]$'),
)


def words(tree):
    """what no line may say"""
    for path in tree.sources:
        for why, where, pattern in FORBIDDEN:
            if re.search(where, path):
                for n, line in enumerate(tree.lines(path), 1):
                    if re.search(pattern, line):
                        yield f'{path}:{n}: {why}: {line.strip()}'


def machine(tree):
    """no file names a path of one machine"""
    skipped = ('.git', 'build', 'node_modules')
    for path in sorted(tree.root.rglob('*')):
        inside = path.relative_to(tree.root)
        if inside.parts[0] in skipped or 'node_modules' in inside.parts or not path.is_file():
            continue
        text = path.read_bytes()
        for n, line in enumerate(text.split(b'\n'), 1) if b'\0' not in text else ():
            if re.search(rb'/(roo[t]|hom[e]/[a-z]|tm[p]/wt|wor[k])/', line):
                yield f'{inside}:{n}: names a path of one machine'


def sizes(tree):
    """files, functions and lines that have outgrown their measure"""
    scripts = sorted(p.relative_to(tree.root).as_posix() for p in (tree.root / 'web').glob('*/*.mjs')
                     if 'node_modules' not in p.parts)
    for path in tree.sources + scripts:
        if len(tree.lines(path)) > MOST_LINES:
            yield f'{path}: has {len(tree.lines(path))} lines: two things by now'
    for path in tree.sources:
        lines = tree.lines(path)
        start = None
        for n, line in enumerate(lines, 1):
            if len(line.expandtabs(8)) > MOST_COLUMNS:
                yield f'{path}:{n}: is over {MOST_COLUMNS} columns wide'
            if line == '{':
                start = n
            if line == '}' and start:
                if n - start - 1 > MOST_OF_FUNCTION:
                    yield f'{path}:{start}: a function of {n - start - 1} lines: two things by now'
                start = None


FUNCTION = re.compile(r'^\w[\w \t\n*]*?\b(\w+)\(((?:[^(){};]|\([^(){};]*\))*)\)(?=;|\n\{| TDO_PRINTF)', re.M)


def parameters(tree):
    """no function with seven parameters (besides ...): a struct carries them"""
    for path in tree.sources:
        text = re.sub(r'/\*.*?\*/', lambda c: re.sub(r'[^\n]', ' ', c[0]), '\n'.join(tree.lines(path)), flags=re.S)
        for found in FUNCTION.finditer(text):
            named = [p for p in re.sub(r'\([^()]*\)', '', found[2]).split(',') if p.strip() != '...']
            if len(named) > MOST_PARAMETERS:
                line = text.count('\n', 0, found.start()) + 1
                yield f'{path}:{line}: {found[1]} has {len(named)} parameters'


def subjects(tree):
    """the first comment of a file says what it is, and names files that are there"""
    there = {p.name for top in ('src', 'include', 'web', 'tests') for p in (tree.root / top).rglob('*.*')}
    for path in tree.sources:
        lines = tree.lines(path)
        if len(lines) < 2 or not re.match(r'/\* \S+( \S+){2}', lines[1]):
            yield f'{path}:2: the second line says in a comment what the file is'
        for n, line in enumerate(lines, 1):
            comment = re.search(r'/\*.*|^ \*.*|^ {2,}[^"]*\*/', line)
            for name in re.findall(r'\b[a-z_0-9]+\.(?:c|h|mjs|sh|py)\b', comment[0]) if comment else ():
                if name not in there and name not in libraries(tree):
                    yield f'{path}:{n}: speaks of {name}, which is not there'


def the_map(tree):
    """the map of src names files, functions and tables that are there"""
    said = tree.root / 'src/README.md'
    order = [name for name in tree.rooms if '/' not in name and name not in ('libc', 'engine')]
    listed = re.findall(r'^\| `(\w+)` \|', said.read_text().split('\n## ')[0], re.M)
    if listed != order:
        yield f'src/README.md: the rooms are {" ".join(order)}, in this order'
    there = {p.name for top in ('src', 'include', 'web', 'tests') for p in (tree.root / top).rglob('*.*')}
    code = '\n'.join('\n'.join(tree.lines(p)) for p in tree.sources)
    for n, line in enumerate(said.read_text().splitlines(), 1):
        for name in (name for name in re.findall(r'`([^`\s]+)`', line) if 'NAME' not in name):
            if re.fullmatch(r'[\w./]+\.(?:c|h|mjs|json|py|sh|txt|md)', name):
                at = [tree.root / top / name for top in ('', 'src', 'include')]
                if not (any(p.exists() for p in at) if '/' in name else name in there):
                    yield f'src/README.md:{n}: there is no file {name}'
            elif re.fullmatch(r'[a-z]\w*_[a-z]\w*', name) and not re.search(rf'\b{name}\b', code):
                yield f'src/README.md:{n}: no source has {name}'


def libraries(tree):
    return {h.split('/')[-1] for room in tree.rooms.values() for h in room.system}


DEFINED = re.compile(r'^(?!static|typedef)[A-Za-z_][^\n;={}]*?\b(\w+)\([^;{}]*\)\n\{', re.M)
COMMENT_OR_CALL = re.compile(r'/\*.*?\*/|\b(\w+)\([^;{}]*\);', re.S)


def sections(tree):
    """what a section of a private header declares is defined in the files that its comment names"""
    text = {path: '\n'.join(tree.lines(path)) for path in tree.sources}
    where = collections.defaultdict(set)
    for path in tree.sources:
        for name in DEFINED.findall(text[path]) if path.endswith('.c') else ():
            where[name].add(path)
    for path in tree.sources:
        files = []
        for found in COMMENT_OR_CALL.finditer(text[path]) if path.startswith('src/') and path.endswith('.h') else ():
            name, comment = found[1], found[0]
            if not name and ('----' in comment or re.match(r'/\*\s*\w+\.c\b', comment)):
                files = re.findall(r'\b\w+\.c\b', comment)
            elif name in where and files and not where[name] & {f'{path.rsplit("/", 1)[0]}/{f}' for f in files}:
                yield f'{path}: {name} is not in {" ".join(files)}, but in {" ".join(sorted(where[name]))}'


def tags(tree):
    """one tag, one struct"""
    first = {}
    for path in tree.sources:
        for n, line in enumerate(tree.lines(path), 1):
            found = re.match(r'(?:typedef )?(?:struct|union|enum) (\w+) \{', line)
            if found and first.setdefault(found[1], f'{path}:{n}') != f'{path}:{n}':
                yield f'{path}:{n}: {found[1]} is defined in {first[found[1]]}, too'


def types(tree):
    """types of private headers bear a prefix of their room"""
    public = tree.public()
    for path in tree.sources:
        room = tree.rooms.get(tree.room_of(path))
        if path.startswith('include/') or path.endswith('.c') or not room:
            continue
        for n, line in enumerate(tree.lines(path), 1):
            found = re.match(r'(?:\} |typedef [^(]*\b)(\w+);$|typedef .*\(\*(\w+)\)\(', line)
            name = found and (found[1] or found[2])
            known = re.search(rf'\b{name}\b', public) if name and name.startswith('tdo_') else None
            if name and not known and name.split('_')[0] not in room.prefixes:
                yield f'{path}:{n}: the type {name} does not bear a prefix of {room.name}'


DECLARATION = re.compile(r'^ +(?!return\b|goto\b|else\b|case\b|break\b|continue\b)(?:(?:const|static|unsigned|struct|enum)'
                         r' )*[a-z_]\w* (?:const )?\**(?:const )?[a-z_]\w*(?:\[.*\])?(?: = .*|,.*)?;$')


def declarations(tree):
    """no blank line after declarations"""
    for path in tree.sources:
        depth = False
        lines = tree.lines(path)
        for n, line in enumerate(lines, 1):
            if line in ('{', '}'):
                depth = line == '{'
            if depth and not line and DECLARATION.match(lines[n - 2]):
                yield f'{path}:{n}: a blank line after declarations'


def layout(tree):
    """the layout is clang-format's"""
    if not shutil.which('clang-format'):
        raise Skip('clang-format is missing')
    files = [*tree.sources, *(p.relative_to(tree.root).as_posix() for p in sorted((tree.root / 'tests').rglob('*.[ch]')))]
    done = subprocess.run(['clang-format', '--dry-run', '-Werror', *files], cwd=tree.root, capture_output=True, text=True)
    for line in done.stderr.splitlines():
        if 'error:' in line:
            yield line


CHECKS = {f.__name__: f for f in (arrows, includes, uses, grants, names, types, circles, manners, bits, words, machine, sizes, parameters,
                                  subjects, the_map, sections, tags, declarations, layout)}


def main():
    here = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--root', default=here)
    parser.add_argument('--objects')
    parser.add_argument('check', nargs='*', default=list(CHECKS))
    args = parser.parse_args()
    tree, bad = Tree(args.root, args.objects), False
    for k, name in enumerate(args.check, 1):
        try:
            found = list(CHECKS[name](tree))
            print(f'{"not " if found else ""}ok {k} - {CHECKS[name].__doc__}')
            for line in found:
                print(f'# {line}')
            bad = bad or bool(found)
        except Skip as why:
            print(f'ok {k} - {CHECKS[name].__doc__} # SKIP {why}')
    return int(bad)


if __name__ == '__main__':
    sys.exit(main())
