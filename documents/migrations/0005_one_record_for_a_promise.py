from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_promises_as_records'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='historicalpromisesetting',
            name='channel',
        ),
        migrations.RemoveField(
            model_name='historicalpromisesetting',
            name='clause_key',
        ),
        migrations.RemoveField(
            model_name='historicalpromisesetting',
            name='interpretation_by',
        ),
        migrations.RemoveField(
            model_name='historicalpromisesetting',
            name='notice_days',
        ),
        migrations.RemoveField(
            model_name='historicalpromisesetting',
            name='trigger',
        ),
        migrations.RemoveField(
            model_name='historicalpromisesetting',
            name='words',
        ),
        migrations.RemoveField(
            model_name='promisesetting',
            name='channel',
        ),
        migrations.RemoveField(
            model_name='promisesetting',
            name='clause_key',
        ),
        migrations.RemoveField(
            model_name='promisesetting',
            name='interpretation_by',
        ),
        migrations.RemoveField(
            model_name='promisesetting',
            name='notice_days',
        ),
        migrations.RemoveField(
            model_name='promisesetting',
            name='trigger',
        ),
        migrations.RemoveField(
            model_name='promisesetting',
            name='words',
        ),
    ]
