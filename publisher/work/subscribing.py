"""A place -> its readers, and the newsletters that they can choose."""

from collections.abc import Sequence

from publisher.audience.addresses import read_address
from publisher.audience.keys import LENGTH, Keys
from publisher.audience.listed import read_newsletter
from publisher.audience.subscriber import Address, Subscriber
from publisher.errors import PublishError
from publisher.newsletter.editions import editions
from publisher.store.keys import load_keys
from publisher.store.roster import Roster
from publisher.store.subscribers import Subscribers
from publisher.work.place import Place


def newsletters(place: Place) -> tuple[str, ...]:
    """The names of the newsletters, as they are configured."""
    return tuple(edition.name for edition in editions(place.publication))


def chosen(place: Place, names: Sequence[str]) -> tuple[str, ...]:
    """The newsletters of these names; of none, the only one there is. Raises PublishError with a hint."""
    known = newsletters(place)
    if not names and len(known) > 1:
        hint = f"--newsletter {known[0]}; there are: {', '.join(known)}"
        raise PublishError("--newsletter", "there are several newsletters: say which", hint)
    try:
        return tuple(sorted({read_newsletter(name, known) for name in names})) or known
    except ValueError as error:
        raise PublishError("--newsletter", str(error)) from error


def address_of(text: str) -> Address:
    """The address that was typed. Raises PublishError."""
    try:
        return read_address(text)
    except ValueError as error:
        where = text[:80] if text.isprintable() else ascii(text[:80])
        raise PublishError(where, str(error), "write reader@example.org") from error


def keys_of(place: Place, *, dry_run: bool = False) -> Keys:
    """The publication's keys; a dry run makes none."""
    path = place.state / "keys.json"
    if dry_run and not path.exists():
        return Keys("a", {"a": bytes(LENGTH)})
    return load_keys(path)


def readers(place: Place) -> Subscribers:
    return Subscribers(place.state / "ledger.sqlite", keys_of(place))


def roster(place: Place) -> Roster:
    return Roster(place.state / "ledger.sqlite")


def reader_at(place: Place, address: Address) -> Subscriber:
    """The reader with this address. Raises PublishError where there is none."""
    found = roster(place).find(address.mailbox)
    if found is None:
        raise PublishError(
            address.address, "there is no such reader", "publish subscribers list shows who is"
        )
    return found
