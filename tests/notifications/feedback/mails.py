"""Reports as mail systems write them."""

import base64

DSN = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: <{own}@mx.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset={charset}
Content-Transfer-Encoding: 8bit

{words}

--b
Content-Type: {status_type}
{encoding}
{status}
--b
Content-Type: {returned_type}

{returned}
--b--
"""
STATUS = """\
Reporting-MTA: dns; mx.example.org
Arrival-Date: {date}

Final-Recipient: rfc822; someone@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} User unknown
{last}
"""
ARF = """\
From: feedback@isp.example
To: {to}
Subject: FW: Privacy
Date: {date}
Message-ID: <{own}@isp.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: ISP/1.0
Version: 1
Original-Mail-From: <{sender}>
Arrival-Date: {date}

--b
Content-Type: message/rfc822

{returned}
--b--
"""
DATE = "Wed, 25 Nov 2020 10:00:00 +0000"


def dsn(
    to="legal@acme.example",
    message_id="<x@y>",
    action="failed",
    status="5.1.1",
    own="dsn1",
    charset="utf-8",
    words="It could not be delivered.",
    date=DATE,
    status_type="message/delivery-status",
    returned_type="text/rfc822-headers",
    in_base64=False,
    last_attempt="",
):
    """The bytes of a delivery status notification."""
    last = f"Last-Attempt-Date: {last_attempt}" if last_attempt else ""
    written = STATUS.format(date=date, action=action, status=status, last=last)
    if in_base64:
        written = base64.encodebytes(written.encode()).decode()
    mail = DSN.format(
        to=to,
        own=own,
        date=date,
        charset=charset,
        words=words,
        status_type=status_type,
        encoding="Content-Transfer-Encoding: base64\n" if in_base64 else "",
        status=written,
        returned_type=returned_type,
        returned=f"Subject: Privacy\nMessage-ID: {message_id}\n",
    )
    return mail.encode(charset)


def arf(to="legal@acme.example", message_id="<x@y>", kind="abuse", sender="", own="arf1"):
    """The bytes of an abuse report."""
    returned = f"Subject: Privacy\nMessage-ID: {message_id}\n\nWords.\n"
    mail = ARF.format(to=to, own=own, date=DATE, kind=kind, sender=sender, returned=returned)
    return mail.encode()


def answer(**headers):
    """The bytes of a mail that a person or a robot wrote."""
    lines = {"From": "ada@example.org", "To": "legal@acme.example", "Subject": "Away"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items()).encode() + b"\nI am away."
