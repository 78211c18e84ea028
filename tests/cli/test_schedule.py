"""The daily run in cron and systemd: shown, installed, installed again, removed; and when it comes next."""

import stat
from pathlib import Path

import pytest

from publisher.cli.main import main
from tests.work.projects import CONFIGURATION, make

# What crontab(1) does, for a file of the test's own: nobody's real crontab is touched.
CRONTAB = """\
#!/bin/sh
case "$1" in
-l) [ -f "$0.tab" ] && cat "$0.tab" || { echo "no crontab for somebody" >&2; exit 1; } ;;
-) cat > "$0.tab" ;;
esac
"""


@pytest.fixture
def crontab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(CRONTAB)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    return program.with_name("crontab.tab")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path / "news desk", configuration=CONFIGURATION + '[daily]\nat = "02:30"\n')


def test_the_next_runs_are_told_over_a_change_of_the_clock(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(root), "schedule", "next", "-n", "3", "--now", "2027-03-27T00:00"]) == 0
    assert [line.split()[-1] for line in capsys.readouterr().out.splitlines()] == [
        "2027-03-27T02:30:00+01:00",
        "2027-03-28T03:00:00+02:00",
        "2027-03-29T02:30:00+02:00",
    ]


def test_cron_is_told_once_and_forgets(root: Path, crontab: Path) -> None:
    crontab.write_text("0 4 * * * backup\n")
    for _ in range(2):
        assert main(["-C", str(root), "schedule", "install", "--cron"]) == 0
    lines = crontab.read_text().splitlines()
    assert len(lines) == 4
    assert lines[0] == "0 4 * * * backup"
    assert f"cd '{root.resolve()}' && " in lines[2]
    assert lines[2].startswith("30 * * * * ")
    assert lines[2].endswith(" daily --due")
    for _ in range(2):
        assert main(["-C", str(root), "schedule", "remove"]) == 0
    assert crontab.read_text() == "0 4 * * * backup\n"


def test_a_first_crontab_is_made(root: Path, crontab: Path) -> None:
    assert main(["-C", str(root), "schedule", "install"]) == 0
    assert len(crontab.read_text().splitlines()) == 3


def test_units_are_installed(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    units = tmp_path / "units"
    for _ in range(2):
        assert main(["-C", str(root), "schedule", "install", "--systemd", "--to", str(units)]) == 0
    assert sorted(file.suffix for file in units.iterdir()) == [".service", ".service", ".timer"]
    assert "OnCalendar=*-*-* 02:30:00 Europe/Berlin" in next(units.glob("*.timer")).read_text()
    assert "systemctl --user enable --now publish-The-Test-Ledger.timer" in capsys.readouterr().out


def test_without_cron_systemd_is_the_hint(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert main(["-C", str(root), "schedule", "install"]) == 2
    assert "--systemd" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ['at = "6"', 'at = "24:00"', 'steps = ["mow"]'])
def test_mistakes_in_the_configuration_have_a_line(
    tmp_path: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(tmp_path, configuration=f"{CONFIGURATION}[daily]\n{wrong}\n")
    assert main(["-C", str(root), "schedule", "next"]) == 2
    assert "publish.toml:6" in capsys.readouterr().err
