"""For migrations: let the database itself refuse changes to seals and heads.

SQLite drops a table's triggers when a later migration rebuilds the table: any migration that alters
one of these tables must end with `refuse_changes` again. A test asks for all.
"""

from typing import Any

TABLES = ("recognition_entryseal", "recognition_registerhead")
SQLITE = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, 'seals and heads are append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION recognition_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  RAISE EXCEPTION 'seals and heads are append-only' USING ERRCODE = 'restrict_violation';
END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
FOR EACH ROW EXECUTE FUNCTION recognition_refuse()
"""


def refuse_changes(apps: Any, schema_editor: Any) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        for act in ("update", "delete"):
            text = POSTGRESQL if is_postgresql else SQLITE
            schema_editor.execute(text.format(table=table, act=act))


def allow_changes(apps: Any, schema_editor: Any) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for act in ("update", "delete"):
            on = f" ON {table}" if is_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{act}{on}")
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION recognition_refuse()")
