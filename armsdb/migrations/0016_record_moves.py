"""Moves are kept of every kind of record. Those from before are of transfers alone, so the log begins anew.

It begins with a data version with which many of each kind moved: who keeps anything from before asks for all of it.
"""

from django.db import migrations, models
from django.utils import timezone


def begin_anew(apps, schema_editor):
    moves, versions = apps.get_model("armsdb", "RecordMove").objects, apps.get_model("armsdb", "DataVersion").objects
    moves.all().delete()
    kinds = set(versions.values_list("type", flat=True))
    if kinds:
        number = 1 + max(versions.values_list("number", flat=True))
        versions.update(number=number, changed=timezone.now())
        moves.bulk_create(moves.model(number=number, type=kind) for kind in sorted(kinds - {"all"}))


class Migration(migrations.Migration):
    dependencies = [("armsdb", "0015_named_and_valued")]

    operations = [
        migrations.RenameModel(old_name="TransferMove", new_name="RecordMove"),
        migrations.RenameField(model_name="recordmove", old_name="transfer_id", new_name="record_id"),
        migrations.AlterField(
            model_name="recordmove",
            name="record_id",
            field=models.PositiveBigIntegerField(help_text="The key of the record; none where many moved.", null=True),
        ),
        migrations.AddField(
            model_name="recordmove",
            name="type",
            field=models.CharField(default="transfer", help_text="The kind of record, as in the API.", max_length=12),
            preserve_default=False,
        ),
        migrations.RunPython(begin_anew, migrations.RunPython.noop),
    ]
