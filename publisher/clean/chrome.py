"""The lines of an article in -> which of them are page furniture, of which family, and how sure that is.

Three kinds of evidence: what a line says (the lexicon), where it stands (before the story, within it,
after it), and what stands beside it. Lines with a form of their own (code, tables, quotes, numbered
lists, lists that are not furniture as a whole) are spared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publisher.clean.dates import stamps
from publisher.clean.entries import formless, recurring
from publisher.clean.marks import Mark, button, marks_of
from publisher.clean.memory import remembered
from publisher.clean.names import byline, person
from publisher.clean.speech import turns, unspoken
from publisher.clean.structure import stanza
from publisher.clean.text import label, size, words
from publisher.model import Article, Line

LEFTOVER = "leftover"  # the family of lines that only their neighbours give away
SURE, NEAR, LEAD = 0.97, 0.95, 0.92
LONGEST = 40  # headlines of one list
_ENDINGS = frozenset({"related", "comments", "newsletter", "subscribe", "rights"})
_NOTE = re.compile(r"\s*\([^()]*\)\s*$")
STATED = 3  # words of a sentence of the story, at least
STEM, TOLD = 5, 9  # letters in which forms of a word agree; lines that are looked at for it


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a line goes: its family and how sure that is."""

    family: str
    confidence: float


def marked(article: Article, family: str) -> Sequence[tuple[Line, float]]:
    """The lines of an article that are furniture of one family, each with how sure that is."""
    return _by_family(article.lines, bool(article.front.title)).get(family, ())


@remembered
def _by_family(lines: tuple[Line, ...], titled: bool) -> dict[str, list[tuple[Line, float]]]:
    verdicts = furniture(lines, titled)
    found: dict[str, list[tuple[Line, float]]] = {}
    for line in lines if verdicts else ():
        if verdict := verdicts.get(line.number):
            found.setdefault(verdict.family, []).append((line, verdict.confidence))
    return found


@remembered
def furniture(lines: tuple[Line, ...], titled: bool) -> dict[int, Verdict]:
    """Line number -> verdict, for each line that is page furniture.

    Not `titled`: the first line may be the title, and goes only if it is a button beyond doubt.
    """
    marks = list(recurring(formless(unspoken(marks_of(lines), titled))))
    if marks and not titled and (not button(marks[0]) or _title(marks)):
        marks[0] = marks[0]._replace(grade=None)
    if all(mark.grade is None for mark in marks):
        return {}
    first = next((index for index, mark in enumerate(marks) if mark.story), len(marks))
    last = next((index for index in range(len(marks) - 1, -1, -1) if marks[index].story), -1)
    found: dict[int, Verdict] = {}
    for start, stop in _runs(marks):
        for mark in _removable(marks, start, stop, (first, last)):
            if mark.grade is not None:
                found[mark.line.number] = Verdict(mark.grade.family, SURE if mark.sure else NEAR)
    _add_tail(marks[last + 1 :] if last >= 0 else (), found)
    _add_end(marks, found)
    _add_followers(marks, found, last, lines)
    _add_contents(marks, found)
    return found


def _title(marks: Sequence[Mark]) -> bool:
    """Whether a first line, though it reads like a button, is a title: the story begins right below it,

    and says one of its words.
    """
    named = {word[:STEM] for word in words(marks[0].line.text) if len(word) >= STEM}
    below = [mark for mark in marks[1:TOLD] if mark.kind == "prose"]
    if len(marks) < 2 or not (marks[1].story and below):
        return False
    return any(word[:STEM] in named for mark in below for word in words(mark.line.text))


