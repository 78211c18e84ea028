"""The bytes of a mail -> the verdict on it: a bounce, a complaint, an automatic reply, or nothing we know."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

from publisher.audience.keys import Keys
from publisher.audience.verp import Returned
from publisher.bounces.automatic import read_automatic
from publisher.bounces.complaint import read_complaint
from publisher.bounces.legacy import ask_flufl
from publisher.bounces.mime import LIMIT, Mail, read_parts
from publisher.bounces.plain import bounce_text, from_daemon, judged, read_plain
from publisher.bounces.proof import find_leaver, find_proof
from publisher.bounces.report import Report, is_receipt, read_report
from publisher.bounces.verdict import Verdict, one_line

_UNKNOWN = Report("unknown", "", "")


def read_mail(raw: bytes, keys: Keys, recipients: tuple[str, ...] = ()) -> Verdict:
    """What the mail says, and whose mail it is about. Never raises; looks at the first 1 MiB.

    `recipients`: those of the envelope, if known. The order is that of trust: a report that machines write
    for machines (RFC 3464, RFC 5965), texts of servers we know, replies of machines (RFC 3834), and
    flufl.bounce, if it is installed.
    """
    mail = read_parts(raw)
    report = _report(raw[:LIMIT], mail)
    returned = find_proof(mail, keys, recipients)
    if returned is None and report.kind == "complaint":
        returned = find_leaver(mail, keys)
    return Verdict(
        report.kind,
        returned,
        report.status,
        one_line(report.detail),
        _source(mail, returned),
        _moment(mail.top.get("date")),
    )


def _report(raw: bytes, mail: Mail) -> Report:
    found = read_complaint(mail) or read_report(mail)
    if found:
        return found
    if is_receipt(mail):
        return Report("notice", "", "receipt")
    if found := read_plain(mail):
        return found
    if kind := read_automatic(mail):
        return Report(kind, "", mail.top.get("subject"))
    return _legacy(raw, mail)


def _legacy(raw: bytes, mail: Mail) -> Report:
    """Only of a mail system's mails; what is called permanent is hard only where the words say so."""
    found = ask_flufl(raw, mail) if from_daemon(mail) else ""
    if not found:
        return _UNKNOWN
    report = judged(bounce_text(mail))
    return report if found == "permanent" else Report("soft", report.status, report.detail)


def _source(mail: Mail, returned: Returned | None) -> str:
    """One delivery fails once, however many mails tell of it; a mail of no issue is known by itself."""
    if returned and returned.issue:
        return f"issue {returned.issue}"
    name = mail.top.get("message-id").encode("utf-8", "replace")
    return f"mail {sha256(name or mail.top.body).hexdigest()[:32]}"


def _moment(text: str) -> datetime | None:
    """A Date field, aware; None for one that is none."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
