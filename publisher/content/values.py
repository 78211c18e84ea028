"""A front-matter block as text -> a tree of values that remember their lines. Hostile input is an error.

YAML is read from the parser's events, never constructed: no tags, anchors or aliases, depth <= 8,
nodes <= 2,000, no key twice, and scalars stay the strings that the author typed, so that `no`,
`010` and `12:30` mean what they say (specs/safety.md, YAML front matter).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import yaml

from publisher.errors import PublishError

MAX_BYTES = 64 * 1024
_MAX_DEPTH = 8
_MAX_NODES = 2_000
_LARGEST = 2**63
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOML_PLACE = re.compile(r" \(at line (\d+), column \d+\)$|\(at end of document\)$")
_INTEGER = re.compile(r"[-+]?\d{1,18}$")
_DECIMAL = re.compile(r"[-+]?\d{1,18}\.\d{1,18}$")

Data = str | int | float | bool | datetime | date | time | None | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """One node and its line in the file. A plain YAML scalar is `bare`: text whose type is still open."""

    data: Data
    line: int
    bare: bool = False


def read_yaml(path: str, text: str, first: int) -> dict[str, Value]:
    """The mapping in `text`, whose first line is line `first` of the file `path`."""
    _refuse_size(path, text, first)
    try:
        root = _Events(path, first, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        line = first + _marked_line(error)
        message = " ".join(filter(None, (error.context, error.problem)))
        raise PublishError(
            f"{path}:{line}", f"broken YAML: {message}", _yaml_hint(text, line - first)
        ) from error
    except yaml.reader.ReaderError as error:
        line = first + text.count("\n", 0, error.position)
        message = f"the character U+{error.character:04X} is not allowed"
        raise PublishError(f"{path}:{line}", f"broken YAML: {message}", "delete it") from error
    if root.data is None or root.data == "":
        return {}
    if not isinstance(root.data, dict):
        raise PublishError(f"{path}:{first}", "front matter must be `key: value` lines")
    return root.data


def read_toml(path: str, text: str, first: int) -> dict[str, Value]:
    """The table in `text`, whose first line is line `first` of the file `path`."""
    _refuse_size(path, text, first)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        message = _TOML_PLACE.sub("", str(error))
        raise PublishError(f"{path}:{first + line - 1}", f"broken TOML: {message}") from error
    except RecursionError as error:
        raise PublishError(f"{path}:{first}", f"nested deeper than {_MAX_DEPTH} levels") from error
    except ValueError as error:
        raise PublishError(f"{path}:{first}", f"broken TOML: {error}") from error
    return {key: _from_toml(path, key, data, _toml_line(text, key, first)) for key, data in table.items()}


def plain(value: Value) -> object:
    """The value as plain data for templates; a bare YAML scalar becomes bool, int, float or None."""
    match value.data:
        case list(items):
            return [plain(item) for item in items]
        case dict(pairs):
            return {key: plain(item) for key, item in pairs.items()}
        case str(text) if value.bare:
            return _resolved(text)
        case date() | time() as moment:
            return moment.isoformat()
        case other:
            return other


def _resolved(text: str) -> object:
    """YAML 1.2 core schema for the few scalars that are not text."""
    words = {"true": True, "false": False, "null": None, "~": None, "": None}
    if text.lower() in words:
        return words[text.lower()]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _DECIMAL.match(text) else text


@dataclass(slots=True)
class _Events:
    """Builds values from the events of PyYAML's parser; `first` is the file line of the block's first."""

    path: str
    first: int
    events: Iterator[yaml.Event]
    nodes: int = 0

    def document(self) -> Value:
        root = Value(None, self.first)
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
            elif isinstance(event, yaml.DocumentStartEvent) and root.data is not None:
                raise self._error(event, "a second YAML document begins here")
        return root

    def _node(self, event: yaml.NodeEvent, depth: int) -> Value:
        self._check(event, depth)
        line = self._line(event)
        match event:
            case yaml.ScalarEvent():
                return Value(event.value, line, bare=event.implicit[0])
            case yaml.SequenceStartEvent():
                return Value([self._node(e, depth + 1) for e in self._until(yaml.SequenceEndEvent)], line)
            case _:
                return Value(self._mapping(depth + 1), line)

    def _mapping(self, depth: int) -> dict[str, Value]:
        pairs: dict[str, Value] = {}
        for event in self._until(yaml.MappingEndEvent):
            key = self._node(event, depth)
            if not isinstance(key.data, str):
                raise self._error(event, "a key must be text")
            if key.data in pairs:
                raise self._error(event, f"the key {key.data!r} stands here twice", "keep one of them")
            value = self._node(self._next(), depth)
            pairs[key.data] = Value(value.data, key.line, value.bare)
        return pairs

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.NodeEvent]:
        while not isinstance(event := next(self.events), end):
            assert isinstance(event, yaml.NodeEvent)  # noqa: S101  (the parser's own grammar)
            yield event

    def _next(self) -> yaml.NodeEvent:
        event = next(self.events)
        assert isinstance(event, yaml.NodeEvent)  # noqa: S101  (the parser's own grammar)
        return event

    def _check(self, event: yaml.NodeEvent, depth: int) -> None:
        self.nodes += 1
        if self.nodes > _MAX_NODES:
            raise self._error(event, f"more than {_MAX_NODES:,} values in one front matter")
        if depth > _MAX_DEPTH:
            raise self._error(event, f"nested deeper than {_MAX_DEPTH} levels")
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._error(
                event, "anchors and aliases (& and *) are not allowed", "put the text in quotes"
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise self._error(event, f"the tag {tag!r} is not allowed", "put the text in quotes")

    def _error(self, event: yaml.Event, message: str, hint: str = "") -> PublishError:
        return PublishError(f"{self.path}:{self._line(event)}", message, hint)

    def _line(self, event: yaml.Event) -> int:
        return self.first + (event.start_mark.line if event.start_mark else 0)


def _refuse_size(path: str, text: str, first: int) -> None:
    if (size := len(text.encode())) > MAX_BYTES:
        raise PublishError(f"{path}:{first}", f"front matter of {size:,} bytes; at most {MAX_BYTES:,}")


def _marked_line(error: yaml.MarkedYAMLError) -> int:
    """Where the mistake is, from 0; something unclosed is where it opens, not where the text ends."""
    unclosed = "unexpected end of stream" in (error.problem or "")
    mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
    return mark.line if mark else 0


def _yaml_hint(text: str, line: int) -> str:
    """The commonest slips: a colon, a quote or a sign inside an unquoted value, a tab."""
    near = [*text.split("\n"), ""][line]
    if "\t" in near:
        return "use spaces, not tabs"
    value = near.partition(":")[2].strip()
    risky = ":" in value or value.count('"') % 2 or value.count("'") % 2 or value[:1] in tuple("@`%!&*[{|>")
    return "put the value in quotes" if risky else ""


def _toml_line(text: str, key: str, first: int) -> int:
    found = re.search(rf"^\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]", text, re.MULTILINE)
    return first + text.count("\n", 0, found.end()) if found else first


def _from_toml(path: str, key: str, data: object, line: int, depth: int = 1) -> Value:
    if depth > _MAX_DEPTH:
        raise PublishError(f"{path}:{line}", f"{key}: nested deeper than {_MAX_DEPTH} levels")
    match data:
        case list():
            return Value([_from_toml(path, key, item, line, depth + 1) for item in data], line)
        case Mapping():
            return Value({k: _from_toml(path, key, v, line, depth + 1) for k, v in data.items()}, line)
        case int() if abs(data) >= _LARGEST:
            raise PublishError(f"{path}:{line}", f"{key}: the number is too large", "put it in quotes")
        case str() | bool() | int() | float() | date() | time():
            return Value(data, line)
        case _:
            raise PublishError(f"{path}:{line}", f"{key}: {type(data).__name__} has no place in front matter")
