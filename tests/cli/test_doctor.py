"""`publish doctor` against real servers on loopback: what is fine, what is not, and what to do."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from publisher.cli.main import main
from publisher.newsletter.dkim import Key, dns_record
from tests.fetch.nameserver import NameServer, nameserver, txt
from tests.post.certificates import certificate
from tests.post.servers import Script, server

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
CONFIGURATION = """\
base_url = "https://ledger.town"
time_zone = "Europe/Oslo"
[newsletter]
sender = "news@ledger.town"
address = "4 Customs Quay"
[web]
url = "https://news.ledger.town"
[sending]
bounces = "back.ledger.town"
[bounces]
mailbox = "maildir:bounces"
[dkim.news26]
key = "dkim.pem"
[relays.main]
host = "127.0.0.1"
port = {port}
security = "starttls"
authority = "{authority}"
user = "ana"
secrets = "secrets"
"""
RECORDS = {
    "ledger.town TXT": txt("v=spf1 include:relay.town -all"),
    "relay.town TXT": txt("v=spf1 ip4:192.0.2.0/24 -all"),
    "back.ledger.town TXT": txt("v=spf1 include:relay.town -all"),
    "back.ledger.town MX": ["10 mx.ledger.town."],
    "mx.ledger.town A": ["192.0.2.1"],
    "_dmarc.ledger.town TXT": txt("v=DMARC1; p=none; rua=mailto:dmarc@ledger.town"),
    "news26._domainkey.ledger.town TXT": txt(dns_record(Key("ledger.town", "news26", PRIVATE))),
}

Run = Callable[..., tuple[int, str, str]]
Level = dict[str, tuple[str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], root: Path) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["-C", str(root), "doctor", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Script]:
    context, _ = certificate(tmp_path / "tls")
    with server(Script(context=context, offers=("SIZE 25000000", "AUTH PLAIN LOGIN"))) as script:
        yield script


@pytest.fixture
def root(tmp_path: Path, relay: Script) -> Path:
    root = tmp_path / "ledger"
    (root / "content").mkdir(parents=True)
    text = CONFIGURATION.format(port=relay.port, authority=tmp_path / "tls" / "public.pem")
    (root / "publish.toml").write_text(text, "utf-8")
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (root / "dkim.pem").write_bytes(PRIVATE.private_bytes(*form))
    (root / "secrets").write_text("PUBLISH_RELAY_MAIN_PASSWORD=hush\n")
    for name in ("dkim.pem", "secrets"):
        (root / name).chmod(0o600)
    (root / ".publish").mkdir()
    return root


def judged(run: Run, dns: NameServer, *arguments: str) -> tuple[int, Level]:
    asked = ("--resolver", dns.address, "--timeout", "0.5")
    code, out, _ = run("--output-format", "json", *asked, *arguments)
    table = json.loads(out)
    assert table["schema"] == 1
    assert sum(table["counts"].values()) == len(table["checks"])
    assert all(each["remedy"] or each["level"] == "ok" for each in table["checks"])
    worst: Level = {}
    for each in table["checks"]:
        before = worst.get(each["subject"], ("ok", ""))
        if before[1] == "" or each["level"] == "wrong":
            worst[each["subject"]] = (each["level"], each["said"])
    return code, worst


def test_all_is_well(run: Run, relay: Script) -> None:
    with nameserver(RECORDS) as dns:
        code, found = judged(run, dns)
    others = {name: said for name, said in found.items() if not name.startswith(("PTR", "disk"))}
    assert {name: said for name, said in others.items() if said[0] != "ok"} == {}
    assert code == 0 or found["disk"][0] == "wrong"
    assert found["relay main"][1].endswith("ana may send, mails of up to 25 MB; no mail was sent")
    assert not relay.taken
    assert not any(line.startswith(("MAIL", "RCPT", "DATA")) for line in relay.heard)


def test_it_is_told_in_words(run: Run) -> None:
    with nameserver(RECORDS) as dns:
        _, out, err = run("--resolver", dns.address)
        quiet = run("--resolver", dns.address, "-q")
    assert "DKIM news26._domainkey.ledger.town: the public key is that of the private one" in out
    assert "0 wrong" in err
    assert quiet[1:] == ("", "")


@pytest.mark.parametrize(
    ("name", "record", "subject", "level", "part"),
    [
        ("back.ledger.town TXT", [], "SPF of back.ledger.town", "wrong", "no SPF record"),
        ("back.ledger.town TXT", txt("v=spf1 +all"), "SPF of back.ledger.town", "wrong", "whole world"),
        ("ledger.town TXT", [], "SPF of ledger.town", "look at", "no SPF record"),
        ("_dmarc.ledger.town TXT", [], "DMARC of ledger.town", "wrong", "no DMARC record"),
        ("news26._domainkey.ledger.town TXT", [], "DKIM news26._domainkey.ledger.town", "wrong", "no record"),
        ("back.ledger.town MX", [], "MX of back.ledger.town", "wrong", "no bounce can arrive"),
        ("mx.ledger.town A", [], "MX of back.ledger.town", "wrong", "no address"),
    ],
)
def test_a_record_that_is_missing_or_wrong(  # noqa: PLR0913, PLR0917  (a case has so many parts)
    run: Run, name: str, record: list[str], subject: str, level: str, part: str
) -> None:
    with nameserver(RECORDS | {name: record}) as dns:
        code, found = judged(run, dns)
    assert found[subject][0] == level
    assert part in found[subject][1]
    assert code == (1 if level == "wrong" else code)


def test_dns_that_says_nothing_is_nobodys_fault(run: Run) -> None:
    with nameserver({}) as dns:
        dns.answer = lambda wire: b""  # type: ignore[method-assign]  # a server that is there and silent
        code, found = judged(run, dns)
    assert found["SPF of ledger.town"][0] == "look at"
    assert found["SPF of ledger.town"][1].startswith("DNS gave no answer")
    assert len(dns.asked) < 5
    assert code == 0 or found["disk"][0] == "wrong"


@pytest.mark.parametrize(
    ("step", "said", "part"),
    [
        ("greeting", "554 go away", "554 go away"),
        ("greeting", "close", "the connection was lost"),
        ("AUTH", "535 5.7.8 bad password", "AUTH: 535 5.7.8 bad password"),
        ("EHLO", "HTTP/1.1 400 Bad Request", "no reply of SMTP"),
    ],
)
def test_a_relay_that_does_not_want_us(run: Run, relay: Script, step: str, said: str, part: str) -> None:
    relay.say = lambda at, _argument: said if at == step else ""
    with nameserver(RECORDS) as dns:
        code, found = judged(run, dns)
    assert code == 1
    assert found["relay main"][0] == "wrong"
    assert part in found["relay main"][1]


def test_a_relay_whose_certificate_nobody_knows(run: Run, root: Path) -> None:
    text = (root / "publish.toml").read_text("utf-8")
    (root / "publish.toml").write_text(
        "\n".join(x for x in text.split("\n") if "authority" not in x), "utf-8"
    )
    with nameserver(RECORDS) as dns:
        code, found = judged(run, dns)
    assert code == 1
    assert "self-signed" in found["relay main"][1]


def test_nobody_at_the_port_and_the_wrong_kind_of_protection(run: Run, root: Path, relay: Script) -> None:
    text = (root / "publish.toml").read_text("utf-8")
    with nameserver(RECORDS) as dns:
        (root / "publish.toml").write_text(text.replace(f"port = {relay.port}", "port = 1"), "utf-8")
        assert "127.0.0.1:1: no connection" in judged(run, dns)[1]["relay main"][1]
        (root / "publish.toml").write_text(text.replace('"starttls"', '"tls"'), "utf-8")
        _, out, _ = run("--resolver", dns.address, "-q")
    assert "no safe connection" in out
    assert "starttls" in out


def test_a_relay_that_offers_no_protection_gets_no_password(run: Run, relay: Script) -> None:
    relay.context = None
    with nameserver(RECORDS) as dns:
        code, found = judged(run, dns)
    assert code == 1
    assert "offers no STARTTLS" in found["relay main"][1]
    assert not any("AUTH" in line for line in relay.heard)


def test_a_password_that_is_not_there(run: Run, root: Path) -> None:
    (root / "secrets").write_text("")
    with nameserver(RECORDS) as dns:
        code, found = judged(run, dns)
    assert code == 1
    assert found["relay main"] == ("wrong", "there is no password for 'ana'")


def test_offline_asks_nobody(run: Run, relay: Script) -> None:
    with nameserver(RECORDS) as dns:
        code, out, err = run("--offline", "--resolver", dns.address)
    assert "were left out" in err
    assert "SPF" not in out
    assert not dns.asked
    assert relay.connections == 0
    assert code in {0, 1}


def test_secrets_that_others_may_read(run: Run, root: Path) -> None:
    (root / "dkim.pem").chmod(0o644)
    code, out, _ = run("--offline", "-q")
    assert code == 1
    assert "dkim.pem: others may use this secret file (mode 0644)" in out
    assert "chmod 600 dkim.pem" in out


def test_the_state_with_readers(run: Run, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(root), "subscribers", "add", "ana@reader.town"]) == 0
    before = {path.name: path.read_bytes() for path in (root / ".publish").iterdir()}
    _, out, _ = run("--offline")
    assert "ledger.sqlite: it can be read" in out
    assert "1 unconfirmed" in out
    assert "backup: none was noted here" in out
    assert {path.name: path.read_bytes() for path in (root / ".publish").iterdir()} == before
    (root / ".publish/keys.json").unlink()
    code, out, _ = run("--offline", "-q")
    assert code == 1
    assert "keys.json: it is missing, though there are readers" in out


@pytest.mark.parametrize("content", [b"", b"no ledger at all", b"SQLite format 3\x00" + bytes(4_000)])
def test_a_ledger_that_is_none(run: Run, root: Path, content: bytes) -> None:
    (root / ".publish/ledger.sqlite").write_bytes(content)
    (root / ".publish/ledger.sqlite").chmod(0o600)
    code, out, _ = run("--offline", "-q")
    assert code == 1
    assert "ledger.sqlite: " in out
    assert (root / ".publish/ledger.sqlite").read_bytes() == content


def test_a_clock_that_was_set_back(run: Run, root: Path) -> None:
    then = ("--offline", "--now", "2020-01-01T00:00Z")
    assert "look at  clock: it says 2020-01-01 00:00 UTC, but files were written" in run(*then)[1]
    (root / ".publish/lock").write_text("")
    code, out, _ = run(*then, "-q")
    assert code == 1
    assert "clock: it says 2020-01-01 00:00 UTC, but this program wrote" in out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_state_that_is_not_ours(run: Run, root: Path) -> None:
    (root / ".publish").chmod(0o500)
    try:
        code, out, _ = run("--offline", "-q")
    finally:
        (root / ".publish").chmod(0o700)
    assert code == 1
    assert "it cannot be written to" in out


def test_a_configuration_that_does_not_load(run: Run, root: Path) -> None:
    (root / "publish.toml").write_text('base_ulr = "x"\nlanguage = 7\n')
    code, out, _ = run("--offline")
    assert code == 1
    assert "publish.toml:1: unknown key 'base_ulr'" in out
    assert "did you mean 'base_url'?" in out
    assert "publish.toml:2" in out


def test_a_resolver_that_is_none(run: Run) -> None:
    assert run("--resolver", "dns.example.org")[0] == 2
