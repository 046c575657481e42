"""Seals and heads of registers are append-only. Who runs registers at the desk: once, what an
administrator changes later stays."""

from importlib import import_module

from django.db import migrations

from benchside.recognition.entries.append_only import allow_changes, refuse_changes

marks = import_module("benchside.recognition.migrations.0002_desk_rights")
RIGHTS = {
    "Registrars": [
        ("recognition", "register", "run_registers", "Can set up registers and their bodies"),
        ("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"),
    ]
}


def give_rights(apps, schema_editor):
    for name, rights in RIGHTS.items():
        group, _ = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(*(marks.permission(apps, *right) for right in rights))


class Migration(migrations.Migration):
    dependencies = [("recognition", "0003_registers")]
    operations = [
        migrations.RunPython(refuse_changes, allow_changes),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
