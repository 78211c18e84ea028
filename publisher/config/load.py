"""The text of a configuration file -> a Publication. Mistakes come together, each with its line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

from publisher.config.checks import check, check_name
from publisher.config.partner_checks import check_feed
from publisher.config.partners import with_profile
from publisher.content.spelling import nearest
from publisher.errors import Problems, PublishError
from publisher.settings import EditionSettings, PartnerFeed, Publication


def configure(
    name: str, text: str, environment: Mapping[str, str], options: Mapping[str, str] | None = None
) -> Publication:
    """The publication that the file `name` describes.

    `PUBLISH_BASE_URL=…` in the environment overrides the key `base_url`, and an option of the command
    line (`{"base_url": …}`) both. In `pyproject.toml` the keys stand under `[tool.publish]`, in
    `publish.toml` on top. Raises Problems that name file and line, or variable or option.
    """
    table, prefix = _table(name, text)
    reader = _Reader(name, text)
    values = reader.read(Publication, table, prefix)
    for item in fields(Publication):
        given = {
            f"PUBLISH_{item.name.upper()}": environment.get(f"PUBLISH_{item.name.upper()}"),
            f"--{item.name.replace('_', '-')}": (options or {}).get(item.name),
        }
        for where, override in given.items():
            if override is not None and not is_dataclass(item.type):
                values[item.name] = reader.override(where, item.name, _from_text(override, item.type))
    if reader.problems:
        raise Problems(reader.problems)
    return Publication(**values)


def _table(name: str, text: str) -> tuple[dict[str, Any], str]:
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{name}:{line[1]}" if line else name
        raise PublishError(where, f"broken TOML: {error}") from error
    if name.endswith("pyproject.toml"):
        tool = table.get("tool")
        own = tool.get("publish", {}) if isinstance(tool, Mapping) else {}
        if not isinstance(own, Mapping):
            raise PublishError(name, "[tool.publish] must be a table")
        return dict(own), "tool.publish"
    return table, ""


def _from_text(text: str, kind: object) -> object:
    if kind is int and re.fullmatch(r"-?[0-9]{1,18}", text):
        return int(text)
    if kind is bool:
        return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(
            text.lower(), text
        )
    return text


class _Reader:
    """Fills a settings class from a table and collects what is wrong."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = text.split("\n")
        self.problems: list[PublishError] = []

    def read(self, kind: type[Any], table: Mapping[str, Any], prefix: str) -> dict[str, Any]:
        hints = {name: hint for name, hint in get_type_hints(kind).items() if name in _keys(kind)}
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in hints:
                self._problem(prefix, key, f"unknown key {key!r}", nearest(key, list(hints)))
            elif is_dataclass(hints[key]):
                values[key] = self._inner(hints[key], value, prefix, key)
            elif kind_of_each := _named_tables(hints[key]):
                values[key] = self._several(kind_of_each, value, prefix, key)
            else:
                values[key] = self._value(hints[key], value, prefix, key)
        return values

    def override(self, where: str, key: str, value: object) -> object:
        """A value that does not come from the file; `where` names the variable or option."""
        if message := _mistyped(get_type_hints(Publication)[key], value) or check(key, value):
            self.problems.append(PublishError(where, message))
        return value

    def _inner(self, kind: Any, value: object, prefix: str, key: str) -> Any:
        if not isinstance(value, Mapping):
            self._problem(prefix, key, f"{key} must be a table", f"[{_joined(prefix, key)}]")
            return kind()
        before = len(self.problems)
        values = self.read(kind, value, _joined(prefix, key))
        return kind() if len(self.problems) > before else kind(**values)

    def _several(self, kind: Any, value: object, prefix: str, key: str) -> tuple[Any, ...]:
        """`[deploy.NAME]`, `[feeds.NAME]`: tables by their names, in the order of the file."""
        if not isinstance(value, Mapping) or not all(isinstance(each, Mapping) for each in value.values()):
            self._problem(
                prefix, key, f"{key} holds tables, each with a name", f"[{_joined(prefix, key)}.live]"
            )
            return ()
        return tuple(self._named(kind, each, _joined(prefix, key), name) for name, each in value.items())

    def _named(self, kind: Any, table: Mapping[str, Any], inside: str, name: str) -> Any:
        of_partner = kind is PartnerFeed
        message = check_feed("name", name) if of_partner else check_name(inside.rpartition(".")[2], name)
        if message:
            self._problem(inside, name, message, "")
        if not of_partner:
            return replace(self._inner(kind, table, inside, name), name=name)
        made = self._inner(kind, with_profile(table), inside, name)
        return replace(made, name=name, line=_line(self.lines, inside, name))

    def _value(self, kind: Any, value: object, prefix: str, key: str) -> object:
        if isinstance(value, list):
            value = tuple(value)
        if message := _mistyped(kind, value) or _fault(self._dotted(prefix, key), value):
            self._problem(prefix, key, f"{key}: {message}", "")
        return value

    def _dotted(self, prefix: str, key: str) -> str:
        """The key as the settings name it, without the file's own prefix."""
        return _joined(prefix.removeprefix("tool.publish").removeprefix("."), key)

    def _problem(self, prefix: str, key: str, message: str, hint: str) -> None:
        line = _line(self.lines, prefix, key)
        self.problems.append(PublishError(f"{self.name}:{line}" if line else self.name, message, hint))


