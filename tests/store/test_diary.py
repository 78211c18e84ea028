"""Runs come back as they were written, whatever a killed run left of its line."""

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.store.diary import Outcome, Run, read_runs, write_run

RUN = Run(
    date(2026, 3, 2),
    datetime(2026, 3, 2, 6, tzinfo=UTC),
    False,
    (Outcome("build", 2, 1.5, "content/ü.md:3: “wrong”\n"), Outcome("send", None, said="left out")),
)
NEXT = Run(date(2026, 3, 3), datetime(2026, 3, 3, 6, tzinfo=UTC), True, (Outcome("build", 0, 0.1),))


def test_runs_come_back_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / ".publish" / "daily.jsonl"
    assert read_runs(path) == ()
    write_run(path, RUN)
    write_run(path, NEXT)
    assert read_runs(path) == (RUN, NEXT)
    assert path.stat().st_mode & 0o777 == 0o600


@given(st.integers(1, 200))
@settings(max_examples=30)
def test_a_torn_line_costs_that_run_alone(cut: int) -> None:

    with TemporaryDirectory() as folder:
        path = Path(folder) / "daily.jsonl"
        write_run(path, RUN)
        whole = path.read_bytes()
        path.write_bytes(whole[: max(1, len(whole) - cut)])
        write_run(path, NEXT)
        assert read_runs(path)[-1] == NEXT


def test_lines_of_others_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "daily.jsonl"
    path.write_text(
        '{"day": 3}\n[]\nnull\n\n{"day": "2026-03-02", "begun": "x", "done": 1, "outcomes": []}\n'
    )
    write_run(path, NEXT)
    assert read_runs(path) == (NEXT,)
