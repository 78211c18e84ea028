"""The body of a call by Amazon SNS -> what it says, proven by the signature (S16).

Rules: docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html. The certificate is fetched
by the caller, over HTTPS, from the address that `certificate_url` has allowed: that, and the name it was made
out to, stand for its chain, which SNS does not send along.
"""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.x509.oid import NameOID

from publisher.bounces.event import LIMIT, Refused, moment

WINDOW = timedelta(hours=2)  # SNS tries for one hour at most, with the same Timestamp
# us-east-1, us-gov-west-1, cn-north-1 (.com.cn), eusc-de-east-1 (.eu): the regions' endpoints of SNS.
_HOST = r"sns\.[a-z]{2,4}(?:-[a-z]+)+-\d\.amazonaws\.(?:com|com\.cn|eu)"
# sns.amazonaws.com; sns.REGION. and sns-signing.REGION. of newer regions; sns-us-gov-west-1., sns-cn-north-1.
_NAME = re.compile(r"sns(?:-signing)?(?:[.-][a-z0-9-]+)?\.amazonaws\.(?:com|com\.cn|eu)")
_CERTIFICATE = re.compile(rf"https://{_HOST}/SimpleNotificationService-[\w-]+\.pem")
_CONFIRMATION = re.compile(rf"https://{_HOST}/\?Action=ConfirmSubscription&[\w&=%.:~-]+")
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        *("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    ),
}
_SIGNED["UnsubscribeConfirmation"] = _SIGNED["SubscriptionConfirmation"]


class Call(msgspec.Struct, frozen=True):
    """A call's fields, named as SNS names them."""

    Type: Literal["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]
    MessageId: str
    TopicArn: str
    Message: str
    Timestamp: str
    Signature: str
    SigningCertURL: str
    SignatureVersion: Literal["1", "2"]
    Subject: str | None = None
    SubscribeURL: str | None = None
    Token: str | None = None


def read_call(body: bytes, topics: Collection[str], now: datetime) -> Call:
    """The call in `body`, of one of our topics and not stale; not yet proven. Raises Refused."""
    if len(body) > LIMIT:
        raise Refused("the body is too large")
    try:
        call = msgspec.json.decode(body, type=Call)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise Refused("this is no call of SNS") from error
    if call.TopicArn not in topics:
        raise Refused("the topic is none of ours")
    sent = moment(call.Timestamp)
    if sent is None or abs(now - sent) > WINDOW:
        raise Refused("the call is stale, or this machine's clock is wrong")
    certificate_url(call)
    return call


def certificate_url(call: Call) -> str:
    """Where the certificate is, which is one of Amazon's own hosts. Raises Refused for any other address."""
    if not _CERTIFICATE.fullmatch(call.SigningCertURL):
        raise Refused("the certificate would come from elsewhere")
    return call.SigningCertURL


def prove(call: Call, certificate: bytes, now: datetime) -> None:
    """Raises Refused, unless the key of the certificate (PEM), which is valid now, signed the call."""
    try:
        found = x509.load_pem_x509_certificate(certificate)
        signature = b64decode(call.Signature, validate=True)
    except (ValueError, Base64Error) as error:
        raise Refused("certificate or signature cannot be read") from error
    key = found.public_key()
    if not found.not_valid_before_utc <= now <= found.not_valid_after_utc:
        raise Refused("the certificate is not valid today")
    if not any(map(_NAME.fullmatch, _names(found))):
        raise Refused("the certificate was not made out to SNS")
    if not isinstance(key, RSAPublicKey):
        raise Refused("the certificate is not of the kind that SNS uses")
    try:
        key.verify(signature, _signed(call), PKCS1v15(), SHA1() if call.SignatureVersion == "1" else SHA256())  # noqa: S303  (SNS's own default)
    except InvalidSignature as error:
        raise Refused("the signature is wrong") from error


def confirmation(call: Call) -> str | None:
    """The address to ask for, once, to begin the subscription; None if the (proven) call does not ask for it.

    Raises Refused for an address elsewhere than at Amazon.
    """
    if call.Type != "SubscriptionConfirmation":
        return None
    if not call.SubscribeURL or not _CONFIRMATION.fullmatch(call.SubscribeURL):
        raise Refused("the confirmation would go elsewhere")
    return call.SubscribeURL


def _names(certificate: x509.Certificate) -> list[str]:
    """To whom it was made out: the common name, and the names of hosts."""
    found = [str(each.value) for each in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    try:
        hosts = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return found
    return found + hosts.get_values_for_type(x509.DNSName)


def _signed(call: Call) -> bytes:
    pairs = ((name, getattr(call, name)) for name in _SIGNED[call.Type])
    return "".join(f"{name}\n{value}\n" for name, value in pairs if value is not None).encode()
