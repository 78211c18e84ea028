"""An entry in -> the same with its body on the disk out, so that memory does not grow by what is written."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from sys import intern

from publisher.model import Entry
from publisher.prose import Distant
from publisher.templating import Keep


def put_away(entry: Entry, keep: Keep) -> Entry:
    """The body is read anew each time that somebody asks. Words that many articles have are held once."""
    html, text = keep(entry.html.encode()), keep(entry.text.encode())
    prose = Distant(partial(_decoded, html), partial(_decoded, text))
    return replace(entry, prose=prose, keywords=tuple(map(intern, entry.keywords)))


def _decoded(ask: Callable[[], bytes]) -> str:
    return ask().decode()
