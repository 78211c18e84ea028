"""The configuration and the environment -> relays to send through, with their passwords."""

import os
import ssl
from collections.abc import Mapping
from pathlib import Path

from publisher.config.rates import read_rate
from publisher.errors import PublishError
from publisher.post.relay import Limits, Relay
from publisher.settings import RelaySettings
from publisher.store.failures import naming
from publisher.work.place import Place

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def relays(place: Place, environment: Mapping[str, str]) -> tuple[Relay, ...]:
    """All relays. Raises PublishError where there is none, or one lacks what it needs."""
    settings = place.publication.relays
    if not settings:
        hint = 'add [relays.main] with host = "smtp.example.org"; see docs/newsletter.md'
        raise PublishError(place.source or "publish.toml", "there is no relay to send through", hint)
    return tuple(_relay(place, each, environment) for each in settings)


def _relay(place: Place, own: RelaySettings, environment: Mapping[str, str]) -> Relay:
    where = f"[relays.{own.name}]"
    if own.user and own.security == "none" and own.host not in _LOOPBACK:
        hint = 'security = "starttls" or "tls"'
        raise PublishError(where, "a password would go over the net for everybody to read", hint)
    return Relay(
        name=own.name,
        host=own.host,
        port=own.port or _PORTS[own.security],
        security=own.security,
        user=own.user,
        password=_password(place, own, environment) if own.user else "",
        authority=_authority(place, own),
        weight=own.weight,
        connections=own.connections,
        per_connection=own.per_connection,
        per_second=read_rate(own.rate),
        limits=Limits.of(float(own.timeout)),
    )


def variable(name: str) -> str:
    """`main-2` -> `PUBLISH_RELAY_MAIN_2_PASSWORD`: where the relay's password is looked for."""
    letters = "".join(letter if letter.isalnum() else "_" for letter in name.upper())
    return f"PUBLISH_RELAY_{letters}_PASSWORD"


def _password(place: Place, own: RelaySettings, environment: Mapping[str, str]) -> str:
    """From the environment, else from the file `secrets` (lines `NAME=value`), which is its owner's alone."""
    name = variable(own.name)
    if given := environment.get(name):
        return given
    if own.secrets:
        file = place.root / Path(own.secrets).expanduser()
        with naming(file, "read it"):
            if os.name == "posix" and file.stat().st_mode & 0o077:
                raise PublishError(str(file), "others may read this file of passwords", f"chmod 600 {file}")
            pairs = (line.partition("=") for line in file.read_text("utf-8").splitlines())
        for key, _, value in pairs:
            if key.strip() == name:
                return value.strip().strip("\"'")
    hint = f"set {name} in the environment, or write {name}=… into the file that `secrets` names"
    raise PublishError(f"[relays.{own.name}]", f"there is no password for {own.user!r}", hint)


def _authority(place: Place, own: RelaySettings) -> str:
    if not own.authority:
        return ""
    file = place.root / Path(own.authority).expanduser()
    with naming(file, "read the certificates"):
        text = file.read_text("utf-8", "replace")
    try:
        ssl.create_default_context(cadata=text)
    except ssl.SSLError as error:
        raise PublishError(
            str(file), "there are no certificates in this file", "PEM, as -----BEGIN CERT…"
        ) from error
    return str(file)
