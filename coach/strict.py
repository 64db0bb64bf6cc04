"""Values from files, taken strictly: a wrong key or value is one line that says what would be right."""

import difflib
import re
import tomllib
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>.*?)`(?: - at `\$\.?(?P<where>.*?)`)?$")

_WRONG = re.compile(r"(?P<what>.*?) - at `\$\.(?P<where>.*)`$")
_STEPS = re.compile(r"(\w+)|\[(\d+)\]")


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
    if wrong is None:
        return f"{message} - add it" if "missing" in message else message
    if "missing" in wrong["what"]:
        return f"{wrong['where']}: {wrong['what']} - add it"
    value: Any = data
    for key, index in _STEPS.findall(wrong["where"]):
        value = value[int(index)] if index else value.get(key)
    return f"{wrong['where']} is {value!r}: {wrong['what'][0].lower()}{wrong['what'][1:]} - correct it"


def _all_keys(kind: Any) -> list[str]:
    """Return the keys of a Struct and of the Structs inside it."""
    keys: list[str] = []
    waiting = [msgspec.inspect.type_info(kind)]
    while waiting:
        info = waiting.pop()
        if isinstance(info, msgspec.inspect.StructType):
            for field in info.fields:
                keys.append(field.encode_name)
                waiting.append(field.type)
        waiting.extend(getattr(info, "types", ()))
        waiting.extend(getattr(info, inside) for inside in ("item_type", "value_type") if hasattr(info, inside))
    return keys
