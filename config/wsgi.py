import os

from django.core.wsgi import get_wsgi_application

from core.startup import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# Before the first request. Management commands do not come here: migrations run with the owner's login.
refuse_unsafe()
