"""Articles whose titles, bodies and names try to break feeds; all invented."""

import json
from pathlib import Path

from publisher.work.compiling import compile_all
from publisher.work.place import open_place
from publisher.work.site import Choice, Site, make_site
from tests.work.projects import NOW, write

CONFIGURATION = """\
title = "R&D </b> &copy; \\"Ledger\\""
description = "All that breaks <feeds> &amp; readers"
base_url = "https://hostile.example.org"
time_zone = "Asia/Kathmandu"
author = "A & B <Desk>"
rights = "CC BY 4.0"
[feed]
of = ["section", "tag", "author", "language"]
hub = "https://hub.example.org/"
"""
LONG = " ".join(f"Sentence {n} of the report names the pier and its master." for n in range(12))
TITLES = (
    "Vertical \\u000b tab",
    "No \\uffff character",
    "Lost \\ufffd and \\u0085 and \\u009d found",
    "Nothing \\ufdd0 there \\U0001fffe",
    "The end ]]> of it",
    "R&amp;D &amp;amp; more",
    "I <3 boats",
    "Why <b>bold</b> <marquee> </title> matters",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "Family \\U0001f468\\u200d\\U0001f469\\u200d\\U0001f467 on the quay",
    "\\u200fثلاثة سجلات من الميناء",
    "מספר &4 על הסיפון",
    "A " + "very " * 70 + "long title",
    "x" * 300,
    "港の新しい時刻表",
    "Tom&apos;s &#38; Anna&#x27;s",
    "{{ config }} {% raw %}",
    "Line\\nend\\r\\nand\\ttab",
    "&copy &notit; &8 AT&T",
    "--><!-- comment",
)
BODIES = (
    f"{LONG} Vertical \x0b tab, form \x0c feed, \x01 and \x7f, \ufdd0 and \U0001fffe.",
    f"{LONG} The end ]]> of it, &amp;amp; &lt;b&gt; <3 and <unknown attr='1'>.",
    f"{LONG} \u0085 \u009d \ufffd lost characters.",
    f"{LONG} [a link](/2026/11/nowhere/?a[]=1&b=2) and [one](https://example.com/a[1]/ü?q=<x>).",
    f"{LONG}\n\n<script>alert(1)</script><div onclick='x()'>A <bdo dir='rtl'>word</bdo></div>",
    f"{LONG}\n\n<table><tr><td>cell<p>open",
    f"{LONG} 👨‍👩‍👧 \u202e turned \u202c and \u200f marks.",
    f"ثلاثة سجلات. {LONG}",
    f"{LONG}\n\n```html\n<b>]]></b> &amp;\n```\n\n- [ ] a task\n\nA note.[^1]\n\n[^1]: Said & done.",
    f"![A quay & <ship>](https://pictures.example.com/a[1].jpg 'T')\n\n{LONG}",
)
AUTHORS = ("Ada <Berg> & Co", "Bo\\u0007 Ek", "Cy &amp; Di", "]]> Eve", "أمين")


def make_hostile(root: Path, more: dict[str, str] | None = None) -> Path:
    """A publication of these titles and bodies, in every combination that matters."""
    write(root / "publish.toml", CONFIGURATION)
    for number in range(len(TITLES) * 2):
        write(root / f"content/news/a{number:02}.md", _article(number))
    for path, text in (more or {}).items():
        write(root / "content" / path, text)
    profile = '---\ntitle: "أمين"\nemail: amin@example.org\n---\n\nWrites.\n'
    write(root / "content/authors/amin.md", profile)
    return root


def _article(number: int) -> str:
    title, body = TITLES[number % len(TITLES)], BODIES[number % len(BODIES)]
    author = AUTHORS[number % len(AUTHORS)]
    source = {
        "name": f"Wire & <Co> {number}",
        "url": f"https://wire.example.com/a[{number}]?x=ü",
        "license": "CC BY-SA 4.0",
    }
    lines = [
        f'title: "{title}"',
        f"date: 2026-11-{1 + number % 9:02}",
        f"id: {('urn:' if number % 3 else 'note ')}{number}",
        f'author: "{author}"',
        f'tags: ["Q&A <b>", "tag {number % 4}"]',
        "section: 'Sea & </i> Shore'",
        f"language: {('en', 'ar', 'ja', 'pt-BR')[number % 4]}",
    ]
    if number % 2:
        lines.append(f"source: {json.dumps(source, ensure_ascii=False)}")
    return "\n".join(["---", *lines, "---", "", body, ""])


def site_of(root: Path) -> Site:
    """Everything that a build would write, pictures apart; nothing is."""
    place = open_place(root, None, {})
    return make_site(place, compile_all(place, 1).entries, Choice(NOW))
