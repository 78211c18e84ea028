from hypothesis import given
from hypothesis import strategies as st

from publisher.site.listing import paginate


def test_pages_know_their_neighbours() -> None:
    first, second, third = paginate(tuple(range(5)), "/tag/x/", 2)
    assert (first.url, first.newer, first.older) == ("/tag/x/", "", "/tag/x/page/2/")
    assert (second.url, second.newer, second.older) == ("/tag/x/page/2/", "/tag/x/", "/tag/x/page/3/")
    assert (third.url, third.newer, third.older) == ("/tag/x/page/3/", "/tag/x/page/2/", "")
    assert third.items == (4,)
    assert third.total == 3


def test_an_empty_list_has_one_empty_page() -> None:
    empty: tuple[int, ...] = ()
    (only,) = paginate(empty, "/", 20)
    assert (only.number, only.total, only.items, only.newer, only.older) == (1, 1, (), "", "")


@given(st.integers(0, 60), st.integers(1, 25))
def test_every_item_is_on_one_page_in_order(number: int, size: int) -> None:
    leaves = paginate(tuple(range(number)), "/", size)
    assert [item for leaf in leaves for item in leaf.items] == list(range(number))
    assert all(len(leaf.items) == size for leaf in leaves[:-1])
    assert [leaf.number for leaf in leaves] == list(range(1, leaves[0].total + 1))
