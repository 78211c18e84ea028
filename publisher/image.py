"""A picture of an article: as its author named it, and with what is known of it once it is arranged."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as the author named it: `src` is a URL or a path relative to the article or to `content/`.

    Once arranged, pictures of our own have their pixels, media type and `size` in bytes (0: not known), and
    `small`, the address of the same in few pixels for where it is shown small.
    """

    src: str
    alt: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0
    size: int = 0
    type: str = ""
    small: str = ""
