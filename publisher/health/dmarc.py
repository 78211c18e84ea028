"""A sender's domain and who asks DNS in -> what is to be said of its DMARC record, and what passes it."""

import re
from collections.abc import Iterator, Mapping

from publisher.health.answers import Answer, Ask, unknown
from publisher.health.dmarc_record import Policy, Walked, read_dmarc, walk
from publisher.health.verdict import Verdict, fine, look, wrong

_POLICIES = frozenset({"none", "quarantine", "reject"})
_REPORTS = re.compile(r"mailto:[^@\s,!]+@([A-Za-z0-9.-]+\.[A-Za-z0-9-]+)(?:![0-9]+[kmgt]?)?", re.IGNORECASE)


def judge_dmarc(domain: str, ask: Ask) -> tuple[Verdict, ...]:
    """Verdicts on the record that holds for mails from `domain`."""
    subject, walked = f"DMARC of {domain}", walk(domain, ask)
    if walked.several:
        at = f"_dmarc.{walked.several[0]}"
        return (wrong(subject, f"{at} has several DMARC records; none of them counts", "leave one"),)
    policy = walked.policy
    if policy is None:
        return (_none(subject, domain, walked, ask),)
    asked = _asked(policy, domain)
    if asked not in _POLICIES:
        said = f"p= is {asked!r}" if asked else "there is no p="
        return (wrong(subject, f"{said} at _dmarc.{policy.at}", 'it is "none", "quarantine" or "reject"'),)
    found = (*_reports(subject, policy, ask), *_halfway(subject, policy))
    where = "" if policy.at == domain else f", by the record of {policy.at}"
    return found or (fine(subject, f"p={asked}{where}; reports go to {policy.tags['rua']}"),)


def _none(subject: str, domain: str, walked: Walked, ask: Ask) -> Verdict:
    if walked.unanswered:
        return unknown(subject, ask(f"_dmarc.{walked.unanswered[0]}", "TXT"))
    near = [text for text in ask(f"_dmarc.{domain}", "TXT").values if "dmarc" in text.lower()[:12]]
    said = "there is no DMARC record" + (f"; {near[0][:60]!r} is none" if near else "")
    remedy = f'make a TXT record at _dmarc.{domain}: "v=DMARC1; p=none; rua=mailto:dmarc@{domain}"'
    return wrong(subject, said, remedy)


def _asked(policy: Policy, domain: str) -> str:
    """What receivers are asked to do: for a domain below the record's by `sp`, if there is one."""
    own = policy.tag("p")
    return own if policy.at == domain else policy.tag("sp", own)


def _reports(subject: str, policy: Policy, ask: Ask) -> Iterator[Verdict]:
    """Reports show who sends as you. A foreign domain has to agree to get them (RFC 7489, 7.1; RFC 9990)."""
    if not policy.tags.get("rua"):
        yield look(subject, "nobody gets its reports", f"add rua=mailto:dmarc@{policy.at}")
        return
    for uri in policy.tags["rua"].split(","):
        found = _REPORTS.fullmatch(uri.strip())
        if not found:
            yield look(subject, f"{uri.strip()!r} gets no reports", "rua=mailto:dmarc@example.org")
            continue
        host = found[1].lower()
        if host == policy.at or host.endswith(f".{policy.at}") or policy.at.endswith(f".{host}"):
            continue
        name = f"{policy.at}._report._dmarc.{host}"
        answer: Answer = ask(name, "TXT")
        if not answer.trouble and not any(map(read_dmarc, answer.values)):
            said = f"{host} does not say that it takes reports about {policy.at}"
            yield look(subject, said, f'its owner makes a TXT record at {name}: "v=DMARC1"')


def _halfway(subject: str, policy: Policy) -> Iterator[Verdict]:
    if policy.tag("t") == "y" or policy.tag("pct", "100") != "100":
        said = "it says that it is a test, so that a milder policy holds"
        yield look(subject, said, "take t= and pct= out when its reports are clean")


def judge_alignment(sender: str, envelope: str, signed: Mapping[str, str], ask: Ask) -> tuple[Verdict, ...]:
    """Whether mails from `sender` can pass DMARC: by a signature (selector -> d=), or by the envelope.

    One of them has to be of the sender's organisation, or of the very domain where that is asked for.
    """
    subject, own = f"alignment with {sender}", walk(sender, ask)
    if own.unanswered and not own.policies:
        return (unknown(subject, ask(f"_dmarc.{own.unanswered[0]}", "TXT")),)
    names = {*signed.values(), envelope}
    fits = {name: name == sender or walk(name, ask).organisation == own.organisation for name in names}
    signs = any(each == sender if _strict(own, "adkim") else fits[each] for each in signed.values())
    posts = envelope == sender if _strict(own, "aspf") else fits[envelope]
    if signs and posts:
        return (fine(subject, f"signature and envelope ({envelope}) are of the sender's domain"),)
    if signs:
        said = f"only the signature is; bounces go to {envelope}, so SPF proves nothing for DMARC"
        return (look(subject, said, f"let [sending] bounces be a domain below {own.organisation}"),)
    return (_by_envelope(subject, sender, envelope, posts, bool(signed)),)


def _strict(walked: Walked, tag: str) -> bool:
    """Whether the very same domain is asked for (RFC 9989, 4.4), not only one of the organisation."""
    return walked.policy is not None and walked.policy.tag(tag, "r") == "s"


def _by_envelope(subject: str, sender: str, envelope: str, posts: bool, signed: bool) -> Verdict:
    remedy = f"sign as d={sender} (here with [dkim.SELECTOR], or at the relay), or let bounces go there"
    if posts and not signed:
        said = f"the envelope ({envelope}) is; the signature is the relay's, and cannot be seen from here"
        return look(subject, said, f"send one mail to yourself and look for dkim=pass with d={sender} in it")
    if posts:
        return look(subject, f"only the envelope ({envelope}) is, which forwarding breaks", remedy)
    if signed:
        return wrong(subject, f"neither signature nor envelope ({envelope}) is: DMARC fails", remedy)
    said = f"the envelope ({envelope}) is not; all depends on the relay's signature"
    return look(subject, said, remedy)
