"""A promise was a channel, a number of days and one basis; now it is a record of terms."""

from django.db import migrations


def to_records(apps, schema_editor):
    from documents.promises import from_record, to_record

    for name in ("PromiseSetting", "HistoricalPromiseSetting"):
        for setting in apps.get_model("documents", name).objects.all():
            before = {
                "format": 1,
                "trigger": setting.trigger,
                "channel": setting.channel,
                "notice_days": setting.notice_days,
                "basis": {
                    "clause_key": str(setting.clause_key or ""),
                    "words": setting.words,
                    "interpretation_by": setting.interpretation_by,
                },
            }
            setting.record = to_record(from_record(before))
            setting.save(update_fields=["record"])


def name_channels(apps, schema_editor):
    """Every publication so far told people by e-mail or by posting alone."""
    publications = apps.get_model("documents", "Publication").objects.filter(
        announced_at__isnull=False
    )
    publications.filter(notice_required=True).update(
        channels=["email", "posting"], clock_start="accepted"
    )
    publications.filter(notice_required=False).update(channels=["posting"], clock_start="posted")


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_terms_approvals_and_removals")]

    operations = [
        migrations.RunPython(to_records, migrations.RunPython.noop),
        migrations.RunPython(name_channels, migrations.RunPython.noop),
    ]
