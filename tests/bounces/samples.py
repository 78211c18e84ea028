"""Bounces as the mail systems write them, with addresses that were made up."""

from publisher.audience.keys import Keys
from publisher.audience.verp import Returned, envelope_sender

KEYS = Keys("a", {"a": bytes(range(32)), "b": bytes(32)})
OURS = Returned(12, 345)
VERP = envelope_sender(KEYS, 12, 345, "bounces.example.org")

DAEMON = "MAILER-DAEMON@mx.example.com (Mail Delivery System)"
SORRY = "I'm sorry to have to inform you that your message could not be delivered."

LETTER = f"""\
Return-Path: <{VERP}>
Received: by mail.example.org; Mon, 2 Mar 2026 07:00:00 +0000
From: The Ledger <tide@ledger.example.org>
To: ana@example.com
Subject: Spam, quota and a mailbox full of users unknown
Message-ID: <abcdefgh@ledger.example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

The council blocked the spam filter. 550 5.1.1 was the number of the bus.
"""


def dsn(
    status: str,
    diagnostic: str,
    *,
    to: str = VERP,
    action: str = "failed",
    returned: str = LETTER,
) -> bytes:
    """A report in the shape that Postfix gives it; the others differ in what is passed."""
    return f"""\
Return-Path: <>
Delivered-To: {to}
From: {DAEMON}
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
Date: Mon, 2 Mar 2026 07:00:05 +0000
Message-ID: <20260302070005.4B1D@mx.example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4B1D.1772434805/mx.example.com"

This is a MIME-encapsulated message.

--4B1D.1772434805/mx.example.com
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

{SORRY}

--4B1D.1772434805/mx.example.com
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
X-Postfix-Queue-ID: 4B1D
Arrival-Date: Mon,  2 Mar 2026 07:00:00 +0000 (UTC)

Final-Recipient: rfc822; ana@example.com
Original-Recipient: rfc822;ana@example.com
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.com
Diagnostic-Code: {diagnostic}

--4B1D.1772434805/mx.example.com
Content-Description: Undelivered Message
Content-Type: message/rfc822

{returned}
--4B1D.1772434805/mx.example.com--
""".replace("\n", "\r\n").encode()


def by(sender: str, raw: bytes) -> bytes:
    """The same, from another mail system."""
    return raw.replace(DAEMON.encode(), sender.encode())


def plain(
    text: str, *, sender: str = "MAILER-DAEMON@mx.example.com", head: str = "", to: str = VERP
) -> bytes:
    """A bounce in words alone."""
    return f"""\
Return-Path: <>
Delivered-To: {to}
Date: 2 Mar 2026 07:00:05 -0000
From: {sender}
To: {to}
Subject: failure notice
{head}
{text}
""".encode()


QMAIL = (
    """\
Hi. This is the qmail-send program at mx.example.com.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ana@example.com>:
192.0.2.25 does not like recipient.
Remote host said: 550 5.1.1 <ana@example.com>: Recipient address rejected: User unknown
Giving up on 192.0.2.25.

--- Below this line is a copy of the message.

"""
    + LETTER
)

QMAIL_FULL = QMAIL.replace(
    "192.0.2.25 does not like recipient.\nRemote host said: 550 5.1.1 <ana@example.com>: Recipient address "
    "rejected: User unknown\nGiving up on 192.0.2.25.",
    "The users mailfolder is over the allowed quota (size). (#5.2.2)",
)

EXIM = (
    """\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ana@example.com
    host mx.example.com [192.0.2.25]
    SMTP error from remote mail server after RCPT TO:<ana@example.com>:
    550 No such user here

------ This is a copy of the message, including all the headers. ------

"""
    + LETTER
)

EXIM_DELAYED = """\
This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.example.com.

  ana@example.com

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals.
"""

SENDMAIL = (
    """\
The original message was received at Mon, 2 Mar 2026 07:00:00 GMT
from mail.example.org [192.0.2.1]

   ----- The following addresses had permanent fatal errors -----
<ana@example.com>
    (reason: 550 5.1.1 <ana@example.com>... User unknown)

   ----- Transcript of session follows -----
... while talking to mx.example.com.:
>>> RCPT To:<ana@example.com>
<<< 550 5.1.1 <ana@example.com>... User unknown
550 5.1.1 <ana@example.com>... User unknown

   ----- Original message follows -----

"""
    + LETTER
)

EXCHANGE_OLD = """\
Your message did not reach some or all of the intended recipients.

      Subject:  The morning tide

The following recipient(s) could not be reached:

      ana@example.com on 02/03/2026 07:00
            The e-mail account does not exist at the organization this message was sent to.
            <mail.example.com #5.1.1>
"""

GMAIL_OLD = (
    """\
Delivery to the following recipient failed permanently:

     ana@example.com

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the server for the recipient domain example.com.

The error that the other server returned was:
550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the address.

----- Original message -----

"""
    + LETTER
)

AWAY = f"""\
Return-Path: <>
Delivered-To: {VERP}
From: Ana Lund <ana@example.com>
To: {VERP}
Subject: Automatic reply: The Morning Tide
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
Message-ID: <away@example.com>

I am out of the office. My old address bo@example.com is unknown to 550 users.
""".encode()

CHALLENGE = f"""\
Return-Path: <challenge@filter.example.com>
Delivered-To: {VERP}
From: ana@example.com
To: {VERP}
Subject: Please confirm your message to ana@example.com

To deliver your message, please click on the link and prove that you are human.
""".encode()

ARF = f"""\
From: <feedback@mail.example.net>
To: <abuse@ledger.example.org>
Subject: FW: The Morning Tide
Date: Mon, 2 Mar 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report for a message received from IP 192.0.2.1.

--part
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{VERP}>
Arrival-Date: Mon, 2 Mar 2026 08:00:00 +0000

--part
Content-Type: message/rfc822

{LETTER}
--part--
""".encode()

RECEIPT = f"""\
Delivered-To: {VERP}
From: ana@example.com
To: {VERP}
Subject: Read: The Morning Tide
Content-Type: multipart/report; report-type=disposition-notification; boundary=x

--x
Content-Type: text/plain

The message was deleted without being read.
--x
Content-Type: message/disposition-notification

Final-Recipient: rfc822;ana@example.com
Disposition: automatic-action/MDN-sent-automatically; deleted
--x--
""".encode()
