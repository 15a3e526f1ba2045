"""The page with settings changes how long files are kept; until there was one, no role of the application could."""

from django.db import migrations

SQL = "GRANT INSERT, UPDATE ON oversight_retentionterm TO vinger_app"
REVERSE = "REVOKE INSERT, UPDATE ON oversight_retentionterm FROM vinger_app"


class Migration(migrations.Migration):
    dependencies = [("administration", "0004_lock_review_notices"), ("oversight", "0004_locks_of_retention")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
