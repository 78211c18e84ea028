"""A publication's folder -> the name and the text of its configuration file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from publisher.errors import PublishError


@dataclass(frozen=True, slots=True)
class ConfigurationFile:
    """`name` as messages show it, relative to the folder where it can be."""

    name: str
    text: str


def find_configuration(root: Path, chosen: Path | None) -> ConfigurationFile | None:
    """`chosen`, else `publish.toml`, else a `pyproject.toml` with `[tool.publish]`, else None.

    Raises PublishError when both hold a configuration, or a file cannot be read.
    """
    if chosen:
        return ConfigurationFile(str(chosen), _read(chosen))
    own, project = root / "publish.toml", root / "pyproject.toml"
    has_own = own.is_file()
    text = _read(project) if project.is_file() else ""
    if has_own and _has_table(text):
        hint = "keep one of the two"
        raise PublishError("publish.toml", "pyproject.toml has a [tool.publish] as well", hint)
    if has_own:
        return ConfigurationFile("publish.toml", _read(own))
    return ConfigurationFile("pyproject.toml", text) if _has_table(text) else None


def _has_table(text: str) -> bool:
    """A broken pyproject.toml that mentions our table is ours to complain about."""
    try:
        tool = tomllib.loads(text).get("tool")
        return isinstance(tool, dict) and "publish" in tool
    except (tomllib.TOMLDecodeError, RecursionError):
        return "[tool.publish" in text


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PublishError(str(path), "the configuration is not UTF-8", "save it as UTF-8") from error
    except OSError as error:
        raise PublishError(str(path), f"the configuration cannot be read: {error.strerror}") from error
