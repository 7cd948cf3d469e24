"""An exported folder proves its version to whoever has nothing but Python and the head."""

import io
import json
import subprocess
import sys
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from documents import queries
from documents.actions.remove_by_order import ask_removal, confirm_removal
from documents.actions.withdraw_publication import withdraw_publication
from documents.evidence.pack import verify
from documents.evidence.receipt import receipt
from documents.models import Chain, Entry, Role
from legalcms import clock
from notifications.models import Notice
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin, smtp):
    """Version 2 was told to two of three people; the third server said no."""
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    gone = factories.recipients(policy.publisher, admin)[0]
    smtp.recipient_answer = lambda address: "550 5.1.1 no" if address == gone else None
    factories.publish(policy, admin, MATERIAL_TEXT, summary="Ten years now.")
    factories.work()
    assert len(smtp.received) == 2
    return policy


def export(policy, folder, by, number=2):
    call_command(
        "export_evidence",
        f"{policy.slug}@{number}",
        publisher=policy.publisher.slug,
        to=folder,
        by=by.username,
    )
    return folder


def head_of(policy):
    head = Chain.objects.get(publisher=policy.publisher)
    return head.seq, head.sha256


def alone(folder, *arguments):
    """The folder's own program, with nothing of ours."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", *arguments],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
    )


def published(head):
    return f"{head[0]}:{head[1]}"


def test_r61_an_exported_folder_proves_its_version_by_itself(policy, admin, tmp_path):
    head = head_of(policy)
    done = alone(export(policy, tmp_path / "folder", admin), "--head", published(head))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "2 accepted, 0 excluded, 1 failed, 0 resent" in done.stdout
    assert "not cleared, so it does not take effect" in done.stdout


def test_r61_a_changed_line_of_proof_is_found(policy, admin, tmp_path):
    head, folder = head_of(policy), export(policy, tmp_path / "folder", admin)
    lines = folder / "notices/1/deliveries.jsonl"
    lines.write_bytes(lines.read_bytes().replace(b'"failed"', b'"accepted"'))
    done = alone(folder, "--head", published(head))
    assert (done.returncode, done.stderr) == (1, "")
    assert "FAILED  notice 1" in done.stdout


def test_a_later_export_verifies_against_the_later_head(policy, admin, tmp_path):
    first, early = head_of(policy), export(policy, tmp_path / "early", admin)
    second, late = head_of(policy), export(policy, tmp_path / "late", admin)
    assert second[0] == first[0] + 1
    assert verify(early, first).holds
    assert verify(late, second).holds
    assert not verify(early, second).holds
    assert not verify(late, first).holds


def test_the_export_is_an_entry_after_the_head_of_its_folder(policy, admin, tmp_path):
    seq, sha256 = head_of(policy)
    export(policy, tmp_path / "folder", admin)
    entry = Entry.objects.order_by("seq").last()
    assert (entry.seq, entry.kind, entry.previous) == (seq + 1, "evidence.exported", sha256)
    assert entry.payload["head"] == {"seq": seq, "sha256": sha256}
    assert entry.payload["number"] == 2
    assert entry.actor == str(admin.actor.key)
    call_command("verify_evidence")


def test_each_state_of_a_version_can_be_exported(policy, admin, tmp_path):
    pending = queries.pending(policy, clock.now()).publication
    withdraw_publication(publication_id=pending.pk, reason="x", by=admin)
    factories.publish(policy, admin)
    for number in (1, 2, 3):
        head, folder = head_of(policy), tmp_path / str(number)
        report = verify(export(policy, folder, admin, number), head)
        assert report.holds, str(report)


def test_no_address_is_in_the_folder(policy, admin, tmp_path):
    folder = export(policy, tmp_path / "folder", admin)
    for file in folder.rglob("*.json*"):
        assert b"@example.org" not in file.read_bytes(), file


def test_one_persons_line_can_be_proved_from_the_folder(policy, admin, tmp_path):
    folder = export(policy, tmp_path / "folder", admin)
    notice = Notice.objects.get()
    person = notice.deliveries.order_by("pk")[1].recipient
    lines = (folder / "notices/1/deliveries.jsonl").read_bytes().splitlines()
    root = Entry.objects.get(kind="notice.settled").payload["deliveries_root"]
    (tmp_path / "proof.json").write_bytes(receipt(lines, 1, root))
    proof = ("--proof", tmp_path / "proof.json", "--salt", person.salt)
    assert alone(folder, *proof, "--address", person.email).returncode == 0
    assert alone(folder, *proof, "--address", "eve@example.org").returncode == 1


def test_a_clause_removed_by_order_and_the_notice_of_it_count_by_their_hashes(
    policy, admin, tmp_path
):
    ada, bo = (factories.member(policy.publisher, Role.PUBLISHER) for _ in range(2))
    key = policy.draft().ordered_clauses()[0].key
    order = {"order": "Court, 1", "reason": "x", "destroy": True}
    motion = ask_removal(policy=policy, key=key, **order, by=ada)
    confirm_removal(motion_id=motion.pk, by=bo)
    head, folder = head_of(policy), export(policy, tmp_path / "folder", admin)
    done = alone(folder, "--head", published(head))
    assert done.returncode == 0, done.stdout
    assert "but 1 removed by order" in done.stdout
    assert json.loads((folder / "clauses.json").read_bytes())[0]["removed"] is True
    assert json.loads((folder / "notices/1/message-en.json").read_bytes())["removed"] is True
    assert b"two years" not in b"".join(file.read_bytes() for file in folder.rglob("*.json*"))


@pytest.mark.parametrize("is_file", [True, False])
def test_what_is_there_already_is_left_alone(policy, admin, tmp_path, is_file):
    mine = tmp_path / "folder" if is_file else tmp_path / "folder" / "mine.txt"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    before = head_of(policy)
    with pytest.raises(CommandError, match=r"is not empty|cannot be written"):
        export(policy, tmp_path / "folder", admin)
    assert mine.read_text() == "mine"
    assert head_of(policy) == before


def test_an_empty_folder_will_do(policy, admin, tmp_path):
    head = head_of(policy)
    assert verify(export(policy, tmp_path, admin), head).holds


def test_half_an_export_is_none(policy, admin, tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("documents.evidence.export.sources", fail)
    with pytest.raises(CommandError, match="No space left on device"):
        export(policy, tmp_path / "folder", admin)
    monkeypatch.undo()
    monkeypatch.setattr("documents.actions.export_evidence.append_entry", fail)
    with pytest.raises(CommandError, match="No space left"):
        export(policy, tmp_path / "folder", admin)
    assert not (tmp_path / "folder").exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.RECIPIENTS])
def test_only_auditors_and_publishers_export(policy, tmp_path, role):
    with pytest.raises(CommandError, match="may not do this"):
        export(policy, tmp_path / "folder", factories.member(policy.publisher, role))
    assert not (tmp_path / "folder").exists()
    export(policy, tmp_path / "folder", factories.member(policy.publisher, Role.AUDITOR))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("privacy", "is not a version; write it as privacy@3"),
        ("privacy@", "is not a version"),
        ("privacy@0", "is not a version"),
        ("privacy@٣", "is not a version"),
        ("@1", "is not a version"),
        ("nothing@1", "There is no policy “nothing”"),
    ],
)
def test_a_name_that_is_none_is_refused(policy, admin, tmp_path, name, says):
    with pytest.raises(CommandError, match=says):
        call_command(
            *("export_evidence", name, f"--publisher={policy.publisher.slug}"),
            *(f"--to={tmp_path / 'folder'}", f"--by={admin.username}"),
        )


def test_a_number_that_is_none_is_answered_with_those_that_exist(policy, admin, tmp_path):
    with pytest.raises(CommandError, match=r"no version “7”\. Known: 1, 2"):
        export(policy, tmp_path / "folder", admin, 7)


def download(client, policy, method="post"):
    publication = policy.versions.get(number=2).publication_id
    url = reverse("documents_workspace:evidence", args=[policy.pk, publication])
    return getattr(client, method)(url)


def test_the_admin_downloads_the_same_folder(policy, client, tmp_path):
    auditor, head = factories.member(policy.publisher, Role.AUDITOR), head_of(policy)
    client.force_login(auditor)
    answer = download(client, policy)
    assert "no-store" in answer["Cache-Control"]
    name = f"evidence-{policy.publisher.slug}-{policy.slug}-2"
    assert f'filename="{name}.zip"' in answer["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    archive.extractall(tmp_path)
    done = alone(tmp_path / name, "--head", published(head))
    assert done.returncode == 0, done.stdout
    assert Entry.objects.order_by("seq").last().kind == "evidence.exported"


def test_the_admin_asks_before_it_writes_into_the_log(policy, client):
    client.force_login(factories.member(policy.publisher, Role.AUDITOR))
    before = head_of(policy)
    assert (
        "becomes an entry of the evidence log" in download(client, policy, "get").content.decode()
    )
    assert head_of(policy) == before


def test_the_publications_screen_leads_there_for_those_who_may(policy, client):
    publication = policy.versions.get(number=2).publication_id
    screen = reverse("documents_workspace:publication", args=[policy.pk, publication])
    link = reverse("documents_workspace:evidence", args=[policy.pk, publication])
    for role, may in ((Role.AUDITOR, True), (Role.EDITOR, False)):
        client.force_login(factories.member(policy.publisher, role))
        assert (link in client.get(screen).content.decode()) is may
