"""The door for the web server: `armsdb.wsgi:application`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")

try:
    application = get_wsgi_application()
except ImproperlyConfigured as fault:
    sys.exit(f"ArmsDB cannot start: {fault}")
