"""The second lock on the new tables, a picture that stays as it was, and a search that row-level security does not slow.

Comparing names is not leakproof, so on a table with row-level security no index would be used for it (a thousand times
slower). `found_families` therefore looks past the policies, and itself keeps to families the asker's organisations are
involved with now. What it returns is narrowed once more by policy.
"""

from django.db import migrations

GUARDS = """
CALL guard_by_family('cases_namevariant');
CALL guard_by_family('cases_safecontact');
CALL guard_by_family('cases_childcontact');
CALL guard_by_family('cases_childvoice');
CALL guard_by_family('cases_referralindexstatus');
CALL guard_by_family('cases_childprotectionmeasure');
CALL guard_by_family('cases_relationship');
CALL guard_by_family('cases_perpetrator');
CALL guard_by_family('cases_parentinvolvement');
CALL guard_by_family('cases_contactarrangement');
CALL guard_by_family('cases_helpconsent');
CALL guard_by_family('cases_protectivemeasure');
CALL guard_by_family('cases_measurescope');
CALL guard_by_family('cases_admission');
CALL guard_by_family('cases_casecontext');
CALL guard_by_family('cases_readytoleave');
CALL guard_by_family('cases_networkmember');
CALL same_family('cases_person', 'same_as_id', 'cases_person');
CALL same_family('cases_namevariant', 'person_id', 'cases_person');
CALL same_family('cases_safecontact', 'person_id', 'cases_person');
CALL same_family('cases_childcontact', 'child_id', 'cases_person');
CALL same_family('cases_childvoice', 'child_id', 'cases_person');
CALL same_family('cases_referralindexstatus', 'child_id', 'cases_person');
CALL same_family('cases_childprotectionmeasure', 'child_id', 'cases_person');
CALL same_family('cases_relationship', 'person_id', 'cases_person');
CALL same_family('cases_relationship', 'other_id', 'cases_person');
CALL same_family('cases_perpetrator', 'person_id', 'cases_person');
CALL same_family('cases_parentinvolvement', 'parent_id', 'cases_person');
CALL same_family('cases_contactarrangement', 'child_id', 'cases_person');
CALL same_family('cases_contactarrangement', 'parent_id', 'cases_person');
CALL same_family('cases_contactarrangement', 'decision_id', 'cases_parentinvolvement');
CALL same_family('cases_helpconsent', 'child_id', 'cases_person');
CALL same_family('cases_helpconsent', 'holder_id', 'cases_person');
CALL same_family('cases_protectivemeasure', 'against_id', 'cases_person');
CALL same_family('cases_measurescope', 'measure_id', 'cases_protectivemeasure');
CALL same_family('cases_measurescope', 'person_id', 'cases_person');
CALL same_family('cases_admission', 'trajectory_id', 'cases_trajectory');
CALL same_family('cases_readytoleave', 'trajectory_id', 'cases_trajectory');
"""

FROZEN = """
CREATE FUNCTION admission_stays_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only a merge of two files may touch it, and that changes nothing but the family it hangs from.
    IF OLD.frozen_at IS NOT NULL
        AND to_jsonb(NEW) - 'family_id' IS DISTINCT FROM to_jsonb(OLD) - 'family_id' THEN
        RAISE EXCEPTION 'admission % is frozen', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER admission_stays_frozen BEFORE UPDATE ON cases_admission
    FOR EACH ROW EXECUTE FUNCTION admission_stays_frozen();
"""
NOT_FROZEN = """
DROP TRIGGER admission_stays_frozen ON cases_admission; DROP FUNCTION admission_stays_frozen();
"""

SEARCH = """
-- Its arguments are named like no column: in a function a column would win without a word.
CREATE FUNCTION found_families(
    typed_name text, typed_born date, typed_phone text, typed_reference text
) RETURNS TABLE(family uuid, rank int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH hits AS (
        SELECT f.id AS family, 0 AS rank FROM cases_family f
        WHERE typed_reference <> '' AND f.reference = upper(typed_reference)
        UNION ALL
        SELECT c.family_id, 1 FROM cases_safecontact c
        WHERE length(phone_digits(typed_phone)) >= 8 AND c.phone_digits = phone_digits(typed_phone)
        UNION ALL
        SELECT p.family_id, CASE WHEN p.born_on = typed_born THEN 1 ELSE 2 END FROM cases_person p
        WHERE name_words(typed_name) <> '{}' AND p.name_words @> name_words(typed_name)
        AND (typed_born IS NULL OR p.born_on IS NULL OR p.born_on = typed_born)
        UNION ALL
        SELECT n.family_id, 3 FROM cases_namevariant n JOIN cases_person p ON p.id = n.person_id
        WHERE name_words(typed_name) <> '{}' AND n.name_words @> name_words(typed_name)
        AND (typed_born IS NULL OR p.born_on IS NULL OR p.born_on = typed_born)
        UNION ALL
        SELECT p.family_id, 3 FROM cases_person p WHERE typed_name = '' AND typed_born IS NOT NULL AND p.born_on = typed_born
    )
    SELECT h.family, min(h.rank)::int FROM hits h
    WHERE EXISTS (
        SELECT 1 FROM access_involvement v WHERE v.family_id = h.family
        AND v.organisation_id = ANY (app_organisations()) AND v.closed_at IS NULL AND v.starts_at <= app_now()
        AND (v.ends_at IS NULL OR v.ends_at > app_now())
    )
    GROUP BY h.family ORDER BY min(h.rank), h.family LIMIT 2000
$$;
REVOKE ALL ON FUNCTION found_families FROM PUBLIC;
GRANT EXECUTE ON FUNCTION found_families TO vinger_app;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_protected_places")]
    operations = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.RunSQL(FROZEN, NOT_FROZEN),
        migrations.RunSQL(SEARCH, "DROP FUNCTION found_families"),
    ]
