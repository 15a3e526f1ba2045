"""Class A: the one table on which the ordinary roles have no right at all."""

from django.db import migrations

SQL = """
CALL guard_by_family('cases_protectedplace');
CALL guard_by_family('cases_protectedgrant');
CALL guard_by_family('cases_protectedplacepermission');
CALL guard_by_family('cases_protectedreveal');
CALL same_family('cases_protectedreveal', 'place_id', 'cases_protectedplace');
CALL same_family('cases_protectedplace', 'person_id', 'cases_person');
CALL same_family('cases_protectedgrant', 'place_id', 'cases_protectedplace');
CALL same_family('cases_protectedplacepermission', 'content_object_id', 'cases_protectedplace');
CALL same_family('cases_protectedvalue', 'place_id', 'cases_protectedplace');
GRANT DELETE ON cases_protectedplacepermission TO vinger_app, vinger_jobs;

-- Runs as the owner: the role that reads class A can read nothing else, the grants included.
CREATE FUNCTION protected_value_granted(place uuid, family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (
        SELECT 1 FROM cases_protectedgrant g
        JOIN cases_protectedplace p ON p.id = g.place_id AND p.replaced_at IS NULL
        WHERE g.place_id = place AND g.user_id = app_user() AND g.closed_at IS NULL
        AND g.starts_at <= app_now() AND g.ends_at > app_now()
    ) AND EXISTS (
        SELECT 1 FROM cases_protectedplacepermission h JOIN auth_permission k ON k.id = h.permission_id
        WHERE h.content_object_id = place AND h.user_id = app_user() AND k.codename = 'reveal_protectedplace'
    ) AND NOT EXISTS (
        SELECT 1 FROM access_assignment a
        WHERE a.family_id = family AND a.user_id = app_user() AND a.kind = 'barred' AND a.closed_at IS NULL
        AND a.starts_at <= app_now() AND (a.ends_at IS NULL OR a.ends_at > app_now())
    ) AND family_in_reach(family)
$$;

-- The only table on which the ordinary roles have no right at all. Who writes a value need not be able to read it.
REVOKE ALL ON cases_protectedvalue FROM vinger_app, vinger_jobs;
GRANT SELECT, INSERT ON cases_protectedvalue TO vinger_protected;
ALTER TABLE cases_protectedvalue ENABLE ROW LEVEL SECURITY;
CREATE POLICY protected_read ON cases_protectedvalue FOR SELECT TO vinger_protected
    USING (protected_value_granted(place_id, family_id));
CREATE POLICY protected_enter ON cases_protectedvalue FOR INSERT TO vinger_protected
    WITH CHECK (family_in_reach(family_id));
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_regie_ends_with_the_account"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
