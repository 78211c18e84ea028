"""A template in MJML and its values in -> the HTML of a mail out: checked, converted, styles inlined.

mjml-python (mrml) makes the HTML; it does not inline `<mj-style inline>`, so css-inline puts `css` into
the elements. The style sheets in the head (MJML's own, the dark scheme) stay there.
"""

import re
from collections.abc import Mapping

from css_inline import CSSInliner, InlineError
from jinja2 import Environment
from mjml import mjml2html

from publisher.errors import Problems, PublishError
from publisher.newsletter.places import trace
from publisher.newsletter.validate import Fault, faults
from publisher.templating import fill

# What every mail's HTML must have (specs: M34, M35); mrml writes lang="und" when the template names none.
_WANTED = (
    (r"<html[^>]*\slang=\"(?!und\b)[^\"]+\"", "the mail has no language", "write <mjml lang=…>"),
    (r"<title>\s*[^<\s]", "the mail has no title", "write <mj-title> in <mj-head>"),
    (
        r"<meta[^>]*\sname=\"color-scheme\"",
        "the mail says no colour scheme",
        'write <mj-raw><meta name="color-scheme" content="light dark" /></mj-raw> in <mj-head>',
    ),
)


# Comments (but for those that mean something to Outlook), and space before components: mrml reads neither
# everywhere, and both are only weight in a mail.
_COMMENT = r"<!--(?!\[if[^\]]*\]>|<!\[endif\]-->).*?-->"
_NOISE = re.compile(rf"(?:\s|(?>{_COMMENT}))++(?=</?mj)|{_COMMENT}", re.DOTALL)
# A start tag as css-inline writes it: values in double quotes.
_TAG = re.compile(r"""<[A-Za-z][^\s<>"]*+(?:\s++[^\s=<>"]++(?:="[^"]*+")?+)++\s*+/?>""")
# What a story about attacks may say, anywhere, and between tags.
_TRAP = re.compile(r"\son\w+=|javascript:|data:image", re.IGNORECASE)
_WORDS = re.compile(r">[^<>]*=[^<>]*<")


def to_html(made: Environment, name: str, values: Mapping[str, object], css: str = "") -> str:
    """The template `name` as one HTML document, with the rules of `css` inlined.

    Raises PublishError (Problems when there are several mistakes), each with the line of the template,
    or of the template that it includes.
    """
    html, found = _convert(fill(made, name, values))
    if not found:
        return _inline(html, css)
    places = trace(made, name, values)
    problems = [PublishError(places.at(fault.offset), fault.message, fault.hint) for fault in found]
    once = {str(problem): problem for problem in problems}  # a mistake in a loop is one mistake
    raise problems[0] if len(once) == 1 else Problems(once.values())


def _convert(source: str) -> tuple[str, tuple[Fault, ...]]:
    """The HTML, and what is wrong with the source or misses in the HTML."""
    if found := faults(source):
        return "", found
    clean = _NOISE.sub("", source)
    try:
        html = mjml2html(clean)
    except BaseException as error:
        # A panic of the library's Rust is a BaseException that cannot be imported.
        if not isinstance(error, ValueError) and type(error).__name__ != "PanicException":
            raise
        return "", (Fault(_offset(str(error), clean, source), f"MJML: {error}"),)
    return html, tuple(_missing(html))


def _offset(message: str, clean: str, source: str) -> int:
    """Where in the source the library stopped; it counts bytes of what it was given."""
    said = re.search(r"position (\d+)", message)
    offset = len(clean.encode()[: int(said[1])].decode(errors="ignore")) if said else 0
    for gap in _NOISE.finditer(source):
        if gap.start() > offset:
            break
        offset += len(gap[0])
    return offset


def _missing(html: str) -> list[Fault]:
    found = [Fault(0, message, hint) for want, message, hint in _WANTED if not re.search(want, html)]
    if left := re.search(r"<mj-[\w-]*", html):
        found.append(Fault(0, f"{left[0]}> was not converted", "is it inside of a comment?"))
    return found


def _inline(html: str, css: str) -> str:
    inliner = CSSInliner(
        inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=css
    )
    try:
        return _dense(_disarmed(_TAG.sub(_escaped, inliner.inline(html))))
    except InlineError as error:
        raise PublishError("newsletter/digest.css", f"the styles cannot be inlined: {error}") from error


def _dense(html: str) -> str:
    """Without the indents of the style sheets in the head, where no space is read."""
    head, end, body = html.partition("</head>")
    return re.sub(r"\s{2,}", "\n", head) + end + body


def _disarmed(html: str) -> str:
    """The same words; filters that read mails with patterns do not take them for what they tell about."""
    quoted = _WORDS.sub(lambda words: words[0].replace("=", "&#61;"), html)
    return _TRAP.sub(lambda trap: trap[0].replace("=", "&#61;").replace(":", "&#58;"), quoted)


def _escaped(tag: re.Match[str]) -> str:
    """The tag without bare angle brackets in its values: legal in HTML, but not every mail reader knows."""
    inner = tag[0][1:-1]
    return f"<{inner.replace('<', '&lt;').replace('>', '&gt;')}>"
