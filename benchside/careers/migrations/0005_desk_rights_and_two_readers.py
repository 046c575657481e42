"""Who may edit the catalogue at the desk, and that a role goes live as a page does: by two people.

Runs once: what an administrator gives or takes from a group afterwards stays as it is. Nobody is
given the right to publish a role alone; approval in the workflow publishes it.
"""

from django.db import migrations

VOCABULARIES = ("sector", "subject", "setting", "skillterm", "kitterm", "source", "advice")
WRITE = ("add", "change")
RIGHTS = {
    "Editors": {"role": WRITE, "source": ("change",), "advice": ("change",)},
    "Moderators": {"role": WRITE, **dict.fromkeys(VOCABULARIES, (*WRITE, "delete"))},
}


def content_type(apps, model):
    """Made here when Django has not come to it yet: it does so after migrating."""
    found, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="careers", model=model
    )
    return found


def permission(apps, verb, model):
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type(apps, model),
        codename=f"{verb}_{model}",
        defaults={"name": f"Can {verb} {model}"},
    )
    return found


def give_rights(apps, schema_editor):
    for name, rights in RIGHTS.items():
        group, _ = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(
            *(permission(apps, verb, model) for model, verbs in rights.items() for verb in verbs)
        )


def join_the_workflow(apps, schema_editor):
    """The workflow that Wagtail made for all pages: `website` makes it one of two people."""
    workflow = apps.get_model("wagtailcore.Workflow").objects.filter(active=True).first()
    if workflow is not None:
        apps.get_model("wagtailcore.WorkflowContentType").objects.get_or_create(
            content_type=content_type(apps, "role"), defaults={"workflow": workflow}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0004_drawing_may_wait"),
        ("wagtailcore", "0098_apitoken"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        migrations.RunPython(give_rights, migrations.RunPython.noop),
        migrations.RunPython(join_the_workflow, migrations.RunPython.noop),
    ]
