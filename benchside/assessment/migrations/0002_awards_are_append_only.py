"""Let the database itself refuse changes to what happened to an award.

SQLite drops a table's triggers when a later migration rebuilds the table: any migration that
alters `assessment_awardevent` must end with `refuse_changes` again. A test asks for both.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER assessment_awardevent_no_{act} BEFORE {act} ON assessment_awardevent
BEGIN SELECT RAISE(ABORT, 'award events are append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION assessment_awardevent_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'award events are append-only' USING ERRCODE = 'restrict_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER assessment_awardevent_no_{act} BEFORE {act} ON assessment_awardevent
FOR EACH ROW EXECUTE FUNCTION assessment_awardevent_refuse()
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
        on = " ON assessment_awardevent" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER assessment_awardevent_no_{act}{on}")
    if postgresql:
        schema_editor.execute("DROP FUNCTION assessment_awardevent_refuse()")


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
