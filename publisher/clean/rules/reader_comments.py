"""What readers wrote below the article.

Why: Comments are not the story, and nobody of the newsroom has written them. Long ones look like paragraphs
of the article, and on its subject they have its words.

Fix: They are dropped, from the first comment to the end of the last, if they stand below the article, are
three at least, and each has its date and time, and somebody who "says", or a button to answer it. What the
section is called, or such a button, has to be on the list of phrases. A live blog, a chronicle or an
interview has neither.

Example: Jane Sample says:
3 March 2031 at 10:15
I crossed twice that week, and both times it was late.
Reply
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence

from publisher.clean.dates import beside_stamps
from publisher.clean.marks import Mark, marks_of
from publisher.clean.report import quote
from publisher.clean.rule import define
from publisher.clean.text import label, plain, size
from publisher.model import Article, Edit, Finding

CODE = "CL019"
CONFIDENCE = 0.93
POSTS = 3  # comments at least
STORY = 60  # words above them at least
NAME, HEAD = 6, 8  # words of the line of a name, of what stands beside a date and time, at most
ABOVE, APART = 8, 40  # lines from the section's name to its first date, from one comment to the next, at most


def check(article: Article) -> Iterator[Finding]:
    marks = marks_of(article.lines)
    labels = [at for at, mark in enumerate(marks) if mark.grade and mark.grade.family == "comments"]
    if not labels:
        return
    for start, stop, posts in _threads(marks, labels):
        if sum(size(mark.line.text) for mark in marks[:start] if mark.story) < STORY:
            continue
        numbers = tuple(mark.line.number for mark in marks[start:stop])
        message = f"{posts} comments of readers: {quote(plain(marks[start].line.text))}"
        yield Finding(CODE, numbers, message, CONFIDENCE, Edit())


def _threads(marks: Sequence[Mark], labels: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(start, stop) of each run of comments, and how many they are."""
    count = Counter(label(marks[at].line.text) for at in labels)
    answers = [at for at in labels if count[label(marks[at].line.text)] > 1]
    names = sorted(set(labels).difference(answers))
    for heads in _runs([at for at, mark in enumerate(marks) if _head(mark)], names):
        ends = (*heads[1:], _end(marks, heads[-1]))
        spoken = [
            _spoken(marks, at) or any(at < answer < end for answer in answers)
            for at, end in zip(heads, ends, strict=True)
        ]
        posts = heads[spoken.index(True) :] if any(spoken) else []  # the article may have a date, too
        if len(posts) >= POSTS and 2 * sum(spoken) >= len(posts):
            start = _begin(marks, posts[0])
            if any(start - ABOVE <= at < ends[-1] for at in labels):
                yield start, ends[-1], len(posts)


def _runs(heads: Sequence[int], names: Sequence[int]) -> Iterator[list[int]]:
    """The dates of one section each: what names a section begins another."""
    run: list[int] = []
    for at in heads:
        if run and (at - run[-1] > APART or bisect(names, at) > bisect(names, run[-1])):
            yield run
            run = []
        # Two dates with nothing between are one comment's: when it was written, and when it was changed.
        if not run or at - run[-1] > 1:
            run.append(at)
    if run:
        yield run


def _head(mark: Mark) -> bool:
    """Whether a line tells when somebody wrote: a day with its time, or how long ago."""
    if mark.grade and mark.grade.family == "stamps":
        return True
    beside = beside_stamps(mark.line.text) if mark.kind in {"prose", "item"} else None
    return bool(beside and beside.timed and len(beside.before) + len(beside.after) <= HEAD)


def _spoken(marks: Sequence[Mark], at: int) -> bool:
    """Whether somebody is said to say what follows, in the line of the date or beside it."""
    return any(_says(mark) for mark in marks[max(0, at - 1) : at + 2])


def _says(mark: Mark) -> bool:
    text = plain(mark.line.text)
    return text.endswith((":", "：")) and size(text) <= NAME + HEAD


def _begin(marks: Sequence[Mark], head: int) -> int:
    """The name of who wrote stands above the date, or in its line."""
    above = marks[head - 1] if head else None
    named = above and above.kind in {"prose", "item", "heading"} and not above.story
    if above is None or not named or (above.grade and above.grade.family == "comments"):
        return head
    return head - 1 if size(above.line.text) <= NAME and (_says(above) or not above.sentence) else head


def _end(marks: Sequence[Mark], head: int) -> int:
    """The last comment goes on to the next heading, or to what is of another family of the page's lines."""
    for at in range(head + 1, len(marks)):
        grade = marks[at].grade
        if marks[at].kind == "heading" or (grade and grade.family not in {"comments", "share", "stamps"}):
            return at
    return len(marks)


RULE = define(CODE, "reader-comments", __doc__, check)
