"""A TOML file as frozen msgspec structs: sections of keys, all of them with a default.

Unknown keys are refused with the nearest known one. A key's type says its limits (`title`, for the error)
and its meaning (`description`, for the documented file), so that file and program cannot tell two stories.
"""

import difflib
import json
import math
import re
import tomllib
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, get_type_hints

import msgspec
from msgspec import Meta, Struct

# msgspec ends its messages with the place: "Expected `int` <= 27 - at `$.buzzer.pin`".
_PLACE = re.compile(r"- at `\$\.(?P<path>[\w.]+)`$")


S = TypeVar("S", bound=Struct)


class SettingsError(ValueError):
    """A file that cannot be read as these settings; one line."""


def from_toml(text: str, default: S) -> S:
    """Return `default` with the values that `text` gives.

    Raises:
        SettingsError: One line that names the key, the value, the limit and what to do.
        ValueError: The structs' own `__post_init__` refused the values; raised as it was.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"not TOML: {_one_line(str(error))}; correct that line") from error
    _refuse_unknown(table, default, "")
    _refuse_nan(table, "")
    try:
        return msgspec.convert(table, type(default))
    except msgspec.ValidationError as error:
        if isinstance(error.__cause__, ValueError):
            raise error.__cause__ from None
        raise SettingsError(_explained(str(error), table, default)) from error


def as_toml(default: Struct, heading: str) -> str:
    """Return the documented file: every key, its value and its meaning."""
    lines = [f"# {heading}"]
    for name in default.__struct_fields__:
        section: Struct = getattr(default, name)
        lines += ["", f"[{name}]"]
        for key in section.__struct_fields__:
            meaning = _said(section, key, "description")
            lines.append(f"{key} = {_shown(key, getattr(section, key))}  # {meaning}")
    return "\n".join(lines) + "\n"


def _refuse_unknown(table: Mapping[str, Any], known: Struct, path: str) -> None:
    for key, value in table.items():
        if key not in known.__struct_fields__:
            near = difflib.get_close_matches(key, known.__struct_fields__, n=1, cutoff=0.0)
            raise SettingsError(f"unknown key {path}{_one_line(key)}; did you mean {path}{near[0]}?")
        inner = getattr(known, key)
        if isinstance(inner, Struct) and isinstance(value, Mapping):
            _refuse_unknown(value, inner, f"{path}{key}.")


def _refuse_nan(table: Mapping[str, Any], path: str) -> None:
    # nan passes every comparison with a limit without a word.
    for key, value in table.items():
        if isinstance(value, Mapping):
            _refuse_nan(value, f"{path}{key}.")
        elif isinstance(value, float) and math.isnan(value):
            raise SettingsError(f"{path}{key} is nan; give a number")


def _explained(message: str, table: Mapping[str, Any], default: Struct) -> str:
    found = _PLACE.search(message)
    if found is None:
        return _one_line(message)
    *outer, key = found["path"].split(".")
    section: Any = default
    value: Any = table
    for step in outer:
        section, value = getattr(section, step), value[step]
    value = _shown(key, value[key])
    if isinstance(getattr(section, key), Struct):
        return f"{key} is {value}; write it as a section, [{key}]"
    return f"{found['path']} is {value}; give {_said(section, key, 'title')}"


def _said(section: Struct, key: str, what: Literal["title", "description"]) -> str:
    """Return a key's words; those of the outermost layer of its type that has them."""
    layers = get_type_hints(type(section), include_extras=True)[key].__metadata__
    words = [getattr(layer, what) for layer in layers if isinstance(layer, Meta)]
    return next(str(word) for word in reversed(words) if word)


def _shown(key: str, value: object) -> str:
    if key.endswith("_address") and isinstance(value, int):
        return f"0x{value:02x}"
    if isinstance(value, str | bool):
        return json.dumps(value)
    return _one_line(str(value))


def _one_line(text: str) -> str:
    return " ".join(text.split())
