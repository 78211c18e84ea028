from hypothesis import given
from hypothesis import strategies as st

from publisher.site.listing import ListPage, paginate


def test_pages_are_numbered_from_the_oldest_and_know_their_neighbours() -> None:
    assert paginate(tuple("hgfedcba"), "/tag/x/", 3) == (
        ListPage(0, "/tag/x/", "", "/tag/x/page/2/", ("h", "g")),
        ListPage(2, "/tag/x/page/2/", "/tag/x/", "/tag/x/page/1/", ("f", "e", "d")),
        ListPage(1, "/tag/x/page/1/", "/tag/x/page/2/", "", ("c", "b", "a")),
    )


def test_an_empty_list_has_one_empty_page() -> None:
    empty: tuple[int, ...] = ()
    assert paginate(empty, "/", 20) == (ListPage(0, "/", "", "", ()),)


@given(st.integers(0, 60), st.integers(1, 25))
def test_every_item_is_on_one_page_in_order(number: int, size: int) -> None:
    leaves = paginate(tuple(range(number)), "/", size)
    assert [item for leaf in leaves for item in leaf.items] == list(range(number))
    assert all(len(leaf.items) == size for leaf in leaves[1:])
    assert min(number, size / 2) <= len(leaves[0].items) < 1.5 * size + 1
    assert [leaf.number for leaf in leaves] == [0, *range(len(leaves) - 1, 0, -1)]


@given(st.integers(0, 200), st.integers(1, 25))
def test_a_new_item_changes_three_pages_at_most_and_no_older_one(number: int, size: int) -> None:
    before = {leaf.url: leaf for leaf in paginate(tuple(range(number, 0, -1)), "/", size)}
    after = {leaf.url: leaf for leaf in paginate(tuple(range(number + 1, 0, -1)), "/", size)}
    changed = [url for url, leaf in after.items() if before.get(url) != leaf]
    assert before.keys() <= after.keys()
    assert len(changed) <= 3
    assert changed == list(after)[: len(changed)]
