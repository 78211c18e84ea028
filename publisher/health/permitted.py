"""A domain and an address that mails leave from -> whether the domain's SPF lets it (RFC 7208, section 4)."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from publisher.health.answers import Ask, unknown
from publisher.health.spf_record import Term, read_spf, spf_texts
from publisher.health.verdict import Verdict, fine, wrong

_DEPTH = 10
_Address = IPv4Address | IPv6Address


def judge_permitted(domain: str, address: str, ask: Ask) -> tuple[Verdict, ...]:
    """A verdict where the record can be followed; what is wrong with the record itself is said elsewhere."""
    subject = f"SPF of {domain} for {address}"
    answer = ask(domain, "TXT")
    if answer.trouble:
        return (unknown(subject, answer),)
    try:
        passed = _passes(domain, ip_address(address), ask, _DEPTH)
    except (ValueError, RecursionError, LookupError):
        return ()
    if passed:
        return (fine(subject, "the address may send"),)
    kind = "ip6" if ":" in address else "ip4"
    said = "mails leave from this address, which the record does not name"
    return (wrong(subject, said, f"put {kind}:{address} before the all of the record"),)


def _passes(domain: str, address: _Address, ask: Ask, depth: int) -> bool:
    """Raises ValueError for a record that cannot be read, LookupError for what cannot be known from here."""
    texts = spf_texts(ask(domain, "TXT").values)
    if len(texts) != 1 or not depth:
        raise ValueError(domain)
    record = read_spf(texts[0])
    for term in record.terms:
        if term.computed or term.name in {"ptr", "exists"}:
            raise LookupError(term.value)
        if _matches(term, domain, address, ask, depth):
            return term.qualifier == "+"
    return bool(record.redirect) and _passes(record.redirect, address, ask, depth - 1)


def _matches(term: Term, domain: str, address: _Address, ask: Ask, depth: int) -> bool:
    name = term.value.rstrip(".") or domain
    if term.name == "all":
        return True
    if term.name == "include":
        return _passes(name, address, ask, depth - 1)
    if term.name in {"ip4", "ip6"}:
        return address in ip_network(term.value, strict=False)
    hosts = [name]
    if term.name == "mx":
        hosts = [value.partition(" ")[2].rstrip(".") for value in ask(name, "MX").values]
    kind, length = ("AAAA", term.lengths[1]) if address.version == 6 else ("A", term.lengths[0])
    found = (each for host in hosts for each in ask(host, kind).values)
    return any(address in ip_network(f"{each}/{length}", strict=False) for each in found)
