"""A publication -> what signs its mails (`[dkim.SELECTOR]`); nothing where the relay does."""

from collections.abc import Callable
from importlib import import_module

from publisher.errors import PublishError
from publisher.work.place import Place

Sign = Callable[[bytes], bytes]


def signing(place: Place, sender: str) -> Sign | None:
    """Finished mail -> the same, signed; None where no key is configured. `sender`: the address in From.

    Raises PublishError for keys that do not fit, and where the library is missing: it is an extra, and
    imported only here.
    """
    if not place.publication.dkim:
        return None
    try:
        load = import_module("publisher.store.dkim").load_signer
    except ModuleNotFoundError as error:
        hint = "pip install 'publisher[dkim]'"
        raise PublishError("[dkim]", f"signing needs {error.name}, which is not installed", hint) from error
    signer = load(place.root, place.publication.dkim, sender)
    sign: Sign = signer.sign
    return sign
