"""Load the demo once, and say how to log in."""

import secrets
import socket

from aiosmtpd.controller import Controller
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from documents.models import Publisher
from legalcms.demo import story
from legalcms.environment import write_private
from notifications.management.commands.run_mail_server import Keeper

USER, COLLEAGUE = "admin", "rosa"


class Command(BaseCommand):
    help = "Load the demo publisher, unless it is there. Refused in production."

    def handle(self, **options):
        if not getattr(settings, "DEMO_ALLOWED", False):
            raise CommandError("The demo is for development settings only.")
        login = settings.DATA / "login.txt"
        user = get_user_model().objects.filter(username=USER).first()
        if user is None:
            user = self._create_user(login)
        if not Publisher.objects.exists():
            self.stdout.write("Playing the demo's history …")
            self._play(user, self._colleague(login))
        self.stdout.write(
            f"Read:  {settings.BASE_URL}/brindle/privacy/\n"
            f"Edit:  {settings.BASE_URL}/admin/  {self._how_to_log_in(login)}\n"
            f"Mail:  {settings.BASE_URL}/admin/demo-mails/  (kept in {settings.DATA / 'mail'})"
        )

    def _create_user(self, login):
        password = secrets.token_urlsafe(12)
        user = get_user_model().objects.create_superuser(USER, f"{USER}@localhost", password)
        write_private(login, f"user {USER}, password {password}\n")
        return user

    def _colleague(self, login):
        """The second person, without whom no material change is published."""
        found = get_user_model().objects.filter(username=COLLEAGUE).first()
        return found or self._create_colleague(login)

    def _create_colleague(self, login):
        password = secrets.token_urlsafe(12)
        colleague = get_user_model().objects.create_user(
            COLLEAGUE, f"{COLLEAGUE}@localhost", password, first_name="Rosa", last_name="Lind"
        )
        if login.exists():
            before = login.read_text(encoding="utf-8")
            write_private(login, f"{before}user {COLLEAGUE}, password {password}\n")
        return colleague

    def _how_to_log_in(self, login):
        if login.exists():
            return "; ".join(login.read_text(encoding="utf-8").splitlines())
        return f"user {USER}, with the password that you chose"

    def _play(self, user, colleague):
        """The past needs a mail server; the one of ``run_demo`` does not run yet."""
        folder = settings.DATA / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        port = settings.SMTP["port"]
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise CommandError(f"Port {port} is taken. Choose another: make run PORT=9000")
        server = Controller(Keeper(folder), hostname="127.0.0.1", port=port)
        server.start()
        try:
            story.tell(user, colleague)
        finally:
            server.stop()
