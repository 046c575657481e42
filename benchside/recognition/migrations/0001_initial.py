import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from benchside.core.migrating import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('assessment', '0001_initial'),
    ]

    operations = [CreateTogether([
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField()),
                ('reminded_at', models.DateTimeField(editable=False, null=True)),
                ('done_on', models.DateField(editable=False, null=True)),
                ('words', models.TextField(blank=True, max_length=4000)),
                ('done_by', models.UUIDField(editable=False, null=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='assessment.award')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('award', 'due_on'), name='recognition_follow_up_once'), models.CheckConstraint(condition=models.Q(('done_on__isnull', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='recognition_follow_up_says_what')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('standard', models.SlugField(max_length=40, unique=True)),
                ('about', models.TextField(blank=True, max_length=4000)),
                ('price', models.CharField(blank=True, max_length=200, verbose_name='what it costs, in words')),
                ('contact', models.EmailField(blank=True, max_length=254)),
                ('is_open', models.BooleanField(default=True)),
                ('kind', models.CharField(blank=True, choices=[('university', 'University'), ('institute', 'Research institute'), ('school', 'School or college'), ('employer', 'Employer'), ('body', 'Professional body'), ('partner', 'Partner')], max_length=12, verbose_name='for which kind of organisation')),
            ],
            options={
                'ordering': ['name'],
                'permissions': [('run_marks', 'Can run quality marks: applications, advisers')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SubjectHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('science', 'Science'), ('design', 'Design and technology'), ('computing', 'ICT and computing'), ('music', 'Music'), ('food', 'Food'), ('drama', 'Drama and stage'), ('art', 'Art and photography'), ('other', 'Other')], max_length=12)),
                ('people', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ('hours', models.DecimalField(decimal_places=2, max_digits=6, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(2000)])),
                ('weeks', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)])),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subject_hours', to='assessment.submission')),
            ],
            options={
                'verbose_name_plural': 'subject hours',
                'ordering': ['pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('submission', 'subject'), name='recognition_subject_once')],
            },
        ),
        migrations.CreateModel(
            name='TaughtHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hours', models.DecimalField(decimal_places=2, max_digits=6, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3000)])),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='taught_hours', to='assessment.submission')),
            ],
            options={
                'verbose_name_plural': 'taught hours',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order_number', models.CharField(blank=True, max_length=60, verbose_name='purchase order number')),
                ('order_at', models.DateTimeField(editable=False, null=True)),
                ('adviser_since', models.DateTimeField(editable=False, null=True)),
                ('adviser', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='advises', to=settings.AUTH_USER_MODEL)),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='again', to='recognition.application')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='application', to='assessment.submission')),
                ('mark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='recognition.mark')),
            ],
            options={
                'ordering': ['-pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('order_at__isnull', True), ('order_number', '')), models.Q(models.Q(('order_number', ''), _negated=True), ('order_at__isnull', False)), _connector='OR'), name='recognition_order_has_time'), models.CheckConstraint(condition=models.Q(('before__isnull', True), models.Q(('before', models.F('pk')), _negated=True), _connector='OR'), name='recognition_not_before_itself')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('words', models.TextField(blank=True, max_length=4000)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='recognition.application')),
            ],
            options={
                'ordering': ['pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('application', 'criterion'), name='recognition_target_once')],
            },
        ),
    ])]
