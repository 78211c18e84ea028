"""A shelf: every phrase that a label fits is found, in the order in which the phrases were put there."""

from hypothesis import given
from hypothesis import strategies as st

from publisher.clean.notation import first_words, fits
from publisher.clean.shelf import Shelf

PHRASES = (
    "share (this|the) (story|page)",
    "share( it|) now",
    "share {x} now",
    "(share|print) {x}",
    "sharing {x}",
    "(print|send) this page( now|)",
)
LABELS = st.lists(
    st.sampled_from(("share", "this", "the", "page", "now", "print", "it", "send")), min_size=1, max_size=5
)


@given(LABELS.map(" ".join))
def test_what_fits_is_found(label: str) -> None:
    shelf: Shelf[int] = Shelf()
    for number, phrase in enumerate(PHRASES):
        shelf.add(first_words(phrase), phrase, number)
    fitting = [number for number, phrase in enumerate(PHRASES) if fits(phrase, label)]
    assert list(shelf.fitting(label.partition(" ")[0], label)) == fitting
    assert shelf.fitting("harbour", label) == ()
