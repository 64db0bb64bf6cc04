"""What an expression may be turned into by a slip of the hand."""

import ast
from collections.abc import Iterator, Mapping, Sequence

# A comparison is moved by its border and turned round; both are different mistakes.
_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
# Numbers below this only absorb rounding; the wrongs worth a test are to leave it out and to make it a whole reading.
_TOLERANCE_BELOW = 1e-3
_A_READING = 0.02


def turned(node: ast.expr, members: Mapping[str, Sequence[str]]) -> Iterator[ast.expr]:
    """Yield what an expression may be turned into.

    Args:
        node: The expression itself; its parts are turned on their own.
        members: The members of each enum that the file speaks of.
    """
    yield from _other_operators(node)
    yield from _other_names(node, members)
    yield from _less(node)
    if isinstance(node, ast.Constant):
        yield from map(ast.Constant, _other_values(node.value))


def _other_operators(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare():
            yield from _other_comparisons(node)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand) if not is_constant(operand):
            yield operand
        case ast.BinOp(left, op, right) if type(op) in COUNTED:
            yield ast.BinOp(left, COUNTED[type(op)](), right)
        case _:
            pass


def _other_names(node: ast.expr, members: Mapping[str, Sequence[str]]) -> Iterator[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            yield ast.Call(ast.Name(_CALLED[name]), node.args, node.keywords)
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in members.get(name, ()):
            known = members[name]
            if len(known) > 1:
                yield ast.Attribute(node.value, known[(known.index(attr) + 1) % len(known)])
        case _:
            pass


def _less(node: ast.expr) -> Iterator[ast.expr]:
    """Yield a condition, a set or a table with one of its parts left out."""
    match node:
        case ast.BoolOp(op=op, values=values):
            for i in range(len(values)):
                rest = [*values[:i], *values[i + 1 :]]
                yield ast.BoolOp(op, rest) if len(rest) > 1 else rest[0]
        case ast.Set(elts=elements) if len(elements) > 1:
            yield from (ast.Set([*elements[:i], *elements[i + 1 :]]) for i in range(len(elements)))
        case ast.Dict(keys=keys, values=values):
            for i in range(len(keys)):
                yield ast.Dict([*keys[:i], *keys[i + 1 :]], [*values[:i], *values[i + 1 :]])
        case _:
            pass


def _other_comparisons(node: ast.Compare) -> Iterator[ast.Compare]:
    for i, op in enumerate(node.ops):
        for other in _COMPARED[type(op)]:
            yield ast.Compare(node.left, [*node.ops[:i], other(), *node.ops[i + 1 :]], node.comparators)


def _other_values(value: object) -> Sequence[object]:
    match value:
        case None:
            # Unknown is None, never 0.
            return (0.0,)
        case bool():
            return (not value,)
        case int():
            return (value * 2, value // 2) if value else (1,)
        case float():
            if value and abs(value) < _TOLERANCE_BELOW:
                return (0.0, _A_READING)
            return (value * 2, value / 2) if value else (1.0,)
        case str():
            return (f"{value}_",)
        case _:
            return ()


def is_constant(node: ast.expr) -> bool:
    """Return whether an expression is written down as it is."""
    return isinstance(node, ast.Constant)
