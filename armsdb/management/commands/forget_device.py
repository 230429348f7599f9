"""`manage.py forget_device`: take a person's second factor away, when device and backup codes are lost."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django_otp import devices_for_user

from armsdb.management.tables import refuse_while_read_only


class Command(BaseCommand):
    help = "Take a person's second factor away; the next sign-in sets up a new one. Make sure who asks for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="The name that the person signs in with.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        refuse_while_read_only()
        person = get_user_model().objects.filter(username=options["name"]).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {options['name']}.")
        for device in devices_for_user(person, confirmed=None):
            device.delete()
        self.stdout.write(f"{person} has no second factor any more.")
