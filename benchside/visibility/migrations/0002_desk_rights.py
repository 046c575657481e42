"""Who reviews stories, moderates photographs and runs campaigns at the desk.

Runs once: what an administrator gives or takes from a group afterwards stays as it is.
"""

from django.db import migrations

REVIEW = ("visibility", "story", "review_story", "Can review and publish stories")
MODERATE = ("visibility", "photo", "moderate_photo", "Can moderate photographs")
RUN = (
    "visibility", "campaign", "run_campaign", "Can run campaigns, their days and contests",
)  # fmt: skip
OPEN_THE_DESK = ("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
RIGHTS = {
    "Moderators": [REVIEW, MODERATE],
    "Campaign team": [REVIEW, MODERATE, RUN, OPEN_THE_DESK],
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
        ("visibility", "0001_initial"),
        ("wagtailadmin", "0002_admin"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
