"""The commands as people use them: results on stdout, remarks on stderr, exit codes as documented."""

import json
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.clean.catalogue import CATALOGUE
from publisher.cli.main import COMMANDS, main
from publisher.config.load import known_keys
from publisher.content.article import parse
from publisher.content.fields import KEYS
from publisher.model import Source
from publisher.settings import Publication
from tests.work.projects import make, tree, write

REPOSITORY = Path(__file__).parents[2]
MARKET = "content/town/2026-11-20-market.txt"
NOW = "2026-11-21T06:00Z"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_with_examples(run: Run, name: str) -> None:
    code, out, _ = run(name, "--help")
    assert code == 0
    assert f"publish {name}" in out or name == "build"
    assert "Examples:" in out


def test_documentation_knows_every_command_key_field_and_code() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    assert all(f"publish {name}" in readme for name in COMMANDS)
    configuration = (REPOSITORY / "docs/configuration.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `([a-z_.]+)` \|", configuration, re.MULTILINE))
    assert documented == set(known_keys())
    articles = (REPOSITORY / "docs/articles.md").read_text("utf-8")
    assert all(f"`{key}`" in articles for key in KEYS)
    cleaning = (REPOSITORY / "docs/cleaning.md").read_text("utf-8")
    assert set(re.findall(r"^\| ([A-Z]{2}\d{3}) \|", cleaning, re.MULTILINE)) == {
        each.code for each in CATALOGUE
    }


