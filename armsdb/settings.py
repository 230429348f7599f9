"""Settings, in one file, read from the environment; .env.example tells every variable.

ARMSDB_MODE=local, the default, needs no variable at all. ARMSDB_MODE=production needs SECRET_KEY, ALLOWED_HOSTS and
DATABASE_URL, and refuses to start, in one sentence, while one of them is missing or unsafe.
"""

import os
import re
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from pythonjsonlogger.core import RESERVED_ATTRS
from whitenoise.compress import Compressor

from armsdb import __version__

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(env.str("ARMSDB_ENV_FILE", default=str(BASE_DIR / ".env")))

# Mode

MODE = env.str("ARMSDB_MODE", default="local")
if MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f"ARMSDB_MODE is {MODE!r}; it has to be local or production.")
PRODUCTION = MODE == "production"
VAR_DIR = Path(env.str("ARMSDB_VAR", default=str(BASE_DIR / "var")))  # what ArmsDB makes for itself; no code lives here


def demand(name: str, purpose: str) -> str:
    """The value of a variable that production cannot do without."""
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"With ARMSDB_MODE=production, {name} has to be set: {purpose}.")
    return value


# Debug pages: never in production, where they would show settings to strangers

if PRODUCTION:
    for name in ("ARMSDB_DEBUG", "DEBUG"):
        if env.bool(name, default=False):
            raise ImproperlyConfigured(f"With ARMSDB_MODE=production, {name} has to be off: it shows internals.")
DEBUG = not PRODUCTION and env.bool("ARMSDB_DEBUG", default=False)

# Secret key


def kept_secret_key(path: Path) -> str:
    """The secret key in a file, made at the first call; processes that start at once all get the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # all or nothing, and only for the first that comes
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def sound_secret_key(key: str) -> str:
    """The key as given, if nobody else can know or guess it."""
    if key.startswith("replace-me"):
        raise ImproperlyConfigured("SECRET_KEY is still the one of .env.example, which everybody can read.")
    if len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-"):
        raise ImproperlyConfigured("SECRET_KEY can be guessed: it needs 50 or more random characters.")
    return key


if PRODUCTION:
    SECRET_KEY = sound_secret_key(demand("SECRET_KEY", "50 or more random characters"))
else:
    SECRET_KEY = kept_secret_key(VAR_DIR / "secret-key")

# Hosts: the names under which the site answers

if PRODUCTION:
    demand("ALLOWED_HOSTS", "the names under which the site answers, with commas between them")
    ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS") if host.strip()]
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS has to name its hosts: * would let anybody forge the site's name.")
else:
    listening = env.str("HOST", default="127.0.0.1").strip("[]")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", f"[{listening}]" if ":" in listening else listening]
    ALLOWED_HOSTS += [host.strip() for host in env.list("ALLOWED_HOSTS", default=[])]

# Database


def database(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """The database that a URL names: postgres://user:password@host:port/name, or sqlite:////absolute/path."""
    fault = ImproperlyConfigured(
        f"{variable} cannot be read: it has to look like postgres://user:password@host:5432/name or sqlite:////path/to/file."
    )
    try:
        scheme, host, path, *_ = urlsplit(url)
        if scheme not in {"postgres", "postgresql", "sqlite"} or not path.strip("/") or (scheme == "sqlite" and host):
            raise fault
        config: dict[str, Any] = env.db_url_config(url)
    except ValueError:
        raise fault from None
    if scheme == "sqlite":
        config["OPTIONS"] = {
            "timeout": 20,  # seconds that a writer waits for another
            "transaction_mode": "IMMEDIATE",  # take the write lock at the start: waiting works there, not half-way
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={'FULL' if PRODUCTION else 'NORMAL'}",
        }
    else:
        config["OPTIONS"] = {"connect_timeout": 3} | config.get("OPTIONS", {})
    return {"CONN_MAX_AGE": 0 if DEBUG else 600, "CONN_HEALTH_CHECKS": True} | config


if PRODUCTION:
    DATABASES = {"default": database(demand("DATABASE_URL", "postgres://user:password@host:5432/name"))}
else:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    own_file = f"sqlite:///{quote(str(VAR_DIR / 'armsdb.sqlite3'))}"
    DATABASES = {"default": database(env.str("DATABASE_URL", default="") or own_file)}


def for_reading(found: dict[str, Any]) -> dict[str, Any]:
    """The same database for readers: nothing is written, and no question takes, or waits for, more than two seconds.

    Some questions are allowed more (armsdb/models/connections.py), but none to wait for what somebody else holds.
    """
    options = dict(found["OPTIONS"])
    if found["ENGINE"].endswith("sqlite3"):
        options["init_command"] += "; PRAGMA query_only=ON"
    else:
        options["options"] = "-c default_transaction_read_only=on -c statement_timeout=2s -c lock_timeout=2s"
    return found | {"OPTIONS": options, "TEST": {"MIRROR": "default"}}


READERS = "readers"  # where requests of readers are answered from
reader_url = env.str("ARMSDB_READER_URL", default="").strip()
DATABASES[READERS] = for_reading(
    database(reader_url, "ARMSDB_READER_URL") if reader_url else dict(DATABASES["default"])
)

# Streaming replicas, from which readers are answered while they are not behind

REPLICAS: list[str] = []
for url in filter(None, map(str.strip, env.list("ARMSDB_REPLICAS", default=[]))):
    if not url.startswith("postgres"):
        raise ImproperlyConfigured("ARMSDB_REPLICAS has to name PostgreSQL databases, with commas between their URLs.")
    REPLICAS.append(f"replica{len(REPLICAS) + 1}")
    DATABASES[REPLICAS[-1]] = for_reading(database(url, "ARMSDB_REPLICAS"))
if REPLICAS and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise ImproperlyConfigured("ARMSDB_REPLICAS is set, but DATABASE_URL names no PostgreSQL that they could follow.")
try:
    REPLICA_LAG = env.float("ARMSDB_REPLICA_LAG", default=5.0)  # seconds that a replica may be behind
except ValueError:
    raise ImproperlyConfigured("ARMSDB_REPLICA_LAG has to be a number of seconds.") from None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Application

INSTALLED_APPS = [
    "armsdb.apps.ArmsdbConfig",
    "armsdb.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
    "simple_history",
]
MIDDLEWARE = [
    "armsdb.running.reading.connected",  # before anything asks the database
    "armsdb.running.probes.probes",
    "armsdb.running.copying.watched",
    "armsdb.running.requests.noted",
    "armsdb.middleware.headers",
    "armsdb.api.unchanged.spared",  # as early as can be: what it answers costs least
    "armsdb.api.kept_answers.kept",
    "armsdb.middleware.Compression",  # it varies the length, which so tells nothing of a token
    "armsdb.api.packing.packed",  # below gzip, which leaves alone what is packed
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "armsdb.middleware.guard",  # below those that put headers on every answer, its refusals too
    "armsdb.running.reading.only_read",
    "armsdb.running.replicas.repeated",  # above whatever asks the database or holds a place for that
    "armsdb.running.reading.Places",
    "armsdb.api.unchanged.Unchanged",  # below what may ask again, of another database
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "armsdb.admin.sessions.whole",  # below those that tell who it is and by which device
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "armsdb.running.copying.told",  # what it says is kept by those above
]
ROOT_URLCONF = "armsdb.urls"
WSGI_APPLICATION = "armsdb.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def limits_cache(url: str) -> dict[str, Any]:
    """Where all workers count together what clients asked for: a file of our own, or the server that a URL names.

    Django's caches in files and in tables count by reading and writing, so that counts of two workers are lost.
    """
    if not url:
        return {"BACKEND": "armsdb.api.counters.Counters", "LOCATION": str(VAR_DIR / "limits.sqlite3")}
    fault = ImproperlyConfigured(
        "ARMSDB_LIMITS_CACHE has to name a server that counts: redis://host:6379/1, rediss://… or pymemcache://host:11211."
    )
    try:
        scheme, server, *_ = urlsplit(url)
        if scheme not in {"redis", "rediss", "pymemcache"} or not server:
            raise fault
        found: dict[str, Any] = env.cache_url_config(url)
    except ValueError:
        raise fault from None
    return found


CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 3000},  # rows of lists as HTML, some 4 kB each
    },
    "limits": limits_cache(env.str("ARMSDB_LIMITS_CACHE", default="").strip()),
}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets have templates of ours
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True  # a reason is a sentence, and sentences have no set length

# Language and time

LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Static files: collected, given a name that changes with the contents, compressed, served by WhiteNoise

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "armsdb.web.styles.Together",
]
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")  # large, slow, and not for readers
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Security: https and its cookies in production only, the rest everywhere

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
try:
    PROXIES = env.int("ARMSDB_PROXIES", default=0)  # how many reverse proxies of ours stand in front
except ValueError:
    raise ImproperlyConfigured("ARMSDB_PROXIES has to be a number: how many reverse proxies stand in front.") from None
if PROXIES > 0:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # the outermost one has to overwrite this header
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "report-uri": "/csp-reports/",
    },
}

# The desk: where it is, who is locked out, the second factor, how long somebody stays signed in

DESK_PATH = env.str("ARMSDB_DESK_PATH", default="admin/").strip("/") + "/"
if not re.fullmatch(r"(?:[a-z0-9]+(?:[-_][a-z0-9]+)*/)+", DESK_PATH):
    raise ImproperlyConfigured(
        "ARMSDB_DESK_PATH has to be a path such as desk/ or our/desk/: lower-case letters, digits and hyphens."
    )
SECOND_FACTOR = env.str("ARMSDB_SECOND_FACTOR", default="required" if PRODUCTION else "optional")
if SECOND_FACTOR not in {"required", "optional"}:
    raise ImproperlyConfigured(f"ARMSDB_SECOND_FACTOR is {SECOND_FACTOR!r}; it has to be required or optional.")
OTP_TOTP_ISSUER = "ArmsDB"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # together: a lock is no way to lock others out
AXES_CLIENT_IP_CALLABLE = "armsdb.lib.clients.client_address"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "armsdb.errors.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]
AXES_ENABLE_ADMIN = False
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60  # idle seconds: armsdb.admin.sessions moves the end on
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "armsdb.errors.forged"

# Where readers ask for a correction: an e-mail address, or the https address of a page

SITE_CONTACT = env.str("ARMSDB_CONTACT", default="").strip()

# Releases: where they are kept, and the address of the site that their rows name

RELEASES_DIR = Path(env.str("ARMSDB_RELEASES", default="") or VAR_DIR / "releases")
SITE_ADDRESS = env.str("ARMSDB_SITE", default="").strip().rstrip("/")
if not SITE_ADDRESS:
    SITE_ADDRESS = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://127.0.0.1:8000"
if not re.fullmatch(r"https?://[^/\s?#]+", SITE_ADDRESS):
    raise ImproperlyConfigured("ARMSDB_SITE has to be scheme and host alone, such as https://arms.example.org.")

# Who reads the numbers at /metrics: whoever has this token; without one they are not there

METRICS_TOKEN = env.str("ARMSDB_METRICS_TOKEN", default="").strip()
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("ARMSDB_METRICS_TOKEN can be guessed: it needs 20 or more random characters.")

# Where faults are told: a server of Sentry's kind, by the address (DSN) that it gives to a project

FAULT_REPORTS = env.str("ARMSDB_FAULT_REPORTS", default="").strip()
if FAULT_REPORTS and not re.fullmatch(r"https?://[^@/\s]+@[^@/\s]+/(?:[^?#\s]+/)?\d+", FAULT_REPORTS):
    raise ImproperlyConfigured("ARMSDB_FAULT_REPORTS has to look like https://key@faults.example.org/1.")

# Logs: to standard error; what a reader got wrong (4xx) is not a fault of ours. As JSON with a row for each answer

