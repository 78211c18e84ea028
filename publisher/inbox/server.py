"""A mail server's certificate, checked; and what goes wrong with servers, told to the author."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from publisher.bounces.mailbox import Mailbox
from publisher.errors import PublishError, Unavailable

PATIENCE = 30.0  # seconds for each answer


def secure() -> ssl.SSLContext:
    """TLS 1.2 or newer; the certificate has to be of a known authority, and of this host."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@contextmanager
def reaching(mailbox: Mailbox) -> Iterator[None]:
    """Turns a failed connection into Unavailable (75), and a wrong certificate into PublishError."""
    where = f"{mailbox.host}:{mailbox.port}"
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        message = f"the server's certificate is not to be trusted: {error.verify_message}"
        raise PublishError(where, message, "SSL_CERT_FILE names a file of authorities of your own") from error
    except (OSError, EOFError) as error:
        message = f"the mail server cannot be reached: {getattr(error, 'strerror', None) or error}"
        raise Unavailable(where, message, "try again later") from error
