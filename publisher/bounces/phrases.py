"""What mail systems and machines write, as patterns: one line each, in the words of those that wrote it."""

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# Our mail was refused for what it is or where it comes from (S13): no word about the reader.
POLICY = _any(
    r"\bspam",
    r"(?:black|block)[- ]?list|\bblocked\b|\bbanned\b",
    r"\b(?:dns|u|s|r)?bl\b",
    r"reputation|unsolicited|\bvirus\b",
    r"\bdmarc\b|\bspf\b|\bdkim\b|unauthenticated|not authori[sz]ed to send",
    r"rate.?limit|throttl|too many (?:messages|connections|recipients)",
    r"\bpolic(?:y|ies)\b|content (?:was )?rejected",
    r"reverse dns|\bptr\b",
)
# The reader's mailbox is full, or our mail too large for it.
FULL = _any(
    r"quota|(?:mailbox|inbox) (?:is )?full|full mailbox|postfach (?:ist )?voll",
    r"insufficient (?:system |disk )?(?:storage|space)|out of storage|storage limit",
    r"exceeded (?:its |the )?storage|too (?:large|big)",
)
# There is no such reader.
NOBODY = _any(
    r"(?:user|recipient|mailbox|address|account|alias|person|user ?name) (?:is )?(?:unknown|not found)",
    r"unknown (?:local )?(?:user|recipient|mailbox|address|account)|unknown or illegal alias",
    r"no such (?:local )?(?:user|recipient|mailbox|address|account|person|domain)",
    r"no mailbox (?:here )?by that|not our customer|nosuchuser",
    r"(?:doesn't|do not|does not) exist|doesn't have an? \S+ account",
    r"no longer (?:exists|valid|available|in use)",
    r"mailbox (?:is )?(?:unavailable|disabled|inactive|not available)",
    r"recipient ?not ?found|recipnotfound|address(?:es)? (?:couldn't be|not) found",
    r"(?:user|account|mailbox|address)\b.{0,40}\b(?:is|has been|was) (?:disabled|inactive|closed|deleted)",
    r"(?:user|account|mailbox|address)\b.{0,40}\b(?:is|has been|was) (?:suspended|discontinued|terminated)",
    r"(?:invalid|bad) (?:recipient|mailbox|user|destination)|unrouteable? address",
    r"not a (?:valid|known) (?:mailbox|user|recipient|address)",
    r"address rejected: (?:access denied|undeliverable)",
    r"unbekannt|utilisateur inconnu|usuario desconocido",
)
# Senders that are mail systems.
DAEMON = _any(
    r"mailer-?daemon|postmaster|mdaemon@",
    r"mail delivery (?:sub)?system|mail delivery service|mail administrator|microsoftexchange",
)
# How bounces begin that are no reports.
FAILED = _any(
    r"this is the qmail-send program|i'm afraid i wasn't able to deliver|this is a permanent error",
    r"message (?:that )?you sent (?:could not be|has not been|cannot be) delivered",
    r"had permanent (?:fatal|delivery) errors|did not reach (?:some|the|all)|could not be reached",
    r"delivery (?:to the following recipients? )?(?:has )?failed",
    r"(?:couldn'?t|could not|cannot|can't) be delivered|wasn't delivered|undeliverable",
    r"address(?:es)? (?:couldn't be found|not found)|user unknown",
)
# The server has not given up.
LATER = _any(
    r"this is a warning message only|will be retried|still being retried",
    r"will (?:continue to|keep) (?:be )?(?:retry|try)",
    r"(?:not yet been|has not yet been) delivered|not delivered yet",
    r"you do not need to (?:resend|take any action)|delivery (?:is )?delayed",
)
# What follows is the copy of our own mail, whose words prove nothing.
COPY = _any(
    r"below this line is a copy",
    r"(?:this is a copy of|copy of) (?:the|your) (?:message|mail)",
    r"-{2,} ?(?:original message|unsent message|returned message|message header)",
    r"original message (?:follows|headers)|message text follows|ursprüngliche nachricht",
)
# Subjects of machines that answer for somebody who is away.
AWAY = _any(
    r"out of (?:the )?office|automatic reply|auto-? ?(?:reply|response|matic reply)|on (?:vacation|leave)",
    r"away from (?:my|the) (?:office|desk|mail)",
    r"abwesen|automatische (?:antwort|rückmeldung)",
    r"réponse automatique|absence du bureau|absent du bureau",
    r"respuesta automática|fuera de la oficina|risposta automatica|automatisch antwoord|autosvar",
)
# Machines that want to know whether we are human before they let a mail through.
CHALLENGE = _any(
    r"confirm (?:that )?(?:you(?:r|'re)? |the )?(?:sender|message|e-?mail|are human|not a spammer)",
    r"(?:sender|message|e-?mail) (?:verification|confirmation|authentication) (?:required|request|needed)",
    r"(?:verify|prove) (?:that )?you(?:'re| are)? (?:a )?(?:human|real|person|the sender)",
    r"to deliver your (?:message|e-?mail)[^.]{0,60}(?:reply|click)|challenge.?response",
    r"waiting for (?:your )?(?:verification|confirmation)",
    r"please (?:confirm|verify) (?:your |this |delivery of your )?"
    r"(?:message|e-?mail|address|identity|request|delivery)",
)
