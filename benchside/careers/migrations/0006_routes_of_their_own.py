"""A route becomes a record of its own, told once and named by many roles.

Until here each role held its own copy of a route's facts. Copies of one route are the same
nation and reference or, where it has none, the same nation, kind and title. No fact is lost:
where copies differ the one last checked is kept, and what it lacks is taken from the others.
Drafts in the history of a role, and what the catalogue's files last said, are rewritten alike.
"""

import benchside.careers.fields
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

from django.utils.text import slugify

FACTS = ("kind", "title", "reference", "level", "months", "nation", "as_of", "valid_from", "valid_to")
VOCABULARIES = ("route", "nationway")
RIGHTS = {
    "Editors": {"route": ("change",), "nationway": ("change",)},
    "Moderators": dict.fromkeys(VOCABULARIES, ("add", "change", "delete")),
}
NATIONS = [
    ("england", "England"),
    ("scotland", "Scotland"),
    ("wales", "Wales"),
    ("northern-ireland", "Northern Ireland"),
]
KINDS = [
    ("apprenticeship", "Apprenticeship"),
    ("foundation", "Foundation apprenticeship"),
    ("higher", "Higher apprenticeship"),
    ("degree", "Degree apprenticeship"),
    ("t-level", "T Level"),
    ("v-level", "V Level"),
    ("htq", "Higher technical qualification"),
    ("higher-course", "Other higher course"),
]


# --- which copies are of one route --------------------------------------------------------------
def identity(facts):
    if facts["reference"]:
        return facts["nation"], facts["reference"]
    return facts["nation"], facts["kind"], facts["title"].casefold()


def slug_of(facts, taken):
    title = slugify(facts["title"])
    if facts["kind"] == "t-level":
        slug = f"t-level-{title}"
    else:
        slug = f"{title}-{slugify(facts['reference']) or facts['kind']}"
    if facts["nation"] != "england":
        slug = f"{facts['nation']}-{slug}"
    slug, number, plain = slug[:110], 1, slug[:110]
    while slug in taken:
        number += 1
        slug = f"{plain}-{number}"
    return slug


def kind_of(kind, level):
    """An apprenticeship is a higher one from level 4 and a degree one from level 6."""
    if kind == "t-level" or level is None:
        return kind
    return "apprenticeship" if level < 4 else "higher" if level < 6 else "degree"


class Routes:
    """The routes by what makes them one; those that are missing are made."""

    def __init__(self, model):
        self.model = model
        self.by_identity = {}

    def of(self, facts, source_id):
        key = identity(facts)
        if key not in self.by_identity:
            taken = {route.slug for route in self.by_identity.values()}
            values = facts | {"kind": kind_of(facts["kind"], facts["level"])}
            self.by_identity[key] = self.model.objects.create(
                slug=slug_of(facts, taken), source_id=source_id, **values
            )
        return self.by_identity[key]


def complete(route, facts):
    """Take from an older copy what the newer one lacks."""
    missing = {
        name: facts[name]
        for name in FACTS
        if getattr(route, name) in (None, "") and facts[name] not in (None, "")
    }
    if missing:
        for name, value in missing.items():
            setattr(route, name, value)
        route.save()


def facts_of(copy):
    return {name: getattr(copy, name) for name in FACTS}


