"""Buttons that stick to sentences, and sentences that end like one."""

import pytest

from publisher.clean.glue import button, sentence_before, without_buttons

SAID = "Ferries will carry the workers across, the mayor said."


@pytest.mark.parametrize(
    "text",
    [
        SAID + " Subscribe",
        SAID + " Read more »",
        SAID + "Jetzt abonnieren",
        SAID + " Lire la suite →",
        "“" + SAID + "” Seguir leyendo",
        SAID + " Read more: A toll for the ferry",
        SAID + " Lesen Sie auch: Kommt die Maut?",
        "LISTEN NOW " + SAID,
        "ADVERTISEMENT " + SAID,
    ],
)
def test_a_button_is_cut_off(text: str) -> None:
    assert without_buttons(text).strip("“”") == SAID


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        SAID + " subscribe",
        "The picture was bought by a certain Dr. More",
        "He pressed a button that read Subscribe",
        SAID + " See also: The bridge was closed once before, in 1953.",
        "LISTEN NOW, said the poster. Nobody in the whole town of Eastmere did.",
        "LISTEN NOW AND NEVER AGAIN",
        "SHARE Ferries will carry the workers across.",
        SAID + " Share the boat",
        "",
    ],
)
def test_a_sentence_stays_whole(text: str) -> None:
    assert without_buttons(text) == text


def test_a_short_form_is_no_end_of_a_sentence() -> None:
    assert sentence_before("He said so.")
    assert sentence_before("It cost 40.")
    assert sentence_before("Did he?”")
    assert not sentence_before("It belongs to Dr.")
    assert not sentence_before("It belongs to him")
    assert not sentence_before("")


def test_a_button() -> None:
    assert button("READ MORE")
    assert not button("More bread")
