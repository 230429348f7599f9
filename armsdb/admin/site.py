"""The desk as a site."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class DeskSite(AdminSite):
    """Django's admin site under our name."""

    site_header = _("ArmsDB desk")
    site_title = _("ArmsDB desk")
    index_title = _("What waits for you")