# --- moving them --------------------------------------------------------------------------------
def tell_once(apps, schema_editor):
    copies = apps.get_model("careers.RoleRoute")
    routes = Routes(apps.get_model("careers.Route"))
    seen = set()
    for copy in copies.objects.order_by("-as_of", "pk"):
        route = routes.of(facts_of(copy), copy.source_id)
        complete(route, facts_of(copy))
        copy.route = route
        copy.save()
    for copy in copies.objects.order_by("role", "order", "pk"):
        if (copy.role_id, copy.route_id) in seen:
            copy.delete()
        seen.add((copy.role_id, copy.route_id))
    rewrite_drafts(apps, routes)
    rewrite_what_files_said(apps, routes)
    if schema_editor.connection.vendor == "postgresql":
        # The columns go in this transaction too: what waits to be checked is checked now.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def rewrite_drafts(apps, routes):
    sources = set(apps.get_model("careers.Source").objects.values_list("pk", flat=True))
    revisions = apps.get_model("wagtailcore.Revision").objects.filter(
        content_type__app_label="careers", content_type__model="role"
    )
    for revision in revisions:
        old = revision.content.pop("routes", None)
        if old is None:
            continue
        kept = {}
        for copy in old:
            if copy["source"] not in sources:
                continue
            route = routes.of({name: copy[name] for name in FACTS}, copy["source"])
            link = {"pk": copy["pk"], "role": copy["role"], "route": route.pk}
            kept.setdefault(route.pk, link | {"listed": copy["listed"], "order": copy["order"]})
        revision.content["route_list"] = list(kept.values())
        revision.save()


def rewrite_what_files_said(apps, routes):
    said = apps.get_model("core.ImportedValue")
    sources = dict(apps.get_model("careers.Source").objects.values_list("slug", "pk"))
    now = {}
    for row in said.objects.filter(importer="careers.catalogue", key__startswith="role:"):
        links = []
        for copy in row.values.get("routes", []):
            route = routes.by_identity.get(identity(copy))
            if route is None:
                continue
            links.append({"route": route.slug, "listed": copy["listed"]})
            route.refresh_from_db()
            if is_as_said(route, copy, sources):
                now[f"route:{route.slug}"] = as_values(route, copy["source"])
        row.values["routes"] = links
        row.save()
    said.objects.bulk_create(
        said(importer="careers.catalogue", key=key, values=values) for key, values in now.items()
    )


def is_as_said(route, copy, sources):
    """Whether no editor has touched it: what an editor wrote, a later file must not overwrite."""
    told = {name: plain(getattr(route, name)) for name in FACTS if name not in ("kind", "months")}
    return told == {name: copy[name] for name in told} and route.source_id == sources.get(
        copy["source"]
    )


def as_values(route, source):
    """As `careers.records` writes a route."""
    return {name: plain(getattr(route, name)) for name in FACTS} | {
        "entry": "", "job_titles": [], "topic": "", "status": "open", "url": "", "source": source,
    }


def plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


