from django.db import migrations

SQL = "CALL same_family('handover_departuredecision', 'assessment_id', 'safety_plans_riskassessment');"


class Migration(migrations.Migration):
    dependencies = [("handover", "0003_lock_the_conversation"), ("safety_plans", "0002_row_level_security")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
