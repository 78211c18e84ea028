"""A mended index is the one that would be made anew, byte for byte."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.prose import Prose
from publisher.search.documents import Document
from publisher.search.index import Indexed, index, ranked_terms
from publisher.search.mend import Change, mend
from publisher.search.segments import Segment
from tests.search.reader import document

WORDS = st.sampled_from(["fog", "ferry", "harbour", "е-mail", "don’t", "東京", "Øre", "town", "2026", "quay"])
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
DOCUMENTS = st.builds(lambda text, title, lead: (text, title, lead), TEXTS, TEXTS, TEXTS)


def made(held: list[tuple[str, str, str]]) -> tuple[Document, ...]:
    return tuple(document(f"a{at:03}", *each) for at, each in enumerate(held))


def mended(before: tuple[Document, ...], after: tuple[Document, ...]) -> Indexed | None:
    changes = [
        Change(at, ranked_terms(before[at]) if at < len(before) else {}, ranked_terms(new))
        for at, new in enumerate(after)
        if at >= len(before) or before[at] != new
    ]
    return mend(index(Segment("2026", before)), Segment("2026", after), changes)


@given(st.lists(DOCUMENTS, min_size=1, max_size=8), st.lists(DOCUMENTS, max_size=3), st.data())
@settings(max_examples=100)
def test_a_mended_index_equals_a_new_one(
    held: list[tuple[str, str, str]], behind: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    edited = [data.draw(DOCUMENTS) if data.draw(st.booleans()) else each for each in held]
    after = made([*edited, *behind])
    assert mended(made(held), after) == index(Segment("2026", after))


def test_files_whose_terms_stay_are_not_read() -> None:
    every = made([(" ".join(f"w{n}x{k}" for k in range(60)), "", "") for n in range(200)])
    whole = index(Segment("2026", every))
    new = replace(every[7], prose=Prose("", every[7].text + " mended"))
    after = (*every[:7], new, *every[8:])
    change = Change(7, ranked_terms(every[7]), ranked_terms(new))
    unread = replace(whole, outputs=tuple(replace(o, content=o.content[:12] + b"?") for o in whole.outputs))
    touched = mend(whole, Segment("2026", after), [change])
    assert touched == index(Segment("2026", after))
    assert touched is not None
    places = [at for at, output in enumerate(touched.outputs) if output != whole.outputs[at]]
    assert len(places) == 1
    mixed = replace(
        unread, outputs=tuple(whole.outputs[at] if at in places else o for at, o in enumerate(unread.outputs))
    )
    assert mend(mixed, Segment("2026", after), [change]) is not None


def test_another_number_of_files_is_left_to_a_new_index() -> None:
    before = made([("fog", "", "")])
    after = made([(" ".join(f"word{n}" for n in range(4_000)), "", "")])
    assert mended(before, after) is None
