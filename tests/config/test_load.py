import pytest

from publisher.config.load import configure
from publisher.errors import Problems, PublishError
from publisher.settings import FeedSettings, Publication


def test_nothing_configured_is_the_defaults() -> None:
    assert configure("publish.toml", "", {}) == Publication()


def test_both_files_read_the_same() -> None:
    keys = 'title = "X"\npage_size = 5\n'
    own = configure("publish.toml", keys + "[feed]\nitems = 3\n", {})
    project = configure("pyproject.toml", f"[tool.publish]\n{keys}[tool.publish.feed]\nitems = 3\n", {})
    assert own == project == Publication(title="X", page_size=5, feed=FeedSettings(items=3))


def test_confidence_is_the_settings_own_unless_configured() -> None:
    own, strict, sure = (
        configure("publish.toml", f"[clean]\n{keys}", {}).clean
        for keys in ("", "strict = true", "confidence = 0.97")
    )
    assert (own.strict, own.confidence, own.asked) == (False, None, 0.9)
    assert (strict.strict, strict.asked) == (True, 0.9)
    assert (sure.confidence, sure.asked) == (0.97, 0.97)


@pytest.mark.parametrize(
    ("name", "text", "where", "message"),
    [
        ("publish.toml", '\nbase_ulr = "x"', "publish.toml:2", "did you mean 'base_url'?"),
        ("publish.toml", "[feed]\nitms = 1", "publish.toml:2", "did you mean 'items'?"),
        ("publish.toml", "page_size = 0", "publish.toml:1", "above 0"),
        ("publish.toml", 'page_size = "5"', "publish.toml:1", "a whole number"),
        ("publish.toml", "strict = 1", "publish.toml:1", "true or false"),
        ("publish.toml", 'time_zone = "Europe/Berln"', "publish.toml:1", "not a time zone"),
        ("publish.toml", 'time_zone = "../etc/passwd"', "publish.toml:1", "not a time zone"),
        ("publish.toml", 'base_url = "example.org"', "publish.toml:1", "not a web address"),
        ("publish.toml", 'content = "../x"', "publish.toml:1", "not a folder inside"),
        ("publish.toml", 'permalink = "/{yeer}/{slug}/"', "publish.toml:1", "unknown {yeer}"),
        ("publish.toml", 'permalink = "/{year}/"', "publish.toml:1", "needs {slug}"),
        ("publish.toml", 'accent = "red"', "publish.toml:1", "not a colour"),
        ("publish.toml", '[feed]\ncontent = "half"', "publish.toml:2", "'full', 'summary'"),
        ("publish.toml", "[clean]\nconfidence = 2", "publish.toml:2", "0 to 1"),
        ("publish.toml", "[clean]\nconfidence = true", "publish.toml:2", "a number"),
        ("publish.toml", "[clean]\nstrict = 1", "publish.toml:2", "true or false"),
        ("publish.toml", '[clean]\nselect = "CL"', "publish.toml:2", "a list of texts"),
        ("publish.toml", "feed = 3", "publish.toml:1", "must be a table"),
        ("publish.toml", '[newsletter]\nsender = "nobody"', "publish.toml:2", "not an e-mail address"),
        ("publish.toml", '[newsletter]\nunsubscribe = "x"', "publish.toml:2", "mailto:"),
        ("pyproject.toml", "[project]\n[tool.publish]\ntitel = 1", "pyproject.toml:3", "'title'"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(name: str, text: str, where: str, message: str) -> None:
    with pytest.raises(Problems) as caught:
        configure(name, text, {})
    assert [problem.where for problem in caught.value.problems] == [where]
    assert message in str(caught.value)


def test_broken_toml_is_named_with_its_line() -> None:
    with pytest.raises(PublishError) as caught:
        configure("publish.toml", "title = 'x'\n==\n", {})
    assert caught.value.where == "publish.toml:2"


def test_the_environment_overrides_single_keys() -> None:
    environment = {
        "PUBLISH_BASE_URL": "https://example.org",
        "PUBLISH_PAGE_SIZE": "7",
        "PUBLISH_STRICT": "true",
    }
    publication = configure("publish.toml", 'base_url = "https://example.com"', environment)
    assert (publication.base_url, publication.page_size, publication.strict) == (
        "https://example.org",
        7,
        True,
    )
    with pytest.raises(Problems, match="whole number"):
        configure("publish.toml", "", {"PUBLISH_PAGE_SIZE": "many"})


@pytest.mark.parametrize(
    ("environment", "options", "message"),
    [
        ({"PUBLISH_BASE_URL": "x"}, {}, "PUBLISH_BASE_URL: 'x' is not a web address"),
        ({}, {"base_url": "x"}, "--base-url: 'x' is not a web address"),
    ],
)
def test_a_mistake_from_outside_the_file_is_named_for_what_it_is(
    environment: dict[str, str], options: dict[str, str], message: str
) -> None:
    with pytest.raises(Problems) as caught:
        configure("publish.toml", 'base_url = "https://example.org"', environment, options)
    assert message in str(caught.value)
