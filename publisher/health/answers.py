"""What DNS answers, as values; whoever asks is given as a function."""

from collections.abc import Callable
from dataclasses import dataclass

from publisher.health.verdict import Verdict, look


@dataclass(frozen=True, slots=True)
class Answer:
    """The records of a name, as text: an address, `10 mx.example.org`, a host, a TXT with its parts joined.

    Without any the name has none of that type. `trouble` says why nobody knows.
    """

    values: tuple[str, ...] = ()
    trouble: str = ""


Ask = Callable[[str, str], Answer]  # a name and a type of record


def unknown(subject: str, answer: Answer) -> Verdict:
    """The verdict where DNS gave no answer: it is nothing that anybody could judge."""
    remedy = "try again; if it stays, ask another server with --resolver ADDRESS"
    return look(subject, f"DNS gave no answer: {answer.trouble}", remedy)


def addresses(ask: Ask, host: str) -> Answer:
    """All addresses of a host, of both kinds; `trouble` only where none was found because of it."""
    both = ask(host, "A"), ask(host, "AAAA")
    values = tuple(value for answer in both for value in answer.values)
    return Answer(values, "" if values else both[0].trouble or both[1].trouble)
