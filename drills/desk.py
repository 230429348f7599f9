"""An editor at the desk of a drill: signed in, changing one record by its form, as a browser does."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode

from .asking import Answer, Asker
from .book import HOST, Site

#: Makes an account and a session of it; prints the session's key, the addresses of the form and of the first screen.
_SIGNED_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from armsdb.admin.sessions import ROLES, roles_of
from armsdb.models import Transfer
person = get_user_model().objects.create_superuser("drill", password="a long password for a drill")
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[ROLES] = sorted(roles_of(person))
session.save()
record = Transfer.objects.get(public_id="articles-t44")
form = reverse("admin:armsdb_transfer_change", args=[record.pk])
print(session.session_key, form, reverse("admin:index"))
"""


class _Form(HTMLParser):
    """What a form would send, but for its buttons and the rows that are only patterns."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self._select = self._area = ""
        self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value, kind = given.get("name") or "", given.get("value") or "", given.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area, self._text = name, ""
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, value)
        elif (
            tag == "input"
            and kind not in {"submit", "search", "file"}
            and (kind not in {"checkbox", "radio"} or "checked" in given)
        ):
            self._add(name, value or ("on" if kind == "checkbox" else ""))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area:
            self._add(self._area, self._text.removeprefix("\n"))
            self._area = ""

    def _add(self, name: str, value: str) -> None:
        if name and "__prefix__" not in name:
            self.values.append((name, value))


class Editor:
    """Somebody signed in; the site has to let them without a second factor."""

    def __init__(self, site: Site) -> None:
        key, self.form, self._first = site.inside(_SIGNED_IN).split()
        self._cookie = f"sessionid={key}"
        self._asker = Asker(site, timeout=30)

    def first_screen(self) -> bytes:
        """The page that tells what waits; nothing that an answer before wants to say is on it."""
        return self._asker.ask(self._first, Cookie=self._cookie).body

    def edit(self, comment: str) -> Answer:
        """Change the comment of a record; confirmed where the answer is a 302."""
        page = self._asker.ask(self.form, Cookie=self._cookie)
        if page.status != 200:
            return page
        token = re.search(r"csrftoken=(\w+)", page.headers.get("set-cookie", ""))
        form = dict(_Form(page.body.decode()).values)
        form |= {"comment": comment, "reason": "A drill.", "_save": "Save"}
        cookie = self._cookie + (f"; csrftoken={token[1]}" if token else "")
        return self._asker.ask(
            self.form,
            "POST",
            urlencode(form).encode(),
            Cookie=cookie,
            Content_Type="application/x-www-form-urlencoded",
            Referer=f"https://{HOST}{self.form}",
            Origin=f"https://{HOST}",
        )
