"""The second lock on what 0006 made, and how many families each supporter has, counted over all organisations."""

from django.db import migrations

SQL = """
CALL guard_by_family('handover_aftercareending');
CALL guard_by_family('handover_agreedmeasure');
CALL guard_by_family('handover_move');
CALL guard_by_family('handover_signalconfirmation');
CALL guard_by_family('handover_supporterassignment');
CALL guard_by_family('handover_watchrole');
CALL same_family('handover_aftercareending', 'trajectory_id', 'cases_trajectory');
CALL same_family('handover_aftercareending', 'regisseur_id', 'cases_regisseurperiod');
CALL same_family('handover_agreedmeasure', 'trajectory_id', 'cases_trajectory');
CALL same_family('handover_move', 'trajectory_id', 'cases_trajectory');
CALL same_family('handover_departurecheck', 'move_id', 'handover_move');
CALL same_family('handover_signalconfirmation', 'share_id', 'cases_share');
CALL same_family('handover_watchrole', 'person_id', 'cases_person');

-- As the owner: whoever gives a supporter a family must know how many she has, and may not know which.
CREATE FUNCTION supporter_caseloads(asked uuid[]) RETURNS TABLE(supporter_id uuid, families bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT a.supporter_id, count(*) FROM handover_supporterassignment a
    WHERE a.ended_at IS NULL AND a.supporter_id = ANY (asked) GROUP BY a.supporter_id
$$;
REVOKE ALL ON FUNCTION supporter_caseloads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION supporter_caseloads TO vinger_app, vinger_jobs;
"""


class Migration(migrations.Migration):
    dependencies = [("handover", "0006_watchers_supporters_and_moves")]
    operations = [migrations.RunSQL(SQL, "DROP FUNCTION supporter_caseloads;")]
