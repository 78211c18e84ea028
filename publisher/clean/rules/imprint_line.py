"""Several fields in one line: author, publication and update.

Why: each of them belongs into its own field of front matter.

Fix: each moves to its field, if that is empty, and the line with them. A line that says something else than
front matter does is reported.

Example: "By Ada Example – 3 March 2031", "Published 3 March 2031 | Updated 4 March 2031".
"""

from collections.abc import Iterator

from publisher.clean.dates import stamps, with_years
from publisher.clean.edits import NAMES, empty
from publisher.clean.imprint import Fields, imprint
from publisher.clean.place import closing, edges, opening
from publisher.clean.report import quote
from publisher.clean.rule import define
from publisher.clean.text import raw_label
from publisher.model import Article, Edit, Finding, FrontMatter, Line

CODE = "PR006"


def check(article: Article) -> Iterator[Finding]:
    several = [(line, stated) for line in with_years(article.lines) if (stated := imprint(line.text))]
    near = {line.number for line in edges(article.lines)} if several else set()
    around = {line.number for line in (*opening(article.lines), *closing(article.lines)) if several}
    for line, stated in several:
        if line.number not in near:
            continue
        if not (line.number in around or "authors" in dict(stated) or _labelled(line)):
            continue
        message = f"stated in the text: {', '.join(f'{field} {value}' for field, value in stated)}"
        agrees = all(
            empty(article.front, field) or _same(article.front, field, value) for field, value in stated
        )
        if not agrees:
            message += f", not what front matter says: {quote(line.text)}"
        moves: Fields = tuple((field, value) for field, value in stated if empty(article.front, field))
        yield Finding(CODE, (line.number,), message, 0.95 if agrees else 0.6, Edit(moves=moves))


def _labelled(line: Line) -> bool:
    moments = stamps(line.text)
    return bool(moments) and moments[0].labelled


def _same(front: FrontMatter, field: str, value: str) -> bool:
    if field == "authors":
        return {raw_label(name) for name in value.split(NAMES)} <= {raw_label(name) for name in front.authors}
    known = front.date if field == "date" else front.updated
    return known is not None and known.date().isoformat() == value[:10]


RULE = define(CODE, "imprint-line", __doc__, check)