def test_links_between_documents_resolve() -> None:
    for document in (REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8")):
            if document.name != "articles.md" or target.startswith("cleaning"):
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_an_unknown_command_is_answered_with_the_nearest(run: Run) -> None:
    code, _, err = run("biuld")
    assert code == 2
    assert "did you mean 'build'?" in err


def test_build_tells_what_it_did(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    code, out, err = run("-C", root, "build", "--now", NOW)
    assert (code, err) == (0, "")
    assert "The Test Ledger: 3 articles" in out
    assert "chrome CL" in out
    assert MARKET in out
    assert "1 draft, 1 dated in the future" in out
    assert run("-C", root, "build", "--now", NOW, "-q") == (0, "", "")


def test_build_counts_what_it_withholds(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    for name in ("one", "two"):
        text = f"---\ntitle: {name}\ndate: 2026-11-01\ndraft: true\n---\n\nText.\n"
        (root / "content" / f"{name}.md").write_text(text, encoding="utf-8")
    assert "3 drafts, 1 dated in the future" in run("-C", root, "build", "--now", NOW)[1]


def test_build_shows_every_mistake_and_exits_2(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root / "content/a.md", "---\ntilte: x\n---\n")
    write(root / "content/b.md", "---\ndate: never\n---\n")
    code, out, err = run("-C", root, "build", "--now", NOW)
    assert (code, out) == (2, "")
    assert "error: content/a.md:2: unknown key 'tilte' (did you mean 'title'?)" in err
    assert "error: content/b.md:2: date:" in err


def test_drafts_and_future_are_published_when_asked_for(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    run("-C", root, "build", "--now", NOW, "--drafts", "--future", "--output", "preview")
    pages = b"".join(tree(root / "preview").values())
    assert b"Not ready at all" in pages
    assert b"From the future" in pages
    assert not (root / "site").exists()


def test_no_publication_is_said_with_a_hint(run: Run, tmp_path: Path) -> None:
    code, _, err = run("-C", tmp_path, "build")
    assert code == 2
    assert "publish init" in err


def test_a_second_run_at_once_exits_5(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    holder = (
        "import sys; from pathlib import Path; from publisher.store.lock import hold\n"
        "with hold(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    lock = root / ".publish" / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stdin
        assert process.stdout.readline() == b"held\n"
        code, _, err = run("-C", root, "build", "--now", NOW)
        process.stdin.close()
    assert code == 5
    assert str(process.pid) in err


def test_check_lists_findings_and_exits_1(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    code, out, err = run("-C", root, "check", "--now", NOW)
    assert code == 1
    assert re.search(rf"^{re.escape(MARKET)}:\d+: CL\d+ .* \[\*\]$", out, re.MULTILINE)
    assert "can be mended with --fix" in err


def test_check_of_one_file_leaves_the_others_out(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    assert run("-C", root, "check", "content/harbour", "--now", NOW)[0] == 0
    assert run("-C", root, "check", "content/gone.md", "--now", NOW)[0] == 2


def test_the_formats_for_machines(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    report = json.loads(run("-C", root, "check", "--output-format", "json", "--now", NOW)[1])
    assert report["schema"] == 1
    codes = {finding["code"] for finding in report["findings"]}
    assert {"PR001", "DU001"} <= codes
    sarif = json.loads(run("-C", root, "check", "--output-format", "sarif", "--now", NOW)[1])
    assert {result["ruleId"] for result in sarif["runs"][0]["results"]} == codes
    github = run("-C", root, "check", "--output-format", "github", "--now", NOW)[1].splitlines()
    assert len(github) == len(report["findings"])
    assert all(line.startswith(f"::warning file={MARKET},line=") for line in github)


def test_fix_then_restore_gives_the_very_same_bytes(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    original = (root / MARKET).read_bytes()
    before = tree(root / "content")
    assert run("-C", root, "check", "--diff", "--now", NOW)[0] == 1
    assert tree(root / "content") == before
    code, _, _ = run("-C", root, "check", "--fix", "--now", NOW)
    assert code == 0
    fixed = (root / MARKET).read_text("utf-8")
    assert fixed.startswith("---\ntitle: Night market opens for a tenth year\nauthor: Bo Ek\n")
    assert "Subscribe" not in fixed
    assert "two more than last year and all of them lit." in fixed
    assert run("-C", root, "check", "--now", NOW)[0] == 0
    assert run("-C", root, "check", "--fix", "--now", NOW)[0] == 0
    assert (root / MARKET).read_text("utf-8") == fixed
    assert run("-C", root, "restore", MARKET)[0] == 0
    assert (root / MARKET).read_bytes() == original


def test_fixing_does_not_change_the_site(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    run("-C", root, "build", "--now", NOW)
    before = tree(root / "site")
    run("-C", root, "check", "--fix", "--now", NOW)
    run("-C", root, "build", "--now", NOW)
    assert tree(root / "site") == before


def test_restore_refuses_a_file_that_was_edited_since(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    run("-C", root, "check", "--fix", "--now", NOW)
    write(root / MARKET, "another text")
    code, _, err = run("-C", root, "restore", MARKET)
    assert code == 2
    assert "was edited since" in err
    assert (root / MARKET).read_text() == "another text"


def test_clean_is_a_filter(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    code, out, err = run("clean", root / MARKET)
    assert (code, err) == (0, "")
    assert out.startswith("Night market opens for a tenth year\n\nForty stalls")
    assert "Subscribe" not in out
    headed = run("clean", "--front-matter", root / MARKET)[1]
    assert headed.startswith(
        "---\ntitle: Night market opens for a tenth year\nauthor: Bo Ek\nsource: Coastwire\n---"
    )
    assert "CL" in run("-v", "clean", root / MARKET)[2]


def test_clean_of_a_folder_keeps_the_names(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    before = tree(root / "content")
    code, _, err = run("clean", "--in", root / "content", "--out", tmp_path / "out")
    assert code == 0
    assert "cleaned 5 texts" in err
    assert tree(tmp_path / "out").keys() == {name for name in before if not name.endswith(".png")}
    assert tree(root / "content") == before
    assert run("clean", "--in", root / "content", "--out", root / "content" / "x")[0] == 2
    assert run("clean", "--in", root)[0] == 2


def test_trace_accounts_for_every_line(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    code, out, _ = run("-C", root, "trace", MARKET)
    lines = [line for line in (root / MARKET).read_text("utf-8").splitlines() if line.strip()]
    assert code == 0
    assert len(re.findall(r"^ +\d+ [ ~>-] ", out, re.MULTILINE)) == len(lines)
    assert f"{len(lines)} lines:" in out


def test_explain_knows_every_code(run: Run) -> None:
    listed = run("explain")[1]
    for each in CATALOGUE:
        assert each.code in listed
        assert each.summary in run("explain", each.code.lower())[1]
    code, _, err = run("explain", "CL00I")
    assert code == 2
    assert "did you mean" in err


def test_digest_lists_writes_and_counts_once(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    html, text = tmp_path / "a.html", tmp_path / "a.txt"
    assert "Night market opens" in run("-C", root, "digest", "--list", "--now", NOW)[1]
    assert not (root / ".publish" / "ledger.sqlite").exists()
    assert run("-C", root, "digest", "--html", html, "--text", text, "--now", NOW)[0] == 0
    assert "Night market opens" in text.read_text("utf-8")
    first = html.read_bytes()
    assert run("-C", root, "digest", "--html", html, "--now", "2026-11-21T20:00Z")[0] == 0
    assert html.read_bytes() == first
    code, out, err = run("-C", root, "digest", "--html", tmp_path / "b.html", "--now", "2026-11-22T06:00Z")
    assert (code, out) == (0, "")
    assert "nothing new" in err
    assert not (tmp_path / "b.html").exists()
    assert run("-C", root, "digest", "--fail-if-empty", "--now", "2026-11-22T06:00Z")[0] == 3


def test_digest_of_a_day_is_never_counted(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    code, _, _ = run(
        "-C", root, "digest", "--date", "2026-11-19", "--html", tmp_path / "a.html", "--now", NOW
    )
    assert code == 0
    assert b"A timetable for the winter" in (tmp_path / "a.html").read_bytes()
    assert not (root / ".publish" / "ledger.sqlite").exists()


def test_digest_without_a_sender_says_what_to_configure(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    code, _, err = run("-C", root, "digest", "--eml", tmp_path / "a.eml", "--now", NOW)
    assert code == 2
    assert "sender" in err
    assert not (tmp_path / "a.eml").exists()


def test_init_and_new(run: Run, tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    assert run("init", blog)[0] == 0
    assert tomllib.loads((blog / "publish.toml").read_text("utf-8"))["title"] == "Blog"
    code, out, _ = run("-C", blog, "new", "--section", "Harbour", "The ferry’s back", "--now", NOW)
    assert code == 0
    made = (blog / "content/harbour/2026-11-21-the-ferrys-back.md").read_text("utf-8")
    assert "id: urn:uuid:" in made
    assert out.strip().endswith("2026-11-21-the-ferrys-back.md")
    assert run("-C", blog, "new", "--section", "Harbour", "The ferry’s back", "--now", NOW)[0] == 2
    assert run("-C", blog, "build", "--now", NOW)[0] == 0
    assert run("init", blog)[0] == 2


def test_the_demo_builds(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "demo", "--demo")[0] == 0
    code, out, _ = run("-C", tmp_path / "demo", "build", "--now", NOW)
    assert code == 0
    assert "chrome CL" in out


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_a_choice(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    coloured: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run(*arguments, "explain", "DU001")[1]) is coloured


def test_help_starts_without_the_heavy_libraries() -> None:
    heavy = {"jinja2", "markdown_it", "feedgen", "lxml", "rich", "yaml", "nh3", "mjml", "pygments"}
    program = (
        "import sys; from publisher.cli.main import main; main(['--help']); "
        f"print(sorted({heavy} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_theming_guide_names_every_template() -> None:
    theme = REPOSITORY / "publisher" / "theme"
    names = {file.relative_to(theme).as_posix() for file in theme.rglob("*") if file.is_file()}
    guide = (REPOSITORY / "docs/theming.md").read_text("utf-8")
    assert {name for name in names if f"`{name}`" not in guide} == set()


@pytest.mark.parametrize(
    "head",
    [
        "---\n'title': T\n\"id\":\ndate: # none yet\n---",
        "---\ntitle: T\nsummary: |\n  first\n  date:\n  id:\n---",
        "---\ntitle: T\nmeta:\n  id:\n---",
        "+++\ntitle = 'T'\nx = '''\n[not a table]\n'''\n+++",
        "+++\ntitle = 'T'\nnested = [\n [1],\n]\n[more]\na = 1\n+++",
    ],
)
def test_fix_keeps_what_the_author_wrote(run: Run, tmp_path: Path, head: str) -> None:
    root = make(tmp_path, {"2026-11-20-a.md": f"{head}\n\nThe quay was empty at six in the morning.\n"})
    file = root / "content/2026-11-20-a.md"
    before = parse(Source("a.md", file.read_text("utf-8")), Publication()).front
    assert run("-C", root, "check", "--fix", "--now", NOW)[0] == 0
    fixed = file.read_text("utf-8")
    after = parse(Source("a.md", fixed), Publication()).front
    assert after.id.startswith("urn:uuid:")
    assert (after.title, after.summary, after.extra) == (before.title, before.summary, before.extra)
    assert run("-C", root, "check", "--fix", "--now", NOW)[0] == 0
    assert file.read_text("utf-8") == fixed


def test_fix_leaves_front_matter_that_it_cannot_extend(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path, {"2026-11-20-a.md": "---\n{title: T}\n---\n\nThe quay was empty at six.\n"})
    before = tree(root / "content")
    code, _, err = run("-C", root, "check", "--fix", "--now", NOW)
    assert code == 1
    assert "by hand" in err
    assert tree(root / "content") == before


def test_a_file_whose_name_is_decomposed_is_fixed_in_place(run: Run, tmp_path: Path) -> None:
    name = "2026-11-20-cafe\u0301.md"
    root = make(tmp_path, {name: "---\ntitle: T\n---\n\nThe quay was empty at six.\n"})
    assert run("-C", root, "check", "--fix", "--now", NOW)[0] == 0
    assert "urn:uuid:" in (root / "content" / name).read_text("utf-8")
    assert [file.name for file in (root / "content").glob("*.md")] == [name]


def test_links_to_drafts_are_findings_in_check_as_in_build(run: Run, tmp_path: Path) -> None:
    root = make(
        tmp_path,
        {
            "2026-11-20-a.md": "---\ntitle: A\nid: urn:a\n---\n\nSee [this](2026-11-20-b.md) of the quay.\n",
            "2026-11-20-b.md": "---\ntitle: B\nid: urn:b\ndraft: true\n---\n\nSee [that](2026-11-20-a.md).\n",
        },
    )
    code, out, _ = run("-C", root, "check", "--now", NOW)
    assert code == 1
    assert "content/2026-11-20-a.md:6: LK001" in out
    assert "content/2026-11-20-b.md" not in out


def test_what_steers_a_terminal_is_spelt_out(run: Run, tmp_path: Path) -> None:
    root = make(
        tmp_path, {"2026-11-20-a.md": "---\ntitle: A\n---\n\nThe \x1b]0;owned\x07 quay\u202e was empty.\n"}
    )
    for command in (
        ("trace", "content/2026-11-20-a.md"),
        ("check", "--diff", "--now", NOW),
        ("check", "--now", NOW),
    ):
        out = run("-C", root, *command)[1]
        assert not set(out) & {"\x1b", "\x07", "\u202e"}


def test_the_reader_of_our_output_may_go(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "publisher", "explain"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are listed in /proc only")
@pytest.mark.parametrize("signal", ["kill", "terminate"])
def test_a_killed_build_leaves_no_workers(tmp_path: Path, signal: str) -> None:
    text = "The quay was empty at six. " * 400
    many = {f"2026-11-20-a{n}.md": f"---\ntitle: A{n}\n---\n\n{text}{n}\n" for n in range(400)}
    root = make(tmp_path, many)
    command = [sys.executable, "-m", "publisher", "-C", str(root), "build", "--now", NOW, "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 20
        while not (workers := children(process.pid)) and time.monotonic() < deadline:
            time.sleep(0.01)
        getattr(process, signal)()
        process.communicate(timeout=20)  # would wait for ever for a worker that holds the pipes
    assert workers
    assert process.returncode != 0


def children(parent: int) -> list[int]:
    """The processes whose parent is `parent` (proc(5): the fourth field of stat)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "+++\ntitle = 'x'\ndate = 0001-01-01\n+++\n"),
        ("a.md", "---\ntitle: x\ndate: Mon, 1 Jan 2026 00:00:00 +99999999999999\n---\n"),
        ("a.md", "---\ntitle: x\nimage: 'http://[::1'\n---\n"),
        ("a.md", "+++\ntitle = 'x'\nbig = 0x" + "f" * 5000 + "\n+++\n"),
    ],
)
def test_absurd_values_are_the_authors_errors(run: Run, tmp_path: Path, name: str, text: str) -> None:
    root = make(tmp_path, {name: text})
    code, _, err = run("-C", root, "build", "--now", NOW)
    assert code == 2
    assert err.startswith(f"error: content/{name}:")


def test_a_digest_that_cannot_be_written_is_not_counted(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    code, _, err = run("-C", root, "digest", "--html", tmp_path / "none" / "a.html", "--now", NOW)
    assert code == 2
    assert "a.html" in err
    again = tmp_path / "a.html"
    assert run("-C", root, "digest", "--html", again, "--now", "2026-11-22T06:00Z")[0] == 0
    assert b"Night market opens" in again.read_bytes()
