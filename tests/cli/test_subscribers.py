"""`publish subscribers` as people use it: from files into the ledger and back; nobody is brought back."""

import csv
import io
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.cli.main import main
from publisher.cli.subscribers import COMMANDS
from publisher.store.roster import Choice, Roster

ONE = """\
title = "The Test Ledger"
base_url = "https://ledger.example.org"
"""
TWO = ONE + '[newsletters.daily]\n[newsletters.weekly]\nevery = "week"\n'
NOW = ("--now", "2026-11-21T06:00Z")
VOW = ("--confirmed", "--consent", "I want the letter")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "publish.toml").write_text(ONE)
    return tmp_path


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], root: Path) -> Run:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["-C", str(root), "subscribers", *map(str, arguments)])
        captured = capsysbinary.readouterr()
        return code, captured.out.decode(), captured.err.decode()

    return call


def listed(root: Path, text: str) -> Path:
    path = root / "readers.csv"
    path.write_text(text, "utf-8")
    return path


def states(root: Path) -> dict[str, str]:
    roster = Roster(root / ".publish" / "ledger.sqlite")
    return {each.address: each.state for each in roster.page(Choice(), limit=9_999)}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_with_examples(run: Run, name: str) -> None:
    code, out, _ = run(name, "--help")
    assert code == 0
    assert f"publish subscribers {name}" in out
    assert "Examples:" in out


def test_a_slip_is_answered(run: Run) -> None:
    code, _, err = run("imprt")
    assert code == 2
    assert "did you mean 'import'?" in err


def test_a_reader_comes_and_goes(run: Run, root: Path) -> None:
    assert run("add", "Ana@Example.org", "--name", "Ana Lund", *NOW) == (
        0,
        "added Ana@example.org to daily: unconfirmed\n",
        "",
    )
    assert (
        run("confirm", "ana@example.org", "--consent", "by letter")[1]
        == "confirmed Ana@example.org for daily\n"
    )
    assert run("list", "-v")[1].split() == [
        "1", "confirmed", "Ana@example.org", "daily", "2026-11-21", "·", "Ana", "Lund",
    ]  # fmt: skip
    assert run("unsubscribe", "ana@example.org")[0] == 0
    code, _, err = run("add", "ana@example.org", *VOW)
    assert code == 2
    assert err.startswith("error: ana@example.org: no mail may go there: unsubscribed (only the reader")
    code, _, err = run("confirm", "ana@example.org", "--consent", "by phone")
    assert code == 2
    assert "--again" in err
    assert run("confirm", "ana@example.org", "--consent", "by phone", "--again")[0] == 0
    facts = json.loads(run("export", "--reader", "ana@example.org")[1])
    assert [each["act"] for each in facts["consents"]] == [
        "imported",
        "confirmed",
        "unsubscribed",
        "confirmed",
    ]
    assert facts["consents"][-1]["wording"] == "by phone"
    assert run("forget", "ana@example.org", "--yes") == (0, "forgotten: reader 1\n", "")
    assert states(root) == {}
    assert "no mail may go there: forgotten" in run("add", "ana@example.org", *VOW)[2]


def test_what_cannot_be_taken_back_asks_first(run: Run, root: Path) -> None:
    run("add", "ana@example.org")
    code, _, err = run("forget", "ana@example.org")
    assert code == 2
    assert "--yes" in err
    for name in ("forget", "unsubscribe", "suppress"):
        assert run(name, "ana@example.org", "--dry-run")[1].startswith("would")
    assert states(root) == {"ana@example.org": "unconfirmed"}


def test_suppression_by_hand(run: Run, root: Path) -> None:
    run("add", "ana@example.org", *VOW)
    assert run("suppress", "trap@example.org", "ana@example.org")[0] == 0
    assert states(root) == {"ana@example.org": "unsubscribed"}
    run("import", listed(root, "email\ntrap@example.org\nana@example.org\nnew@example.org\n"), *VOW)
    assert states(root) == {"ana@example.org": "unsubscribed", "new@example.org": "confirmed"}
    assert run("add", "trap@example.org")[0] == 2
    assert run("suppress", "--lift", "trap@example.org")[1] == "lifted trap@example.org\n"
    assert run("suppress", "--lift", "trap@example.org")[1] == "was not suppressed: trap@example.org\n"


