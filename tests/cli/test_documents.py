"""What README and docs/ show exists: commands with their options, configurations, places that are linked."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from publisher.cli.main import main, publish
from publisher.config.load import configure
from tests.post.servers import server

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
EXAMPLES = {"../harbour/ferry.md#timetable"}  # a link within an article, shown as one
ELSEWHERE = ("# What articles of this source",)  # a file of sources/

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)


def shown(text: str) -> Iterator[list[str]]:
    """The words of each command in a block of code or between backticks."""
    blocks = re.findall(r"^ *```(?:sh|text|cron)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    lines = [line.split(" #")[0] for block in blocks for line in block.splitlines()]
    for line in (*lines, *re.findall(r"`(publish [^`]*)`", text)):
        for part in re.split(r"&&|[|;]", line):
            found = re.match(r"\s*(?:\$ |.*(?:\d|\*) cd \S+ )?(publish .*)", part)
            if found:
                yield found.group(1).split()


def unknown(words: list[str]) -> str:
    """The command or option of these words that does not exist; '' if all do."""
    command: click.Command = publish
    for word in words[1:]:
        context = click.Context(command)
        options = {
            name for each in command.get_params(context) for name in (*each.opts, *each.secondary_opts)
        }
        named = re.match(r"--?[a-z][a-z-]*", word)
        if named and named.group() not in {*options, "--help"}:
            return f"{command.name} {word}"
        if isinstance(command, click.Group) and re.fullmatch(r"[a-z]+", word):
            found = command.get_command(context, word)
            if found is None and word not in {"blog", "letter"}:  # the folder behind -C
                return word
            command = found or command
    return ""


@each_document
def test_commands_and_options_exist(document: Path) -> None:
    wrong = {unknown(words): " ".join(words) for words in shown(document.read_text("utf-8"))}
    assert set(wrong) <= {""}, wrong


@each_document
def test_configurations_load(document: Path) -> None:
    for block in re.findall(r"^```toml\n(.*?)^```", document.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        if not block.startswith(ELSEWHERE):
            configure("publish.toml", block, {})


def places(document: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}


@each_document
def test_linked_places_exist(document: Path) -> None:
    for link in set(re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8"))) - EXAMPLES:
        if ":" in link:
            continue
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        assert target.exists(), link
        assert not anchor or anchor in places(target), link


def test_every_manual_is_linked_from_the_readme() -> None:
    readme = DOCUMENTS[0].read_text("utf-8")
    assert all(f"](docs/{manual.name})" in readme for manual in DOCUMENTS[2:])


def test_the_newsletter_in_five_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = DOCUMENTS[0].read_text("utf-8").split("## A newsletter in five minutes")[1].split("\n## ")[0]
    (settings,) = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    _, commands = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/ferry.md").write_text("---\ndate: 2026-11-20\n---\n\n# The ferry\n\nIt is back.\n")
    monkeypatch.chdir(tmp_path)
    with server() as script:
        (tmp_path / "publish.toml").write_text(settings.replace("port = 2525", f"port = {script.port}"))
        for line in commands.splitlines():
            assert main(shlex.split(line, comments=True)[1:]) == 0, line
        assert len(script.taken) == 2  # the test, and the issue to its one reader
