"""The scorer as it ships: probabilities, reasons, what it spares, and that work grows with the text alone."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings

from publisher.clean.rules.scored_line import CODE, Terms, check, survey
from publisher.clean.scorer import model
from publisher.clean.scorer.model import judge, score, weights
from publisher.clean.scorer.reasons import phrases
from publisher.clean.scorer.rows import rows
from publisher.clean.scorer.trees import logit
from tests.clean.build import article
from tests.clean.test_laws import DOCUMENTS

STORY = (
    "The council of Eastmere voted on Tuesday to close the old harbour bridge for nine months.",
    "Engineers had found cracks in two of its seven arches during an inspection in early spring.",
    "Ferries will carry workers across the estuary until the first arch has been rebuilt, the mayor said.",
    "Nobody knows yet who is going to pay for the ferries, which cost the town a fortune in the war.",
)
MORE = (
    "Traders on the quay fear for the summer, when most of their guests arrive on foot over the bridge.",
    "The harbour master has asked for two more boats, and for a pontoon below the customs house.",
    "Repairs of the second arch are to begin in autumn, if the insurers agree before the end of July.",
    "Until then, lorries have to take the road around the marshes, which adds an hour to each journey.",
)
TAIL = ("Latest", "Ferry captain honoured for rescue", "Fog keeps planes on the ground", "Ada Marsh", "3 min")


def page(*tail: str) -> str:
    return "\n".join((*STORY, *MORE, "Subscribe", "Share", *tail, "All rights reserved"))


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_scores_are_probabilities_of_lines_that_are_left(text: str) -> None:
    given_article = article(text)
    removed = frozenset(line.number for line in given_article.lines[::3])
    found = score(given_article, removed)
    assert all(0 <= one.probability <= 1 for one in found.values())
    assert removed.isdisjoint(found)
    assert list(found) == sorted(found)
    assert score(given_article, removed) == found


def test_contributions_sum_to_the_logit_of_either_pass() -> None:
    used = weights()
    text = article(page(*TAIL))
    for one, scored in zip(
        judge(rows(text, frozenset()), "", used), score(text, frozenset()).values(), strict=True
    ):
        assert sum(scored.contributions.values()) == pytest.approx(logit(used.second, one.second))
        assert sum(scored.first.values()) == pytest.approx(logit(used.first, one.first))
        assert scored.probability == one.probability
        assert one.explained(used).contributions is one.score.contributions


def test_calibration_rises() -> None:
    points = weights().points
    assert list(points) == sorted(points)
    assert [y for _, y in points] == sorted(y for _, y in points)
    assert weights().probability(-99) == points[0][1]
    assert weights().probability(99) == points[-1][1]


def test_lines_unlike_the_story_behind_its_end_are_found() -> None:
    text = article(page(*TAIL))
    gone = frozenset({9, 10, 16})
    found = {finding.lines[0]: finding for finding in survey(text, gone)}
    assert {number for number, finding in found.items() if finding.edit} >= {11, 14}
    assert not found.keys() & set(range(1, 9))
    assert all(finding.code == CODE for finding in found.values())
    assert "unlike the story" in found[12].message


def test_a_strict_reading_takes_no_less() -> None:
    text = article(page(*TAIL))
    safe = {finding.lines for finding in survey(text, frozenset({9})) if finding.edit}
    keen = {finding.lines for finding in survey(text, frozenset({9}), Terms(strict=True)) if finding.edit}
    assert safe <= keen


@pytest.mark.parametrize(
    "form",
    [
        "```\n{body}\n```",
        "> {body}",
        "| {body} | b |\n| --- | --- |",
        "1. {body}",
        "2 eggs\n100 g flour\n1 tsp salt\n3 apples",
        "- 2 eggs\n- 100 g flour\n- 1 tsp salt\n- 3 apples\n- nutmeg",
        "- oats\n- brown sugar\n- butter\n- salt",
    ],
)
def test_what_has_a_form_is_spared(form: str) -> None:
    text = "\n\n".join((*STORY, form.format(body="Latest news"), *MORE, "Subscribe"))
    taken = {finding.lines[0] for finding in check(article(text)) if finding.edit}
    first = len(STORY) * 2 + 1  # a blank line stands behind each paragraph
    assert taken.isdisjoint(range(first, first + form.count("\n") + 1))


def test_a_clean_text_stays() -> None:
    assert not [finding for finding in check(article("\n\n".join(STORY))) if finding.edit]


def test_every_reason_is_about_a_feature() -> None:
    used = weights()
    assert phrases().keys() <= {*used.first.names, *used.second.names}


SHAPES: dict[str, Callable[[int], list[str]]] = {
    "a long story": lambda count: [f"Part {at} of {count}: {STORY[at % 4]}" for at in range(9 * count)],
    "story and furniture": lambda count: [
        f"Part {at} of {count}: {line}" for at in range(count) for line in (*STORY, *TAIL)
    ],
    "the same again and again": lambda count: [*STORY, *TAIL, str(count)] * count,
    "short lines in common words": lambda count: [
        f"{MORE[at % 4][:40]} {at % 7} {at} {count}" for at in range(9 * count)
    ],
    "furniture alone": lambda count: [f"{TAIL[at % 5]} {at} {count}" for at in range(9 * count)],
    "a paragraph, then its pieces": lambda count: [
        " ".join(MORE * count),
        *(f"{MORE[at % 4][:60]} {at} {count}" for at in range(9 * count)),
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_text_not_faster(shape: str) -> None:
    def work(count: int) -> int:
        """The lines of code run in the scorer."""
        text, folder, done = article("\n".join(SHAPES[shape](count))), str(Path(model.__file__).parent), 0

        def traced(frame: FrameType, event: str, _: object) -> Any:
            nonlocal done
            done += event == "line"
            return traced if frame.f_code.co_filename.startswith(folder) else None

        before = sys.gettrace()
        sys.settrace(traced)
        try:
            list(model.judge(rows(text, frozenset()), "", weights()))
        finally:
            sys.settrace(before)
        return done

    work(1)  # tables are read
    assert work(60) < 7 * work(15)  # four times the text
