"""A publication's folder and time of day -> units for systemd: a timer, its service, and the endpoint's.

They are told from others' by the folder that they work in, whatever they are called.
"""

import re
from datetime import time

from publisher.errors import PublishError

_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")


def units(name: str, folder: str, program: str, at: time, zone: str) -> dict[str, str]:
    """File name -> text of `publish-NAME.service` and its timer: the daily run.

    A run that a sleeping machine missed is made up for (`Persistent=`, systemd.timer(5)). Raises
    PublishError for names that no unit can hold.
    """
    unit = _unit(name, folder, program)
    return {f"{unit}.service": _service(name, folder, program), f"{unit}.timer": _timer(name, at, zone)}


def web_unit(name: str, folder: str, program: str) -> dict[str, str]:
    """File name -> text of `publish-NAME-web.service`: the endpoint. Raises PublishError as `units` does."""
    return {f"{_unit(name, folder, program)}-web.service": _web(name, folder, program)}


def works_in(text: str, folder: str) -> bool:
    """Whether the text of a service is for this folder."""
    return f"WorkingDirectory={_path(folder)}" in text.splitlines()


def _unit(name: str, folder: str, program: str) -> str:
    for text in (folder, program):
        if _UNSAFE.search(text):
            raise PublishError(text, "a control character in the name", "systemd cannot be told of it")
    return f"publish-{re.sub(r'[^A-Za-z0-9_.-]+', '-', name).strip('-') or 'site'}"


def _service(name: str, folder: str, program: str) -> str:
    # What is worth another try soon is a server that is down (75); 4 is a word on readers, not a failure.
    return f"""\
[Unit]
Description=Build and send {_plain(name)}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={_path(folder)}
ExecStart={_quoted(program)} daily
SuccessExitStatus=4
Restart=on-failure
RestartPreventExitStatus=1 2 5 70
RestartSec=15min
TimeoutStartSec=infinity
UMask=0077
NoNewPrivileges=yes
"""


def _timer(name: str, at: time, zone: str) -> str:
    return f"""\
[Unit]
Description=When to build and send {_plain(name)}

[Timer]
OnCalendar=*-*-* {at.hour:02}:{at.minute:02}:00 {zone}
Persistent=yes
AccuracySec=1s

[Install]
WantedBy=timers.target
"""


def _web(name: str, folder: str, program: str) -> str:
    return f"""\
[Unit]
Description=Sign-up and leaving for {_plain(name)}
Wants=network-online.target
After=network-online.target

[Service]
WorkingDirectory={_path(folder)}
ExecStart={_quoted(program)} web
Restart=always
RestartPreventExitStatus=2
RestartSec=2s
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
"""


def _plain(text: str) -> str:
    return _UNSAFE.sub(" ", text).replace("%", "%%")


def _path(folder: str) -> str:
    return folder.replace("%", "%%")


def _quoted(program: str) -> str:
    """As systemd.service(5) reads it: `%` and `$` doubled, within quotes."""
    safe = program.replace("%", "%%").replace("$", "$$").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{safe}"'
