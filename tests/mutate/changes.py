# SPDX-License-Identifier: GPL-3.0-or-later
"""The mutants: one comparison, sign, constant, "and" or statement of a line changed."""
import pathlib
import re
import typing

TOP = pathlib.Path(__file__).resolve().parents[2]

SWAPS = {
    'comparison': (('<', '<='), ('<=', '<'), ('>', '>='), ('>=', '>'), ('==', '!='), ('!=', '==')),
    'and, or': (('&&', '||'), ('||', '&&')),
    'sign': (('+', '-'), ('-', '+'), ('*', '/'), ('/', '*'), ('+=', '-='), ('-=', '+=')),
}
CONSTANT = re.compile(r'(?<![\w.])(\d+)(\.\d+)?(?![\w.])')
MINUS = re.compile(r'(?:return|[(,=<>&|?:{]) *-$')  # of a number below 0
STATEMENT = re.compile(r'^ +(?=\S)(?!return|break|continue|goto|else|typedef|static|const|extern|assert)[^={}]*'
                       r'([-+*/|&]?= [^{}]*|\([^{}]*\));$|^ +[\w\[\].>-]+(\+\+|--);$')
DECLARES = re.compile(r'^ +(const |unsigned |struct )*[a-z_]\w* +\**\w+(\[.*\])?( = .*)?;$')


def mutants_of(text):
    """(line, kind, line changed) of every mutant of a file"""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        code = line.split('/*')[0] if '/*' in line else line
        comment, inside = inside or line.lstrip().startswith('*'), (inside or '/*' in line) and '*/' not in line.split('/*')[-1]
        if comment or line.startswith('#') or 'assert(' in code or '"' in code:
            continue
        for kind, pairs in SWAPS.items():
            for old, new in pairs:
                for at in re.finditer(rf' {re.escape(old)} ', code):
                    yield number, kind, f'{line[:at.start()]} {new} {line[at.end():]}'
        for at in CONSTANT.finditer(code):
            other = int(at[1]) + (-1 if MINUS.search(code[:at.start()]) and int(at[1]) else 1)
            yield number, 'constant', f'{line[:at.start()]}{other}{at[2] or ""}{line[at.end():]}'
        if STATEMENT.match(code) and not DECLARES.match(code):
            yield number, 'statement', ' ' * (len(line) - len(line.lstrip())) + ';'


class Mutant(typing.NamedTuple):
    room: str
    file: str
    line: int
    kind: str
    before: str  # the line
    changed: str

    def text(self):
        """of the file with the line changed"""
        lines = (TOP / self.file).read_text().splitlines(keepends=True)
        lines[self.line - 1] = self.changed + '\n'
        return ''.join(lines)

    @property
    def is_of_memory(self):
        lines = (TOP / self.file).read_text().splitlines()
        return any('TDO_E_MEMORY' in x for x in lines[self.line - 1:self.line + 1])

    @property
    def was(self):
        return self.before.strip()

    @property
    def now(self):
        return self.changed.strip()

    @property
    def key(self):
        return self.file, self.was, self.now


def all_mutants(rooms):
    for room in rooms:
        for path in sorted((TOP / 'src' / room).glob('*.c')):
            name = str(path.relative_to(TOP))
            text = path.read_text()
            lines = text.splitlines()
            for number, kind, changed in mutants_of(text):
                yield Mutant(room, name, number, kind, lines[number - 1], changed)
