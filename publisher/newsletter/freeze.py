"""A rendered issue in -> its mail out, frozen once: every reader's is spliced from it.

What was made is read again before it is given out: a mail that would say anything but what was meant, in
its headers or its parts, is an error and never sent.
"""

from html import unescape

from publisher.errors import PublishError
from publisher.newsletter.headers import Field
from publisher.newsletter.mail import assemble
from publisher.newsletter.render import Rendered
from publisher.newsletter.splice import SAMPLE, splice, values_of
from publisher.newsletter.verify import verify_headers, verify_parts
from publisher.settings import Publication


def freeze(rendered: Rendered, publication: Publication, *, preview: bool = False) -> bytes:
    """The issue's mail, made once, with marks for everything that is a reader's.

    A mail to a sample reader is read again and compared with what was meant. Raises PublishError where the
    configuration lacks a sender or (but for a `preview`, which is not for sending) a way to leave, and when
    a mail would say anything but what it should.
    """
    if not preview:
        _demand_way_out(rendered)
    made = assemble(rendered, publication, preview=preview)
    message = made.message
    raw = splice(message, SAMPLE)
    own = {mark.decode("latin-1"): value.decode() for mark, value in values_of(SAMPLE).items()}
    fields = tuple(Field(field.name, _replaced(field.value, own)) for field in made.fields)
    verify_headers(raw, fields, {**made.texts, "To": f"<{SAMPLE.address}>"})
    tokens = {rendered.marks.unsubscribe: SAMPLE.token, rendered.marks.preferences: SAMPLE.preferences}
    verify_parts(raw, _replaced(rendered.text, tokens), _replaced(rendered.html, tokens))
    return message


def _demand_way_out(rendered: Rendered) -> None:
    """Readers leave by what they see (CAN-SPAM, 16 CFR 316.5), whatever the headers say."""
    leave = rendered.ways.unsubscribe
    for part, text in (("digest.txt", rendered.text), ("digest.mjml", unescape(rendered.html))):
        if leave not in text:
            hint = "the templates must show letter.unsubscribe"
            raise PublishError(f"newsletter/{part}", "there is no way to leave in its mail", hint)


def _replaced(text: str, values: dict[str, str]) -> str:
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text
