"""A line's text in -> its cells: all that can be said of it without its neighbours, as named numbers.

Most questions are asked only of lines whose characters or words allow for a yes.
"""

import re
from operator import itemgetter

from publisher.clean.dates import clock_line, stamps
from publisher.clean.names import byline, credit, person
from publisher.clean.phrases import grade
from publisher.clean.scorer.idioms import NAMES as IDIOMS
from publisher.clean.scorer.idioms import idioms
from publisher.clean.scorer.vocabulary import GROUPS, address, function, groups
from publisher.clean.text import plain, size, words

LONG = 60  # words; longer lines all look the same
SHORT = 20  # tokens; a longer line is no byline, credit or time stamp
HEAD, TAIL = 140, 40  # characters of a long line that tell what it is, and
TOLD = 25  # tokens
SPOKEN = 60  # tokens in which idioms are looked for
END = (
    "words", "word_length", "sentence_end", "asks", "exclaims", "trails", "colon_end", "closer_end",
)  # fmt: skip
CELLS = (
    *END,
    "starts_small", "starts_digit", "starts_mark", "capitals", "shouting", "digits", "commas",
    "quotes", "separators", "address_sign", "web_address", "copyright", "links", "linked",
    "picture", "card", "function_words", "to_reader", "of_page", "wide_script", "clock", "stamp", "person",
    "byline", "credit", "year", "time", "agency", "kicker", "known_sure", "known_likely", "leads",
    "opens_known", "known_words", *GROUPS, *IDIOMS, "signals", "signal_share",
)  # fmt: skip
PLACE = {name: number for number, name in enumerate(CELLS)}
_SIGNS = (
    "address_sign", "web_address", "copyright", "clock", "stamp", "person", "byline", "credit",
    "time", "agency", "known_sure", "known_likely", "leads", "opens_known", "call_words", "share_words",
    "related_words", "ad_words", "tool_words", "time_words", "trails", "separators", "of_page", "to_reader",
    "idiom_call", "idiom_note", "idiom_page",
)  # fmt: skip
_signs = itemgetter(*(PLACE[name] for name in _SIGNS))
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
# a heading in a link; a picture and words in one
_CARD = re.compile(r"\[\s*#{1,6}\s|^\W*\[!\[[^\[\]]*\]\([^()]*\)[^\[\]]*\w[^\[\]]*\]\(")
_DOMAIN = re.compile(r"\.(?:com|org|net|de|co|io|uk|fr|es|it)\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIME = re.compile(r"(?<!\d)[0-2]?\d[:.h][0-5]\d(?!\d)|\d\s?[apAP]\.?[mM]\b")
_AGENCIES = frozenset(
    {"ap", "afp", "dpa", "epa", "apa", "ansa", "efe", "tass", "reuters", "getty", "shutterstock", "imago"}
    | {"istock", "afpimages"}
)
_SLASH = re.compile(r"/(?<=[^\W\d_]{2}/)\s?[^\W\d_]{3}|/(?<=[^\W\d_]{2}\s/)\s?[^\W\d_]{3}")
_HEAD = re.compile(r"^\W*([^:|»>]{2,45}?)\s?[:|»>]\s*\S")
_KICKS = frozenset(":|–—-")
_KICKER = re.compile(r"\W?[^\W\d_][^:|.!?]{1,28}(?::| \|| [–—-]) [^a-zß]\S+ \S+ .*[^.:]$")
_SEPARATORS = ("|", "·", "•", "»", "›", ">", "/", " - ", " – ", " — ")
_BARS = frozenset("|·•»›>/")
_LEADING, _DIGITS = frozenset(":|»>"), frozenset("0123456789")
_QUOTES = frozenset('"“”„«»「」')
_CREDITED = frozenset({"by", "von", "par", "por"})
_CLOSERS = "\"'”’»›“)]*_〞」』"
WIDE = "\u2fff"  # characters beyond are words by themselves
_UNKNOWN = (0.0,) * (5 + len(GROUPS) + len(IDIOMS))
_NO_GROUP = (0.0,) * len(GROUPS)
_NOTHING, _NOBODY = (0.0,) * 4, (0.0,) * 5


def end_cells(whole: str, length: int) -> tuple[float, ...]:
    """The first of the cells: how long a line is, and how it ends."""
    end = whole.rstrip(_CLOSERS)
    last = end[-1:] or " "
    trails = last in ".…" and end.endswith(("...", "…"))
    return (
        float(min(length, LONG)),
        min(min(len(whole), HEAD + TAIL) / max(1, length), 15.0),
        1.0 if last in ".。؟।" and not trails else 0.0,
        1.0 if last in "?？" else 0.0,
        1.0 if last in "!！" else 0.0,
        1.0 if trails else 0.0,
        1.0 if last in ":：" else 0.0,
        1.0 if whole[-1:] != last else 0.0,
    )


def figures(tokens: tuple[str, ...]) -> int:
    """How many words begin with a digit."""
    return len([token for token in tokens if token[0].isdigit()])


def cells(text: str, end: tuple[float, ...], blind: bool) -> tuple[float, ...]:
    """The cells of one line that is not blank, in the order of CELLS; `end` are the first of them.

    `blind`: the phrase lists know nothing of it (for training: other sites' phrases).
    """
    whole, tokens, length = plain(text), words(text), size(text)
    bare, told = _ends(whole), tokens[:TOLD]
    marks, some = frozenset(bare), frozenset(told)
    digits = figures(told) / max(1, len(told)) if not (_DIGITS.isdisjoint(marks) and bare.isascii()) else 0.0
    time = digits > 0 and _TIME.search(bare) is not None
    found = (
        *end,
        *_letters(bare, digits),
        *_marks(bare, marks),
        *(_links(text, bare) if "](" in text else _NOTHING),
        *_speech(told, some, length < len(tokens)),
        *(_named(text, bare, some, digits > 0, time) if len(tokens) <= SHORT else _NOBODY),
        digits > 0 and _YEAR.search(bare) is not None,
        time,
        len(whole) < 2 * HEAD and _agency(bare, some),
        len(tokens) <= TOLD and not _KICKS.isdisjoint(marks) and _KICKER.match(bare) is not None,
        *(_UNKNOWN if blind else _known(text, marks, some, len(told))),
    )
    signs = len(_SIGNS) - _signs(found).count(0.0)
    return (*map(float, found), float(signs), signs / max(1, length))


def _ends(whole: str) -> str:
    return whole if len(whole) <= HEAD + TAIL else f"{whole[:HEAD]} {whole[-TAIL:]}"


def _letters(bare: str, digits: float) -> tuple[float, ...]:
    first = bare[:1]
    rest = [part[0] for part in bare.split()[1:] if part[0].isalpha()]
    return (
        first.islower(),
        first.isdigit(),
        first != "" and not first.isalnum(),
        len([letter for letter in rest if letter.isupper()]) / len(rest) if rest else 0.5,
        len(bare) > 3 and bare[:60].isupper(),
        digits,
    )


def _marks(bare: str, marks: frozenset[str]) -> tuple[float, ...]:
    commas = bare.count(",") + bare.count("、")
    barred = " - " in bare or " – " in bare or " — " in bare or not _BARS.isdisjoint(marks)
    dotted = "." in marks and bare.count(".") > bare.count(". ") + bare.endswith(".")
    return (
        min(1.0, commas / (bare.count(" ") + 1) * 8) if commas else 0.0,
        0.0 if _QUOTES.isdisjoint(marks) else min(3, sum(map(bare.count, _QUOTES & marks))),
        min(4, sum(map(bare.count, _SEPARATORS))) if barred else 0.0,
        "@" in marks,
        dotted and ("://" in bare or _DOMAIN.search(bare.lower()) is not None),
        "©" in marks or ("(" in marks and "(c)" in bare.lower()),
    )


def _links(text: str, bare: str) -> tuple[float, ...]:
    links = _LINK.findall(text)
    share = sum(map(len, links)) / max(1, len(bare))
    return min(4, len(links)), min(1.0, share), "![" in text, _CARD.search(text) is not None


def _speech(told: tuple[str, ...], some: frozenset[str], wide: bool) -> tuple[float, ...]:
    count = max(1, len(told))
    plainest, reader, page = function(), address("reader"), address("page")
    return (
        len([word for word in told if word in plainest]) / count,
        0.0 if reader.isdisjoint(some) else min(3, len([word for word in told if word in reader])),
        0.0 if page.isdisjoint(some) else min(3, len([word for word in told if word in page])),
        len([word for word in told if word > WIDE]) / count if wide else 0.0,
    )


def _named(text: str, bare: str, some: frozenset[str], digits: bool, time: bool) -> tuple[float, ...]:
    spaces = bare.count(" ")
    credited = ":" in bare or not _CREDITED.isdisjoint(some)
    return (
        (time or spaces < 2) and clock_line(text),
        digits and bool(stamps(text)),
        1 <= spaces <= 6 and bool(person(text)),
        bool(byline(text)),
        credited and bool(credit(text)),
    )


def _agency(bare: str, some: frozenset[str]) -> bool:
    return not _AGENCIES.isdisjoint(some) or ("/" in bare and _SLASH.search(bare) is not None)


def _known(text: str, marks: frozenset[str], some: frozenset[str], count: int) -> tuple[float, ...]:
    """What the phrase lists tell: of the line, of its beginning, of its words by group."""
    found, table = grade(text), groups()
    hits = table.keys() & some
    named = [name for word in hits for name in table[word]]
    return (
        found is not None and found.strength == "sure",
        found is not None and found.strength == "likely",
        found is not None and found.leads,
        not _LEADING.isdisjoint(marks) and _opens_known(text),
        len(hits) / max(1, count),
        *(map(named.count, GROUPS) if named else _NO_GROUP),
        *idioms(words(text)[:SPOKEN]),
    )


def _opens_known(text: str) -> bool:
    """Whether the line begins with a phrase of the lists and goes on behind a colon, bar or arrow."""
    match = _HEAD.match(plain(text)[: HEAD + TAIL])
    return match is not None and grade(match.group(1)) is not None
