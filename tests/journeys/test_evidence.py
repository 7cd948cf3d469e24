"""The record proves itself: checked while others write, and exported for those who trust nobody."""

import re
import subprocess
import sys

import pytest

from .acme import OURS, TEXT, in_days, need_one_person, write

pytestmark = pytest.mark.slow
CHANGED = TEXT.replace("two years", "ten years")


def published_head(acme):
    """The head as the public page shows it: SEQ:SHA256."""
    page = acme.page("/acme/")
    return ":".join(re.search(r"Last entry ?(\d+) ?SHA-256 ?([0-9a-f]{64})", page).groups())


def test_an_exported_version_is_proved_against_the_head_on_the_public_page(acme_in_force):
    acme, folder = acme_in_force, acme_in_force.folder / "evidence"
    need_one_person(acme)
    write(acme, CHANGED)
    acme.manage("publish_version", "--effective-on", in_days(acme, 12), *OURS)
    acme.deliver()
    checked = acme.report("verify_evidence")
    assert (checked["versions"], checked["notices"], checked["deliveries"]) == (2, 1, 3)
    with acme.serving():
        head = published_head(acme)
    ours = ("--publisher", "acme", "--by", "lena")
    exported = acme.report("export_evidence", "privacy@2", "--to", folder, *ours)
    assert exported["head"] == head
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", "--head", head],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "is not empty" in acme.refusal("export_evidence", "privacy@2", "--to", folder, *ours)
    acme.manage("verify_evidence")


def test_a_long_check_keeps_nobody_waiting_and_sees_one_state(acme_in_force):
    done = acme_in_force.python("""
import subprocess, sys
from django.db import connection, transaction
from documents.models import Entry
from documents.verification.snapshot import snapshot
rules = "manage.py set_publisher_rules --publisher acme --failures-allowed 7 --by lena"
with snapshot():
    before = Entry.objects.count()
    subprocess.run([sys.executable, *rules.split()], check=True, timeout=60)
    assert Entry.objects.count() == before, "it sees what came later"
assert Entry.objects.count() == before + 1
with transaction.atomic():
    assert getattr(connection, "transaction_mode", "IMMEDIATE") == "IMMEDIATE"
""")
    assert done.returncode == 0, done.stderr
