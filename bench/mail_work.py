"""One step of `bench_mail` in a process of its own; prints what it measured as one line of JSON.

prepare N | sample | fan_out | send | raw N | post_office N | mailer N, with
DATABASE_URL and LEGALCMS_EMAIL_URL as for the product.
"""

import json
import os
import resource
import smtplib
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
WORDS = "The data that we keep of you is told to nobody but those whom the law names. "
SENDER = "legal@acme.example"


def main():
    step, *arguments = sys.argv[1:]
    sys.path.insert(0, str(ROOT))
    if step != "raw":
        import django

        django.setup()
    measured = STEPS[step](*map(int, arguments))
    measured["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(measured))


def prepare(number):
    """A publisher with many recipients, and a material change announced to them in 8 kB."""
    from django.core.management import call_command

    from notifications.actions import open_notice
    from notifications.models import Recipient
    from tests import factories

    call_command("migrate", verbosity=0)
    admin = factories.admin()
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    from legalcms import clock

    now = clock.now()
    for start in range(0, number, 5000):
        Recipient.objects.bulk_create(
            Recipient(
                publisher=policy.publisher,
                email=f"person{n}@d{n % 1000}.example.org",
                email_key=f"person{n}@d{n % 1000}.example.org",
                joined_at=now,
            )
            for n in range(start, min(start + 5000, number))
        )
    open_notice.render = lambda notice, version: wording()
    factories.publish(policy, admin, factories.MATERIAL_TEXT)
    if settings_are_postgres():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {"bytes": len(sample())}


def settings_are_postgres():
    return os.environ["DATABASE_URL"].startswith("postgres")


def wording():
    from notifications.messages import Wording, slot

    written = slot("address", "0123456789abcdef")
    text = "".join(f"{n}. {WORDS}\n" for n in range(38)) + f"Sent to {written}.\n"
    html = "<html><body>" + "".join(f"<p>{n}. {WORDS}</p>\n" for n in range(40))
    html += f"<p>Sent to {written}.</p></body></html>\n"
    return Wording("What changes", text, html, "0123456789abcdef")


def sample():
    """The bytes of one such mail, as the peers send them too."""
    from datetime import UTC, datetime

    from notifications.mime import Mail, build

    said = wording()
    slots = ((f"[[address:{said.slot_token}]]", "person1@d1.example.org"),)
    return build(
        Mail(
            "Acme", SENDER, SENDER, "", "person1@d1.example.org", said.subject, said.text,
            said.html, "<0123456789abcdef0123456789abcdef@acme.example>",
            datetime(2026, 1, 1, tzinfo=UTC), slots,
        )
    )  # fmt: skip


def fan_out():
    from notifications.actions import fan_out as fanning

    longest, inner = [0.0], fanning._fan_out_batch

    def timed(notice_id):
        began = time.perf_counter()
        try:
            return inner(notice_id)
        finally:
            longest[0] = max(longest[0], time.perf_counter() - began)

    fanning._fan_out_batch = timed
    began = time.perf_counter()
    made = fanning.fan_out_notices()
    seconds = time.perf_counter() - began
    return {"number": made, "seconds": seconds, "longest_ms": longest[0] * 1000}


def send():
    """Everything that is due. Also when each 10,000 were sent, and the CPU that the ledger took."""
    from notifications.actions import send_batch as sending

    ledger = [0.0]
    for name in ("claim", "record_answers", "begin_attempts", "release"):
        setattr(sending, name, metered(getattr(sending, name), ledger))
    began, cpu = time.time(), time.process_time()
    sent, marks = 0, []
    while tried := sending.send_batch():
        sent += tried
        marks.append((sent, time.time() - began))
    return {
        "number": sent,
        "began": began,
        "ended": time.time(),
        "cpu_us": (time.process_time() - cpu) / max(sent, 1) * 1e6,
        "ledger_us": ledger[0] / max(sent, 1) * 1e6,
        "marks": marks,
    }


def metered(call, total):
    def inside(*args, **kwargs):
        began = time.process_time()
        try:
            return call(*args, **kwargs)
        finally:
            total[0] += time.process_time() - began

    return inside


def raw(number):
    """smtplib on one connection with bytes that are there already."""
    content = (Path(os.environ["DATA"]) / "sample.eml").read_bytes()
    began, cpu = time.time(), time.process_time()
    with smtplib.SMTP("127.0.0.1", urlsplit(os.environ["LEGALCMS_EMAIL_URL"]).port) as server:
        for _n in range(number):
            server.sendmail(SENDER, ["person1@d1.example.org"], content)
    return {
        "number": number,
        "began": began,
        "ended": time.time(),
        "cpu_us": (time.process_time() - cpu) / number * 1e6,
    }


def write_sample():
    path = Path(os.environ["DATA"]) / "sample.eml"
    path.write_bytes(sample())
    return {"bytes": path.stat().st_size}


def post_office(number):
    from post_office import mail

    def queue(said, n):
        mail.send(
            f"p{n}@example.org",
            SENDER,
            subject=said.subject,
            message=said.text,
            html_message=said.html,
        )

    return peer(number, queue, lambda: mail.send_queued(processes=1))


def mailer(number):
    from django.core.mail import EmailMultiAlternatives, get_connection
    from mailer.engine import send_all

    backend = get_connection("mailer.backend.DbBackend")

    def queue(said, n):
        mail = EmailMultiAlternatives(
            said.subject, said.text, SENDER, [f"p{n}@example.org"], connection=backend
        )
        mail.attach_alternative(said.html, "text/html")
        mail.send()

    return peer(number, queue, send_all)


def peer(number, queue, send_all):
    """``number`` mails into a peer's queue, and out again by its own means."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    said = wording()
    for n in range(number):
        queue(said, n)
    began = time.time()
    send_all()
    return {"number": number, "began": began, "ended": time.time()}


STEPS = {
    "prepare": prepare,
    "sample": write_sample,
    "fan_out": fan_out,
    "send": send,
    "raw": raw,
    "post_office": post_office,
    "mailer": mailer,
}

if __name__ == "__main__":
    main()
