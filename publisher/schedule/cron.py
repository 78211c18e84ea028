"""A publication's folder and time of day -> its lines in a crontab, put in and taken out again.

cron knows the machine's zone only, and forgets what fell into a night's sleep. So the line asks every hour
whether it is time: `publish daily --due` says at once that it is not.
"""

import shlex
from datetime import time

from publisher.errors import PublishError


def line(folder: str, program: str, at: time) -> str:
    """The crontab's line (crontab(5)). Raises PublishError for a folder that cron could not be told."""
    command = f"cd {shlex.quote(folder)} && {shlex.quote(program)} daily --due"
    if "\n" in command or "\r" in command:
        raise PublishError(folder, "a line break in the folder's name", "cron cannot be told of it")
    escaped = command.replace("%", "\\%")  # cron takes a bare one for the end of the line
    return f"{at.minute} * * * * {escaped}"


def installed(crontab: str, folder: str, entry: str) -> str:
    """The crontab with this entry for the folder, once, whatever stood there for it before."""
    others = removed(crontab, folder)
    if others and not others.endswith("\n"):
        others += "\n"
    return f"{others}{_begin(folder)}\n{entry}\n{_end(folder)}\n"


def removed(crontab: str, folder: str) -> str:
    """The crontab without what `installed` put there for the folder; all else stays as it is."""
    kept, inside = [], False
    for each in crontab.splitlines(keepends=True):
        text = each.rstrip("\r\n")
        if text == _begin(folder):
            inside = True
        if not inside:
            kept.append(each)
        if text == _end(folder):
            inside = False
    if inside:
        where = f"crontab, {_begin(folder)!r}"
        raise PublishError(
            where, "the block has no end", f"add the line {_end(folder)!r} or remove the block"
        )
    return "".join(kept)


def _begin(folder: str) -> str:
    return f"# publish: begin {folder}"


def _end(folder: str) -> str:
    return f"# publish: end {folder}"
