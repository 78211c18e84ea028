"""A mail's parts -> what its delivery report says (RFC 3464, inside RFC 6522's multipart/report)."""

import re
from dataclasses import dataclass

from publisher.bounces.mime import Mail, read_fields
from publisher.bounces.status import enhanced, judge
from publisher.bounces.verdict import Failure, Kind

_STATUS = ("message/delivery-status", "message/global-delivery-status")
_GROUPS = 50
_MILD: tuple[Failure, ...] = ("policy", "soft", "hard")
_DONE = frozenset({"delayed", "delivered", "relayed", "expanded"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a report or a text says: its kind, the status code and the server's own words."""

    kind: Kind
    status: str
    detail: str


def read_report(mail: Mail) -> Report | None:
    """The report on a delivery; None where there is none.

    Our mails have one recipient each. A report with several is of an address that stands for several people:
    the mildest failure counts. `delayed` is none: the server goes on trying.
    """
    groups = [group for part in mail.of(*_STATUS) for group in _groups(part.body)][:_GROUPS]
    if not groups:
        return None
    failed = [_failure(group) for group in groups if _action(group) not in _DONE]
    if not failed:
        first = groups[0]
        return Report("notice", _code(first), _action(first))
    return min(failed, key=lambda each: _MILD.index(each[0]))[1]


def is_receipt(mail: Mail) -> bool:
    """Whether it tells that a mail was read, or thrown away unread (RFC 8098)."""
    return bool(mail.of("message/disposition-notification"))


def _groups(body: bytes) -> list[dict[str, str]]:
    """The fields of each recipient: groups between blank lines that name one (RFC 3464 section 2.1)."""
    pieces = re.split(rb"\r?\n[ \t]*\r?\n", body, maxsplit=_GROUPS)
    groups = (dict(reversed(read_fields(piece))) for piece in pieces)
    return [group for group in groups if group.keys() & {"action", "status", "final-recipient"}]


def _action(group: dict[str, str]) -> str:
    words = group.get("action", "failed").lower().split()
    return words[0].strip(";,") if words else "failed"


def _code(group: dict[str, str]) -> str:
    return enhanced(group.get("status", ""), _words(group))


def _words(group: dict[str, str]) -> str:
    """`smtp; 550 5.1.1 …` without the name of the protocol."""
    kind, found, said = group.get("diagnostic-code", "").partition(";")
    return said.strip() if found and " " not in kind.strip() else f"{kind}{found}{said}".strip()


def _failure(group: dict[str, str]) -> tuple[Failure, Report]:
    words = _words(group) or group.get("status", "").partition("(")[2].rstrip(")")
    kind = judge(group.get("status", ""), words)
    return kind, Report(kind, _code(group), words or group.get("status", ""))
