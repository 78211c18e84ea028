"""A line joins `publish: keep`; the rest of the author's front matter stays character for character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.content.article import parse
from publisher.content.fields import clean_text
from publisher.content.keep import with_kept
from publisher.errors import PublishError
from publisher.model import Source
from publisher.settings import Publication

NEW = 'He said: "Subscribe", é'
QUOTED = '"He said: \\"Subscribe\\", é"'
LIST = f"publish:\n  keep:\n    - {QUOTED}\n"
YAML = {
    "": LIST,
    "title: x # mine\n": f"title: x # mine\n{LIST}",
    "title: é\npublish:\n": f"title: é\npublish: {{keep: [{QUOTED}]}}\n",
    "publish: ~\ntitle: x\n": f"publish: {{keep: [{QUOTED}]}}\ntitle: x\n",
    "publish: {}\n": f"publish: {{keep: [{QUOTED}]}}\n",
    "publish:\n  keep:\n": f"publish:\n  keep: [{QUOTED}]\n",
    "publish:\n  keep: []\ntitle: x\n": f"publish:\n  keep: [{QUOTED}]\ntitle: x\n",
    "publish: {keep: [DU003, é]} # why\n": f"publish: {{keep: [DU003, é, {QUOTED}]}} # why\n",
    "publish:\n  keep: [DU003,\n    b, # the second\n  ]\n": (
        f"publish:\n  keep: [DU003,\n    b, {QUOTED}, # the second\n  ]\n"
    ),
    "publish:\n  keep: DU003\ntitle: x\n": f"publish:\n  keep: [DU003, {QUOTED}]\ntitle: x\n",
    "publish:\n  keep: a, b\n": f'publish:\n  keep: ["a, b", {QUOTED}]\n',
    "publish:\n  keep: |\n    a b\ntitle: x\n": f'publish:\n  keep: ["a b", {QUOTED}]\ntitle: x\n',
    "publish:\n  keep:\n  - DU003 # one\n  - 'b'\n\ntitle: x\n": (
        f"publish:\n  keep:\n  - DU003 # one\n  - 'b'\n  - {QUOTED}\n\ntitle: x\n"
    ),
    "publish:\n  keep:\n    - >-\n      a\n      b\ntitle: x\n": (
        f"publish:\n  keep:\n    - {QUOTED}\n    - >-\n      a\n      b\ntitle: x\n"
    ),
    "{title: x}\n": f"{{title: x, publish: {{keep: [{QUOTED}]}}}}\n",
}
TOML = {
    "": f"publish = {{ keep = [{QUOTED}] }}\n",
    "title = 'x' # mine\n[source]\nname = 'W'\n": (
        f"title = 'x' # mine\npublish = {{ keep = [{QUOTED}] }}\n[source]\nname = 'W'\n"
    ),
    "publish = { keep = ['DU003'] }\n": f"publish = {{ keep = [{QUOTED}, 'DU003'] }}\n",
    "publish = {}\n": f"publish = {{keep = [{QUOTED}]}}\n",
    "publish.keep = 'DU003' # why\n": f"publish.keep = ['DU003', {QUOTED}] # why\n",
    "[publish]\nkeep = [\n  # none yet\n]\n[source]\nname = 'W'\n": (
        f"[publish]\nkeep = [{QUOTED}\n  # none yet\n]\n[source]\nname = 'W'\n"
    ),
    "[source]\nname = 'W'\n[publish]\n": f"[source]\nname = 'W'\n[publish]\nkeep = [{QUOTED}]\n",
}


@pytest.mark.parametrize(
    ("fence", "before", "after"),
    [("---", *pair) for pair in YAML.items()] + [("+++", *pair) for pair in TOML.items()],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_entry_joins_what_is_there(fence: str, before: str, after: str, end: str) -> None:
    text, expected = (f"{fence}\n{block}{fence}\nBody\n".replace("\n", end) for block in (before, after))
    new = with_kept("a.md", text, NEW)
    assert new == expected
    had = parse(Source("a.md", text.replace(end, "\n")), Publication()).front.keep
    has = parse(Source("a.md", new.replace(end, "\n")), Publication()).front.keep
    assert set(has) == {*had, NEW}


def test_a_text_without_front_matter_gets_it_and_stays() -> None:
    assert with_kept("a.txt", "One\n\nTwo", NEW) == f"---\n{LIST}---\n\nOne\n\nTwo"
    assert with_kept("a.txt", "", NEW) == f"---\n{LIST}---\n\n"


def test_what_only_a_person_can_extend_is_refused() -> None:
    with pytest.raises(PublishError, match="by hand"):
        with_kept("a.md", '+++\npublish.keep = """a"""\n+++\n', NEW)
    with pytest.raises(PublishError, match="by hand"):
        with_kept("a.md", "---\npublish: [a]\n---\n", NEW)


@given(st.lists(st.text(min_size=1).map(clean_text).filter(bool), min_size=1, max_size=4, unique=True))
@pytest.mark.parametrize("fence", ["---", "+++", ""])
def test_any_line_can_be_written_and_read_again(fence: str, entries: list[str]) -> None:
    text = f"{fence}\n{fence}\nBody\n" if fence else "Body\n"
    for entry in entries:
        text = with_kept("a.md", text, entry)
    front = parse(Source("a.md", text), Publication()).front
    assert set(front.keep) == set(entries)
    assert text.endswith("Body\n")
