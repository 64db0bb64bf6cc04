"""Values from files, taken strictly: a wrong key or value is one line that says what would be right."""

import difflib
import re
import tomllib
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>.*?)`(?: - at `\$\.?(?P<where>.*?)`)?$")


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
        raise ValueError(f"{name}: {_explain(str(error), kind)}") from None


def _explain(message: str, kind: type) -> str:
    unknown = _UNKNOWN.match(message)
    if unknown is None:
        return message.replace(" - at `$.", " at `") if " - at " in message else message
    near = difflib.get_close_matches(unknown["key"], _all_keys(kind), n=1, cutoff=0.0)
    where = f" in {unknown['where']}" if unknown["where"] else ""
    return f"unknown key `{unknown['key']}`{where} - did you mean `{near[0]}`?"


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
        item = getattr(info, "item_type", None)
        if item is not None:
            waiting.append(item)
    return keys
