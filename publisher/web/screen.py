"""A mailbox that asks for a confirmation in -> whether none should go there, whoever asks.

This is for the worker, after the answer: what it finds shows in no answer and in no answer's time (S06).
"""

from collections.abc import Callable, Collection

from disposable_email_domains import blocklist

from publisher.audience.screening import is_named, is_role
from publisher.settings.web import WebSettings


class Screen:
    """`takes_mail` says of a domain whether mail can arrive there; it may take seconds."""

    def __init__(self, settings: WebSettings, takes_mail: Callable[[str], bool]) -> None:
        self._refuse = settings.refuse
        self._allowed = frozenset(each.lower() for each in settings.allowed)
        self._blocked = frozenset(each.lower() for each in settings.blocked)
        self._takes_mail = takes_mail

    def refuses(self, mailbox: str) -> bool:
        """What is configured by name comes first, then addresses of roles, throw-away domains and DNS."""
        if is_named(mailbox, self._allowed):
            return False
        return (
            is_named(mailbox, self._blocked)
            or ("roles" in self._refuse and is_role(mailbox))
            or ("disposable" in self._refuse and is_named(mailbox, _DISPOSABLE))
            or ("unreachable" in self._refuse and not self._takes_mail(mailbox.rpartition("@")[2]))
        )


# Domains whose mailboxes anybody can open for some minutes: disposable-email-domains, which is kept up daily.
_DISPOSABLE: Collection[str] = blocklist
