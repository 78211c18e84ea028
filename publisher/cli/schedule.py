"""`publish schedule`: the daily run, by cron or systemd, and when it comes next."""

import os
import sys
from datetime import datetime
from itertools import islice
from pathlib import Path
from shutil import which

import click

from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.terminal import Terminal, faint, good
from publisher.work.place import Place

EXAMPLES = """\b
Examples:
  publish schedule next
  publish schedule show --systemd
  publish schedule install --cron
  publish schedule install --systemd"""


@click.group("schedule", epilog=EXAMPLES)
def command() -> None:
    """Let cron or systemd run `publish daily` every day at [daily] at, in the publication's time zone."""


def _kind_options(function: click.decorators.FC) -> click.decorators.FC:
    systemd = click.option("--systemd", "kind", flag_value="systemd", help="Units for systemd.")
    cron = click.option("--cron", "kind", flag_value="cron", default=True, help="Lines for cron (default).")
    return systemd(cron(function))


@command.command("next")
@click.option("-n", "count", type=click.IntRange(1, 366), default=5, help="How many to show.")
@now_option
@click.pass_obj
def following(terminal: Terminal, count: int, now: datetime | None) -> int:
    """Show when the next runs are due, in the publication's time zone."""
    from publisher.schedule.moments import coming

    here, instant = open_here(now, terminal)
    publication = here.publication
    for moment in islice(coming(instant, publication.daily.time, publication.zone), count):
        terminal.give(f"{moment.strftime('%a %Y-%m-%d %H:%M %Z')} {faint(moment.isoformat())}\n")
    return 0


@command.command()
@_kind_options
@click.pass_obj
def show(terminal: Terminal, kind: str) -> int:
    """Print what `install` would install."""
    here, _ = open_here(None, terminal)
    if kind == "cron":
        terminal.give(_entry(here) + "\n")
        return 0
    for name, text in _units(here).items():
        terminal.give(f"{faint(f'# {name}')}\n{text}\n")
    return 0


@command.command()
@_kind_options
@click.option("--to", metavar="DIR", type=click.Path(path_type=Path), help="Where units go.")
@speaking
@click.pass_obj
def install(terminal: Terminal, kind: str, to: Path | None) -> int:
    """Put the daily run into the user's crontab, or its units into ~/.config/systemd/user.

    Once more changes nothing, or replaces what an earlier one put there.
    """
    from publisher.schedule.cron import installed
    from publisher.store.crontab import read_crontab, write_crontab

    here, _ = open_here(None, terminal)
    if kind == "cron":
        before = read_crontab()
        after = installed(before, str(here.root.resolve()), _entry(here))
        if after != before:
            write_crontab(after)
        terminal.say(f"{good('installed')} in the crontab: {_entry(here)}")
        return 0
    _install_units(terminal, here, to or _unit_folder())
    return 0


@command.command()
@click.option("--to", metavar="DIR", type=click.Path(path_type=Path), help="Where units are.")
@speaking
@click.pass_obj
def remove(terminal: Terminal, to: Path | None) -> int:
    """Take out again what `install` put into the user's crontab, or into ~/.config/systemd/user."""
    here, _ = open_here(None, terminal)
    folder = str(here.root.resolve())
    gone = _remove_units(terminal, folder, to or _unit_folder())
    if which("crontab") and _remove_line(folder):
        terminal.say(f"{good('removed')} from the crontab")
    elif not gone:
        terminal.say("nothing was there")
    return 0


def _remove_line(folder: str) -> bool:
    from publisher.schedule.cron import removed
    from publisher.store.crontab import read_crontab, write_crontab

    before = read_crontab()
    after = removed(before, folder)
    if after != before:
        write_crontab(after)
    return after != before


def _remove_units(terminal: Terminal, folder: str, units: Path) -> bool:
    from publisher.store.units import remove_units

    gone = remove_units(units, folder)
    for name in gone:
        terminal.say(f"{good('removed')} {units / name}")
    if gone:
        terminal.say(f"systemctl --user stop {' '.join(gone)}; systemctl --user daemon-reload")
    return bool(gone)


def _entry(here: Place) -> str:
    from publisher.schedule.cron import line

    return line(str(here.root.resolve()), _program(), here.publication.daily.time)


def _units(here: Place) -> dict[str, str]:
    from publisher.schedule.systemd import units, web_unit

    publication, program = here.publication, _program()
    folder = str(here.root.resolve())
    made = units(publication.title, folder, program, publication.daily.time, publication.time_zone)
    return made | (web_unit(publication.title, folder, program) if publication.web.url else {})


def _install_units(terminal: Terminal, here: Place, folder: Path) -> None:
    from publisher.store.units import write_units

    made = _units(here)
    gone = write_units(folder, made, str(here.root.resolve()))
    for name in made:
        terminal.say(f"{good('installed')} {folder / name}")
    for name in gone:
        terminal.say(f"{good('removed')} {folder / name}, which was for this folder, too")
    starting = " ".join(name for name in made if name.endswith((".timer", "-web.service")))
    terminal.say(f"systemctl --user daemon-reload && systemctl --user enable --now {starting}")
    terminal.say(faint("loginctl enable-linger lets it run while nobody is logged in"))


def _unit_folder() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "systemd" / "user"


def _program() -> str:
    """This very program, as a timer can call it: beside Python in its environment, else as it was called."""
    beside = Path(sys.executable).with_name("publish")
    return str(beside if beside.exists() else Path(sys.argv[0]).resolve())
