from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_staff_lists")]

    operations = [
        migrations.RemoveConstraint("knownplace", "organisations_knownplace_one_code"),
        migrations.RenameField("knownplace", "list", "source"),
        migrations.AddField(
            "knownplace", "constituency", models.CharField(blank=True, max_length=80)
        ),
        migrations.AlterModelOptions(
            "knownplace", {"default_permissions": (), "ordering": ["source", "code"]}
        ),
        migrations.AddConstraint(
            "knownplace",
            models.UniqueConstraint(
                fields=("source", "code"), name="organisations_knownplace_one_code"
            ),
        ),
    ]
