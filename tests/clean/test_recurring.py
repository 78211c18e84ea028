"""What the articles of one source have in common, and what the cleaner does with it."""

from dataclasses import replace

from publisher.clean.engine import clean
from publisher.clean.recurring import Recurring, recurring
from publisher.clean.text import label
from publisher.model import Article, FrontMatter, Line, Origin
from publisher.settings import CleanSettings, KnownBlock, KnownLine, KnownSource

NAMES = ("Ana", "Bo", "Cleo", "Dag", "Eva", "Finn")
FRONT = FrontMatter(title="The day at the quay", source=Origin("Example Courier"))


def story(name: str) -> str:
    return (
        f"{name} sailed out at six in the morning with nothing but a lamp and a loaf of bread.\n\n"
        f"Nobody saw {name} come home, and the harbour master wrote so in the big grey book of the quay."
    )


def article(name: str, text: str, front: FrontMatter = FRONT) -> Article:
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Article(f"courier/{name}.md", front, lines)


def pages(form: str) -> list[Article]:
    return [article(name, form.replace("STORY", story(name))) for name in NAMES]


def texts(found: tuple[Recurring, ...]) -> list[tuple[str, ...]]:
    return [each.texts for each in found]


def test_a_line_around_the_story_is_found_with_its_figures() -> None:
    (found,) = recurring(pages("STORY\n\nBrought to you by the night desk"))
    assert found.texts == ("Brought to you by the night desk",)
    assert (found.count, found.share, found.example) == (6, 1.0, "courier/Ana.md:5")
    assert found.confidence == 0.97


def test_lines_that_stand_together_are_a_block() -> None:
    found = recurring(pages("Quay\n\nTown\n\nLetters\n\nNight desk\n\nSTORY"))
    assert texts(found) == [("Quay", "Town", "Letters", "Night desk")]


def test_a_label_within_the_story_is_only_suspected() -> None:
    form = (
        "STORY\n\nWhat we know\n\nSTORY\n\n## The verdict\n\nIt was a good day for the fishermen, said NAME."
    )
    found = recurring([article(n, form.replace("STORY", story(n)).replace("NAME", n)) for n in NAMES])
    assert {each.texts[0]: each.confidence for each in found} == {"What we know": 0.92, "## The verdict": 0.8}


def test_what_has_a_form_of_its_own_is_not_counted() -> None:
    form = "STORY\n\n1. Salt\n2. Flour\n\n> Salt of the earth\n\n| a | b |\n|---|---|\n| c | d |\n\n---\n\n12"
    assert recurring(pages(form)) == ()


def test_titles_rare_lines_and_sentences_of_a_few_are_not_counted() -> None:
    long = "This sentence of more than twelve words stands in some of the stories of the source."
    every = pages("The day at the quay\n\nSTORY")
    every[:2] = [article(n, f"{story(n)}\n\nRare label\n\n{long}") for n in NAMES[:2]]
    assert recurring(every) == ()
    most = [article(n, f"{story(n)}\n\n{long if n != 'Ana' else ''}") for n in NAMES]
    (found,) = recurring(most)
    assert (found.texts, found.count) == ((long,), 5)
    assert found.confidence < CleanSettings().asked


def test_copies_of_one_story_count_once() -> None:
    copies = [article(f"{n}", f"{story('Ana')}\n\nOne fine label\n\nAnother label") for n in NAMES]
    assert recurring(copies) == ()


def known(*lines: KnownLine, blocks: tuple[KnownBlock, ...] = ()) -> CleanSettings:
    return CleanSettings(sources=(KnownSource(("example-courier",), lines, blocks),))


def left(made: Article, settings: CleanSettings) -> list[str]:
    return [line.text for line in clean(made, settings).article.lines if not line.blank]


FORM = f"{story('Ana')}\n\nHush hush\n\n1. Hush hush"


def test_a_known_line_leaves_and_says_why() -> None:
    result = clean(article("a", FORM), known(KnownLine("hush hush", 0.95)))
    assert [line.number for line in result.article.lines if not line.blank] == [1, 3, 7]
    (finding,) = result.findings
    assert (finding.code, finding.lines, finding.confidence) == ("CL021", (5,), 0.95)
    again = clean(result.article, known(KnownLine("hush hush", 0.95)))
    assert (again.article, again.findings) == (result.article, ())


def test_one_that_is_not_sure_is_reported() -> None:
    result = clean(article("a", FORM), known(KnownLine("hush hush", 0.8)))
    assert result.article.lines == article("a", FORM).lines
    assert [finding.applied for finding in result.findings] == [False]


def test_a_line_to_keep_stays_whatever_other_rules_say() -> None:
    text = f"{story('Ana')}\n\nSubscribe\n\nAdvertise with us"
    assert "Subscribe" not in left(article("a", text), CleanSettings())
    assert "Subscribe" in left(article("a", text), known(KnownLine("subscribe", 1.0, keep=True)))


def test_another_source_the_title_and_what_is_ignored_are_left_alone() -> None:
    settings = known(KnownLine("hush hush", 0.95))
    assert "Hush hush" in left(article("a", FORM, FrontMatter(title="x")), settings)
    assert "Hush hush" in left(article("a", FORM), replace(settings, ignore=("CL021",)))
    titled = replace(FRONT, title="Hush hush")
    codes = {finding.code for finding in clean(article("a", FORM, titled), settings).findings}
    assert "CL021" not in codes


def test_lines_of_a_block_leave_together_but_not_alone() -> None:
    settings = known(blocks=(KnownBlock(("quay", "town", "letters"), 0.97),))
    assert left(article("a", f"Town\n\nQuay\n\n{story('Bo')}\n\nQuay"), settings) == [
        *story("Bo").split("\n\n"),
        "Quay",
    ]


def test_a_source_is_known_by_link_and_folder_too() -> None:
    settings = CleanSettings(
        sources=(KnownSource(("courier-example-org",), (KnownLine(label("Hush hush"), 1.0),)),)
    )
    by_link = FrontMatter(title="x", canonical_url="https://www.courier.example.org/a")
    assert "Hush hush" not in left(article("a", FORM, by_link), settings)
    by_folder = CleanSettings(sources=(KnownSource(("courier",), (KnownLine("hush hush", 1.0),)),))
    assert "Hush hush" not in left(article("a", FORM, FrontMatter(title="x")), by_folder)
