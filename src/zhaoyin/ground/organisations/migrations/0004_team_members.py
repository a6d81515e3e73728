import django.db.models.deletion
from django.db import migrations, models


def seat(apps, editor):
    """Who sat in a team without a day sits there with unknown days."""
    SpecialTeam, TeamMember = (apps.get_model("organisations", name) for name in ("SpecialTeam", "TeamMember"))
    for team in SpecialTeam.objects.order_by("pk"):
        sitting = [("leader", team.city_leader_id), ("section", team.section_official_id)]
        sitting += [("commissioner", number) for number in team.commissioners.values_list("pk", flat=True)]
        TeamMember.objects.bulk_create(
            TeamMember(team=team, official_id=number, seat=seat) for seat, number in sitting if number
        )


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_appointment_overlap'),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='任职日')),
                ('until', models.DateField(blank=True, null=True, verbose_name='离任日')),
                ('seat', models.CharField(choices=[('leader', '市领导'), ('section', '中层干部'), ('commissioner', '招商专员')], max_length=12, verbose_name='席位')),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team_seats', to='organisations.official')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='organisations.specialteam')),
            ],
            options={
                'verbose_name': '专班成员',
                'verbose_name_plural': '专班成员',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='teammember_in_order'), models.UniqueConstraint(condition=models.Q(('until__isnull', True), models.Q(('seat', 'commissioner'), _negated=True)), fields=('team', 'seat'), name='team_seat_once'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('team', 'official', 'seat'), name='team_member_once')],
            },
        ),
        migrations.RunPython(seat, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='specialteam',
            name='city_leader',
        ),
        migrations.RemoveField(
            model_name='specialteam',
            name='commissioners',
        ),
        migrations.RemoveField(
            model_name='specialteam',
            name='section_official',
        ),
    ]
