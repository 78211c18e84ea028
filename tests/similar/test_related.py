from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from publisher.similar.related import MOST, Relations, Topic

WORDS = st.lists(st.sampled_from("abcdefghijklmnop"), max_size=6, unique=True).map(tuple)
TOPICS = st.lists(st.builds(Topic, WORDS, WORDS), max_size=25)
OTHERS = tuple(Topic((f"x{n}", f"y{n}"), ()) for n in range(20))


def related(topics: Iterable[Topic], most: int = MOST) -> tuple[tuple[int, ...], ...]:
    """For each topic the places of the earlier ones it shares most with, closest first."""
    every = tuple(topics)
    relations = Relations(every)
    return tuple(relations.closest(place, most) for place in range(len(every)))


def topics(*own: Topic) -> tuple[tuple[int, ...], ...]:
    """The relations of `own`, after twenty articles that have nothing to do with them."""
    return related((*OTHERS, *own))[len(OTHERS) :]


def test_the_article_that_shares_most_rare_words_comes_first() -> None:
    far = Topic(("ferry", "winter", "harbour", "soup"), ())
    near = Topic(("ferry", "winter", "harbour", "timetable"), ())
    late = Topic(("ferry", "winter", "harbour", "timetable"), ())
    assert topics(far, near, late)[2] == (21, 20)


def test_one_shared_word_is_chance_and_a_shared_tag_counts_as_two() -> None:
    assert topics(Topic(("ferry", "soup"), ()), Topic(("ferry", "eels"), ()))[1] == ()
    assert topics(Topic(("ferry", "soup"), ("quay",)), Topic(("ferry", "eels"), ("quay",)))[1] == (20,)


def test_words_that_many_use_do_not_count() -> None:
    same = Topic(("council", "people", "town"), ())
    assert related([same] * 12)[11] == ()


@given(TOPICS, st.builds(Topic, WORDS, WORDS))
def test_a_new_article_changes_no_relation_of_those_before(before: list[Topic], new: Topic) -> None:
    assert related([*before, new])[:-1] == related(before)


@given(TOPICS)
def test_relations_lead_to_earlier_articles_only_and_to_each_once(all_topics: list[Topic]) -> None:
    for place, found in enumerate(related(all_topics, most=3)):
        assert len(found) == len(set(found)) <= 3
        assert all(other < place for other in found)
