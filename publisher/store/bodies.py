"""The body of an entry in -> a way to have it back out, so that memory does not grow by what is written."""

from collections.abc import Callable
from functools import partial

from publisher.errors import PublishError
from publisher.prose import Prose
from publisher.store.packing import decode_prose, encode_prose
from publisher.templating import Keep

Ask = Callable[[], Prose]


def put_away(prose: Prose, keep: Keep | None) -> Ask:
    """The body is read anew each time that somebody asks; without `keep` it stays in memory."""
    return partial(_decoded, keep(encode_prose(prose))) if keep else lambda: prose


def _decoded(ask: Callable[[], bytes]) -> Prose:
    prose = decode_prose(ask())
    if prose is None:
        raise PublishError(".publish", "a file that waits there is not as it was", "run it again")
    return prose
