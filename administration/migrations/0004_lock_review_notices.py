from django.db import migrations

SQL = """
-- Who was told is the job's own book.
ALTER TABLE administration_reviewnotice ENABLE ROW LEVEL SECURITY;
CREATE POLICY jobs_all ON administration_reviewnotice TO vinger_jobs USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [("administration", "0003_review_notices")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
