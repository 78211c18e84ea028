"""The text of an article's file and a line to keep -> the text with `publish: {keep: [...]}` in its head.

The author's own lines stay as they are, character for character; where an entry can join a list that is
there, it does. YAML is edited at the places that its parser reports, TOML at the key's line.
"""

import json
import re

import yaml

from publisher.content.head import Head, split
from publisher.errors import PublishError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_AS_IT_IS = re.compile(r"[A-Z]{2}\d*|\"[^\n]*\"|'[^\n]*'", re.DOTALL)
_TOML_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_TOML_TABLE = re.compile(r"^[ \t]*\[[^\n]*$", re.MULTILINE)
_TOML_OWN_TABLE = re.compile(r"^[ \t]*\[\s*publish\s*\][^\n]*$", re.MULTILINE)
_TOML_IN_TABLE = re.compile(r"^[ \t]*keep\s*=\s*", re.MULTILINE)
_TOML_INLINE = re.compile(r"^[ \t]*publish\s*(?:\.\s*keep\s*=\s*|=\s*\{\s*(?:keep\s*=\s*)?)", re.MULTILINE)


def with_kept(path: str, text: str, entry: str) -> str:
    """`text` with `entry` (one line, as `clean_text` makes it) in the article's list of what to keep.

    Lines may end in `\\n` or `\\r\\n`; the new ones end as the first one does. Raises PublishError where
    the list is written in a way that only a person can extend.
    """
    end = "\r\n" if text.split("\n", 1)[0].endswith("\r") else "\n"
    head = split(path, text)
    if not head.kind:
        return f"---{end}{_block(_quoted(entry), end)}---{end}{end}{text}"
    opening, block, rest = _parts(text, head)
    try:
        new = _yaml(block, entry, end) if head.kind == "yaml" else _toml(block, entry, end)
    except (yaml.YAMLError, ValueError) as error:
        hint = f"add it by hand: {_quoted(entry)}"
        raise PublishError(f"{path}:1", "publish: keep cannot be extended here", hint) from error
    return opening + new + rest


def _parts(text: str, head: Head) -> tuple[str, str, str]:
    """The opening fence's line, the block's lines, and the rest from the closing fence on."""
    start = text.index("\n") + 1
    stop = start + len(head.text) + 1 if head.text or text[start : start + 1] == "\n" else start
    return text[:start], text[start:stop], text[stop:]


def _quoted(entry: str) -> str:
    """A JSON string is a string of YAML and TOML as well."""
    return json.dumps(entry, ensure_ascii=False)


def _block(quoted: str, end: str, indent: str = "") -> str:
    return f"{indent}publish:{end}{indent}  keep:{end}{indent}    - {quoted}{end}"


def _yaml(block: str, entry: str, end: str) -> str:
    quoted, root = _quoted(entry), yaml.compose(block, Loader=_LOADER)
    if not isinstance(root, yaml.MappingNode):
        return block + _block(quoted, end)
    pair = next((pair for pair in root.value if pair[0].value == "publish"), None)
    if pair is None and root.flow_style:
        return _joined(block, root, f"publish: {{keep: [{quoted}]}}")
    if pair is None:
        return block + _block(quoted, end, " " * root.start_mark.column)
    key, value = pair
    if isinstance(value, yaml.ScalarNode):
        return _replaced(block, key, value, f"{{keep: [{quoted}]}}")
    return _yaml_kept(block, value, quoted, end)


def _yaml_kept(block: str, publish: yaml.Node, quoted: str, end: str) -> str:
    """The `keep` of the mapping `publish` becomes a list with one more item."""
    if not isinstance(publish, yaml.MappingNode):
        raise ValueError("publish is a list")  # noqa: TRY004  (the author's mistake, told as one)
    pair = next((pair for pair in publish.value if pair[0].value == "keep"), None)
    if pair is None:
        return _joined(block, publish, f"keep: [{quoted}]")
    key, kept = pair
    if isinstance(kept, yaml.SequenceNode):
        return _joined(block, kept, quoted) if kept.flow_style else _itemed(block, kept, quoted, end)
    if kept.value in {"", "~", "null"} and not kept.style:
        return _replaced(block, key, kept, f"[{quoted}]")
    written = block[kept.start_mark.index : kept.end_mark.index]
    first = written if _AS_IT_IS.fullmatch(written) else _quoted(kept.value.strip())
    line_end = end if written.endswith("\n") else ""
    return _replaced(block, key, kept, f"[{first}, {quoted}]{line_end}")


def _joined(block: str, node: yaml.CollectionNode, new: str) -> str:
    """A flow list or mapping (`[a, b]`) with one more item."""
    if not node.flow_style:
        raise ValueError("not a flow collection")
    if not node.value:
        at = node.start_mark.index + 1
        return block[:at] + new + block[at:]
    last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    at = last.end_mark.index
    return f"{block[:at]}, {new}{block[at:]}"


def _itemed(block: str, node: yaml.SequenceNode, new: str, end: str) -> str:
    """A list of `- item` lines with one more, behind its last; first, if where that ends is not plain."""
    last = node.value[-1]
    plain = isinstance(last, yaml.ScalarNode) and last.style not in {"|", ">"}
    before = node.start_mark.index - node.start_mark.column
    at = block.index("\n", last.end_mark.index) + 1 if plain else before
    return f"{block[:at]}{' ' * node.start_mark.column}- {new}{end}{block[at:]}"


def _replaced(block: str, key: yaml.Node, value: yaml.ScalarNode, new: str) -> str:
    """The value of `key` written anew; where there was none, it stands behind the colon."""
    start, stop = value.start_mark.index, value.end_mark.index
    if start != stop:
        return block[:start] + new + block[stop:]
    at = block.index(":", key.end_mark.index) + 1
    return f"{block[:at]} {new}{block[at:]}"


def _toml(block: str, entry: str, end: str) -> str:
    quoted = _quoted(entry)
    if table := _TOML_OWN_TABLE.search(block):
        stop = next((m.start() for m in _TOML_TABLE.finditer(block, table.end())), len(block))
        if found := _TOML_IN_TABLE.search(block, table.end(), stop):
            return _toml_value(block, found.end(), quoted)
        at = block.index("\n", table.end()) + 1
        return f"{block[:at]}keep = [{quoted}]{end}{block[at:]}"
    if found := _TOML_INLINE.search(block):
        if block.startswith("}", found.end()):
            return f"{block[: found.end()]}keep = [{quoted}]{block[found.end() :]}"
        return _toml_value(block, found.end(), quoted)
    first = next((m.start() for m in _TOML_TABLE.finditer(block)), len(block))
    at = block.rfind("\n", 0, first) + 1 if first < len(block) else first
    return f"{block[:at]}publish = {{ keep = [{quoted}] }}{end}{block[at:]}"


def _toml_value(block: str, at: int, quoted: str) -> str:
    """The value at `at` is a list, which gets a first item more, or one string, which becomes a list."""
    if block[at] == "[":
        rest = block[at + 1 :]
        comma = "" if re.match(r"(?:\s|#[^\n]*\n)*\]", rest) else ", "
        return f"{block[: at + 1]}{quoted}{comma}{rest}"
    if not block.startswith(('"""', "'''"), at) and (single := _TOML_STRING.match(block, at)):
        return f"{block[:at]}[{single[0]}, {quoted}]{block[single.end() :]}"
    raise ValueError("neither a list nor a string")
