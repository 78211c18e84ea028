"""Source -> Article: front matter typed, date of the file name taken, body lines numbered."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from publisher.content.dates import date_in_name, in_zone
from publisher.content.fields import read_fields
from publisher.content.head import Head, split
from publisher.content.kinds import as_written, kind_of
from publisher.content.values import Value, read_toml, read_yaml
from publisher.errors import PublishError
from publisher.model import Article, Source
from publisher.settings import Publication

_TRAILING = re.compile(r"\n+\Z")


def parse(source: Source, publication: Publication) -> Article:
    """The article as its author wrote it; only the file name's date is filled in, where none is given.

    Raises PublishError or Problems for front matter that is broken, mistyped or misspelt.
    """
    head = split(source.path, _TRAILING.sub("\n", source.text))
    front = read_fields(source.path, front_values(source.path, head), publication.zone)
    if kind_of(source.path) != "article":
        front = as_written(source.path, front)
    elif front.date is None and (named := named_date(source.path, publication)):
        front = replace(front, date=named)
    return Article(source.path, front, head.body)


def named_date(path: str, publication: Publication) -> datetime | None:
    """The date in the file's name, or in its folder's where the file is called `index`."""
    try:
        moment, _ = date_in_name(_name(path))
    except ValueError as error:
        raise PublishError(path, str(error), "rename the file") from error
    return in_zone(moment, publication.zone) if moment else None


def named_slug(path: str) -> str:
    """The file's name without suffix and date, not yet fit for an address."""
    name = _name(path)
    return date_in_name(name)[1] or name


def _name(path: str) -> str:
    pure = PurePosixPath(path)
    return pure.parent.name if pure.stem == "index" and pure.parent.name else pure.stem


def front_values(path: str, head: Head) -> dict[str, Value]:
    """The keys of a front matter block, not yet typed; none without a block."""
    match head.kind:
        case "yaml":
            return read_yaml(path, head.text, head.first)
        case "toml":
            return read_toml(path, head.text, head.first)
        case _:
            return {}
