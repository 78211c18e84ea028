"""Every code a finding can carry -> what it means. Rules bring their own manual; reports stand here."""

from collections.abc import Iterable

from publisher.clean import known as known_line
from publisher.clean.families import FAMILIES
from publisher.clean.rule import Meaning
from publisher.clean.rules import RULES
from publisher.content.spelling import nearest
from publisher.errors import PublishError


def meaning(code: str) -> Meaning:
    """The meaning of `code`, in any case. Raises PublishError for one that does not exist."""
    for each in CATALOGUE:
        if each.code == code.upper():
            return each
    hint = nearest(code.upper(), [each.code for each in CATALOGUE])
    raise PublishError(code, "there is no such code", hint or "publish explain lists them all")


_REPORTS = (
    Meaning(
        "FM003",
        "date-from-commit",
        "The date is that of the file's first commit.",
        "Neither front matter, file name nor text say when the article appeared.",
        "`check --fix` writes the date into front matter.",
        "date: 2026-11-20T06:30:00+00:00",
    ),
    Meaning(
        "FM004",
        "date-from-file",
        "The date is the file's modification time, which moves whenever the file is touched or copied.",
        "Neither front matter, file name, text nor git say when the article appeared.",
        "`check --fix` writes the date into front matter and so makes it permanent.",
        "date: 2026-11-20T06:30:00+00:00",
    ),
    Meaning(
        "FM005",
        "no-id",
        "The article has no permanent id.",
        "Feed readers know an article by its id. Without one it is derived from the file's path, and a "
        "renamed file comes back to every reader as a new article.",
        "`check --fix` writes the derived id into front matter; from then on the file may move.",
        "id: urn:uuid:4cf7f0a5-...",
    ),
    Meaning(
        "LK001",
        "broken-link",
        "A link leads to an article or page that does not exist or is not published.",
        "Readers meet an error page.",
        "The words stay; the link is left out of the page until its target exists.",
        "[the ferry](../harbour/fery.md)",
    ),
    Meaning(
        "LK002",
        "missing-anchor",
        "A link leads to a place (#name) that its page does not have.",
        "Readers land at the top of the page.",
        "Nothing is changed. Headings are named after their words.",
        "[below](#timetabel)",
    ),
    Meaning(
        "LK003",
        "forbidden-link",
        "A link uses a scheme that can run code or read files.",
        "javascript: and data: links attack your readers.",
        "The words stay; the link is taken away.",
        "[click](javascript:alert(1))",
    ),
    Meaning(
        "LK006",
        "external-broken",
        "An address of another site leads to nothing: its server says that there is no such page.",
        "Readers meet an error page. Found by `publish check --external` only.",
        "Nothing is changed. Name the page's new address, an archived copy, or take the link away.",
        "[the report](https://example.org/gone)",
    ),
    Meaning(
        "LK007",
        "external-unreachable",
        "An address of another site cannot be reached: no such host, no answer, a server at fault.",
        "Readers wait and get nothing. It may pass; it is asked again after six hours.",
        "Nothing is changed. Found by `publish check --external` only.",
        "[the report](https://no-such-host.example/)",
    ),
    Meaning(
        "LK008",
        "external-moved",
        "An address of another site has moved for good.",
        "The old address works until its owner forgets it. Found by `publish check --external` only.",
        "Nothing is changed. Name the new address.",
        "[the report](http://example.org/)",
    ),
    Meaning(
        "IM001",
        "missing-picture",
        "A picture is not there.",
        "The page would show a hole.",
        "Its alternative text is shown instead.",
        "![The quay](images/quai.jpg)",
    ),
    Meaning(
        "IM002",
        "no-alt-text",
        "A picture has no alternative text.",
        "Who cannot see it learns nothing of it; some mail programs hide all pictures.",
        "Nothing is changed. Say in a sentence what the picture shows.",
        "![](images/quay.jpg)",
    ),
    Meaning(
        "IM003",
        "tracking-pixel",
        "A picture of one pixel that tells another site who reads.",
        "It spies on your readers, from your site and in their mail.",
        "It is taken out.",
        '<img src="https://stats.example.com/p.gif" width="1" height="1">',
    ),
    Meaning(
        "IM004",
        "broken-picture",
        "A picture that cannot be decoded: torn, empty, or another kind of file.",
        "The page would show a hole.",
        "Its alternative text is shown instead. Put a sound file in its place.",
        "![The quay](images/half-downloaded.jpg)",
    ),
    Meaning(
        "IM005",
        "oversized-picture",
        "A picture with more pixels than images.max_pixels, or more bytes than images.max_bytes.",
        "Small files can unfold to gigabytes; they would take the machine's memory.",
        "Its alternative text is shown instead. Make it smaller, or raise the limit in the configuration.",
        "![The quay](images/panorama.png)",
    ),
    Meaning(
        "HT001",
        "forbidden-html",
        "HTML that has no place in an article: scripts, styles, forms, frames.",
        "It could attack readers, break the page, or simply not work in feeds and mail.",
        "It is taken out; its words stay, where it has any that people read.",
        "<script>…</script>",
    ),
    Meaning(
        "HT002",
        "words-not-shown",
        "Words of the source that Markdown does not show.",
        "A table row with more cells than its heading, or brackets that Markdown reads as a link's address, "
        "hide what was written.",
        "Nothing is changed. Mend the table, or put a backslash before the bracket.",
        "[Photo]: Agency",
    ),
    Meaning(
        "ST001",
        "near-copy",
        "Nearly the same text as an earlier article of the publication.",
        "Readers meet the story twice, in lists, feeds and the digest; search engines pick one of the two.",
        "Nothing is changed. Take one of them away, or let the build name the first as canonical: `[clean] "
        'canonical = "first"`.',
        "A wire story that two sources delivered under different titles.",
    ),
    Meaning(
        "ST002",
        "update-of",
        "A later version of an earlier article, from the same source or author, with something new in it.",
        "Both stay online, and the older one no longer says what is known.",
        "Nothing is changed. Put the new text into the first article with `updated:`, or link the two.",
        "The morning's report, and the evening's with two paragraphs more.",
    ),
    Meaning(
        "FD001",
        "broken-feed",
        "A feed does not say what feeds have to say: it cannot be read, an id stands there twice or not at "
        "all, a date has no zone, an address is not absolute.",
        "Readers refuse the feed, or show its articles twice or with dead links.",
        "Nothing is changed. The message names the item; mend the article.",
        "site/feed.xml: 2 items have the id 'urn:uuid:4cf7f0a5-...'",
    ),
    Meaning(
        "FD002",
        "oversized-feed",
        "A feed has more than 5 MB.",
        "Readers and partners refuse it.",
        'Nothing is changed. Lower feed.items, or take feed.content = "summary".',
        "site/feed.xml: 7.2 MB; readers and partners refuse more than 5",
    ),
    Meaning(
        "FD003",
        "refused-by-partner",
        "A partner would refuse the article: its title, text, picture or size is not what it takes.",
        "Partners drop such an item, mostly without a word.",
        "The article is left out of that feed and stays everywhere else. Mend it, or set the key of "
        "[feeds.NAME] that asks for it.",
        "the feed 'msn' leaves it out: the title has 9 characters, at least 21 are asked for",
    ),
    Meaning(
        "FD004",
        "disliked-by-partner",
        "A partner takes the article, but advises otherwise: its title, summary or picture.",
        "It is shown worse than it could be, or less often.",
        "The article stays in the feed. Mend it, set the key of [feeds.NAME], or ignore FD004.",
        "the feed 'apple' has it all the same: the title has 82 characters, 15 to 60 are advised",
    ),
    Meaning(
        "FD005",
        "partner-feed",
        "A feed for a partner lacks what the partner asks of feeds: articles, a short description, a region "
        "of the language, a logo.",
        "The partner may not take it at all.",
        "Nothing is changed. The place is the feed's table in the configuration.",
        "publish.toml:14: the feed 'flipboard': it has 12 articles, at least 30 are asked for",
    ),
)

CATALOGUE: tuple[Meaning, ...] = (*RULES, known_line.RULE, *_REPORTS)

_KNOWN = frozenset(each.code for each in CATALOGUE) | FAMILIES.keys()


def known(code: str) -> bool:
    """Whether this is a code or a family."""
    return code in _KNOWN


def check_codes(codes: Iterable[str], where: str) -> None:
    """Refuse a code or family that does not exist, naming the nearest one that does."""
    for code in codes:
        if not known(code):
            hint = nearest(code.upper(), sorted(_KNOWN)) or f"families: {', '.join(FAMILIES)}"
            raise PublishError(where, f"unknown rule {code!r}", hint)