def _fault(key: str, value: object) -> str:
    """What is wrong with a value, by its dotted key (`feed.items`, `feeds.NAME.items`)."""
    return check_feed(key.rpartition(".")[2], value) if key.startswith("feeds.") else check(key, value)


def _joined(prefix: str, key: str) -> str:
    return f"{prefix}.{key}" if prefix else key


def _line(lines: list[str], table: str, key: str) -> int:
    """The line of `key` in `[table]`; of the header `[table.key]`, if the key is a table; 0 if unknown."""
    inside = table == ""
    for number, line in enumerate(lines, 1):
        header = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        if header:
            named = re.sub("[\"']", "", header[1])
            inside = named == table
            if named == _joined(table, key):
                return number
        elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", line):
            return number
    return 0


def _mistyped(kind: Any, value: object) -> str:
    if get_origin(kind) is Literal:
        known = ", ".join(repr(each) for each in get_args(kind) if each)
        return "" if value in get_args(kind) else f"one of {known}"
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        fine = isinstance(value, tuple) and all(type(item) is inner for item in value)
        return "" if fine else f"a list of {'whole numbers' if inner is int else 'texts'}"
    if kind in {float, float | None}:
        return "" if isinstance(value, int | float) and not isinstance(value, bool) else "a number"
    names = {str: "text in quotes", int: "a whole number", bool: "true or false"}
    return "" if type(value) is kind else f"expected {names.get(kind, str(kind))}, found {value!r}"


def _keys(kind: type[Any]) -> tuple[str, ...]:
    """The fields that a configuration may set."""
    return tuple(item.name for item in fields(kind) if item.metadata.get("key", True))


def _named_tables(kind: Any) -> Any:
    """The class of tables that have names (`[deploy.NAME]`); None for every other key."""
    inner = get_args(kind)[0] if get_origin(kind) is tuple else None
    return inner if is_dataclass(inner) else None


def known_keys() -> Iterator[str]:
    """Every key with its table (`feed.items`, `deploy.name.kind`), for the documentation's test."""
    for item in fields(Publication):
        if isinstance(item.type, type) and is_dataclass(item.type):
            yield from (f"{item.name}.{inner}" for inner in _keys(item.type))
        elif (tables := _named_tables(item.type)) is EditionSettings:
            yield f"{item.name}.name"  # its keys are those of `newsletter`
        elif tables:
            yield from (f"{item.name}.name.{inner}" for inner in _keys(tables))
        else:
            yield item.name
