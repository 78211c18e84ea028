"""A domain and who asks DNS in -> what is to be said of its SPF record (RFC 7208)."""

from collections.abc import Iterator

from publisher.health.answers import Answer, Ask, unknown
from publisher.health.spf_record import Spf, Term, read_spf, spf_texts
from publisher.health.verdict import Verdict, fine, look, wrong

MOST_LOOKUPS = 10  # section 4.6.4
_MOST_VOID = 2
_MOST_HOSTS = 10
_STOP = 40  # a record that needs more is not followed further
_COUNTED = frozenset({"include", "a", "mx", "ptr", "exists"})


def judge_spf(domain: str, ask: Ask, needed: bool = True) -> tuple[Verdict, ...]:
    """Verdicts on `domain`. Not `needed`: no mail has it on its envelope, so a missing one is bearable."""
    subject = f"SPF of {domain}"
    answer = ask(domain, "TXT")
    if answer.trouble:
        return (unknown(subject, answer),)
    texts = spf_texts(answer.values)
    if len(texts) != 1:
        return (_none(subject, domain, answer, needed) if not texts else _several(subject, texts),)
    try:
        record = read_spf(texts[0])
    except ValueError as error:
        remedy = "mend it: receivers give up on the whole record (RFC 7208, 4.6)"
        return (wrong(subject, f"the record cannot be read: {error}", remedy),)
    walk = _Walk(ask)
    walk.visit(domain, record)
    found = (*_counted(subject, walk), *_ending(subject, record, walk))
    if found:
        return found
    said = f"{texts[0][:120]} ({walk.lookups} of {MOST_LOOKUPS} lookups)"
    return (fine(subject, said),)


def _none(subject: str, domain: str, answer: Answer, needed: bool) -> Verdict:
    near = [text for text in answer.values if "spf" in text.lower()[:8]]
    said = "there is no SPF record" + (f"; {near[0][:60]!r} is none" if near else "")
    remedy = f'make a TXT record at {domain}: "v=spf1 include:WHAT-YOUR-RELAY-SAYS -all"'
    return wrong(subject, said, remedy) if needed else look(subject, said, remedy)


def _several(subject: str, texts: tuple[str, ...]) -> Verdict:
    said = f"there are {len(texts)} SPF records; receivers count none of them (RFC 7208, 4.5)"
    return wrong(subject, said, "make one record of them, with all their mechanisms")


class _Walk:
    """Follows a record to all that it leads to, and counts what a receiver would ask."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.lookups = 0
        self.void = 0
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.unanswered: list[str] = []

    def visit(self, domain: str, record: Spf) -> None:
        for term in record.terms:
            if term.name == "all":
                return
            if term.name in _COUNTED:
                self._count(domain, term)
        if record.redirect:
            self.lookups += 1
            self._follow(record.redirect, "redirect=")

    def _count(self, domain: str, term: Term) -> None:
        self.lookups += 1
        if term.name == "ptr":
            self.notes.append(f"{domain} uses ptr, which is not to be used any more (RFC 7208, 5.5)")
        if term.computed or self.lookups > _STOP:
            return
        name = term.value.rstrip(".") or domain
        if term.name == "include":
            self._follow(name, "include:")
        elif term.name == "a":
            self._look_up(name, ("A", "AAAA"))
        elif term.name == "mx":
            hosts = self._look_up(name, ("MX",))
            if hosts > _MOST_HOSTS:
                self.problems.append(f"mx of {name} has {hosts} hosts, more than {_MOST_HOSTS} (4.6.4)")

    def _follow(self, name: str, by: str) -> None:
        if "%" in name or self.lookups > _STOP:
            return
        answer = self._ask(name, "TXT")
        texts = spf_texts(answer.values)
        if answer.trouble:
            self.unanswered.append(name)
        elif len(texts) != 1:
            said = "no SPF record" if not texts else f"{len(texts)} SPF records"
            self.problems.append(f"{by}{name} has {said}, so that the whole record fails (5.2)")
        else:
            try:
                record = read_spf(texts[0])
            except ValueError as error:
                self.problems.append(f"the record of {name} cannot be read: {error}")
                return
            self.visit(name, record)

    def _look_up(self, name: str, kinds: tuple[str, ...]) -> int:
        answers = [self._ask(name, kind) for kind in kinds]
        found = sum(len(answer.values) for answer in answers)
        if any(answer.trouble for answer in answers):
            self.unanswered.append(name)
        elif not found:
            self.void += 1
            self.notes.append(f"{name} has no {' or '.join(kinds)} record")
        return found


def _counted(subject: str, walk: _Walk) -> Iterator[Verdict]:
    """What makes receivers give up, then what they bear."""
    for problem in dict.fromkeys(walk.problems):
        yield wrong(subject, problem, "mend it, or take it out of the record")
    if walk.lookups > MOST_LOOKUPS:
        said = f"it needs {walk.lookups} lookups; receivers give up after {MOST_LOOKUPS} (RFC 7208, 4.6.4)"
        yield wrong(subject, said, "take out what no longer sends for you, or write ip4: and ip6: instead")
    if walk.void > _MOST_VOID:
        said = f"{walk.void} of its names do not exist; receivers give up after {_MOST_VOID} (4.6.4)"
        yield wrong(subject, f"{said}: {'; '.join(walk.notes)[:300]}", "take them out of the record")
    else:
        for note in dict.fromkeys(walk.notes):
            yield look(subject, note, "take it out of the record")
    if walk.unanswered:
        names = ", ".join(dict.fromkeys(walk.unanswered))
        yield look(subject, f"DNS gave no answer about {names}", "try again")


def _ending(subject: str, record: Spf, walk: _Walk) -> Iterator[Verdict]:
    """Whether the record keeps anybody out (5.1; 4.7: without an end it is neutral)."""
    if record.all == "+":
        yield wrong(subject, "it ends in +all: the whole world may send as you", 'write "-all" or "~all"')
    elif record.all == "?" or not (record.all or record.redirect):
        said = "it ends in ?all" if record.all else "it has no end"
        yield look(subject, f"{said}, so it keeps nobody out", 'let it end in "-all" or "~all"')