def test_bad_lines_are_told_and_put_aside(run: Run, root: Path) -> None:
    text = 'email,name,status\nana@example.org,Ana,active\nnobody,"=1+1",\n\nbo@example.org,Bo,what?\n'
    bad = root / "bad.csv"
    path = listed(root, text)
    code, out, err = run("import", path, "--bad", bad)
    assert (code, out) == (1, "imported 1 reader, 2 bad\n")
    assert err.splitlines() == [
        f"{path}:3: an email address must have an @-sign",
        f"{path}:5: the status 'what?' is not known; write confirmed, unconfirmed or unsubscribed",
    ]
    assert bad.stat().st_mode & 0o777 == 0o600
    rows = list(csv.reader(io.StringIO(bad.read_text("utf-8"))))
    assert rows[:2] == [
        ["email", "name", "status", "line", "problem"],
        ["nobody", "'=1+1", "", "3", "an email address must have an @-sign"],
    ]
    mended = bad.read_text("utf-8").replace("nobody", "no@example.org").replace("what?", "")
    code, out, err = run("import", listed(root, mended))
    assert (code, out) == (0, "imported 2 readers\n")
    assert err == "columns that were not used: line, problem\n"
    assert run("list", "-v")[1].splitlines()[1].endswith("=1+1")


def test_many_bad_lines_are_told_in_short(run: Run, root: Path) -> None:
    path = listed(root, "email\n" + "secret person@example.org\n" * 100)
    code, _, err = run("import", path)
    assert code == 1
    assert len(err.splitlines()) == 21
    assert err.endswith("and 80 bad lines more (-v shows all, --bad FILE writes them out)\n")
    assert "secret" not in err
    facts = json.loads(run("import", path, "--output-format", "json")[1])
    assert (facts["schema"], facts["added"], facts["bad"], len(facts["problems"])) == (1, 0, 100, 20)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ":1: the file is empty"),
        ("name\nAna\n", ":1: no column holds addresses"),
        ("email,email\na@example.org,b@example.org\n", ":1: two columns are called 'email'"),
    ],
)
def test_no_list_of_readers(run: Run, root: Path, text: str, problem: str) -> None:
    code, _, err = run("import", listed(root, text))
    assert code == 2
    assert problem in err
    assert states(root) == {}


def test_who_never_agreed_is_not_imported(run: Run, root: Path) -> None:
    path = root / "nonsubscribed_members_export.csv"
    path.write_text("Email Address,MEMBER_RATING\na@example.org,2\n", "utf-8")
    code, _, err = run("import", path, "--from", "mailchimp", *VOW)
    assert code == 2
    assert "never agreed" in err
    assert run("import", path, "--from", "ghost")[2].endswith(
        "(the first line names the columns: email,name,…)\n"
    )
    assert states(root) == {}


def test_confirmed_needs_the_wording(run: Run, root: Path) -> None:
    path = listed(root, "ana@example.org\nbo@example.org\n")
    for options in (("--confirmed",), ("--consent", "yes"), ("--confirmed", "--consent", " ")):
        assert run("import", path, *options)[0] == 2
    assert run("import", path)[1] == "imported 2 readers\n"
    assert run("import", path)[1] == "imported 0 readers, 2 known already\n"
    assert set(states(root).values()) == {"unconfirmed"}
    assert run("import", path, *VOW, "--dry-run")[1] == "would import 0 readers, 2 changed\n"
    assert run("import", path, *VOW)[1] == "imported 0 readers, 2 changed\n"
    assert set(states(root).values()) == {"confirmed"}


def test_lines_that_name_their_newsletters_need_no_word_of_the_command(run: Run, root: Path) -> None:
    (root / "publish.toml").write_text(TWO)
    text = (
        "email,newsletters,status\nana@example.org,daily,\nbo@example.org,,\ncy@example.org,,unsubscribed\n"
    )
    code, _, err = run("import", listed(root, text), *VOW)
    assert code == 1
    assert "3: it names no newsletter, and there are several" in err
    assert states(root) == {"ana@example.org": "confirmed", "cy@example.org": "unsubscribed"}
    exported = listed(root, run("export")[1])
    assert run("import", exported, *VOW)[0] == 0, "what was exported can be put back as it is"


def test_several_newsletters_have_to_be_named(run: Run, root: Path) -> None:
    (root / "publish.toml").write_text(TWO)
    code, _, err = run("add", "ana@example.org")
    assert code == 2
    assert "there are: daily, weekly" in err
    assert "did you mean 'weekly'?" in run("add", "ana@example.org", "--newsletter", "wekly")[2]
    assert run("add", "ana@example.org", "--newsletter", "weekly", *VOW)[0] == 0
    run("add", "ana@example.org", "--newsletter", "daily", *VOW)
    assert run("unsubscribe", "ana@example.org", "--newsletter", "daily")[1].endswith("gets weekly\n")
    path = listed(root, "email,newsletters\nana@example.org,daily\nbo@example.org,\n")
    run("import", path, "--newsletter", "weekly", *VOW)
    assert run("list", "--newsletter", "daily")[2] == "no readers\n"
    assert len(run("list", "--newsletter", "weekly")[1].splitlines()) == 2


