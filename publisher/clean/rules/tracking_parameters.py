"""Parameters in a link's address that only count who followed it: utm_source, fbclid, gclid and their like.

Why: they tell the source's statistics about our readers, and make two addresses of one page.

Fix: they are taken out of the address, of Markdown links and bare addresses alike; other parameters stay.

Example: "https://example.org/a?id=7&utm_source=feed" becomes "https://example.org/a?id=7"
"""

import re
from collections.abc import Iterator

from publisher.clean.report import change
from publisher.clean.rule import define
from publisher.clean.structure import kinds, whole
from publisher.model import Article, Finding

CODE = "LK004"

_ADDRESS = re.compile(r"(https?://[^\s?#()<>\"']+)\?([^\s#()<>\"'\]]+)", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_hsenc"
    r"|_hsmi|mkt_tok|vero_id|wt_mc|at_medium|at_campaign|ns_campaign|ns_mchannel|cmpid|oly_anon_id|oly_enc_id)=?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"&amp;|&")
_END = re.compile(r"[.,;:!*_]+$")


def check(article: Article) -> Iterator[Finding]:
    if "://" not in whole(article.lines):
        return
    kind = kinds(article.lines)
    for at, line in enumerate(article.lines):
        if "?" not in line.text or "://" not in line.text or kind[at] in {"fence", "code"}:
            continue
        text = _ADDRESS.sub(_untracked, line.text)
        if text != line.text:
            yield change(CODE, line, text, "link that counts its readers")


def _untracked(address: re.Match[str]) -> str:
    page, query = address.groups()
    end = _END.search(query)
    rest = end.group() if end else ""
    given = _BETWEEN.split(query.removesuffix(rest))
    stay = [part for part in given if not _tracks(part)]
    if len(stay) == len(given):
        return address.group()
    between = "&amp;" if "&amp;" in query else "&"
    return f"{page}?{between.join(stay)}{rest}" if stay else page + rest


def _tracks(part: str) -> bool:
    return _TRACKING.fullmatch(part.partition("=")[0]) is not None


RULE = define(CODE, "tracking-parameters", __doc__, check)
