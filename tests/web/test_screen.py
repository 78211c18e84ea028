"""Who gets no mail to confirm, whoever asks, and what a burst of sign-ups does: at the running endpoint."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from publisher.cli.main import main
from publisher.settings.web import WebSettings
from publisher.web.screen import Screen
from tests.web.servers import Outside, endpoint

NAMES = (
    *("ana@example.org", "postmaster@example.org", "ana@mailinator.com", "ana@x.mailinator.com"),
    *("ana@unreachable.example.org", "ana@blocked.example.org", "abuse@allowed.example.org"),
)
MORE = 'blocked = ["blocked.example.org"]\nallowed = ["abuse@allowed.example.org"]'


def reached(domain: str) -> bool:
    return not domain.startswith("unreachable.")


def test_some_get_no_mail_and_the_answer_is_that_of_all(tmp_path: Path) -> None:
    with endpoint(tmp_path, more=MORE, outside=Outside(takes_mail=reached)) as web:
        answers = [web.sign_up(name, f"198.51.{n}.1") for n, name in enumerate(NAMES)]
        assert len({(each.status, each.body, tuple(each.names)) for each in answers}) == 1
        assert {each.recipient for each in web.mails()} == {"ana@example.org", "abuse@allowed.example.org"}
        refused = web.reader("postmaster@example.org")
        assert refused
        assert refused.state == "unconfirmed"  # the operator can find and confirm him


def test_a_reader_with_such_an_address_gets_his_settings(tmp_path: Path) -> None:
    with endpoint(tmp_path, outside=Outside(takes_mail=reached)) as web:
        web.add("abuse@unreachable.example.org")
        web.sign_up("abuse@unreachable.example.org")
        assert len(web.mails("abuse@unreachable.example.org")) == 1


def came_to(is_so: Callable[[], bool]) -> None:
    """Waits for what the worker does when it has nothing else to do."""
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("refuse", "refused"),
    [
        ((), set[str]()),
        (("roles",), {"postmaster@example.org", "abuse@allowed.example.org"}),
        (("disposable",), {"ana@mailinator.com", "ana@x.mailinator.com"}),
        (("unreachable",), {"ana@unreachable.example.org"}),
    ],
)
def test_each_kind_can_be_chosen(refuse: tuple[str, ...], refused: set[str]) -> None:
    screen = Screen(WebSettings(refuse=refuse), reached)
    assert {name for name in NAMES if screen.refuses(name)} == refused


def test_a_burst_waits_and_the_operator_lets_it_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """S09: the answer is the same; what waits is told in the log, counted and let go by a command."""
    with endpoint(tmp_path, more="burst = 6\nhourly = 6000\ndomain_hourly = 6000") as web:
        answers = [web.sign_up(f"r{n}@d{n % 4}.example.org", f"198.51.{n}.1") for n in range(10)]
        assert len({(each.status, each.body) for each in answers}) == 1
        assert len(web.mails()) == 6
        came_to(lambda: "more than 6 sign-ups in an hour: some wait" in capsys.readouterr().err)
        publish = ["-C", str(tmp_path), "subscribers", "held"]
        assert main(publish) == 0
        assert capsys.readouterr().out == "".join(f"      1 d{n}.example.org\n" for n in (2, 3, 0, 1))
        assert main([*publish, "--drop", "--domain", "d3.example.org"]) == 0
        assert main([*publish, "--release", "--domain", "D2.example.org"]) == 0
        web.sign_up("wake@d9.example.org", "198.51.99.1")
        assert len(web.mails()) == 7
        capsys.readouterr()
        assert main([*publish, "--output-format", "json"]) == 0
        assert '"d9.example.org": 1' in capsys.readouterr().out
        assert main(["-C", str(tmp_path), "status"]) == 0
        assert "3 sign-ups held" in capsys.readouterr().out
        web.ahead = timedelta(minutes=70)
        web.sign_up("wake@d8.example.org", "198.51.98.1")
        came_to(lambda: len(web.mails()) == 11)
        assert main([*publish, "--release"]) == 0
        assert "no sign-up is held" in capsys.readouterr().out
