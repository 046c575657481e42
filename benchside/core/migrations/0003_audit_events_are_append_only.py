"""Let the database itself refuse changes to what was done.

SQLite drops a table's triggers when a later migration rebuilds the table: any migration that
alters `core_auditevent` must end with `refuse_changes` again. A test asks for both triggers.
"""

from django.db import migrations, models

SQLITE = """
CREATE TRIGGER core_auditevent_no_{act} BEFORE {act} ON core_auditevent
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION core_auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'restrict_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER core_auditevent_no_{act} BEFORE {act} ON core_auditevent
FOR EACH ROW EXECUTE FUNCTION core_auditevent_refuse()
"""


def refuse_changes(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for act in ("update", "delete"):
        schema_editor.execute((POSTGRESQL if postgresql else SQLITE).format(act=act))


def allow_changes(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for act in ("update", "delete"):
        on = " ON core_auditevent" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER core_auditevent_no_{act}{on}")
    if postgresql:
        schema_editor.execute("DROP FUNCTION core_auditevent_refuse()")


class Migration(migrations.Migration):
    dependencies = [("core", "0002_pictures_imports_tasks_and_mail")]

    operations = [
        migrations.AlterField(
            model_name="auditevent",
            name="actor_kind",
            field=models.CharField(
                choices=[
                    ("user", "somebody signed in"),
                    ("link", "somebody holding a link"),
                    ("visitor", "a visitor nobody knows"),
                    ("system", "Benchside itself"),
                ],
                default="user",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("actor__isnull", False), ("actor_kind", "user")),
                    ("actor_kind", "link"),
                    models.Q(("actor__isnull", True), ("actor_kind__in", ["visitor", "system"])),
                    _connector="OR",
                ),
                name="core_auditevent_actor_fits_kind",
            ),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
