"""A mail's parts -> what a feedback report says (ARF, RFC 5965): the reader called our mail spam."""

from publisher.bounces.mime import Mail, Part, read_fields
from publisher.bounces.report import Report

# RFC 5965 section 3.1 and 7.3, RFC 6430 (not-spam), RFC 6591 (auth-failure), and what was in use before.
_NO_COMPLAINT = frozenset({"not-spam", "auth-failure", "dmarc", "dkim"})


def read_complaint(mail: Mail) -> Report | None:
    """The complaint, or a `notice` where the report is of something else; None where there is no report."""
    for part in mail.of("message/feedback-report"):
        feedback = dict(reversed(feedback_fields(part)))
        words = feedback.get("feedback-type", "").lower().split()
        kind = words[0].rstrip(";") if words else "other"
        detail = " ".join(filter(None, (kind, feedback.get("user-agent", ""))))
        return Report("notice" if kind in _NO_COMPLAINT else "complaint", "", detail)
    return None


def feedback_fields(part: Part) -> tuple[tuple[str, str], ...]:
    """The fields of a report's machine-readable part."""
    return read_fields(part.body.lstrip(b"\r\n \t"))
