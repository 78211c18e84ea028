"""A configuration that loads -> what is to be said of it before mails are sent and a site is published."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from publisher.errors import PublishError
from publisher.health.verdict import Verdict, fine, look, wrong
from publisher.newsletter.editions import Edition, editions
from publisher.newsletter.mailbox import mailbox
from publisher.settings import Publication

# Names that never lead anywhere (RFC 2606, 6761, 6762, 8375) or only at home.
_NOWHERE = ("localhost", "test", "invalid", "example", "local", "internal", "home.arpa", "onion")
_SAMPLES = ("example.com", "example.net", "example.org")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def judge_configuration(publication: Publication, source: str) -> tuple[Verdict, ...]:
    """`source` names the file, for the verdict that it loads; empty if there is none."""
    loads = fine(source, "it loads") if source else look("configuration", "there is no file", "publish init")
    return (
        loads,
        _address("base_url", publication.base_url, "where the site is found"),
        *_newsletters(publication),
        *_web(publication),
        *_relays(publication),
        *_report(publication),
    )


def _address(key: str, url: str, meaning: str) -> Verdict:
    host = (urlsplit(url).hostname or "").rstrip(".")
    if not _public(host):
        return wrong(key, f"{url!r} leads nowhere for readers", f"set {key} to {meaning}: https://…")
    if any(host == name or host.endswith(f".{name}") for name in _SAMPLES):
        return look(key, f"{host} is a name for examples", f"set {key} to {meaning}")
    if not url.startswith("https://"):
        return look(key, f"{url} is not protected", "serve it by https, and say so here")
    return fine(key, url)


def _public(host: str) -> bool:
    """Whether the name may lead somewhere from anywhere."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not any(host == name or host.endswith(f".{name}") for name in _NOWHERE)


def _newsletters(publication: Publication) -> Iterator[Verdict]:
    try:
        found = editions(publication)
    except PublishError as error:
        yield wrong(error.where, error.message, error.hint)
        return
    if not any(each.sender for each in found) and not publication.relays:
        hint = "set [newsletter] sender if you want to send mails"
        yield look("newsletter", "there is no sender, so nothing can be sent", hint)
        return
    if len(found) > 1:
        yield fine("newsletters", ", ".join(each.name for each in found))
    for each in found:
        yield from _newsletter(each, publication)


def _newsletter(edition: Edition, publication: Publication) -> Iterator[Verdict]:
    where = f"newsletter {edition.name}"
    problems = [*_sender(where, edition), *_words(where, edition), *_leaving(where, edition, publication)]
    yield from problems
    if not problems:
        yield fine(where, f"sender {edition.sender}, postal address, a way to leave by one click")


def _sender(where: str, edition: Edition) -> Iterator[Verdict]:
    if not edition.sender:
        yield wrong(where, "it has no sender", 'sender = "news@example.org"')
        return
    try:
        mailbox(edition.sender, where)
    except PublishError as error:
        yield wrong(where, error.message, error.hint)


def _words(where: str, edition: Edition) -> Iterator[Verdict]:
    """What laws on mail ask for, CAN-SPAM and CASL among them. The reason has a sentence of its own."""
    if not edition.address:
        yield look(where, "it has no postal address, which mail laws ask for", "set address")


def _leaving(where: str, edition: Edition, publication: Publication) -> Iterator[Verdict]:
    """Gmail and Yahoo ask bulk senders for one click (RFC 8058), which needs an https address by reader."""
    hint = 'set [web] url = "https://news.…", or unsubscribe = "https://…/{token}"'
    own = edition.unsubscribe
    if not publication.web.url and not own:
        yield wrong(where, "there is no way to leave; such a mail is not sent", hint)
    elif not publication.web.url and not (own.startswith("https://") and "{token}" in own):
        yield look(where, "readers cannot leave by one click", hint)


def _web(publication: Publication) -> Iterator[Verdict]:
    if publication.web.url:
        yield _address("web.url", publication.web.address, "where `publish web` is reached")


def _relays(publication: Publication) -> Iterator[Verdict]:
    if not publication.relays:
        yield look("relays", "there is none, so nothing can be sent", "add [relays.main] with its host")
        return
    for each in publication.relays:
        if each.security == "none" and each.host not in LOOPBACK:
            remedy = 'security = "starttls", or "tls" for port 465'
            yield look(f"relay {each.name}", "mails go to it unprotected", remedy)
    yield from _bounces(publication)


def _bounces(publication: Publication) -> Iterator[Verdict]:
    """Whether mails that come back tell whose they were, and whether anybody reads them."""
    if not publication.sending.bounces:
        said = "mails come back to the sender, where nothing tells whose they were"
        yield look("sending.bounces", said, "set a domain of its own for them: bounces.example.org")
    elif not publication.bounces.mailbox:
        said = "no mailbox is read; that is right only if a pipe or a service's webhook brings bounces"
        yield look("bounces.mailbox", said, 'set where they arrive: mailbox = "maildir:/path"')


def _report(publication: Publication) -> Iterator[Verdict]:
    """Nothing is said of a publication that wants none: cron mails, too."""
    if publication.daily.report and not (publication.relays and publication.newsletter.sender):
        said = "no mail can tell of failures without [newsletter] sender and a relay"
        yield wrong("daily.report", said, "set both, or leave it to cron's MAILTO")
