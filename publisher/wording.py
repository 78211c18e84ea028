"""A data file with a table of words for each language -> the words for one of them.

A table such as `en-us` needs only what differs from `en`. Languages without a table read English.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

T = TypeVar("T")


def in_language(package: str, language: str, kind: type[T]) -> T:
    """The words of `words.toml` in a package for a language tag (BCP 47), as the class that names them.

    The table of the whole tag is laid upon that of its first subtag.
    """
    tables = _tables(package)
    tag = language.lower()
    base = tables.get(tag.partition("-")[0], tables["en"])
    return msgspec.convert({**base, **tables.get(tag, {})}, kind)


@cache
def _tables(package: str) -> dict[str, dict[str, object]]:
    return tomllib.loads(files(package).joinpath("words.toml").read_text("utf-8"))
