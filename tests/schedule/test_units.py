"""What is put into a crontab can be taken out again; units are such as systemd itself finds sound."""

import re
import shutil
import subprocess
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import PublishError
from publisher.schedule import cron
from publisher.schedule.systemd import units, web_unit

FOLDER = "/srv/news desk/100% harbour"
AT = time(6, 5)


def test_a_line_of_cron() -> None:
    entry = cron.line(FOLDER, "/opt/publish", AT)
    assert entry == r"5 * * * * cd '/srv/news desk/100\% harbour' && /opt/publish daily --due"
    with pytest.raises(PublishError, match="line break"):
        cron.line("/srv/a\nb", "publish", AT)


def test_a_crontab_keeps_what_is_not_ours() -> None:
    own = "MAILTO=desk@example.org\n0 4 * * * backup\n"
    entry = cron.line(FOLDER, "publish", AT)
    once = cron.installed(own, FOLDER, entry)
    assert cron.installed(once, FOLDER, entry) == once
    both = cron.installed(once, "/srv/other", "0 * * * * other")
    assert entry in both.splitlines()
    assert cron.removed(cron.removed(both, FOLDER), "/srv/other") == own


@given(st.lists(st.text(alphabet="ab #\t", max_size=8), max_size=6))
def test_installing_and_removing_leaves_a_crontab_as_it_was(lines: list[str]) -> None:
    own = "".join(f"{line}\n" for line in lines)
    assert cron.removed(cron.installed(own, FOLDER, "x"), FOLDER) == own


def test_a_block_without_an_end_is_told() -> None:
    with pytest.raises(PublishError, match="no end"):
        cron.removed(f"# publish: begin {FOLDER}\nx\n", FOLDER)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_finds_the_units_sound(tmp_path: Path) -> None:
    folder = tmp_path / "news desk 100%"
    folder.mkdir()
    made = units("The Harbour Ledger", str(folder), "/bin/true", AT, "Europe/London")
    made |= web_unit("The Harbour Ledger", str(folder), "/bin/true")
    for name, text in made.items():
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in made]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "publish-" in line]
    assert ours == []
    when = subprocess.run(
        ["systemd-analyze", "calendar", "*-*-* 06:05:00 Europe/London"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert when.returncode == 0, when.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_unit_in_the_manual_is_sound(tmp_path: Path) -> None:
    manual = Path(__file__).parents[2] / "docs" / "web.md"
    (block,) = re.findall(r"```ini\n(.*?)```", manual.read_text("utf-8"), re.DOTALL)
    unit = tmp_path / "publish-web.service"
    assert "ExecStart=/srv/letter/.venv/bin/publish -q web\n" in block
    unit.write_text(
        block.replace("/srv/letter/.venv/bin/publish", "/bin/true").replace("/srv/letter", str(tmp_path))
    )
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "publish-web" in line] == []


def test_units_have_names_that_files_can_have() -> None:
    assert list(web_unit("Ä/../x", "/srv", "publish")) == ["publish-..-x-web.service"]
    assert sorted(units("Ä/../x", "/srv", "publish", AT, "UTC")) == [
        "publish-..-x.service",
        "publish-..-x.timer",
    ]
    with pytest.raises(PublishError, match="control character"):
        units("x", "/srv/a\nb", "publish", AT, "UTC")
