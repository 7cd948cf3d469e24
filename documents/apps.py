from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Legal documents")

    def ready(self):
        pre_migrate.connect(lift_guards, sender=self)
        post_migrate.connect(install_guards, sender=self)


def lift_guards(sender, using, plan, **kwargs):
    """Take away the guards that would keep SQLite from rebuilding tables, if any migration runs."""
    from importlib import import_module

    from documents.triggers import lift

    if plan:
        lift(import_module(f"{sender.name}.guards").GUARDS, using)


def install_guards(sender, using, **kwargs):
    """Give the app's tables their triggers, once they exist. Serves every app with guards."""
    from importlib import import_module

    from documents.triggers import install

    guards = import_module(f"{sender.name}.guards").GUARDS
    tables = set(connections[using].introspection.table_names())
    if {guard.table for guard in guards} <= tables:
        install(guards, using)
