"""Django's admin as an application, with our own site."""

from django.contrib.admin import apps


class RepairAdminConfig(apps.AdminConfig):
    """The admin behind our own doors."""

    default_site = "config.admin_site.RepairSite"
