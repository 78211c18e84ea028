"""A text of an article -> one safe line for a subject, a title or a plain-text part."""

import re

# Spaces and every control character (C0, DEL, C1, line and paragraph separators) become one space.
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# What is not seen but acts: bidi overrides and isolates (UAX 9), zero-width characters, lone surrogates,
# noncharacters. The marks U+200E/F and the joiners U+200C/D stay: Hebrew, Persian and emoji need them.
_HIDDEN = re.compile(
    r"[\u00ad\u180e\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# Where relays fill in values of their own: {{x}}, {%x%}, <%x%>, *|x|*, %recipient.x%; and names of link
# shorteners, for which filters take a mail for phishing, and of which mail programs make links.
_MARK = re.compile(
    r"(?<=\{)(?=[{%])|(?<=<)(?=%)|(?<=\*)(?=\|)|(?<=%)(?=recipient)"
    r"|(?<=\bbit\.)(?=ly\b)|(?<=tiny)(?=url)|(?<=\bgoo\.)(?=gl\b)|(?<=\bt\.)(?=co/)",
    re.IGNORECASE,
)
_WORD_JOINER = "\u2060"


def tidy(text: str) -> str:
    """One line without control characters, hidden characters or marks that a mail relay would fill in."""
    return _MARK.sub(_WORD_JOINER, _SPACE.sub(" ", _HIDDEN.sub("", text)).strip())


def bare(text: str) -> str:
    """The same without hidden characters and marks that a mail relay would fill in; lines stay."""
    return _MARK.sub(_WORD_JOINER, _HIDDEN.sub("", text))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters: cut after a whole word if there is one to cut after, then `…`."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if text[limit - 1] != " ":
        whole = head.rpartition(" ")[0]
        head = whole if len(whole) > limit // 2 else head
    return head.rstrip(" ,;:·–—-\u200d") + "…"
