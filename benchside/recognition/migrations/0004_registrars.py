"""Who runs registers at the desk. Once: what an administrator changes later stays."""

from importlib import import_module

from django.db import migrations

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
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
