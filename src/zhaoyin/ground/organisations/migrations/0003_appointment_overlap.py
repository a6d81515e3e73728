from django.db import migrations

from zhaoyin.ground.organisations.triggers import install, remove


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_units_by_date")]

    operations = [migrations.RunPython(install, remove)]
