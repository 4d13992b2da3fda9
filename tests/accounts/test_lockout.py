"""Wrong passwords are counted, whichever process they come to."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import PASSWORD, whoami
from tests.people import Cast

ATTEMPTS = 5
ELSEWHERE = """
import sys, django
from django.conf import settings
django.setup()
settings.ALLOWED_HOSTS = ["testserver"]
from django.db import connection
connection.close()
connection.settings_dict["NAME"] = sys.argv[1]
from django.test import Client
for _ in range(int(sys.argv[3])):
    Client().post("/accounts/login/", {"login": sys.argv[2], "password": "wrong"})
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_whoever_guesses_in_two_processes_is_locked_out_in_both(cast: Cast) -> None:
    cast.officer.set_password(PASSWORD)
    cast.officer.save(update_fields=["password"])
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-c", ELSEWHERE, name, cast.officer.email, str(ATTEMPTS)]
    ended = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    client = Client()
    answer = client.post(reverse("account_login"), {"login": cast.officer.email, "password": PASSWORD})
    assert whoami(client) is None
    assert "Too many failed login attempts" in answer.content.decode()


@pytest.mark.django_db
def test_a_few_wrong_passwords_lock_nobody_out(cast: Cast, client: Client) -> None:
    cast.officer.set_password(PASSWORD)
    cast.officer.save(update_fields=["password"])
    for _ in range(ATTEMPTS - 1):
        client.post(reverse("account_login"), {"login": cast.officer.email, "password": "wrong"})
    client.post(reverse("account_login"), {"login": cast.officer.email, "password": PASSWORD})
    assert whoami(client) == str(cast.officer.pk)
