"""What is sent, in which order, and what may go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.deploy.plan import Local, batches, make_plan, read_record, write_record
from publisher.errors import PublishError
from publisher.store.outputs import rank

NAMES = st.sampled_from(
    [
        f"{folder}{name}"
        for folder in ("", "a/", "tag/x/")
        for name in ("index.html", "p.css", "feed.xml", "q.png")
    ]
)
DIGESTS = st.sampled_from(["", "1", "2"])


@given(st.dictionaries(NAMES, DIGESTS.filter(bool)), st.dictionaries(NAMES, DIGESTS))
def test_a_plan_makes_the_target_equal_to_the_site(site: dict[str, str], before: dict[str, str]) -> None:
    plan = make_plan(tuple(Local(path, 1, digest) for path, digest in site.items()), before)
    after = {**before, **{each.path: each.digest for each in plan.send}}
    assert {path: digest for path, digest in after.items() if path not in plan.delete} == site
    assert plan.unchanged + len(plan.send) == len(site)
    assert set(plan.delete) == before.keys() - site.keys()
    ranks = [rank(each.path, each.path not in before) for each in plan.send]
    assert ranks == sorted(ranks)


@given(st.lists(st.tuples(NAMES, st.integers(0, 30_000_000)), unique_by=lambda pair: pair[0]))
def test_batches_are_the_plan_in_small_parts(files: list[tuple[str, int]]) -> None:
    plan = make_plan(tuple(Local(path, size, "1") for path, size in files), {})
    parts = list(batches(plan))
    assert [each for part in parts for each in part] == list(plan.send)
    for part in parts:
        assert len({rank(each.path, new=True) for each in part}) == 1
        assert len(part) == 1 or sum(each.size for each in part) <= 20_000_000


def test_a_new_feed_comes_before_the_pages_that_point_at_it_and_a_known_one_after_them() -> None:
    site = tuple(Local(f"news/{name}", 1, "2") for name in ("feed.xml", "index.html", "old/feed.xml"))
    sent = [each.path for each in make_plan(site, {"news/old/feed.xml": "1"}).send]
    assert sent == ["news/feed.xml", "news/index.html", "news/old/feed.xml"]


def test_no_file_is_sent_twice_for_nothing_and_all_if_asked_for() -> None:
    site = (Local("index.html", 3, "1"),)
    assert make_plan(site, {"index.html": "1"}).idle
    assert make_plan(site, {"index.html": ""}).send == site
    assert make_plan(site, {"index.html": "1"}, everything=True).send == site


def test_a_record_comes_back() -> None:
    held = {"b/index.html": "2", "a.css": ""}
    assert read_record("live", write_record(held)) == held
    assert read_record("live", None) == {}


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{}", b'{"schema": 2, "files": {}}', b'{"schema": 1, "files": {"../x": "1"}}']
)
def test_a_damaged_record_deletes_nothing(raw: bytes) -> None:
    with pytest.raises(PublishError):
        read_record("live", raw)
