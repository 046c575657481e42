"""Who runs this at the desk. Once: what an administrator changes later stays."""

from django.db import migrations

RIGHTS = {
    "Mark officers": [
        ("recognition", "mark", "run_marks", "Can run quality marks: applications, advisers"),
        ("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"),
    ]
}


def permission(apps, app, model, codename, name):
    """The permission, made here when Django has not come to it yet: it does so after migrating."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return found


def give_rights(apps, schema_editor):
    for name, rights in RIGHTS.items():
        group, _ = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(*(permission(apps, *right) for right in rights))


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0001_initial"),
        ("wagtailadmin", "0002_admin"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
