"""A publication and who asks DNS -> verdicts on the domains that its mails name."""

from collections.abc import Iterator
from importlib import import_module
from ipaddress import ip_address

from publisher.errors import PublishError
from publisher.fetch.names import own_address
from publisher.health.answers import Answer, Ask, addresses
from publisher.health.configured import LOOPBACK
from publisher.health.dmarc import judge_alignment, judge_dmarc
from publisher.health.permitted import judge_permitted
from publisher.health.routes import judge_mx, judge_ptr
from publisher.health.spf import judge_spf
from publisher.health.verdict import Verdict, wrong
from publisher.health.versions import judge_extra
from publisher.newsletter.editions import editions
from publisher.newsletter.mailbox import mailbox
from publisher.settings import RelaySettings
from publisher.work.place import Place


def senders(place: Place) -> tuple[str, ...]:
    """The addresses that newsletters are sent from, each once; those that are none are left out."""
    found: dict[str, None] = {}
    try:
        for edition in editions(place.publication):
            if edition.sender:
                found[mailbox(edition.sender, "")] = None
    except PublishError:
        return tuple(found)  # the configuration's own verdict says what is wrong
    return tuple(found)


def domains(place: Place, ask: Ask) -> Iterator[Verdict]:
    """SPF, DMARC and alignment of each sender's domain, SPF and MX of the one that bounces go to."""
    hosts = tuple(dict.fromkeys(_host(sender) for sender in senders(place)))
    returned = place.publication.sending.bounces.lower().rstrip(".")
    for host in hosts:
        yield from judge_spf(host, ask, needed=not returned or returned == host)
        yield from judge_dmarc(host, ask)
        signed = {each.name: (each.domain or host).lower() for each in place.publication.dkim}
        yield from judge_alignment(host, returned or host, signed, ask)
    yield from _from_here(place, returned or next(iter(hosts), ""), ask)
    if returned and hosts and returned not in hosts:
        yield from judge_spf(returned, ask)
    for host in (returned,) if returned and hosts else hosts:
        yield from judge_mx(host, ask)


def _from_here(place: Place, envelope: str, ask: Ask) -> Iterator[Verdict]:
    """Whether this machine may send, where a relay on it does; that of others is known to them alone."""
    own = own_address()
    local = any(relay.host in LOOPBACK for relay in place.publication.relays)
    if envelope and local and own and ip_address(own).is_global:
        yield from judge_permitted(envelope, own, ask)


def signatures(place: Place, ask: Ask | None) -> Iterator[Verdict]:
    """The private keys of `[dkim.SELECTOR]`; and where somebody asks DNS, whether they fit its records."""
    if not place.publication.dkim:
        return
    try:
        load, health = (
            import_module("publisher.store.dkim").load_signer,
            import_module("publisher.health.dkim"),
        )
    except ModuleNotFoundError as error:
        yield judge_extra(str(error.name), "dkim", "[dkim]")
        return
    told: set[str] = set()
    for sender in senders(place):
        try:
            keys = load(place.root, place.publication.dkim, sender).keys
        except PublishError as error:
            yield wrong(error.where, error.message, error.hint)
            return
        for key in keys:
            name = health.record_name(key)
            if name not in told and ask is not None:
                yield from health.judge_dkim(key, ask(name, "TXT"))
            told.add(name)


def reverse(place: Place, ask: Ask) -> Iterator[Verdict]:
    """The names of the relays' public addresses; of a relay on this machine, that of the machine."""
    for relay in place.publication.relays:
        yield from judge_ptr(f"relay {relay.name}", _addresses(relay, ask).values, ask)


def _addresses(relay: RelaySettings, ask: Ask) -> Answer:
    try:
        found = Answer((str(ip_address(relay.host.strip("[]"))),))
    except ValueError:
        found = Answer(("127.0.0.1",)) if relay.host == "localhost" else addresses(ask, relay.host)
    if found.values and all(ip_address(each).is_loopback for each in found.values):
        own = own_address()
        return Answer((own,) if own else ())
    return found


def _host(sender: str) -> str:
    return sender.rpartition("@")[2].lower()
