"""DNS as a table: `{"example.org TXT": ["v=spf1 -all"]}`; `...` instead of a list is no answer."""

from collections.abc import Iterable, Mapping
from types import EllipsisType

from publisher.health.answers import Answer, Ask
from publisher.health.verdict import Verdict

Zone = Mapping[str, Iterable[str] | EllipsisType]


def table(zone: Zone) -> Ask:
    def ask(name: str, kind: str) -> Answer:
        found = zone.get(f"{name} {kind}", ())
        return Answer(trouble="silence") if isinstance(found, EllipsisType) else Answer(tuple(found))

    return ask


def levels(verdicts: Iterable[Verdict]) -> list[str]:
    return [each.level for each in verdicts]


def told(verdicts: Iterable[Verdict]) -> str:
    return " | ".join(f"{each.subject}: {each.said} -> {each.remedy}" for each in verdicts)
