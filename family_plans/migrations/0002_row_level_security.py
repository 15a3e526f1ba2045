from django.db import migrations

SQL = """
CALL guard_by_family('family_plans_familyplan');
CALL guard_by_family('family_plans_goal');
CALL guard_by_family('family_plans_planaction');
CALL guard_by_family('family_plans_helpline');
CALL guard_by_family('family_plans_selfreliance');
CALL guard_by_family('family_plans_stagnation');
CALL same_family('family_plans_goal', 'plan_id', 'family_plans_familyplan');
CALL same_family('family_plans_goal', 'person_id', 'cases_person');
CALL same_family('family_plans_planaction', 'goal_id', 'family_plans_goal');
CALL same_family('family_plans_planaction', 'person_id', 'cases_person');
CALL same_family('family_plans_helpline', 'person_id', 'cases_person');
CALL same_family('family_plans_stagnation', 'help_line_id', 'family_plans_helpline');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("family_plans", "0001_initial"),
        ("access", "0003_row_level_security"),
        ("cases", "0002_row_level_security"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