def _runs(marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Maximal runs of lines that the lexicon knows."""
    start = None
    for index, mark in enumerate(marks):
        if mark.grade is not None and start is None:
            start = index
        elif mark.grade is None and start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(marks)


def _removable(marks: Sequence[Mark], start: int, stop: int, story: tuple[int, int]) -> Sequence[Mark]:
    """The lines of a run that go: all, if the run is furniture as a whole, else the sure ones."""
    run = marks[start:stop]
    sure = sum(mark.sure for mark in run)
    likely = len(run) - sure
    first, last = story
    if start > last >= 0 and stop == len(marks):
        return run if sure or len(run) > 1 or not _attached(marks, start) else ()
    if start < first:
        return run if sure or likely >= 2 or _signed(marks, start, stop) else ()
    if sure or likely >= 4:
        return run
    return ()


def _attached(marks: Sequence[Mark], index: int) -> bool:
    """Whether a line goes on with the one above: "A. Reader", "By email", without a blank line between."""
    above = marks[index - 1]
    beside = above.line.number + 1 == marks[index].line.number and above.grade is None
    parted = any(marks[at].line.number > marks[at - 1].line.number + 1 for at in range(1, len(marks)))
    return beside and parted and not above.sentence and bool(person(_NOTE.sub("", above.line.text)))


def _signed(marks: Sequence[Mark], start: int, stop: int) -> bool:
    """Whether a byline or the date of the page stands right above or below a run."""
    beside = [mark.line.text for mark in (*marks[max(1, start) - 1 : start], *marks[stop : stop + 1])]
    return start > 0 and any(byline(text) or stamps(text) for text in beside)


def _add_tail(tail: Sequence[Mark], found: dict[int, Verdict]) -> None:
    """After the last paragraph: short lines between furniture, and a few behind it, go too."""
    known = [index for index, mark in enumerate(tail) if mark.grade is not None]
    sure = sum(tail[index].sure for index in known)
    if len(known) < 2 or not sure:
        return
    span = tail[known[0] : known[-1] + 1]
    if 2 * len(known) < len(span):
        return
    behind = tail[known[-1] + 1 :]
    extra = behind if len(behind) <= 2 and len(known) >= 3 else ()
    for mark in (*span, *extra):
        if mark.grade is not None:
            found.setdefault(mark.line.number, Verdict(mark.grade.family, NEAR))
        elif mark.kind in {"prose", "heading"} and size(mark.line.text) <= 10 and not mark.sentence:
            found.setdefault(mark.line.number, Verdict(LEFTOVER, LEAD))


def _add_end(marks: Sequence[Mark], found: dict[int, Verdict]) -> None:
    """Behind the last sentence, what follows a link list, comment box or call is the page's."""
    spoken = frozenset(turns(marks))
    backwards = range(len(marks) - 1, -1, -1)
    sentences = (at for at in backwards if at in spoken or marks[at].said or _told(marks[at]))
    last = next(sentences, None)
    if last is None or next(sentences, None) is None:
        return
    known = sum(mark.grade is not None for mark in marks[last + 1 :])
    for index in range(last + 1, len(marks) - 1):
        head, behind = marks[index], len(marks) - index - 1
        known -= head.grade is not None
        if head.grade is None or head.kind == "heading":
            continue
        ending = head.grade.family in _ENDINGS
        opens = head.sure or head.grade.leads or (ending and head.line.text.rstrip().endswith(":"))
        if (opens and ending) or (3 * known >= behind and (opens or known >= 2)):
            for mark in marks[index:]:
                found.setdefault(
                    mark.line.number, Verdict(mark.grade.family if mark.grade else LEFTOVER, LEAD)
                )
            return


def _told(mark: Mark) -> bool:
    """Whether a line is a sentence, if a short one: a story may end with it."""
    return mark.grade is None and mark.kind == "prose" and mark.sentence and size(mark.line.text) >= STATED


def _add_followers(
    marks: Sequence[Mark], found: dict[int, Verdict], last: int, lines: tuple[Line, ...]
) -> None:
    """A heading such as "Read also" takes the headline (or the list of headlines) below it along."""
    heads = [at for at, mark in enumerate(marks[:-1]) if mark.grade is not None and mark.grade.leads]
    place = {line.number: at for at, line in enumerate(lines) if not line.blank} if heads else {}
    for index in heads:
        mark = marks[index]
        if mark.kind == "heading":
            continue
        if (
            size(mark.line.text) == 1
            and (index <= last or last < 0)
            and stanza(lines, place[mark.line.number])
        ):
            continue  # "More" may begin a verse
        count = _headlines(marks[index + 1 : index + 1 + LONGEST], index > last >= 0)
        if not count:
            continue
        for follower in (mark, *marks[index + 1 : index + 1 + count]):
            found.setdefault(follower.line.number, Verdict("related", LEAD))


def _add_contents(marks: Sequence[Mark], found: dict[int, Verdict]) -> None:
    """A table of contents: below "In this article" lines that say what headings farther down say again."""
    headings = {label(mark.line.text) for mark in marks if mark.kind == "heading"} - {""}
    if len(headings) < 2:
        return
    for index, mark in enumerate(marks):
        if mark.grade is None or mark.kind == "heading":
            continue
        stop = index + 1
        while stop < len(marks) and _entry(marks[stop], headings):
            stop += 1
        if stop - index > 2:
            for entry in marks[index:stop]:
                found.setdefault(entry.line.number, Verdict("related", LEAD))


def _entry(mark: Mark, headings: Iterable[str]) -> bool:
    said = label(mark.line.text) if mark.kind in {"prose", "item"} else ""
    return bool(said) and any(f"{heading} ".startswith(f"{said} ") for heading in headings)


def _headlines(below: Sequence[Mark], tail: bool) -> int:
    """How many lines below a heading are headlines: one in the story, a list as a whole, all in the tail."""
    if below[0].kind == "item":
        stop = next((i for i, mark in enumerate(below) if mark.kind != "item"), len(below))
        return stop if all(_headline(mark) for mark in below[:stop]) else 0
    stop = next((i for i, mark in enumerate(below) if not _headline(mark)), len(below))
    if tail:
        return stop
    return 1 if stop == 1 else 0


def _headline(mark: Mark) -> bool:
    return (
        mark.kind in {"prose", "item"}
        and 3 <= size(mark.line.text) <= 25
        and not mark.sentence
        and mark.line.text.rstrip()[-1:] not in {":", ",", ";"}
    )
