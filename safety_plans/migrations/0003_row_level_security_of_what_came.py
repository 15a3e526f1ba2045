from django.db import migrations

SQL = """
CALL guard_by_family('safety_plans_carephase');
CALL guard_by_family('safety_plans_conditioncheck');
CALL guard_by_family('safety_plans_confirmation');
CALL guard_by_family('safety_plans_issuedpaper');
CALL guard_by_family('safety_plans_receipt');
CALL guard_by_family('safety_plans_riskfactor');
CALL guard_by_family('safety_plans_riskparticipant');
CALL same_family('safety_plans_conditioncheck', 'item_id', 'safety_plans_safetyplanitem');
CALL same_family('safety_plans_confirmation', 'plan_id', 'safety_plans_safetyplan');
CALL same_family('safety_plans_issuedpaper', 'plan_id', 'safety_plans_safetyplan');
CALL same_family('safety_plans_issuedpaper', 'person_id', 'cases_person');
CALL same_family('safety_plans_receipt', 'plan_id', 'safety_plans_safetyplan');
CALL same_family('safety_plans_riskfactor', 'assessment_id', 'safety_plans_riskassessment');
CALL same_family('safety_plans_riskparticipant', 'assessment_id', 'safety_plans_riskassessment');
"""


class Migration(migrations.Migration):
    dependencies = [("safety_plans", "0002_row_level_security")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
