"""From here on the database itself refuses to change or delete what the journal holds (see journal/triggers.py)."""

from django.db import migrations

from zhaoyin.ground.journal import triggers


class Migration(migrations.Migration):

    dependencies = [("journal", "0002_chain")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection),
            lambda apps, editor: triggers.remove(editor.connection),
        ),
    ]
