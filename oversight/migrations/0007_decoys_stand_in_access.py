from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("oversight", "0006_lock_rights"), ("access", "0009_decoys_stand_here")]
    operations = [
        # The table went along with the model.
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Decoy")]),
    ]
