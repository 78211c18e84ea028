"""Invented articles and copies of some of them -> how many copies are found, and what the search costs.

    python -m benchmarks.stories [--articles 20000] [--copies 2000]

Copies come in six kinds, as desks make them; strangers of two kinds must not be taken for copies: notices
that share a company's paragraph about itself, and those that quote the same statement.
"""

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks import corpus
from benchmarks.pages import table
from publisher.similar.sketch import sketch
from publisher.similar.stories import Story, twins

Blocks = list[str]
Change = Callable[[Blocks, Blocks, random.Random], Blocks]
_START = datetime(2022, 1, 1, tzinfo=UTC)
_KINDS = (
    "the same",
    "cut",
    "reworded",
    "shuffled",
    "extended",
    "rewritten head",
    "shared notice",
    "shared quote",
)
_STRANGERS = frozenset(_KINDS[-2:])


@dataclass(frozen=True, slots=True)
class Made:
    """A later story: of which kind it is, and the path of the one that it was made from."""

    kind: str
    first: str
    story: Story


def blocks(number: int, count: int) -> Blocks:
    """The paragraphs of article `number`."""
    return corpus.article(number, count).text.split("---\n", 2)[2].strip().split("\n\n")


def _cut(own: Blocks, _other: Blocks, chance: random.Random) -> Blocks:
    return own[: max(3, int(len(own) * chance.uniform(0.5, 0.8)))]


def _reworded(own: Blocks, other: Blocks, chance: random.Random) -> Blocks:
    """Five words in a hundred are others."""
    spare = " ".join(other).split()
    return [
        " ".join(chance.choice(spare) if chance.random() < 0.05 else word for word in block.split())
        for block in own
    ]


def _shuffled(own: Blocks, _other: Blocks, chance: random.Random) -> Blocks:
    return chance.sample(own, len(own))


def _extended(own: Blocks, other: Blocks, _chance: random.Random) -> Blocks:
    return [*own, *other[: len(own) // 3]]


def _headed(own: Blocks, other: Blocks, _chance: random.Random) -> Blocks:
    return [*other[:2], *own[2:]]


def _noticed(own: Blocks, other: Blocks, _chance: random.Random) -> Blocks:
    """Another story with the last paragraph of this one: about the company."""
    return [*other, own[-1]]


def _quoting(own: Blocks, other: Blocks, _chance: random.Random) -> Blocks:
    return [*other[:3], own[0], *other[3:]]


_CHANGES: tuple[Change, ...] = (
    lambda own, _other, _chance: own,
    _cut,
    _reworded,
    _shuffled,
    _extended,
    _headed,
    _noticed,
    _quoting,
)


def story(name: str, at: int, text: Blocks) -> Story:
    return Story(name, _START + timedelta(minutes=at), frozenset({f"Author {name}"}), (), "\n\n".join(text))


def copies(articles: int, count: int) -> Iterator[Made]:
    """So many copies (and for every six of them two strangers) of articles chosen by lot."""
    chance = random.Random(7)  # noqa: S311  (to be repeated, not for secrets)
    for at, number in enumerate(chance.sample(range(articles), count * len(_KINDS) // 6)):
        kind, change = _KINDS[at % len(_KINDS)], _CHANGES[at % len(_KINDS)]
        fresh = blocks(articles + at, 2 * articles)
        text = change(blocks(number, articles), fresh, chance)
        yield Made(kind, f"{number}", story(f"copy-{at}", articles + at, text))


def report(made: Sequence[Made], found: dict[str, str]) -> list[list[str]]:
    """For each kind, how many there are and how many were found with the right first story."""
    there, right = Counter[str](), Counter[str]()
    for each in made:
        there[each.kind] += 1
        right[each.kind] += found.get(each.story.path) == each.first
    return [["kind", "made", "found"], *([kind, f"{there[kind]:,}", f"{right[kind]:,}"] for kind in _KINDS)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--copies", type=int, default=2_000)
    options = parser.parse_args()
    made = list(copies(options.articles, options.copies))
    every = [
        story(f"{number}", number, blocks(number, options.articles)) for number in range(options.articles)
    ]
    every += [each.story for each in made]
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    sketches = {each.path: sketch(each.text) for each in every}
    sketched = time.process_time()
    found = {twin.later.path: twin.first.path for twin in twins(every, sketches)}
    ended = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    true = {each.story.path for each in made if each.kind not in _STRANGERS}
    right = sum(found.get(each.story.path) == each.first for each in made if each.story.path in true)
    told = [
        ["articles", f"{len(every):,}"],
        ["precision", f"{right / max(1, len(found)):.4f}"],
        ["recall", f"{right / len(true):.4f}"],
        [
            "sketches, CPU s (ms each)",
            f"{sketched - begun:.1f} ({1000 * (sketched - begun) / len(every):.2f})",
        ],
        ["comparing, CPU s", f"{ended - sketched:.1f}"],
        ["more memory than the texts, MB", f"{(peak - before) / 1024:.0f}"],
    ]
    sys.stdout.write(f"{table(report(made, found))}\n\n{table([['', ''], *told])}\n")


if __name__ == "__main__":
    main()