def test_what_is_exported_comes_back_the_same(run: Run, root: Path, tmp_path: Path) -> None:
    (root / "publish.toml").write_text(TWO)
    hostile = '"=HYPERLINK(""https://example.com"")",zoë@bücher.example\n"\'=x",+plus@example.org\n@me,b@example.org\n'
    path = listed(root, f"name,email\n{hostile}Ana,ana@example.org\nBo,bo@example.org\n")
    run("import", path, "--newsletter", "weekly", "--newsletter", "daily", *VOW, *NOW)
    run("unsubscribe", "ana@example.org", "--newsletter", "daily")
    run("unsubscribe", "bo@example.org")
    run(
        "add",
        "new@example.org",
        "--newsletter",
        "daily",
        "--language",
        "pt-BR",
        "--time-zone",
        "America/Bahia",
    )
    out = root / "out.csv"
    assert run("export", "--output", out)[1] == f"exported 6 readers -> {out}\n"
    assert out.stat().st_mode & 0o777 == 0o600
    cells = [cell for row in csv.reader(io.StringIO(out.read_text("utf-8"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@")]
    before = [json.loads(line) for line in run("export", "--output-format", "json")[1].splitlines()]
    (root / ".publish" / "ledger.sqlite").unlink()
    assert run("import", out, "--newsletter", "daily", *VOW)[:2] == (0, "imported 6 readers\n")
    after = [json.loads(line) for line in run("export", "--output-format", "json")[1].splitlines()]
    for each in (*before, *after):
        assert each.pop("consent_evidence") or each["email"] == "new@example.org"
        each.pop("consent_how")
    assert before == after
    assert run("export")[1] != ""


def test_lists_for_machines_page_by_page(run: Run, root: Path) -> None:
    run("import", listed(root, "email\n" + "".join(f"r{n}@example.org\n" for n in range(5))))
    first = json.loads(run("list", "--limit", "3", "--output-format", "json")[1])
    assert [each["email"] for each in first["subscribers"]] == [
        "r0@example.org",
        "r1@example.org",
        "r2@example.org",
    ]
    rest = json.loads(run("list", "--after", str(first["next"]), "--output-format", "json")[1])
    assert (len(rest["subscribers"]), rest["next"]) == (2, None)
    assert "--after 3" in run("list", "--limit", "3")[2]


def test_stats(run: Run, root: Path) -> None:
    assert json.loads(run("stats", "--output-format", "json")[1])["states"]["confirmed"] == 0
    rows = ("a@example.org,en,2026-09-01,", "b@example.org,de,2026-10-01,2026-11-02")
    path = listed(root, "\n".join(["email,language,joined,unsubscribed_at", *rows]))
    run("import", path, *VOW, *NOW)
    facts = json.loads(run("stats", "--output-format", "json")[1])
    assert (facts["states"]["confirmed"], facts["states"]["unsubscribed"], facts["suppressed"]) == (1, 1, 1)
    assert (facts["newsletters"], facts["languages"]) == ({"daily": 1}, {"en": 1})
    assert facts["months"] == [
        {"month": "2026-09", "joined": 1, "left": 0},
        {"month": "2026-10", "joined": 1, "left": 0},
        {"month": "2026-11", "joined": 0, "left": 1},
    ]
    out = run("stats")[1]
    assert "Newsletters\n  daily" in out


def test_a_file_by_standard_input(root: Path) -> None:
    command = [sys.executable, "-m", "publisher", "-C", str(root), "subscribers", "import", "-"]
    done = subprocess.run(command, input=b"email;name\na@example.org;Ana\n", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"imported 1 reader\n")


@pytest.mark.parametrize("part", [0.5, 0.9, 1.0])
def test_an_import_that_is_killed_has_done_nothing_or_all(run: Run, root: Path, part: float) -> None:
    number = 700
    path = listed(root, "email\n" + "".join(f"r{n}@example.org\n" for n in range(number)))
    run("add", "ana@example.org")
    command = [sys.executable, "-m", "publisher", "-C", str(root), "subscribers", "import", str(path)]
    begun = time.monotonic()
    subprocess.run([*command, "--dry-run"], capture_output=True, check=True)
    takes = time.monotonic() - begun
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        time.sleep(takes * part)
        process.send_signal(signal.SIGKILL)
    found = len(states(root))
    assert found in {1, 1 + number}
    assert run("import", path)[0] == 0
    assert len(states(root)) == 1 + number
