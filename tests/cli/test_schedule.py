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
    assert sorted(file.suffix for file in units.iterdir()) == [".service", ".timer"]
    assert "OnCalendar=*-*-* 02:30:00 Europe/Berlin" in next(units.glob("*.timer")).read_text()
    assert "systemctl --user enable --now publish-The-Test-Ledger.timer" in capsys.readouterr().out


def test_the_endpoint_has_a_unit_where_it_is_configured(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units, plain = tmp_path / "units", (root / "publish.toml").read_text()
    install = ["-C", str(root), "schedule", "install", "--systemd", "--to", str(units)]
    (root / "publish.toml").write_text(f'{plain}[web]\nurl = "https://news.example.org"\n')
    assert main(install) == 0
    unit = "publish-The-Test-Ledger-web.service"
    assert f"--now publish-The-Test-Ledger.timer {unit}" in capsys.readouterr().out
    assert (units / unit).read_text().count(f"WorkingDirectory={root.resolve()}\n") == 1
    (root / "publish.toml").write_text(plain)
    assert main(install) == 0
    assert not (units / unit).exists()


def test_units_are_removed_and_no_others(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those of a former title, and the links that enabled them; without cron, too."""
    monkeypatch.setenv("PATH", "/nowhere")
    units = tmp_path / "units"
    neighbour = make(tmp_path / "other desk", configuration=CONFIGURATION.replace("Test", "Other"))
    (root / "publish.toml").write_text(
        (root / "publish.toml").read_text() + '[web]\nurl = "https://n.example.org"\n'
    )
    for folder in (root, neighbour):
        assert main(["-C", str(folder), "schedule", "install", "--systemd", "--to", str(units)]) == 0
    wants = units / "timers.target.wants" / "publish-The-Test-Ledger.timer"
    wants.parent.mkdir()
    wants.symlink_to(units / wants.name)
    (root / "publish.toml").write_text((root / "publish.toml").read_text().replace("Test", "New"))
    remove = ["-C", str(root), "schedule", "remove", "--to", str(units)]
    assert main(remove) == 0
    left = {"publish-The-Other-Ledger.service", "publish-The-Other-Ledger.timer", "timers.target.wants"}
    assert {file.name for file in units.iterdir()} == left
    assert not wants.is_symlink()
    assert "systemctl --user stop publish-The-Test-Ledger-web.service" in capsys.readouterr().out
    assert main(remove) == 0
    assert "nothing was there" in capsys.readouterr().out


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
