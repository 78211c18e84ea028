"""A publication on disk and the environment -> the endpoint and its worker, ready to run."""

from collections.abc import Mapping
from pathlib import Path

from publisher.errors import PublishError
from publisher.newsletter.editions import editions
from publisher.store.keys import load_keys
from publisher.store.ledger_file import create, exists, opened
from publisher.store.secrets import find_secret
from publisher.web.composing import Composer
from publisher.web.desk import Desk
from publisher.web.endpoint import Endpoint
from publisher.web.hooks import HOOK, MAILGUN, POSTMARK, Hooks, Secrets
from publisher.web.limits import Limits
from publisher.web.pages import Pages
from publisher.web.screen import Screen
from publisher.web.worker import Policy, Worker
from publisher.web.world import World
from publisher.work.place import Place
from publisher.work.relaying import relays
from publisher.work.signing import signing
from publisher.work.site import template_environment


def open_endpoint(
    place: Place, environment: Mapping[str, str], world: World
) -> tuple[Endpoint, Worker, Hooks]:
    """Raises PublishError for what is not configured."""
    publication, where = place.publication, place.source or "publish.toml"
    if not publication.web.url:
        raise PublishError(f"{where} [web]", "there is no url", 'url = "https://news.your.domain"')
    letters = editions(publication)
    if missing := next((each for each in letters if not each.sender), None):
        hint = 'set [newsletter] sender = "news@your.domain"'
        raise PublishError(where, f"the newsletter {missing.name} has no sender", hint)
    keys = load_keys(place.state / "keys.json")
    signs = {each.name: sign for each in letters if (sign := signing(place, each.sender))}
    ledger = place.state / "ledger.sqlite"
    if not exists(ledger):  # before several threads want to
        create(ledger)
    with opened(ledger):  # a damaged one is told of now
        pass
    desk = Desk(ledger, keys, publication.web.burst)
    pages = Pages(template_environment(place), publication)
    endpoint = Endpoint(publication, letters, keys, desk, pages, Limits(), world.clock, world.steady)
    web = publication.web
    policy = Policy(web.hourly, web.domain_hourly, web.burst, Screen(web, world.takes_mail))
    composer = Composer(publication, letters, keys, signs)
    worker = Worker(desk, composer, relays(place, environment), policy, world)
    return endpoint, worker, Hooks(endpoint, read_secrets(place, environment), world.fetch)


def read_secrets(place: Place, environment: Mapping[str, str]) -> Secrets:
    """What mail services prove their calls with, from the environment or the file of `[web] secrets`."""
    web = place.publication.web
    file = place.root / Path(web.secrets).expanduser() if web.secrets else None
    hook, mailgun, postmark = (find_secret(each, environment, file) for each in (HOOK, MAILGUN, POSTMARK))
    return Secrets(hook, mailgun, postmark, web.topics)
