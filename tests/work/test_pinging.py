"""`publish ping`: each change is told once, and no kill loses one."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.cli.main import main
from publisher.errors import Locked, PublishError, Unavailable
from publisher.fetch.ask import Asking
from publisher.fetch.hub import Manner
from publisher.store.lock import hold
from publisher.work.pinging import Pinged, due, ping, refuse_pings
from publisher.work.place import Place, open_place
from tests.fetch.hubs import DROPPED, Hub, hub
from tests.work.projects import CONFIGURATION, built, make, write

MANNER = Manner(Asking("test", seconds=1, private=True), times=2, pause=0.01)
BASE = "https://ledger.example.org/"
FERRY = "content/harbour/2026-11-18-ferry.md"
MAIN = [f"{BASE}feed.{ending}" for ending in ("atom", "json", "xml")]
TOWN = [f"{BASE}section/town/feed.{ending}" for ending in ("atom", "json", "xml")]
HARBOUR = [f"{BASE}section/harbour/feed.{ending}" for ending in ("atom", "json", "xml")]


@pytest.fixture
def there() -> Iterator[Hub]:
    with hub() as held:
        yield held


def site(root: Path, there: Hub, more: str = "") -> Place:
    text = f'{CONFIGURATION}[images]\ncards = false\n[feed]\nhub = "{there.address}"\nitems = 2\n{more}'
    make(root, configuration=text)
    built(root)
    return open_place(root, None, {})


def told(place: Place, everything: bool = False) -> Pinged:
    return ping(place, everything, lambda *_: None, MANNER)


def edit(place: Place) -> None:
    text = (place.root / FERRY).read_text("utf-8")
    write(place.root / FERRY, text + "\nAnother paragraph, of what the harbour master said at noon.\n")
    built(place.root)


def test_each_change_is_told_once(tmp_path: Path, there: Hub) -> None:
    place = site(tmp_path, there)
    assert len(told(place).taken) == 9
    # Archives never change, so that nobody follows them: `/feed/1.xml` is there and is not told.
    assert (tmp_path / "site/feed/1.xml").is_file()
    assert sorted(there.topics) == sorted((*MAIN, *TOWN, *HARBOUR))
    assert (told(place).taken, len(there.asked)) == ((), 9)
    built(place.root)
    assert told(place).unchanged == 9
    edit(place)
    there.asked.clear()
    done = told(place)
    assert set(HARBOUR) <= set(there.topics) <= {*MAIN, *HARBOUR}
    assert done.unchanged == 9 - len(there.topics)
    assert len(told(place, everything=True).taken) == 9


def test_feeds_for_partners_are_told_of_too(tmp_path: Path, there: Hub) -> None:
    place = site(tmp_path, there, '[feeds.msn]\nprofile = "msn"\n')
    told(place)
    assert f"{BASE}feeds/msn.xml" in there.topics


def test_a_feed_that_goes_back_to_what_it_was_is_told_again(tmp_path: Path, there: Hub) -> None:
    place = site(tmp_path, there)
    before = (tmp_path / FERRY).read_text("utf-8")
    told(place)
    edit(place)
    there.replies = [DROPPED] * 20  # whatever the hub made of it
    assert told(place).left
    there.replies = []
    there.asked.clear()
    write(tmp_path / FERRY, before)
    built(tmp_path)
    told(place)
    assert set(HARBOUR) <= set(there.topics)


def test_a_hub_that_is_down_is_asked_no_further(tmp_path: Path, there: Hub) -> None:
    place = site(tmp_path, there)
    there.replies = [(202, {}), (500, {}), (500, {})]
    done = told(place)
    assert (len(done.taken), len(done.left), len(there.asked)) == (1, 8, 3)
    with pytest.raises(Unavailable, match=r"answers 500.*8 feeds are left"):
        refuse_pings(done)
    again = told(place)
    assert (len(again.taken), again.unchanged) == (8, 1)
    refuse_pings(again)


def test_a_refused_feed_does_not_hold_up_the_others(tmp_path: Path, there: Hub) -> None:
    place = site(tmp_path, there)
    there.replies = [(400, {})]
    done = told(place)
    assert (len(done.taken), len(done.refused)) == (8, 1)
    with pytest.raises(PublishError, match="refuses: it answers 400"):
        refuse_pings(done)
    assert [each.topic for each in told(place).taken] == [done.refused[0][0].topic]


@pytest.mark.parametrize("damage", ["", "{", '{"schema": 9}', '{"schema": 1, "hubs": [1]}'])
def test_damaged_state_tells_everything_again(tmp_path: Path, there: Hub, damage: str) -> None:
    place = site(tmp_path, there)
    told(place)
    write(place.state / "pings.json", damage)
    assert len(told(place).taken) == 9
    assert len(json.loads((place.state / "pings.json").read_text())["hubs"][there.address]) == 9


def test_what_cannot_be_told(tmp_path: Path, there: Hub) -> None:
    make(tmp_path)
    place = open_place(tmp_path, None, {})
    with pytest.raises(PublishError, match="nothing is built here"):
        due(place, everything=False)
    built(tmp_path)
    with pytest.raises(PublishError, match="no feed of the site names a hub"):
        due(place, everything=False)
    place = site(tmp_path, there)
    with hold(place.state / "lock"), pytest.raises(Locked):
        due(place, everything=False)
    with hold(place.state / "ping.lock"), pytest.raises(Locked):
        told(place)


def test_the_command(
    tmp_path: Path, there: Hub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site(tmp_path, there).root)
    assert main(["ping", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert f"ping      {BASE}feed.atom\n" in out
    assert f"Would be  {there.address}: 9 feeds; 0 unchanged" in out
    assert (there.asked, (tmp_path / ".publish/pings.json").exists()) == ([], False)
    there.replies = [(500, {"Retry-After": "600"})]
    assert main(["ping"]) == 75
    assert f"{there.address}: the hub cannot be told: it answers 500" in capsys.readouterr().err
    assert main(["ping"]) == 0
    assert capsys.readouterr().out == f"Pinged    {there.address}: 9 feeds; 0 unchanged\n"
    assert main(["ping"]) == 0
    assert capsys.readouterr().out == "Pinged    nobody: nothing changed; 9 unchanged\n"
    there.replies = [(404, {})]
    assert main(["ping", "--all"]) == 2


@pytest.mark.parametrize("number", [1, 2, 9])
@pytest.mark.parametrize("answered", [False, True])
def test_a_kill_loses_no_ping(tmp_path: Path, there: Hub, number: int, answered: bool) -> None:
    place = site(tmp_path, there)
    told(place)
    edit(place)
    (place.state / "pings.json").unlink() if number == 9 else None
    wanted = {each.topic for each in due(place, everything=number == 9)[0]}
    there.asked.clear()
    command = [sys.executable, "-m", "publisher", "-C", str(tmp_path), "ping"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(seen: int) -> None:
        if seen == number + answered:  # answered: the request before this one was
            os.kill(process.pid, signal.SIGKILL)
            process.wait(10)

    there.before = kill
    process.wait(20)
    there.before = lambda _number: None
    told(place)
    assert set(there.topics) == wanted
    assert len(there.asked) <= len(wanted) + 1  # at most the one in doubt is told twice
    assert told(place).taken == ()
