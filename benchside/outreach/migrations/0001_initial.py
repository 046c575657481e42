import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import uuid
from django.db import migrations, models

from benchside.core.migrating import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0007_equipment'),
    ]

    operations = [CreateTogether([
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('stickers', 'Sticker sheet'), ('poster', 'Poster'), ('badge', 'Badge')], max_length=12)),
                ('about', models.CharField(max_length=200, verbose_name='what it is')),
                ('pack', models.CharField(max_length=60, verbose_name='one pack is')),
                ('limit_per_school', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='packs a school may have in a school year')),
                ('low_at', models.PositiveIntegerField(default=20, verbose_name='warn when so few packs are free')),
                ('campaign', models.SlugField(blank=True, max_length=60)),
                ('offered_from', models.DateField(blank=True, null=True, verbose_name='offered from')),
                ('offered_until', models.DateField(blank=True, null=True, verbose_name='offered until')),
                ('is_on', models.BooleanField(default=True, verbose_name='can be ordered')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='place in the list')),
                ('on_hand', models.PositiveIntegerField(default=0, editable=False)),
                ('reserved', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['order', 'title', 'pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('on_hand__gte', 0), ('reserved__gte', 0)), name='outreach_item_stock_not_negative'), models.CheckConstraint(condition=models.Q(('reserved__lte', models.F('on_hand'))), name='outreach_item_promises_only_what_is_there'), models.CheckConstraint(condition=models.Q(('offered_from__isnull', True), ('offered_until__isnull', True), ('offered_from__lte', models.F('offered_until')), _connector='OR'), name='outreach_item_offered_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, null=True, unique=True)),
                ('once', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('state', models.CharField(choices=[('placed', 'Waiting for a yes by e-mail'), ('confirmed', 'To be packed'), ('packed', 'Packed'), ('sent', 'Sent'), ('returned', 'Came back to us'), ('cancelled', 'Cancelled'), ('refused', 'Not sent')], default='placed', editable=False, max_length=12)),
                ('school_key', models.CharField(max_length=120)),
                ('school_name', models.CharField(max_length=160)),
                ('school_town', models.CharField(blank=True, max_length=80)),
                ('phase', models.CharField(choices=[('primary', 'Primary school'), ('secondary', 'Secondary school'), ('college', 'Sixth form or college'), ('special', 'Special school or alternative provision'), ('other', 'Club, library or other group')], max_length=12)),
                ('region', models.CharField(choices=[('north-east', 'North East'), ('north-west', 'North West'), ('yorkshire', 'Yorkshire and the Humber'), ('east-midlands', 'East Midlands'), ('west-midlands', 'West Midlands'), ('east', 'East of England'), ('london', 'London'), ('south-east', 'South East'), ('south-west', 'South West'), ('scotland', 'Scotland'), ('wales', 'Wales'), ('northern-ireland', 'Northern Ireland')], max_length=20)),
                ('contact_name', models.CharField(blank=True, max_length=80)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('address', models.TextField(blank=True, max_length=300)),
                ('postcode', models.CharField(blank=True, max_length=8)),
                ('campaign', models.SlugField(blank=True, max_length=60)),
                ('refusal', models.CharField(blank=True, choices=[('not-a-school', 'Not a school, college or club'), ('address', 'The post cannot find the address'), ('used-up', 'There is nothing left to send'), ('twice', 'The school has this order already'), ('other', 'Another reason')], max_length=16)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('rest_follows', models.BooleanField(default=True, editable=False)),
                ('placed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('confirmed_at', models.DateTimeField(editable=False, null=True)),
                ('packed_at', models.DateTimeField(editable=False, null=True)),
                ('packed_by', models.UUIDField(editable=False, null=True)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('sent_by', models.UUIDField(editable=False, null=True)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.organisation')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.knownplace')),
            ],
            options={
                'ordering': ['-placed_at', '-pk'],
                'permissions': [('pack_orders', 'Can pack and send orders, and keep the stock')],
                'default_permissions': (),
                'indexes': [models.Index(fields=['state', 'confirmed_at'], name='outreach_order_to_pack'), models.Index(fields=['organisation', '-placed_at'], name='outreach_order_of_one')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('placed', 'confirmed', 'packed')), models.Q(('address', ''), ('postcode', '')), _connector='OR'), name='outreach_order_address_until_it_ends'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ('placed', 'confirmed', 'packed'))), models.Q(models.Q(('state__in', ('placed', 'confirmed', 'packed')), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='outreach_order_ended_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('confirmed', 'packed', 'sent')), _negated=True), models.Q(('confirmed_at__isnull', False), ('year__isnull', False)), _connector='OR'), name='outreach_order_confirmed_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='outreach_order_sent_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='outreach_order_refused_says_why')],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('packs', models.PositiveSmallIntegerField()),
                ('packed', models.PositiveSmallIntegerField(default=0)),
                ('sent', models.PositiveSmallIntegerField(default=0)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='outreach.item')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='outreach.order')),
            ],
            options={
                'ordering': ['item__order', 'item__title', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('order', 'item'), name='outreach_orderline_once'), models.CheckConstraint(condition=models.Q(('packs__gte', 1)), name='outreach_orderline_some'), models.CheckConstraint(condition=models.Q(('packs__gte', django.db.models.expressions.CombinedExpression(models.F('packed'), '+', models.F('sent')))), name='outreach_orderline_no_more_than_asked')],
            },
        ),
        migrations.CreateModel(
            name='SchoolTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school_key', models.CharField(max_length=120)),
                ('year', models.PositiveSmallIntegerField()),
                ('packs', models.PositiveIntegerField(default=0)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='outreach.item')),
            ],
            options={
                'verbose_name_plural': 'school tallies',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('school_key', 'item', 'year'), name='outreach_schooltally_once')],
            },
        ),
        migrations.CreateModel(
            name='StockEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(choices=[('received', 'Received'), ('reserved', 'Promised to a school'), ('released', 'No longer promised'), ('sent', 'Sent'), ('returned', 'Came back'), ('corrected', 'Counted again')], max_length=12)),
                ('on_hand', models.IntegerField()),
                ('reserved', models.IntegerField()),
                ('on_hand_after', models.PositiveIntegerField()),
                ('reserved_after', models.PositiveIntegerField()),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('by', models.UUIDField(null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='outreach.item')),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='entries', to='outreach.order')),
            ],
            options={
                'verbose_name_plural': 'stock entries',
                'ordering': ['-pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('on_hand', 0), ('reserved', 0), _negated=True), name='outreach_stockentry_changes_something'), models.CheckConstraint(condition=models.Q(models.Q(('move', 'corrected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='outreach_stockentry_correction_says_why')],
            },
        ),
    ])]
