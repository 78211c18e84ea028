"""The promise, in small: killed at random, nobody is lost, nobody doubled, whoever is in doubt is named."""

import random
from pathlib import Path

import pytest

from tests.faults.kills import Plan, Policy, campaign


@pytest.mark.parametrize("policy", ["hold", "resend"])
def test_killed_again_and_again(tmp_path: Path, policy: Policy) -> None:
    kills, connections = 6, 4
    result = campaign(tmp_path, Plan(120, connections, policy, kills), random.Random(policy))  # noqa: S311  (no secret)
    assert result.kills > 0
    assert (result.lost, result.unnamed, result.untold, result.identities) == ([], [], [], 0)
    assert result.in_doubt <= connections * result.kills
    assert len(result.doubled) <= (0 if policy == "hold" else result.in_doubt)
    assert result.states.get("unknown", 0) == (result.in_doubt if policy == "hold" else 0)
