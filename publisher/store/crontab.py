"""The user's crontab in, and out again by `crontab` itself, which looks whether it can be read."""

import subprocess

from publisher.errors import PublishError

_WHERE = "crontab"


def read_crontab() -> str:
    """The user's crontab; empty if there is none. Raises PublishError where there is no cron."""
    done = _run("-l", "")
    if done.returncode and "no crontab" not in done.stderr.lower():
        raise PublishError(_WHERE, done.stderr.strip() or "cannot be read", "who may use cron: crontab(1)")
    return "" if done.returncode else done.stdout


def write_crontab(text: str) -> None:
    """Replaces the user's crontab. Raises PublishError if cron refuses it; the old one stays then."""
    done = _run("-", text)
    if done.returncode:
        raise PublishError(_WHERE, done.stderr.strip() or "cron refuses it", "crontab -e shows it")


def _run(argument: str, text: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - a fixed program and argument
            ["crontab", argument],  # noqa: S607 - where the user's PATH says
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
    except FileNotFoundError as error:
        raise PublishError(
            _WHERE, "there is no cron on this machine", "--systemd installs a timer"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise PublishError(_WHERE, "crontab does not answer") from error
