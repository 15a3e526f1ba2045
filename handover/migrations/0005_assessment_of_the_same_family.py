from django.db import migrations

SQL = "CALL same_family('handover_departuredecision', 'assessment_id', 'safety_plans_riskassessment');"


class Migration(migrations.Migration):
    dependencies = [("handover", "0004_decision_rests_on_an_assessment")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
