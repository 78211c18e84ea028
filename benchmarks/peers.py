"""A text and its language in -> the text as jusText and trafilatura leave it.

Both expect the HTML of a page. Each line becomes a paragraph: all that is left of a page without its DOM.
Needs the packages of the dependency group `bench`.
"""

from functools import cache
from html import escape

import justext
import trafilatura

STOPLISTS = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ko": "Korean", "lt": "Lithuanian", "nb": "Norwegian_Bokmal", "nl": "Dutch",
    "no": "Norwegian_Bokmal", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sv": "Swedish", "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
}  # fmt: skip


def paragraphs(text: str) -> str:
    """One `<p>` for each line that is not blank, in the smallest page there can be."""
    body = "\n".join(f"<p>{escape(line.strip())}</p>" for line in text.split("\n") if line.strip())
    return f"<html><body>\n{body}\n</body></html>"


def justexted(text: str, language: str) -> str:
    """Unlike the others, jusText is told the language; without a list of its words it goes by length."""
    words = _stoplist(language)
    bounds = {} if words else {"stopwords_low": 0.0, "stopwords_high": 0.0}
    found = justext.justext(paragraphs(text), words, **bounds)
    return "\n\n".join(part.text for part in found if not part.is_boilerplate)


def trafilatured(text: str) -> str:
    return trafilatura.extract(paragraphs(text)) or ""


@cache
def _stoplist(language: str) -> frozenset[str]:
    name = STOPLISTS.get(language[:2])
    return justext.get_stoplist(name) if name else frozenset()
