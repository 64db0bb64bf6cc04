"""Small wrongs that a hand could write into a file, each as one edit of its text.

Text comes in and edits go out. A number is doubled, halved or zeroed, never moved by a hair; words for people
(f-strings, docstrings), annotations and `strict=`, which only tells readers what is so, are left alone.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .turned import COUNTED, is_constant, turned


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong in one file.

    Attributes:
        where: The function, class or constant that it is in.
        change: What stood there, and what stands there now.
        nth: Counts equal changes in the same place, from 1.
        line: Of the file, for people.
        start: First byte that is replaced.
        end: First byte after that.
        text: What takes their place.
    """

    where: str
    change: str
    nth: int
    line: int
    start: int
    end: int
    text: str

    @property
    def name(self) -> str:
        """How it is called in lists; an edit elsewhere in the file does not change that."""
        return f"{self.where}: {self.change}" + (f" ({self.nth})" if self.nth > 1 else "")

    def applied(self, source: bytes) -> bytes:
        """Return the file with this wrong in it."""
        return source[: self.start] + self.text.encode() + source[self.end :]


def mutants_of(source: bytes) -> list[Mutant]:
    """Return every wrong that can be written into a file, in the order of its lines."""
    tree = ast.parse(source)
    line_starts = [0]
    for line in source.splitlines(keepends=True):
        line_starts.append(line_starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return line_starts[line - 1] + column

    made: list[Mutant] = []
    seen: Counter[tuple[str, str]] = Counter()
    for where, first, last, change, text in _Finder(tree).wrongs():
        seen[where, change] += 1
        start, end = offset(first.lineno, first.col_offset), offset(last.end_lineno or 0, last.end_col_offset or 0)
        made.append(Mutant(where, change, seen[where, change], first.lineno, start, end, text))
    return made


# Where it is, the first and the last node that are replaced, what is changed, and the new text.
_Wrong = tuple[str, ast.expr | ast.stmt, ast.expr | ast.stmt, str, str]


class _Finder:
    """Walks a file and finds what can be wrong in it."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._members: dict[str, list[str]] = {}
        # Where an enum is counted through, its order means something.
        self._counted_through: set[str] = set()
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr.isupper() and name[0].isupper():
                    self._known(name, attr)
                case ast.Call(func=ast.Name(id="enumerate" | "list"), args=[ast.Name(id=name)]):
                    self._counted_through.add(name)
                case _:
                    pass

    def _known(self, name: str, member: str) -> None:
        members = self._members.setdefault(name, [])
        if member not in members:
            members.append(member)

    def wrongs(self) -> Iterator[_Wrong]:
        for statement in _without_docstring(self._tree.body):
            yield from self._statement(statement, _named(statement, ""))

    # -- statements -----------------------------------------------------------------------------------------

    def _statement(self, node: ast.stmt, where: str) -> Iterator[_Wrong]:
        match node:
            case ast.FunctionDef():
                yield from self._function(node, where)
                return
            case ast.ClassDef():
                yield from self._class(node, where)
                return
            case ast.Import() | ast.ImportFrom():
                return
            case _:
                pass
        if _is_missed(node, where):
            yield where, node, node, f"without {ast.unparse(node)}", "pass"
        yield from self._statement_turned(node, where)
        for child in _parts(node):
            if isinstance(child, ast.stmt):
                yield from self._statement(child, where)
            else:
                yield from self._expression(child, where)

    def _function(self, node: ast.FunctionDef, where: str) -> Iterator[_Wrong]:
        where = f"{where}.{node.name}".lstrip(".")
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                yield from self._expression(default, where)
        for statement in _without_docstring(node.body):
            yield from self._statement(statement, where)

    def _class(self, node: ast.ClassDef, where: str) -> Iterator[_Wrong]:
        where = f"{where}.{node.name}".lstrip(".")
        body = _without_docstring(node.body)
        if node.name in self._counted_through:
            for first, second in pairwise(body):
                if isinstance(first, ast.Assign) and isinstance(second, ast.Assign):
                    a, b = ast.unparse(first), ast.unparse(second)
                    yield where, first, second, f"{a}, {b} -> {b}, {a}", f"{b}; {a}"
        for statement in body:
            yield from self._statement(statement, _named(statement, where))

    def _statement_turned(self, node: ast.stmt, where: str) -> Iterator[_Wrong]:
        match node:
            case ast.If(test=test):
                yield from self._decided(test, where, "True", "False")
            case ast.While(test=test):
                # Always would be for ever.
                yield from self._decided(test, where, "False")
            case ast.For(iter=items):
                yield where, items, items, f"for each of {ast.unparse(items)} -> for none", "()"
            case ast.Return(value=ast.expr() as value) if not is_constant(value):
                yield where, value, value, f"return {ast.unparse(value)} -> return None", "None"
            case ast.AugAssign(target=target, op=op, value=value) if type(op) in COUNTED:
                other = ast.AugAssign(target, COUNTED[type(op)](), value)
                yield where, node, node, _change(node, other), ast.unparse(other)
            case _:
                pass

    def _decided(self, test: ast.expr, where: str, *answers: str) -> Iterator[_Wrong]:
        for answer in answers:
            yield where, test, test, f"if {ast.unparse(test)} -> if {answer}", answer

    # -- expressions ----------------------------------------------------------------------------------------

    def _expression(self, node: ast.expr, where: str) -> Iterator[_Wrong]:
        if isinstance(node, ast.JoinedStr):
            return
        for other in turned(node, self._members):
            yield where, node, node, _change(node, other), f"({ast.unparse(other)})"
        match node:
            case ast.IfExp(test=test):
                yield from self._decided(test, where, "True", "False")
            case ast.ListComp(generators=loops) | ast.SetComp(generators=loops) | ast.GeneratorExp(generators=loops):
                for test in [test for loop in loops for test in loop.ifs]:
                    yield from self._decided(test, where, "True", "False")
            case _:
                pass
        for child in _parts(node):
            # Whether something is None is turned round as a whole.
            if not (isinstance(node, ast.Compare) and isinstance(child, ast.Constant) and child.value is None):
                yield from self._expression(child, where)


def _named(node: ast.stmt, where: str) -> str:
    """Return the place of a statement outside functions: a constant is a place of its own."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return f"{where}.{name}".lstrip(".")
        case _:
            return where


def _is_missed(node: ast.stmt, where: str) -> bool:
    """Return whether to leave a statement out may go unnoticed; a name that is never set fails its first reader."""
    match node:
        case ast.Assign(targets=[ast.Name()]) | ast.AnnAssign(target=ast.Name()):
            return False
        case ast.Assign() | ast.AnnAssign():
            return not where.endswith("__init__")
        case ast.Return(value=value):
            return value is None
        case _:
            return isinstance(node, ast.AugAssign | ast.Expr | ast.Continue | ast.Break | ast.Raise | ast.Delete)


def _change(before: ast.AST, after: ast.AST) -> str:
    return f"{ast.unparse(before)} -> {ast.unparse(after)}"


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *rest]:
            return rest
        case _:
            return body


def _parts(node: ast.stmt | ast.expr) -> Iterator[ast.expr | ast.stmt]:
    """Yield what can be wrong inside: no annotation, no pattern, no name of a keyword."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "type_params", "decorator_list", "returns"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            match child:
                case ast.expr() | ast.stmt():
                    yield child
                case ast.keyword(arg=name, value=inner) if name != "strict":
                    yield inner
                case ast.match_case(body=body, guard=guard):
                    yield from body if guard is None else (guard, *body)
                case ast.ExceptHandler(body=body):
                    yield from body
                case ast.withitem(context_expr=inner):
                    yield inner
                case ast.comprehension(iter=items, ifs=ifs):
                    yield from (items, *ifs)
                case _:
                    pass
