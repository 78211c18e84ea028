"""What can be configured of the site: its pictures, its search, its links, where it is brought to."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class ImageSettings:
    """What is made of pictures: their widths in pixels, the formats besides their own, what is too large.

    Not `responsive`: they are copied as they are, with all their metadata. `cards`: previews for links to
    articles without a picture.
    """

    responsive: bool = True
    widths: tuple[int, ...] = (320, 640, 960, 1280, 1920)
    formats: tuple[str, ...] = ("avif", "webp")
    max_pixels: int = 100_000_000
    max_bytes: int = 50_000_000
    cards: bool = True


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Whether the site has a search page and an index of its articles' words."""

    enabled: bool = True


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How `check --external` asks: not for addresses that begin like one of `skip`, anew after `days`.

    `private`: also machines of the own network, which are never asked otherwise.
    """

    skip: tuple[str, ...] = ()
    days: int = 7
    private: bool = False


@dataclass(frozen=True, slots=True)
class DeployTarget:
    """Where `publish deploy NAME` brings the site. `to`: a folder, rsync's destination, a remote, a bucket.

    `branch` is for git; `endpoint` and `region` for S3; `secrets` names a file with its keys.
    """

    name: str = field(default="", metadata={"key": False})
    kind: Literal["folder", "rsync", "git", "s3"] = "folder"
    to: str = ""
    branch: str = "pages"
    endpoint: str = ""
    region: str = ""
    secrets: str = ""
