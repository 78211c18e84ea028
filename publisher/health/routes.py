"""Hosts and who asks DNS in -> whether bounces find their way, and whether a relay's address has a name."""

from collections.abc import Iterator
from ipaddress import ip_address

from publisher.health.answers import Answer, Ask, addresses, unknown
from publisher.health.verdict import Verdict, fine, look, wrong


def judge_mx(domain: str, ask: Ask) -> tuple[Verdict, ...]:
    """Whether mails to `domain` arrive anywhere (RFC 5321, section 5; RFC 7505)."""
    subject = f"MX of {domain}"
    answer = ask(domain, "MX")
    if answer.trouble:
        return (unknown(subject, answer),)
    hosts = [value.partition(" ")[2].rstrip(".") for value in answer.values]
    if not hosts:
        return (_without(subject, domain, addresses(ask, domain)),)
    if hosts == [""]:
        return (wrong(subject, "it says that it takes no mail", "name the host that takes bounces"),)
    found = tuple(_target(subject, host, ask) for host in hosts)
    return tuple(each for each in found if each.level != "ok") or (fine(subject, ", ".join(hosts)),)


def takes_mail(domain: str, ask: Ask) -> bool:
    """False where mail to `domain` certainly arrives nowhere: there is no host for it, or it says so itself.

    RFC 5321, section 5; RFC 7505 (null MX). Where DNS is in trouble nothing is certain.
    """
    answer = ask(domain, "MX")
    if answer.trouble:
        return True
    if answer.values:
        return any(value.partition(" ")[2] != "." for value in answer.values)
    found = addresses(ask, domain)
    return bool(found.values or found.trouble)


def _without(subject: str, domain: str, answer: Answer) -> Verdict:
    remedy = f"make an MX record at {domain} that names the host which takes bounces"
    if answer.trouble:
        return unknown(subject, answer)
    if answer.values:
        return look(subject, "there is none; mail goes to the address of the domain itself", remedy)
    return wrong(subject, "there is none: no bounce can arrive", remedy)


def _target(subject: str, host: str, ask: Ask) -> Verdict:
    answer = addresses(ask, host)
    if answer.trouble:
        return unknown(subject, answer)
    if not answer.values:
        return wrong(subject, f"{host or 'a record'} has no address", "name a host (no number) that exists")
    return fine(subject, host)


def judge_ptr(relay: str, found: tuple[str, ...], ask: Ask) -> tuple[Verdict, ...]:
    """Whether public addresses of a relay have names that lead back to them (RFC 1912, 2.1).

    Gmail and Yahoo ask for it. Of private addresses nothing can be said.
    """
    public = [address for address in found if ip_address(address).is_global]
    if not public:
        said = "it has no public address, so the name of the one that it delivers from cannot be seen"
        remedy = "look it up there (dig -x ADDRESS); it has to have a name that leads back to it"
        return (look(f"PTR of {relay}", said, remedy),)
    return tuple(verdict for address in public for verdict in _reverse(f"PTR of {address}", address, ask))


def _reverse(subject: str, address: str, ask: Ask) -> Iterator[Verdict]:
    remedy = "whoever rents out the address sets it; if the relay delivers from others, those count"
    answer = ask(ip_address(address).reverse_pointer, "PTR")
    names = [name.rstrip(".") for name in answer.values]
    if answer.trouble:
        yield unknown(subject, answer)
    elif not names:
        yield look(subject, "the address has no name", remedy)
    elif back := [name for name in names if _leads_to(name, address, ask)]:
        yield fine(subject, f"{back[0]}, which leads back to it")
    else:
        yield look(subject, f"{names[0]} does not lead back to it", remedy)


def _leads_to(name: str, address: str, ask: Ask) -> bool:
    return any(ip_address(each) == ip_address(address) for each in addresses(ask, name).values)
