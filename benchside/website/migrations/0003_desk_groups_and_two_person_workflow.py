"""Who works at the desk, and the workflow by which two people put a page up.

Runs once: what an administrator gives or takes from a group afterwards stays as it is.
"""

from django.db import migrations

HANDLE_CONCERNS = ("website", "concern", "handle_concern", "Can read and answer concerns")
OPEN_THE_DESK = ("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
# On top of what Wagtail's own migrations give Editors and Moderators: pages, pictures, documents.
RIGHTS = {
    "Moderators": [
        HANDLE_CONCERNS,
        ("wagtailredirects", "redirect", "add_redirect", "Can add redirect"),
        ("wagtailredirects", "redirect", "change_redirect", "Can change redirect"),
        ("wagtailredirects", "redirect", "delete_redirect", "Can delete redirect"),
    ],
    "Safeguarding": [HANDLE_CONCERNS, OPEN_THE_DESK],
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


def need_a_second_person(apps, schema_editor):
    """Wagtail's own first step is swapped for ours, in the workflow it made for all pages."""
    SecondReader = apps.get_model("website.SecondReader")
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="website", model="secondreader"
    )
    task = SecondReader.objects.create(name="Second reader", content_type=content_type)
    task.groups.add(apps.get_model("auth.Group").objects.get(name="Moderators"))
    Workflow = apps.get_model("wagtailcore.Workflow")
    WorkflowTask = apps.get_model("wagtailcore.WorkflowTask")
    for workflow in Workflow.objects.all():
        old = WorkflowTask.objects.filter(workflow=workflow)
        apps.get_model("wagtailcore.Task").objects.filter(workflow_tasks__in=old).update(
            active=False
        )
        old.delete()
        WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
        workflow.name = "Two people"
        workflow.save()


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0002_concerns_and_second_reader"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0002_admin"),
        ("wagtailredirects", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(give_rights, migrations.RunPython.noop),
        migrations.RunPython(need_a_second_person, migrations.RunPython.noop),
    ]