# --- who may ------------------------------------------------------------------------------------
def permission(apps, verb, model):
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="careers", model=model
    )
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
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


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0005_desk_rights_and_two_readers"),
        ("core", "0006_search_digest"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.RemoveConstraint("route", "careers_route_ends_after_it_starts"),
        migrations.RenameModel("Route", "RoleRoute"),
        migrations.CreateModel(
            name="Route",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("title", models.CharField(max_length=160)),
                ("reference", models.CharField(blank=True, help_text="The official one, such as ST0343.", max_length=20)),
                ("level", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="usual length in months")),
                ("entry", models.CharField(blank=True, help_text="To start, in plain words. Empty: what holds of all routes of its kind is shown.", max_length=300, verbose_name="what is asked for")),
                ("job_titles", benchside.careers.fields.LinesField(blank=True, default=list, help_text="Jobs that its official page names.", max_length=120)),
                ("topic", models.CharField(blank=True, help_text="The heading it stands under in the official list.", max_length=80)),
                ("nation", models.CharField(choices=NATIONS, default="england", max_length=20)),
                ("status", models.CharField(choices=[("coming", "Not open"), ("open", "Open to new starters"), ("retired", "Closed to new starters")], default="open", max_length=10)),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="first start")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="last start")),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="official page")),
                ("as_of", models.DateField(help_text="When somebody last checked it at its source.", verbose_name="true on")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("source", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="routes", to="careers.source")),
            ],
            options={"ordering": ["title", "slug"]},
        ),
        migrations.AddField(
            "roleroute",
            "route",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="careers.route"),
        ),
        migrations.RunPython(tell_once, migrations.RunPython.noop),
        *[migrations.RemoveField("roleroute", name) for name in (*FACTS, "source")],
        migrations.CreateModel(
            name='NationWay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('nation', models.CharField(choices=[('england', 'England'), ('scotland', 'Scotland'), ('wales', 'Wales'), ('northern-ireland', 'Northern Ireland')], max_length=20)),
                ('kind', models.CharField(blank=True, choices=[('apprenticeship', 'Apprenticeship'), ('foundation', 'Foundation apprenticeship'), ('higher', 'Higher apprenticeship'), ('degree', 'Degree apprenticeship'), ('t-level', 'T Level'), ('v-level', 'V Level'), ('htq', 'Higher technical qualification'), ('higher-course', 'Other higher course')], max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('starts', models.PositiveSmallIntegerField(help_text='The earliest: 16 or 18, or 15 for one begun at school.', verbose_name='usual age to start')),
                ('sentence', models.CharField(max_length=300, verbose_name='what it is')),
                ('entry', models.CharField(blank=True, max_length=300, verbose_name='what is asked for')),
                ('after', models.CharField(blank=True, max_length=300, verbose_name='what can come after')),
                ('url', models.URLField(max_length=300, verbose_name='official page')),
                ('checked_on', models.DateField(blank=True, help_text='When a person last followed the link and read it.', null=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'kind of way in',
                'verbose_name_plural': 'kinds of way in',
                'ordering': ['order', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='SocTitle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text="The index's own identifier.", max_length=12, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('words', models.CharField(db_index=True, max_length=120)),
                ('additional', models.CharField(blank=True, max_length=120)),
                ('industry', models.CharField(blank=True, max_length=120)),
                ('see', models.CharField(blank=True, help_text='Where the index sends one on to.', max_length=120)),
                ('soc2020', models.CharField(blank=True, db_index=True, max_length=4, verbose_name='unit group')),
                ('extension', models.CharField(blank=True, max_length=7, verbose_name='sub-unit group')),
                ('isco08', models.CharField(blank=True, max_length=4, verbose_name='ISCO-08')),
            ],
            options={
                'verbose_name': 'SOC 2020 title',
                'ordering': ['title', 'key'],
            },
        ),
        migrations.AlterModelOptions(
            name='roleroute',
            options={'ordering': ['order'], 'verbose_name': 'way in', 'verbose_name_plural': 'ways in'},
        ),
        migrations.AddField(
            model_name='advice',
            name='change_of_mind',
            field=models.TextField(blank=True, help_text='Moving between ways in, in general words. A blank line parts paragraphs.', verbose_name='if you change your mind'),
        ),
        migrations.AddField(
            model_name='advice',
            name='exams',
            field=models.CharField(blank=True, help_text='What they sit then, such as GCSEs.', max_length=40),
        ),
        migrations.AddField(
            model_name='advice',
            name='last_year',
            field=models.CharField(blank=True, help_text='What its pupils call it, such as Year 11 or S4.', max_length=20, verbose_name='last year of school for all'),
        ),
        migrations.AddField(
            model_name='role',
            name='routes',
            field=models.ManyToManyField(related_name='roles', through='careers.RoleRoute', to='careers.route'),
        ),
        migrations.AlterField(
            model_name='roleroute',
            name='role',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='route_list', to='careers.role'),
        ),
        migrations.AlterField(
            model_name='roleroute',
            name='route',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='careers.route'),
        ),
        migrations.AddConstraint(
            model_name='roleroute',
            constraint=models.UniqueConstraint(fields=('role', 'route'), name='careers_roleroute_unique'),
        ),
        migrations.AddConstraint(
            model_name='route',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='careers_route_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='route',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('nation', 'reference'), name='careers_route_reference_unique'),
        ),
    
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
