"""Values from files, taken strictly: a wrong key or value is one line that says what would be right."""

import difflib
import re
import tomllib
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>.*?)`(?: - at `\$\.?(?P<where>.*?)`)?$")

_WRONG = re.compile(r"(?P<what>.*?) - at `\$\.(?P<where>.*)`$")
_STEPS = re.compile(r"(\w+)|\[(\d+)\]")
_MISSING = re.compile(r"Object missing required field (?P<key>`.*`)$")
_BOUND = re.compile(r"Expected `\w+(?: \| null)?` (?P<length>of length )?(?P<sign>[<>]=?) (?P<limit>\S+)$")
_BOUNDS = {">=": "{:g} or more", "<=": "{:g} or less", ">": "above {:g}", "<": "below {:g}"}
_KIND = re.compile(r"Expected `(?P<wanted>\w+)(?: \| null)?`, got `(?P<got>\w+)`$")
_KINDS = {
    "float": "a number",
    "int": "a whole number",
    "str": "text in quotes",
    "bool": "true or false",
    "array": "a list in brackets",
    "object": "a table of keys and values",
}
# A wrong value is shown in the message; more than this of it helps nobody.
SHOWN_AT_MOST = 40


def from_toml(text: str, kind: type[T], name: str) -> T:
    """Return the value that a TOML text describes.

    Args:
        text: The whole file.
        kind: A msgspec Struct that refuses unknown keys.
        name: What to call the file in a message.

    Raises:
        ValueError: One line that names the file, the key and what is allowed.
    """
    try:
        return from_plain(tomllib.loads(text), kind, name)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name} is not readable as TOML: {error} - mend that line") from None


def from_plain(data: object, kind: type[T], name: str) -> T:
    """Return the value that plain dicts, lists and numbers describe.

    Raises:
        ValueError: One line that names the file, the key and what is allowed.
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"{name}: {_explain(str(error), data, kind)}") from None


def _explain(message: str, data: object, kind: type) -> str:
    """Say a complaint of msgspec as the thing, its value, the limit and the next step."""
    unknown = _UNKNOWN.match(message)
    if unknown is not None:
        near = difflib.get_close_matches(unknown["key"], _all_keys(kind), n=1, cutoff=0.0)
        where = f" in {unknown['where']}" if unknown["where"] else ""
        return f"unknown key `{unknown['key']}`{where} - did you mean `{near[0]}`?"
    wrong = _WRONG.match(message)
    what, where = (wrong["what"], wrong["where"]) if wrong is not None else (message, "")
    missing = _MISSING.match(what)
    if missing is not None:
        return f"{where}{': ' if where else ''}{missing['key']} is missing - add it"
    named = where
    # Inside a table with names of its own, msgspec does not say which one.
    if where and "[...]" not in where:
        value: Any = data
        for key, index in _STEPS.findall(where):
            value = value[int(index)] if index else value.get(key)
        named = f"{where} is {_shown(value)}"
    return f"{named}{' - ' if named else ''}{_limit(what, where, kind)}"


def _limit(what: str, where: str, kind: type) -> str:
    """Say in plain words what is allowed."""
    bound, expected = _BOUND.match(what), _KIND.match(what)
    if bound is not None:
        length = "its length" if bound["length"] else "it"
        return f"{length} must be {_BOUNDS[bound['sign']].format(float(bound['limit']))}"
    if expected is not None and expected["wanted"] in _KINDS:
        # The file as a whole has no name and no value to show.
        instead = "" if where else f", not {_KINDS.get(expected['got'], expected['got'])}"
        return f"it must be {_KINDS[expected['wanted']]}{instead}"
    allowed = _enums(kind).get(where.rpartition(".")[2]) if what.startswith("Invalid enum") else None
    return f"it is one of {', '.join(allowed)}" if allowed else what[0].lower() + what[1:]


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"`{value}`" if len(value) <= SHOWN_AT_MOST else f"`{value[:SHOWN_AT_MOST]}...`"
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _fields(kind: Any) -> Iterator[msgspec.inspect.Field]:
    """Yield the fields of a Struct and of the Structs inside it."""
    waiting = [msgspec.inspect.type_info(kind)]
    while waiting:
        info = waiting.pop()
        if isinstance(info, msgspec.inspect.StructType):
            yield from info.fields
            waiting.extend(field.type for field in info.fields)
        waiting.extend(getattr(info, "types", ()))
        waiting.extend(getattr(info, inside) for inside in ("item_type", "value_type") if hasattr(info, inside))


def _all_keys(kind: Any) -> list[str]:
    """Return the keys of a Struct and of the Structs inside it."""
    return [field.encode_name for field in _fields(kind)]


def _enums(kind: Any) -> dict[str, list[str]]:
    """Return what is allowed for each key whose values are counted out."""
    allowed: dict[str, list[str]] = {}
    for field in _fields(kind):
        for info in getattr(field.type, "types", (field.type,)):
            if isinstance(info, msgspec.inspect.EnumType):
                allowed[field.encode_name] = [str(member.value) for member in info.cls]
            elif isinstance(info, msgspec.inspect.LiteralType):
                allowed[field.encode_name] = [str(value) for value in info.values]
    return allowed
