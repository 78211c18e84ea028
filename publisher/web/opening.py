"""A publication on disk and the environment -> the endpoint and its worker, ready to run."""

from collections.abc import Mapping

from publisher.errors import PublishError
from publisher.newsletter.editions import editions
from publisher.store.keys import load_keys
from publisher.store.ledger_file import create, exists
from publisher.web.composing import Composer
from publisher.web.desk import Desk
from publisher.web.endpoint import Endpoint
from publisher.web.limits import Limits
from publisher.web.pages import Pages
from publisher.web.timing import Timing
from publisher.web.worker import Pace, Worker
from publisher.work.place import Place
from publisher.work.relaying import relays
from publisher.work.signing import signing
from publisher.work.site import template_environment


def open_endpoint(place: Place, environment: Mapping[str, str], timing: Timing) -> tuple[Endpoint, Worker]:
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
    desk = Desk(ledger, keys)
    pages = Pages(template_environment(place), publication)
    endpoint = Endpoint(publication, letters, keys, desk, pages, Limits(), timing.clock, timing.steady)
    pace = Pace(publication.web.hourly, publication.web.domain_hourly)
    composer = Composer(publication, letters, keys, signs)
    return endpoint, Worker(desk, composer, relays(place, environment), pace, timing)
