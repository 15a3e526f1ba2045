from django.db import migrations

SQL = """
CALL guard_by_family('safety_plans_riskassessment');
CALL guard_by_family('safety_plans_risksubject');
CALL guard_by_family('safety_plans_safetyplan');
CALL guard_by_family('safety_plans_safetyplanitem');
CALL same_family('safety_plans_risksubject', 'assessment_id', 'safety_plans_riskassessment');
CALL same_family('safety_plans_risksubject', 'person_id', 'cases_person');
CALL same_family('safety_plans_safetyplanitem', 'plan_id', 'safety_plans_safetyplan');
CALL same_family('safety_plans_safetyplanitem', 'person_id', 'cases_person');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("safety_plans", "0001_initial"),
        ("access", "0003_row_level_security"),
        ("cases", "0002_row_level_security"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
