"""The door for an asynchronous web server: `armsdb.asgi:application`."""

import os
import sys

from django.core.asgi import get_asgi_application
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")

try:
    application = get_asgi_application()
except ImproperlyConfigured as fault:
    sys.exit(f"ArmsDB cannot start: {fault}")
