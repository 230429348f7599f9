"""The settings of ArmsDB, with the addresses of `bench.site.urls`."""

from armsdb.settings import *  # noqa: F403

ROOT_URLCONF = "bench.site.urls"
