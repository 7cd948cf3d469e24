"""A file of recipients is taken in whole, or not at all."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from documents.errors import InvalidInput
from legalcms import clock
from notifications import recipient_csv
from notifications.actions import import_recipients as importing
from notifications.actions.add_recipients import add_recipients
from notifications.actions.fan_out import fan_out_notices
from notifications.actions.import_recipients import LEASE, import_recipients, recover_imports
from notifications.actions.leave import leave
from notifications.errors import ImportUnderWay, LinesRejected
from notifications.models import Delivery, Recipient, RecipientImport, StagedRecipient
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db
HEADER = "external_id,email,name,roles,language,time_zone\n"


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def publisher(admin):
    return factories.publisher(admin)


@pytest.fixture
def take_in(publisher, admin):
    def take_in(text, **options):
        lines = recipient_csv.read(io.StringIO(text, newline=""))
        return import_recipients(publisher=publisher, lines=lines, by=admin, **options)

    return take_in


def reasons(error):
    return [(each.line, each.reason) for each in error.value.data["batch"].rejected_lines.all()]


def test_every_column_is_kept(take_in):
    batch = take_in(HEADER + "7,ada@example.org,Ada,end_user,fr-CA,America/Toronto\n")
    person = Recipient.objects.get()
    assert (batch.added, batch.changed, batch.lines) == (1, 0, 1)
    assert (person.external_id, person.name, person.language) == ("7", "Ada", "fr-CA")
    assert person.time_zone == "America/Toronto"
    assert person.roles == ["end_user"]
    assert person.joined_at == batch.accepted_at
    assert person.history.get().history_type == "+"


def test_whose_roles_are_not_stated_has_every_role(take_in):
    take_in("ada@example.org,Ada\n")
    assert Recipient.objects.get().roles == ["account_holder", "end_user"]


def test_every_line_that_cannot_be_used_is_named_and_nobody_joins(take_in):
    lines = [
        "1,ada@example.org,,,,",
        "2,not an address,,,,",
        "3,bo@example.org,,king,,",
        "4,cy@example.org,,follower,,",
        "5,di@example.org,,,,Mars/Base",
        "1,other@example.org,,,,",
        "9,ada@EXAMPLE.org,,,,",
    ]
    with pytest.raises(LinesRejected) as error:
        take_in(HEADER + "\n".join(lines))
    assert [line for line, _reason in reasons(error)] == [3, 4, 5, 6, 7, 8]
    assert "example" not in str(reasons(error))
    assert not Recipient.objects.exists()
    assert not StagedRecipient.objects.exists()
    assert RecipientImport.objects.get().finished_at


def test_one_person_on_two_lines_has_the_roles_of_both(take_in):
    take_in(HEADER + "1,a@example.org,,end_user,,\n1,a@Example.org,,account_holder,,\n")
    assert Recipient.objects.get().roles == ["account_holder", "end_user"]


def test_the_same_file_twice_changes_nothing(take_in):
    text = HEADER + "1,a@example.org,A,end_user,,\n2,b@example.org,B,,,\n"
    take_in(text)
    batch = take_in(text)
    assert (batch.added, batch.changed) == (0, 0)
    assert Recipient.history.count() == 2


def test_a_new_address_keeps_the_person_and_what_a_line_leaves_empty_stays(take_in):
    take_in(HEADER + "1,a@example.org,A,end_user,fr,\n")
    before = Recipient.objects.get()
    take_in("external_id,email\n1,new@example.org\n")
    after = Recipient.objects.get()
    assert (after.pk, after.salt, after.email) == (before.pk, before.salt, "new@example.org")
    assert (after.name, after.language, after.roles) == ("A", "fr", ["end_user"])


def test_an_address_of_somebody_else_is_refused(take_in):
    take_in(HEADER + "1,a@example.org,,,,\n2,b@example.org,,,,\n")
    with pytest.raises(LinesRejected) as error:
        take_in(HEADER + "1,b@example.org,,,,\n")
    assert reasons(error) == [(2, "email: this address is another person’s.")]


def test_two_lines_about_one_person_whom_we_hold_are_refused(take_in):
    take_in(HEADER + "1,a@example.org,,,,\n")
    with pytest.raises(LinesRejected):
        take_in(HEADER + "1,new@example.org,,,,\n,a@example.org,,,,\n")


def test_who_had_left_joins_again(take_in, admin):
    take_in("a@example.org\n")
    leave(recipient_id=Recipient.objects.get().pk, by=admin)
    batch = take_in("a@example.org\n")
    person = Recipient.objects.get()
    assert (person.left_at, person.joined_at) == (None, batch.accepted_at)


def test_it_goes_in_steps_and_holds_some_lines_at_a_time(take_in, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    text = "".join(f"p{n}@example.org\n" for n in range(5))
    assert take_in(text).added == 5
    assert not StagedRecipient.objects.exists()


def test_what_was_accepted_before_a_crash_is_taken_in_by_a_worker(take_in, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(importing, "take_in", lambda pk: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take_in("a@example.org\nb@example.org\n")
    assert Recipient.objects.count() == 0
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
        assert recover_imports() == 1
    assert Recipient.objects.count() == 2
    assert recover_imports() == 0


def test_what_was_not_accepted_before_a_crash_is_discarded(publisher, admin, monkeypatch, take_in):
    batch = importing.begin(publisher, admin)
    importing.stage(batch, importing.readable(batch, recipient_csv.read(["a@example.org"])))
    with pytest.raises(ImportUnderWay):
        take_in("b@example.org\n")
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
        recover_imports()
        assert not StagedRecipient.objects.exists()
        with pytest.raises(ImportUnderWay):
            importing.accept(batch)
        assert take_in("b@example.org\n").added == 1


def test_nobody_else_changes_recipients_meanwhile(publisher, admin):
    importing.begin(publisher, admin)
    with pytest.raises(ImportUnderWay):
        add_recipients(publisher=publisher, people=[("a@example.org", "")], by=admin)


def test_a_notice_lists_nobody_while_a_file_is_being_taken_in(admin):
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin, 1)
    factories.publish(policy, admin, MATERIAL_TEXT)
    batch = importing.begin(policy.publisher, admin)
    importing.accept(batch)
    assert fan_out_notices() == 0
    importing.take_in(batch.pk)
    assert fan_out_notices() == 1
    assert Delivery.objects.count() == 1


def test_the_command_shows_every_bad_line_with_its_number(publisher, admin, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_text("email,name\nada@example.org,Ada\nnobody,\n\nalso nobody,\n", encoding="utf-8")
    options = {"publisher": publisher.slug, "by": admin.username}
    with pytest.raises(CommandError, match="2 lines"):
        call_command("import_recipients", file, **options)
    said = capsys.readouterr().err
    assert f"{file}, line 3: email" in said
    assert f"{file}, line 5: email" in said
    file.write_text("email,name\nada@example.org,Ada\n", encoding="utf-8")
    call_command("import_recipients", file, **options)
    assert "added: 1" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["=1+1", "+44", "-x", "@me", "'=x", "'t Hooft", "Ada, “B”", "''y"])
def test_what_goes_out_is_no_formula_and_comes_in_as_it_was(take_in, publisher, name):
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["email", "name"], ["a@example.org", recipient_csv.safe(name)]])
    take_in(file.getvalue())
    assert Recipient.objects.get().name == name
    cell = next(csv.DictReader(recipient_csv.lines(Recipient.objects.all())))["name"]
    assert not cell.startswith(("=", "+", "-", "@"))
    assert recipient_csv.plain(cell) == name


def test_a_team_without_the_role_takes_nothing_in(publisher, admin):
    member = factories.member(publisher, "editor")
    with pytest.raises(Exception, match="may not"):
        import_recipients(publisher=publisher, lines=[], by=member)


def test_an_international_domain_is_one_in_either_spelling(take_in):
    take_in("ada@bücher.example\nada@xn--bcher-kva.example\nADA@BÜCHER.example\n")
    assert Recipient.objects.count() == 2  # the local part is left as written


def test_a_line_number_is_where_its_line_begins(take_in):
    with pytest.raises(LinesRejected) as error:
        take_in('email,name\na@example.org,"A\nB"\nnobody,\n')
    assert [line for line, _reason in reasons(error)] == [2, 4]


def test_adding_by_hand_still_names_the_line(publisher, admin):
    with pytest.raises(InvalidInput, match="line 1"):
        add_recipients(publisher=publisher, people=[("nobody", "")], by=admin)
