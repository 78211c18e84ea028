"""What an editor wrote for an issue, on its way into the mail."""

from dataclasses import replace
from datetime import date

import pytest

from publisher.entry import compile_source
from publisher.errors import Problems, PublishError
from publisher.model import Entry, Finding, Image, Source
from publisher.newsletter.issue import compose
from publisher.newsletter.note import NOTHING, Note, Sponsor, demand_newsletters, note_for, read
from publisher.newsletter.render import render
from tests.newsletter.samples import POST, card, configured, theme

DAY = date(2026, 3, 3)
CARDS = tuple(card(n, section=name) for n, name in enumerate(("Town", "Harbour", "Town", "Sport", "")))


def note(text: str, path: str = "newsletter/2026-03-03.md") -> Entry:
    made = compile_source(Source(path, text), POST)
    assert isinstance(made, Entry)
    return made


def paths(said: Note) -> list[str]:
    issue = compose(CARDS, DAY, POST, note=said)
    assert issue
    return [each.path for each in issue.cards]


def test_a_note_is_no_article() -> None:
    made = note("Good morning.")
    assert (made.card.kind, made.card.url) == ("note", "")


def test_what_is_not_said_stays_as_it_is() -> None:
    assert read(note("")) == replace(NOTHING, path="newsletter/2026-03-03.md")
    assert compose(CARDS, DAY, POST, note=read(note(""))) == compose(CARDS, DAY, POST)


def test_subject_preheader_and_intro() -> None:
    text = "---\nsubject: 'Re: {lead} at **last**'\npreheader: Fog\n---\nGood *morning*,  \nsee [us](https://a.example/?x=1&y=2).\n"
    said = read(note(text))
    issue = compose(CARDS, DAY, POST, note=said)
    assert issue
    assert (issue.subject, issue.preheader) == ("{lead} at **last**", "Fog")
    assert said.html.startswith("<p>Good <em>morning</em>,<br />")
    assert said.text == "Good morning,\nsee us (https://a.example/?x=1&y=2)."
    made = render(issue, POST, theme())
    for part in (made.html, made.web):
        assert 'href="https://a.example/?x=1&amp;y=2"' in part
        assert "<em" in part
    assert "see us (https://a.example/?x=1&y=2)." in made.text


@pytest.mark.parametrize(
    "body",
    [
        "a & b < c > d \u00fc > \u00e9 `<mj-text>` \\<mj-section>",
        "<mj-section>x</mj-section><script>alert(1)</script><style>p{}</style>",
        "<b>open\n\n</mj-text></mj-column>\n",
        '![a "b"](https://x.example/a.png?b=1&c=2)\n\n***\n\n1. x\n   - y\n\n> q\n\n|a|b|\n|-|-|\n|1|2|\n',
        "- [ ] task\n\nx[^1]\n\n[^1]: note\n\n```python\nif a < b > c & d: pass\n```\n",
        "{{ 7*7 }} {% raw %} *|FNAME|* %recipient.x% <!-- c --> ]]> &nbsp; &amp;lt;",
        "<img src=x onerror=alert(1)><br><hr><a href='javascript:alert(1)'>x</a>",
    ],
)
def test_any_text_is_legal_in_a_mail(body: str) -> None:
    entry = replace(note(body), findings=())
    said = read(entry)
    issue = compose(CARDS, DAY, POST, note=said)
    assert issue
    made = render(issue, POST, theme())
    for part in (made.html, made.web):
        assert "<script" not in part
        assert "javascript:" not in part
        assert "onerror" not in part
        assert "{{" not in part.replace("{\u2060{", "")
    assert made.html.count("<mj-") == 0


def test_the_lead_is_named_by_path_id_or_address() -> None:
    for lead in ("a3.md", "content/a3.md", "../a3.md", "3", "/2026/03/story-3/"):
        assert paths(Note(path="newsletter/2026-03-03.md", lead=lead))[0] == "a3.md"


def test_a_lead_that_is_not_there_is_an_error_with_its_line() -> None:
    said = read(note("---\nlead: a33.md\n---\n"))
    with pytest.raises(PublishError, match=r"this issue holds no article 'a33\.md'") as caught:
        paths(said)
    assert caught.value.where == "newsletter/2026-03-03.md:2"
    assert caught.value.hint == "did you mean 'a3.md'?"


def test_order_and_first_sections() -> None:
    assert paths(NOTHING) == ["a0.md", "a1.md", "a2.md", "a3.md", "a4.md"]
    assert paths(Note(first=("sport", "Town"))) == ["a0.md", "a3.md", "a2.md", "a1.md", "a4.md"]
    assert paths(Note(order="newest")) == ["a0.md", "a1.md", "a2.md", "a3.md", "a4.md"]
    assert paths(Note(order="oldest")) == ["a0.md", "a4.md", "a3.md", "a2.md", "a1.md"]


def test_a_sponsor_stands_behind_the_lead_and_is_called_one() -> None:
    said = Note(
        sponsor=Sponsor(
            "Ropes & more", "https://rope.example/?a=1&b=2", "", Image("https://x.example/r.png", "Rope")
        )
    )
    issue = compose(CARDS, DAY, POST, note=said)
    assert issue
    made = render(issue, POST, theme())
    for text in ("Ropes &amp; more", "https://rope.example/?a=1&amp;b=2", "Sponsored", 'alt="Rope"'):
        assert text in made.html
        assert text in made.web
    assert (
        made.text.index("Sponsored")
        < made.text.index("https://rope.example/?a=1&b=2")
        < made.text.index("Story 1")
    )


def test_a_standing_sponsor_comes_from_the_configuration() -> None:
    own = configured(sponsor="Ropes", sponsor_url="https://rope.example", sponsor_label="Our friend")
    issue = compose(CARDS, DAY, own)
    assert issue
    assert issue.sponsor == Sponsor("Ropes", "https://rope.example", "Our friend")


def test_the_newsletters_own_file_comes_first() -> None:
    notes = (note("All."), note("Week.", "newsletter/weekly/2026-03-03.md"))
    assert note_for(notes, "weekly", DAY).text == "Week."
    assert note_for(notes, "daily", DAY).text == "All."
    assert note_for(notes, "daily", date(2026, 3, 4)) == NOTHING


def test_files_that_no_newsletter_reads_are_mistakes() -> None:
    wrong = (note("x", "newsletter/wekly/2026-03-03.md"), note("x", "newsletter/2026-03-03.md"))
    twice = note("x", "newsletter/2026-03-03.txt")
    with pytest.raises(Problems) as caught:
        demand_newsletters((*wrong, twice), ["daily", "weekly"])
    told = str(caught.value)
    assert "there is no newsletter 'wekly' (did you mean 'weekly'?)" in told
    assert "newsletter/2026-03-03.txt: newsletter/2026-03-03.md is for the same issue" in told


def test_what_leads_nowhere_is_an_error_with_its_line() -> None:
    broken = replace(note("\n\nx\n"), findings=(Finding("LK001", (3,), "the link leads to x"),))
    with pytest.raises(Problems) as caught:
        read(broken)
    assert caught.value.problems[0].where == "newsletter/2026-03-03.md:3"
