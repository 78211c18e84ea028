"""A few steps of a random walk (the long form: `python -m tests.laws.walk`), and every memory damaged."""

import random
import shutil
from pathlib import Path

import pytest

from tests.laws.damage import HARMS, memories
from tests.laws.walk import walk
from tests.laws.world import World
from tests.work.projects import built, tree
from tests.work.test_rendered import publication


@pytest.mark.parametrize("seed", [1])
def test_after_any_steps_it_is_as_if_built_from_nothing(tmp_path: Path, seed: int) -> None:
    done = walk(tmp_path / "walk", seed, 5)
    assert done.differences == []
    assert done.told["(steps)"] == 5


@pytest.mark.parametrize("anew", [False, True], ids=["outputs are there", "outputs are lost"])
@pytest.mark.parametrize("harm", [*HARMS, "swapped"])
def test_every_memory_may_be_damaged(tmp_path: Path, harm: str, anew: bool) -> None:
    root = publication(tmp_path / "publication")
    built(root)
    world = World(root, tmp_path, tmp_path, random.Random(harm))  # noqa: S311 - to be repeated
    expected = tree(world.site)
    files = memories(world.state)
    contents = [file.read_bytes() for file in files]
    others = [*contents[1:], contents[0]]
    for file, raw, other in zip(files, contents, others, strict=True):
        file.write_bytes(other if harm == "swapped" else HARMS[harm](world, raw))
    if anew:
        shutil.rmtree(world.site)
    built(root)
    assert tree(world.site) == expected
    built(root)
    assert tree(world.site) == expected
