"""The configuration -> how a reader leaves, or changes what he gets: addresses with marks of his tokens."""

import re
from dataclasses import dataclass

from publisher.errors import PublishError
from publisher.newsletter.headers import Field
from publisher.newsletter.marks import Marks
from publisher.newsletter.text import tidy
from publisher.settings import Publication

_KEYS = "[newsletter]"
# In angle brackets on one line: visible ASCII without angle brackets (RFC 2369, section 2).
_URI = re.compile(r"(?:https://|mailto:)[!-;=?-~]{3,800}")


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses for one reader, each with a mark of his token; empty where there is none.

    `personal`: `unsubscribe` is https and holds the token, so a click on it can be enough (RFC 8058,
    section 3.1). `mail` is a second way, by mail.
    """

    unsubscribe: str = ""
    preferences: str = ""
    mail: str = ""
    personal: bool = False


def ways(publication: Publication, unsubscribe: str, of: Marks) -> Ways:
    """By `[web] url` if there is one, else by the configured `unsubscribe`, in which `{token}` may stand."""
    if web := publication.web.address:
        mail = unsubscribe.replace("{token}", of.unsubscribe) if unsubscribe.startswith("mailto:") else ""
        return Ways(f"{web}/u/{of.unsubscribe}", f"{web}/p/{of.preferences}", mail, personal=True)
    personal = unsubscribe.startswith("https://") and "{token}" in unsubscribe
    return Ways(unsubscribe.replace("{token}", of.unsubscribe), personal=personal)


def fields(leave: Ways) -> tuple[Field, ...]:
    """The headers that say how to leave (RFC 2369, 8058), each on one line whatever its length.

    Receivers overlook a folded one. Raises PublishError where there is no way, or one that cannot stand in
    a header: such a mail is never sent.
    """
    if not leave.unsubscribe:
        hint = 'set [web] url, or unsubscribe = "https://…/{token}" or "mailto:…"'
        raise PublishError(_KEYS, "a mail without a way to leave is not sent", hint)
    own = f"{_KEYS} unsubscribe"
    first = "[web] url" if leave.preferences else own
    uris = {uri: where for uri, where in ((leave.unsubscribe, first), (leave.mail, own)) if uri}
    for uri, where in uris.items():
        if not _URI.fullmatch(uri):
            hint = "https://… or mailto:…, in ASCII and without spaces"
            raise PublishError(where, f"{tidy(uri)!r} cannot stand in a mail", hint)
    named = Field("List-Unsubscribe", ", ".join(f"<{uri}>" for uri in uris))
    click = Field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    return (named, click) if leave.personal else (named,)