LOG_FORMAT = env.str("ARMSDB_LOG_FORMAT", default="json" if PRODUCTION else "plain")
if LOG_FORMAT not in {"json", "plain"}:
    raise ImproperlyConfigured(f"ARMSDB_LOG_FORMAT is {LOG_FORMAT!r}; it has to be json or plain.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.orjson.OrjsonFormatter",
            "fmt": ["levelname", "name", "message", "request_id"],
            "rename_fields": {"levelname": "level", "name": "logger"},
            "timestamp": "time",
            # What Django adds to its own: the request has an address with the question in it.
            "reserved_attrs": [*RESERVED_ATTRS, "request", "server_time", "sql", "params", "alias"],
        },
    },
    "filters": {"with_id": {"()": "armsdb.running.requests.WithId"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["with_id"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "armsdb.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "gunicorn.http.wsgi": {"level": "ERROR"},  # warns of each HEAD, whose body it drops rightly
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}

# API: how many answers a client can have in a minute (search and suggestions: a tenth of it); 0 is no limit

try:
    API_LIMIT = env.int("ARMSDB_LIMIT", default=600 if PRODUCTION else 60_000)
    if API_LIMIT < 0:
        raise ValueError
except ValueError:
    raise ImproperlyConfigured("ARMSDB_LIMIT has to be a number: how many answers of the API in a minute.") from None
try:
    WORKERS = env.int("WEB_CONCURRENCY", default=1)  # processes that serve the site; gunicorn.conf.py says two
    if WORKERS < 1:
        raise ValueError
except ValueError:
    raise ImproperlyConfigured("WEB_CONCURRENCY has to be a number: how many processes serve the site.") from None

KNOX_TOKEN_MODEL = "armsdb.ApiToken"  # noqa: S105
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["armsdb.api.tokens.ByToken"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_PARSER_CLASSES": [],  # nothing is written through the API
    "DEFAULT_RENDERER_CLASSES": ["armsdb.api.rendering.Json"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "armsdb.api.negotiation.Negotiation",
    "EXCEPTION_HANDLER": "armsdb.api.errors.handle",
    "DEFAULT_SCHEMA_CLASS": "armsdb.api.schema.ApiSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ArmsDB API",
    "VERSION": __version__,
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": (
        "Who supplied which arms to whom, when, through which companies, and how that is known. The API is read-only, "
        "open to everyone, and has the same data and the same questions as the pages: the query string of a page works "
        "here unchanged.\n\n"
        "Every fact has its citations with it: which place of which document supports, denies or questions it. Absent "
        "values are null, a list is never null, and a key is never missing unless `fields` picks others. Times are UTC."
        " Text is plain, never HTML. Every error is `application/problem+json`."
    ),
    "LICENSE": {"name": "Data: CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SORT_OPERATION_PARAMETERS": False,  # as the FilterSets have them
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "armsdb.api.schema.tidied"],
    "ENUM_NAME_OVERRIDES": {
        "MatchedIn": "armsdb.api.search.MATCHED",
        "UnRegister": "armsdb.api.equipment.NUMERALS",
        "RecordType": "armsdb.api.references.TYPES",
        "Grade": "armsdb.lib.vocab.Grade",
        "OrganisationKind": "armsdb.lib.vocab.OrganisationKind",
        "AliasKind": "armsdb.lib.vocab.AliasKind",
        "Category": "armsdb.lib.vocab.Category",
        "SipriCategory": "armsdb.lib.vocab.SipriCategory",
        "Known": "armsdb.lib.vocab.Known",
        "Nature": "armsdb.lib.vocab.Nature",
        "TransferStatus": "armsdb.lib.vocab.Status",
        "Condition": "armsdb.lib.vocab.Condition",
        "CompanyRole": "armsdb.lib.vocab.CompanyRole",
        "ValueBasis": "armsdb.lib.vocab.ValueBasis",
        "SanctionKind": "armsdb.lib.vocab.SanctionKind",
        "EventKind": "armsdb.lib.vocab.EventKind",
        "EventStatus": "armsdb.lib.vocab.EventStatus",
        "SourceKind": "armsdb.lib.vocab.SourceKind",
        "Stance": "armsdb.lib.vocab.Stance",
        "Basis": "armsdb.lib.vocab.Basis",
        "Terms": "armsdb.lib.vocab.Terms",
    },
}
