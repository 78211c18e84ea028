from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from publisher.content.article import named_slug, parse
from publisher.errors import PublishError
from publisher.model import Source
from publisher.settings import Publication

PUBLICATION = Publication(time_zone="Europe/Berlin")


def test_the_file_name_dates_an_article_that_names_no_date() -> None:
    article = parse(Source("harbour/2026-11-20-ferry.md", "Hello"), PUBLICATION)
    assert article.front.date == datetime(2026, 11, 20, tzinfo=ZoneInfo("Europe/Berlin"))


def test_front_matter_wins_over_the_file_name() -> None:
    article = parse(Source("2026-11-20-ferry.md", "---\ndate: 2026-01-02\n---\n"), PUBLICATION)
    assert article.front.date == datetime(2026, 1, 2, tzinfo=ZoneInfo("Europe/Berlin"))


def test_an_impossible_date_in_the_name_is_an_error() -> None:
    with pytest.raises(PublishError, match="2026-02-30"):
        parse(Source("2026-02-30-ferry.md", "Hello"), PUBLICATION)


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("harbour/2026-11-20-ferry.md", "ferry"),
        ("2026-11-20.md", "2026-11-20"),
        ("harbour/2026-11-20-ferry/index.md", "ferry"),
        ("plain.txt", "plain"),
    ],
)
def test_the_slug_is_the_files_name(path: str, slug: str) -> None:
    assert named_slug(path) == slug


def test_lines_keep_the_numbers_of_the_file() -> None:
    article = parse(Source("a.md", "---\ntitle: x\n---\nfirst\nsecond\n\n\n"), PUBLICATION)
    assert [(line.number, line.text) for line in article.lines] == [(4, "first"), (5, "second"), (6, "")]
