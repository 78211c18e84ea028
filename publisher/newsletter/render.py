"""An issue and the templates in -> the digest as HTML and text out, small enough for every inbox.

Gmail cuts what is longer than about 102,400 bytes and hides the unsubscribe link with it. The HTML is
kept below that both decoded and encoded as quoted-printable: stories are left out from the end until it
fits, and not one more.
"""

from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from jinja2 import Environment

from publisher.errors import PublishError
from publisher.lazily import lazily
from publisher.model import Output
from publisher.newsletter.issue import Issue
from publisher.newsletter.leaving import Ways
from publisher.newsletter.marks import Marks
from publisher.newsletter.quoted import quoted_printable
from publisher.newsletter.view import Letter, letter
from publisher.settings import Publication
from publisher.site.links import within
from publisher.templating import fill

if TYPE_CHECKING:
    from publisher.newsletter import mjml
else:
    mjml = lazily("publisher.newsletter.mjml")

LIMIT = 102_400
_BREAKS = 64  # what line breaks that go round a reader's links may add


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished digest. `html` and `text` are for the mail, `web` is the page; `issue` is what they show.

    In the mail's parts `marks` stand where a reader's tokens belong, in the addresses of `ways`.
    """

    html: str
    text: str
    web: str
    issue: Issue
    ways: Ways
    marks: Marks


def render(issue: Issue, publication: Publication, made: Environment) -> Rendered:
    """The issue by `newsletter/digest.mjml` and `digest.txt`, shortened when it is too large.

    Raises PublishError with file and line for mistakes in the templates, and when even the lead alone
    does not fit into a mail.
    """
    fitting, html = _fitting(issue, publication, made)
    values = letter(fitting, publication)
    text = fill(made, "newsletter/digest.txt", {"letter": values})
    web = within(_html(letter(fitting, publication, web=True), made), publication)
    # The one environment escapes everything; a plain text takes the escape out again.
    return Rendered(html, unescape(text), web, fitting, values.ways, values.marks)


def page(rendered: Rendered) -> Output:
    """The digest's page on the site, for those who view it in a browser."""
    return Output(page_path(rendered.issue), rendered.web.encode())


def page_path(issue: Issue) -> str:
    """Where the page of an issue is, below the output folder."""
    return issue.url.strip("/") + "/index.html"


def size(html: str) -> int:
    """Bytes of the HTML in a mail, decoded or encoded, whichever is more."""
    return max(len(html.encode()), len(quoted_printable(html)) + _BREAKS)


def _fitting(issue: Issue, publication: Publication, made: Environment) -> tuple[Issue, str]:
    """The issue with as many stories as fit, and its HTML."""
    html = _html(letter(issue, publication), made)
    if size(html) < LIMIT:
        return issue, html
    best: tuple[Issue, str] | None = None
    low, high = 0, len(issue.cards) - 2
    while low <= high:
        middle = (low + high) // 2
        shorter = issue.shortened(middle)
        html = _html(letter(shorter, publication), made)
        if size(html) < LIMIT:
            best, low = (shorter, html), middle + 1
        else:
            high = middle - 1
    if best is None:
        hint = "shorten [tool.publish.newsletter] intro, or newsletter/digest.mjml"
        raise PublishError("newsletter/digest.mjml", f"the digest is never below {LIMIT:,} bytes", hint)
    return best


def _html(values: Letter, made: Environment) -> str:
    css = fill(made, "newsletter/digest.css", {"letter": values})
    return mjml.to_html(made, "newsletter/digest.mjml", {"letter": values}, css)
