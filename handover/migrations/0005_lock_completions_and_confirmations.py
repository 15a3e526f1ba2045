"""The second lock on completed departures and on partners that know the regisseur."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("handover", "0004_assessment_of_the_same_family")]
    operations = [
        migrations.RunSQL(
            "CALL guard_by_family('handover_departurecompletion');"
            "CALL guard_by_family('handover_regieconfirmation');"
            "CALL same_family('handover_departurecompletion', 'trajectory_id', 'cases_trajectory');"
            "CALL same_family('handover_regieconfirmation', 'period_id', 'cases_regisseurperiod');",
            migrations.RunSQL.noop,
        )
    ]
