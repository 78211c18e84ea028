"""Days whose runs are killed, in small: nobody twice, nobody forgotten, the site and its target whole."""

import random
from pathlib import Path

from tests.faults.days import Plan, campaign


def test_killed_at_any_moment_and_begun_twice(tmp_path: Path) -> None:
    result = campaign(tmp_path, Plan(30, 1, 1, 1), random.Random("small"))  # noqa: S311  (no secret)
    assert result.wrong == []
    assert result.kills >= 2
    assert result.pairs.total() == 1
    assert result.bounced == result.days - 1
