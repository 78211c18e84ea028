"""The table of MJML components (`components.toml`) -> what a template may say, and what a value may be."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

_TYPE = re.compile(r"(?P<kind>\w+)(?:\((?P<values>[^)]*)\))?(?:\{1,(?P<most>\d)\})?")
_NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)"
_COLOUR = re.compile(
    r"#(?:[0-9a-f]{3}){1,2}|rgba?\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*(?:,\s*(?:0|1|0?\.\d+|1\.0+)\s*)?\)",
    re.IGNORECASE,
)

Holds = Literal["components", "html", "text", "nothing"]


@dataclass(frozen=True, slots=True)
class Component:
    """One MJML tag: where it may stand, what it holds, its attributes and their types (MJML's notation)."""

    inside: tuple[str, ...]
    holds: Holds
    attributes: Mapping[str, str]
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar:
    """All components, and why some are refused."""

    components: Mapping[str, Component]
    refused: Mapping[str, str]
    colours: frozenset[str]


@cache
def grammar() -> Grammar:
    """The grammar of the package, read once."""
    table = tomllib.loads(files(__package__).joinpath("components.toml").read_text("utf-8"))
    everywhere = _by_name(table["everywhere"])
    padding = _by_name(table["padding"])
    found = {name: _component(row, padding, everywhere) for name, row in table["components"].items()}
    for name, row in table["components"].items():
        if row.get("any"):
            found[name] = _component({**row, "takes": _shared(found)}, {}, {})
    return Grammar(found, table["refused"], frozenset(table["colours"].split()))


@cache
def complaint(kind: str, value: str) -> str:
    """What is wrong with the value of an attribute of this type (`unit(px,%){1,4}`); '' when it is right."""
    named = _TYPE.fullmatch(kind)
    if named is None:
        raise ValueError(f"components.toml: no such type: {kind}")
    values = (named["values"] or "").split(",")
    match named["kind"]:
        case "unit" | "unitWithNegative":
            return _unit(value, values, int(named["most"] or 1), negative=named["kind"] != "unit")
        case "enum":
            wanted = ", ".join(each for each in values if each)
            return "" if value in values else f"it is one of {wanted}"
        case "color":
            right = _COLOUR.fullmatch(value) or value.lower() in grammar().colours
            return "" if right else "a colour is #rrggbb, rgb(r,g,b), rgba(r,g,b,a) or a CSS name"
        case "boolean":
            return "" if value in {"true", "false"} else "it is true or false"
        case "integer":
            return "" if value.isdecimal() else "it is a whole number"
    return ""


def _unit(value: str, units: list[str], most: int, *, negative: bool) -> str:
    words = [unit for unit in units if unit.isalpha() and unit not in {"px", "em"}]
    measures = "|".join(re.escape(unit) for unit in units if unit not in words)
    number = f"-?{_NUMBER}" if negative else _NUMBER
    one = f"(?:{number}(?:{measures})|0{''.join('|' + word for word in words)})"
    if re.fullmatch(rf"{one}(?: +{one}){{0,{most - 1}}}", value):
        return ""
    spelt = " or ".join([f"a number with {unit}" if unit not in words else unit for unit in units if unit])
    bare = ", or without a unit" if "" in units else ""
    return f"it is {spelt}{bare}" + (f", 1 to {most} of them" if most > 1 else "")


def _component(row: dict[str, Any], padding: dict[str, str], everywhere: dict[str, str]) -> Component:
    in_body = bool(row["inside"]) and not {"mjml", "mj-head", "mj-attributes"} & set(row["inside"])
    attributes = _by_name(row.get("takes", {}))
    attributes |= padding if row.get("padding") else {}
    attributes |= everywhere if in_body else {}
    return Component(tuple(row["inside"]), row["holds"], attributes, tuple(row.get("required", ())))


def _shared(components: Mapping[str, Component]) -> dict[str, str]:
    """What mj-all and mj-class take: every attribute; its type only where all components agree on it."""
    kinds: dict[str, set[str]] = {}
    for each in components.values():
        for name, kind in each.attributes.items():
            kinds.setdefault(name, set()).add(kind)
    takes: dict[str, str] = {}
    for name, of in sorted(kinds.items()):
        kind = of.pop() if len(of) == 1 else "string"
        takes[kind] = f"{takes.get(kind, '')} {name}"
    return takes


def _by_name(takes: dict[str, str]) -> dict[str, str]:
    """`{"unit(px)": "width height"}` -> `{"width": "unit(px)", "height": "unit(px)"}`."""
    return {name: kind for kind, names in takes.items() for name in names.split()}
