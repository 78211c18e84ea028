"""A configured mailbox or folder of mails -> what is wrong with it, or ''."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from publisher.bounces.mailbox import read_mailbox


def _inbox(value: str) -> str:
    try:
        if value:
            read_mailbox(value)
    except ValueError as error:
        return str(error)
    return ""


def _inbox_folder(value: str) -> str:
    fine = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_. /-]{0,99}", value)
    return "" if fine else f"{value!r} is not the name of a mail folder"


BOUNCES: Mapping[str, Callable[[Any], str]] = {
    "bounces.mailbox": _inbox,
    "bounces.folder": _inbox_folder,
}
