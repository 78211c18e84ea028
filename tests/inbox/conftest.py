"""A real mail server on loopback: Dovecot, with a certificate of its own."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import mkdtemp

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PASSWORD = 's\\cr"t'  # noqa: S105  (of a server that lives for the tests)
_NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that is its own authority, for `host`, and its key, as PEM files."""

    pem: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Dovecot:
    """Ports of the protocols on 127.0.0.1, and the folder that holds a Maildir for each user."""

    ports: dict[str, int]
    mail: Path
    certificate: Certificate

    def address(self, scheme: str, user: str, folder: str = "") -> str:
        return f"{scheme}://{user}@127.0.0.1:{self.ports[scheme]}/{folder}"

    def deliver(self, user: str, *mails: bytes) -> Path:
        """The user's Maildir, with the mails in it."""
        box = self.mail / user
        for part in ("cur", "new", "tmp"):
            (box / part).mkdir(parents=True, exist_ok=True)
        for number, mail in enumerate(mails, len(list(box.glob("new/*")))):
            (box / "new" / f"{1_700_000_000 + number}.M{number}.host").write_bytes(mail)
        for path in (box, *box.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY)
        return box


def make_certificate(folder: Path, host: str = "127.0.0.1") -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a mail server of tests")])
    now = datetime.now(UTC)
    span = (now - timedelta(days=1), now + timedelta(days=1))
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), *span)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
    made = builder.add_extension(names, critical=False).sign(key, SHA256())
    pem, private = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return Certificate(pem, private)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not program:
        pytest.skip("dovecot is not installed")
    if os.geteuid() != 0:
        pytest.skip("dovecot has to be started by root")
    root = Path(mkdtemp(prefix="publish-dovecot-"))  # short: sockets have names of 107 bytes at most
    root.chmod(0o755)
    server = None
    try:
        made = Dovecot(
            dict(zip(_SCHEMES, _free_ports(4), strict=True)), root / "mail", make_certificate(root)
        )
        made.mail.mkdir()
        os.chown(made.mail, _NOBODY, _NOBODY)
        (root / "dovecot.conf").write_text(_configuration(root, made.ports))
        server = subprocess.Popen([program, "-F", "-c", root / "dovecot.conf"])
        _wait(made.ports["imap"], made.certificate)
        yield made
    finally:
        if server:
            server.terminate()
            server.wait(10)
        shutil.rmtree(root)


@pytest.fixture
def trusted(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """The server, its certificate known to this machine."""
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.certificate.pem))
    return dovecot


_SCHEMES = ("imap", "imap+starttls", "pop", "pop+starttls")


def _configuration(root: Path, ports: dict[str, int]) -> str:
    return f"""
base_dir = {root}/run
log_path = {root}/log
protocols = imap pop3
listen = 127.0.0.1
ssl = required
auth_failure_delay = 0
ssl_cert = <{root}/cert.pem
ssl_key = <{root}/key.pem
mail_location = maildir:{root}/mail/%u
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={_NOBODY} gid={_NOBODY} home={root}/mail/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imaps {{
    port = {ports["imap"]}
    ssl = yes
  }}
  inet_listener imap {{
    port = {ports["imap+starttls"]}
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3s {{
    port = {ports["pop"]}
    ssl = yes
  }}
  inet_listener pop3 {{
    port = {ports["pop+starttls"]}
  }}
}}
"""


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _wait(port: int, certificate: Certificate) -> None:
    context = ssl.create_default_context(cafile=str(certificate.pem))
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as plain:
                context.wrap_socket(plain, server_hostname="127.0.0.1").close()
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")
