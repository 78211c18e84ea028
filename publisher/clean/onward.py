"""The lines of an article in -> those that lead on to other pages of the same site, by label and links."""

import re
from collections.abc import Iterator, Sequence

from publisher.clean.marks import Mark, marks_of
from publisher.clean.text import size
from publisher.model import Line

HEADLINE = 3  # words in a link's text, that it may be a headline
LONGEST = 25  # words in a headline
SEVERAL = 2  # links, at least, below a heading
_LINK = r"\[(?:[^\[\]]|!\[[^\[\]]*\]\([^()]*\))*\]\((?P<address>[^()\s]+)[^()]*\)"
# a paragraph with a heading in its link is a card of its own; of those nothing is said here
_ENTRY = re.compile(
    rf"\s*(?:(?:[-*+•]|\d{{1,2}}[.)]|#{{2,6}})\s+|(?!\s*\[#))[*_]{{0,3}}{_LINK}[*_]{{0,3}}\s*"
)
_HOST = re.compile(r"(?:https?:)?//([^/?#]+)|/|[\w.-]+(?:[/?#]|$)")


def onward(lines: tuple[Line, ...]) -> Iterator[Line]:
    """A label such as "Related" with the lines right below it, if each of them is a link and nothing else,

    or if they are headlines with numbers from 1 on between.
    Below a heading there have to be SEVERAL. All lead to one site, and one is a headline at least: sources
    and further reading, which a story may name under such a heading, are of many.
    """
    marks = marks_of(lines)
    for at, mark in enumerate(marks):
        if (
            mark.grade is None
            or mark.grade.family != "related"
            or not (mark.grade.leads or mark.grade.strength == "sure")
        ):
            continue
        if counted := _counted(marks[at + 1 :]):
            yield from (each.line for each in (mark, *marks[at + 1 : at + 1 + counted]))
        entries = list(_entries(marks[at + 1 :]))
        if len(entries) >= (SEVERAL if mark.kind == "heading" else 1) and _of_one_site(entries):
            yield from (each.line for each in (mark, *marks[at + 1 : at + 1 + len(entries)]))


def _counted(below: Sequence[Mark]) -> int:
    """How many lines below a label are "1", a headline, "2", a headline and so on; 0 for one pair."""
    pairs = 0
    for number, headline in zip(below[::2], below[1::2], strict=False):
        said = number.line.text.strip(" .)")
        if said != str(pairs + 1) or not HEADLINE <= size(headline.line.text) <= LONGEST or headline.sentence:
            break
        pairs += 1
    return 2 * pairs if pairs > 1 else 0


def _entries(below: Sequence[Mark]) -> Iterator[re.Match[str]]:
    for mark in below:
        entry = _ENTRY.fullmatch(mark.line.text)
        if entry is None:
            return
        yield entry


def _of_one_site(entries: Sequence[re.Match[str]]) -> bool:
    hosts = {host[1] for entry in entries if (host := _HOST.match(entry["address"]))}
    return len(hosts) == 1 and any(size(entry[0]) >= HEADLINE for entry in entries)
