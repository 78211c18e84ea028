"""Copies of invented articles are found with the story they were made from, and strangers are not."""

from benchmarks.stories import blocks, copies, report, story
from publisher.similar.sketch import sketch
from publisher.similar.stories import twins


def test_every_kind_of_copy_is_found_and_no_stranger() -> None:
    made = list(copies(80, 24))
    every = [story(f"{number}", number, blocks(number, 80)) for number in range(80)]
    every += [each.story for each in made]
    sketches = {each.path: sketch(each.text) for each in every}
    found = {twin.later.path: twin.first.path for twin in twins(every, sketches)}
    rows = report(made, found)
    assert len(made) == 32
    assert [row[1:] for row in rows[1:]] == [["4", "4"]] * 6 + [["4", "0"]] * 2
    assert len(found) == 24
