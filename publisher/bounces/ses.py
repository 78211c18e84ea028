"""A proven notification of Amazon SES -> events.

Fields: docs.aws.amazon.com/ses/latest/dg/notification-contents.html.
"""

from collections.abc import Iterator

import msgspec

from publisher.audience.keys import Keys
from publisher.audience.verp import Returned
from publisher.bounces.event import Event, Refused, moment, source, whose
from publisher.bounces.sns import Call
from publisher.bounces.status import enhanced, judge
from publisher.bounces.verdict import Failure, Kind, Verdict, one_line

_NOBODY = frozenset({"NoEmail", "Suppressed", "OnAccountSuppressionList"})
_OURS = frozenset({"ContentRejected", "AttachmentRejected"})


class _Concerned(msgspec.Struct, frozen=True, rename="camel"):
    email_address: str = ""
    status: str | None = None
    diagnostic_code: str | None = None


class _Bounce(msgspec.Struct, frozen=True, rename="camel"):
    bounce_type: str = ""
    bounce_sub_type: str = ""
    bounced_recipients: tuple[_Concerned, ...] = ()
    timestamp: str = ""


class _Complaint(msgspec.Struct, frozen=True, rename="camel"):
    complained_recipients: tuple[_Concerned, ...] = ()
    complaint_feedback_type: str | None = None
    timestamp: str = ""


class _Mail(msgspec.Struct, frozen=True, rename="camel"):
    source: str = ""


class _Notice(msgspec.Struct, frozen=True, rename="camel"):
    mail: _Mail = _Mail()
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None


def read_ses(call: Call, keys: Keys) -> tuple[Event, ...]:
    """Bounces and complaints in a call that `sns.prove` has proven; nothing for others. Raises Refused."""
    if call.Type != "Notification":
        return ()
    try:
        notice = msgspec.json.decode(call.Message.encode("utf-8", "replace"), type=_Notice)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Refused("this is no notification of SES") from error
    found = whose(keys, (notice.mail.source,))
    return (*_bounced(notice, found, call.MessageId), *_complained(notice, found, call.MessageId))


def _bounced(notice: _Notice, of: Returned | None, call: str) -> Iterator[Event]:
    bounce = notice.bounce or _Bounce()
    for number, each in enumerate(bounce.bounced_recipients):
        event = f"ses {call} {number}"
        words = each.diagnostic_code or f"{bounce.bounce_type} {bounce.bounce_sub_type}"
        code = enhanced(each.status or "", each.diagnostic_code or "")
        kind, at = _kind(bounce, each), moment(bounce.timestamp)
        verdict = Verdict(kind, of, code, one_line(words), source(of, event), at)
        yield Event(event, verdict, each.email_address)


def _complained(notice: _Notice, of: Returned | None, call: str) -> Iterator[Event]:
    complaint = notice.complaint or _Complaint()
    said = complaint.complaint_feedback_type or "complaint"
    kind: Kind = "notice" if said in {"not-spam", "auth-failure"} else "complaint"
    for number, each in enumerate(complaint.complained_recipients):
        event = f"ses {call} {number}"
        verdict = Verdict(kind, of, "", one_line(said), source(of, event), moment(complaint.timestamp))
        yield Event(event, verdict, each.email_address)


def _kind(bounce: _Bounce, each: _Concerned) -> Failure:
    """SES knows a few kinds of its own; else the other server's words tell, not `Permanent` alone."""
    if bounce.bounce_sub_type in _NOBODY and bounce.bounce_type == "Permanent":
        return "hard"
    if bounce.bounce_sub_type in _OURS:
        return "policy"
    found = judge(each.status or "", each.diagnostic_code or "")
    return "soft" if found == "hard" and bounce.bounce_type == "Transient" else found
