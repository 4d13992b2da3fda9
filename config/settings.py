"""
All settings, read from the environment by typed readers that fail loudly.

Without ``SECRET_KEY`` this is *local mode*: loopback only, plain HTTP, the demonstration's SQLite under ``var/``.
With ``SECRET_KEY`` and ``ALLOWED_HOSTS`` it is production: HTTPS, secure cookies, HSTS; nothing else is required.
"""

import shlex
from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.accounts.grants import read_grants
from config.accounts.roles import known_roles

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Mode ----------------------------------------------------------------------------------------------------------
# Signs sessions and links: fifty random characters, the same on every machine. Without it this is local mode.
SECRET_KEY = env.str("SECRET_KEY", default="")
IS_LOCAL = not SECRET_KEY
if IS_LOCAL:
    SECRET_KEY = "local-mode-only: this key signs sessions on the loopback address and nowhere else"  # noqa: S105
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
else:
    # The names under which the site is opened, with commas between them.
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "SECRET_KEY is set, so this is production: set ALLOWED_HOSTS too, for example scrutineer.example.gov.uk"
        )
DEBUG = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# --- Where things lie ----------------------------------------------------------------------------------------------
# Where papers, evidence and collected static files lie.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
PAPERS_DIR = VAR_DIR / "papers"
# With less free space than this there, in megabytes, the health page says so.
DISK_LEAST_MB = env.int("DISK_LEAST_MB", default=1024)
# Evidence of results, outside of everything that a web server hands out; only the download page reads it.
EVIDENCE_ROOT = Path(env.str("EVIDENCE_ROOT", default=str(VAR_DIR / "evidence")))
DEMONSTRATION_DIR = BASE_DIR / "demonstration" / "CSS"

# --- Applications --------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django_tables2",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    # The admin's widgets include Django's own, which our form renderer finds through this.
    "django.forms",
    "contracts",
    "kpis",
    "projects",
    "reports",
    "config",
]
MIDDLEWARE = [
    "config.logs.request_id",
    "config.origins.known",
    "config.headers.guarded",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.health.middleware.asked_how_it_is",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.accounts.timeouts.ended_in_time",
    "contracts.middleware.SignedIn",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "contracts.middleware.last_signed_in",
    "contracts.middleware.ground",
    "config.accounts.second_factor.asked_for",
]

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "contracts.context.page_frame",
]
TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "config.ui.environment.environment", "context_processors": CONTEXT_PROCESSORS},
    },
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "django"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]
FORM_RENDERER = "config.ui.forms.GovukRenderer"

# --- Data ----------------------------------------------------------------------------------------------------------
# The database: postgres://user:password@host:5432/name
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{quote(str(VAR_DIR / 'demo.sqlite3'))}")}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # A writer waits its turn, and readers do not wait for it: web, worker and beat share one file.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # Seconds for which a connection to the database is kept for the next request.
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    # A PostgreSQL that has not taken a connection after so many seconds counts as away.
    DATABASE_CONNECT_SECONDS = env.int("DATABASE_CONNECT_SECONDS", default=5)
    # A PostgreSQL whose machine has confirmed nothing for so many seconds counts as away.
    DATABASE_SILENT_SECONDS = env.int("DATABASE_SILENT_SECONDS", default=30)
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        connect_timeout=DATABASE_CONNECT_SECONDS, tcp_user_timeout=DATABASE_SILENT_SECONDS * 1000
    )
    # A migration that waits longer for a lock gives up, so that nobody waits behind it; it can be run again.
    MIGRATION_LOCK_SECONDS = env.int("MIGRATION_LOCK_SECONDS", default=5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# --- Files that people hand in -------------------------------------------------------------------------------------
# The most that one file may have, in megabytes.
UPLOAD_MAX_MB = env.int("UPLOAD_MAX_MB", default=10)
# The most that a month's spreadsheet may unpack to, in megabytes.
SHEET_MAX_UNPACKED_MB = env.int("SHEET_MAX_UNPACKED_MB", default=64)
# The farthest row of a month's spreadsheet.
SHEET_MAX_ROWS = env.int("SHEET_MAX_ROWS", default=20_000)
# How many files a KPI's month or a relief may have.
EVIDENCE_MAX_FILES = env.int("EVIDENCE_MAX_FILES", default=20)
# A command that is run with the path of each file: exit code 0 passes it. Without one nothing is scanned.
UPLOAD_SCANNER = shlex.split(env.str("UPLOAD_SCANNER", default=""))
# How long the scanner may take for a file.
UPLOAD_SCANNER_SECONDS = env.float("UPLOAD_SCANNER_SECONDS", default=60.0)
FILE_UPLOAD_HANDLERS = [
    "contracts.uploads.handler.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = EVIDENCE_MAX_FILES

# --- People --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "contracts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "config.accounts.adapters.ClosedAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# A session ends with the browser; nobody is asked whether to be remembered.
ACCOUNT_SESSION_REMEMBER = False
# After so many minutes without a page a session is over.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
# After so many hours a session is over, however busy.
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
# Wrong passwords are counted for everybody together: in the database, which all processes share.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
# Five wrong passwords from one place end the tries from there, so that nobody locks somebody else out of their own; all
# places together have thirty.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,30/5m/key", "login_failed_here": "5/5m/key"}
# How many proxies stand in front: from which place of their list the address of a browser is taken.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=0 if IS_LOCAL else 1)
# Roles that need a second factor, an authenticator app: all of them with commas between, or none.
SECOND_FACTOR_ROLES = known_roles(env.list("SECOND_FACTOR_ROLES", default=[]))
MFA_ADAPTER = "config.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "config.accounts.factors.SecondFactorForm",
    "reauthenticate": "config.accounts.factors.SecondFactorAgainForm",
}
USERSESSIONS_ADAPTER = "config.accounts.adapters.SessionsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Roles whose holders may also sign in with a code sent by e-mail, if they hold no other.
CODE_SIGN_IN_ROLES = known_roles(env.list("CODE_SIGN_IN_ROLES", default=["Board member"]))
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "request_login_code": "config.accounts.codes.RequestCodeForm",
    "confirm_login_code": "config.accounts.codes.TypedCodeForm",
}
# To an address that is nobody's no e-mail goes.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# The council's identity provider, for example https://login.microsoftonline.com/TENANT/v2.0; without it there is none.
OIDC_SERVER = env.str("OIDC_SERVER", default="")
# The name of the button that leads to it.
OIDC_NAME = env.str("OIDC_NAME", default="your council account")
# How the provider knows this site.
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
# What proves to the provider that it is this site.
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
# The claim that lists the groups of who signs in.
OIDC_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", default="groups")
# The claim that is the job title of who signs in.
OIDC_TITLE_CLAIM = env.str("OIDC_TITLE_CLAIM", default="job_title")
# Which group holds which role where: group=Role@CONTRACT/AREA, with semicolons between.
OIDC_ROLES = env.str("OIDC_ROLES", default="")
OIDC_GRANTS = read_grants(OIDC_ROLES.split(";"))
SOCIALACCOUNT_ADAPTER = "config.accounts.openid.GroupsDecide"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

# --- The broker and its workers ------------------------------------------------------------------------------------
# The broker: Redis or Valkey.
CELERY_BROKER_URL = env.str("BROKER_URL", default="redis://127.0.0.1:6379/0")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 570
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that has not answered for so many seconds counts as away.
BROKER_TIMEOUT_SECONDS = env.float("BROKER_TIMEOUT_SECONDS", default=5.0)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_connect_timeout": BROKER_TIMEOUT_SECONDS,
    "socket_timeout": BROKER_TIMEOUT_SECONDS,
    "socket_keepalive": True,
}
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
# How often beat and each worker show that they live.
PULSE_EVERY_SECONDS = env.float("PULSE_EVERY_SECONDS", default=15.0)
# Beat or a worker that was not heard of for so many seconds counts as down.
SILENT_AFTER_SECONDS = env.float("SILENT_AFTER_SECONDS", default=90.0)
CELERY_BEAT_MAX_LOOP_INTERVAL = PULSE_EVERY_SECONDS
# How often lost work is looked for.
RECONCILE_EVERY_SECONDS = env.float("RECONCILE_EVERY_SECONDS", default=30.0)
CELERY_BEAT_SCHEDULE = {
    # How often beat asks which papers are due.
    "what-is-due": {"task": "reports.tasks.start_due_papers", "schedule": env.float("DUE_EVERY_SECONDS", default=60.0)},
    "reconcile": {"task": "reports.tasks.reconcile", "schedule": RECONCILE_EVERY_SECONDS},
    # How often it is looked whether anybody is to be reminded.
    "reminders": {"task": "kpis.tasks.write_reminders", "schedule": env.float("REMIND_EVERY_SECONDS", default=600.0)},
    "update-reminders": {
        "task": "projects.tasks.write_update_reminders",
        "schedule": env.float("REMIND_EVERY_SECONDS", default=600.0),
    },
    # How often corrections are looked for that move a printed number.
    "errata": {"task": "reports.tasks.find_errata", "schedule": env.float("ERRATA_EVERY_SECONDS", default=30.0)},
    "request-reminders": {
        "task": "reports.tasks.write_request_reminders",
        "schedule": env.float("REMIND_EVERY_SECONDS", default=600.0),
    },
    # How often waiting e-mails are sent.
    "messages": {"task": "contracts.tasks.send_messages", "schedule": env.float("MAIL_EVERY_SECONDS", default=15.0)},
    # How often files that belong to nothing are removed.
    "evidence": {"task": "kpis.tasks.sweep_evidence", "schedule": env.float("SWEEP_EVERY_SECONDS", default=3600.0)},
}
# A run whose worker has not shown a heartbeat for this long is taken over by another.
PAPER_LEASE_SECONDS = env.int("PAPER_LEASE_SECONDS", default=60)
PAPER_ATTEMPTS = 3
# After an attempt that failed this long until the next, and twice as long after each further one.
PAPER_RETRY_SECONDS = env.float("PAPER_RETRY_SECONDS", default=30.0)

# --- E-mail --------------------------------------------------------------------------------------------------------
if IS_LOCAL:
    EMAIL_BACKEND = "contracts.services.mail_folder.FolderBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
else:
    # The mail server: smtp://user:password@host:25, smtp+tls:// or smtp+ssl://.
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
# The sender of every e-mail.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="scrutineer@localhost")
# A mail server that is silent for this long counts as away; well below the lease of a message.
EMAIL_TIMEOUT = 20
# A message whose sender has not been heard of for this long is taken from it.
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", default=120)
MAIL_ATTEMPTS = 10
# After an e-mail that was not sent this long until the next attempt, and twice as long after each further one.
MAIL_RETRY_SECONDS = env.float("MAIL_RETRY_SECONDS", default=60.0)
_host = "127.0.0.1:8000" if IS_LOCAL else ALLOWED_HOSTS[0].lstrip(".")
# Where the links of an e-mail lead; without it an e-mail has none.
SITE_URL = env.str("SITE_URL", default="" if "*" in _host else f"http{'' if IS_LOCAL else 's'}://{_host}").rstrip("/")
# Whom to ask for help, as error pages say.
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", default=DEFAULT_FROM_EMAIL)

# --- Static files --------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
# Local mode serves the files from where they lie; production collects them.
STATIC_ROOT = None if IS_LOCAL else VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if IS_LOCAL
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = IS_LOCAL

# --- Words and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
# The first year whose bank holidays the calendar knows.
FIRST_CALENDAR_YEAR = env.int("FIRST_CALENDAR_YEAR", default=2010)
# The last year whose bank holidays the calendar knows; beyond it dates are refused.
LAST_CALENDAR_YEAR = env.int("LAST_CALENDAR_YEAR", default=2028)

# --- Security ------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
# In the session and not in a cookie of their own, which would have to be guarded too.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Who was last signed in on this browser: what they typed into a form when the session had ended is theirs alone.
PERSON_COOKIE_NAME = "person"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if not IS_LOCAL:
    SECURE_SSL_REDIRECT = True
    # A load balancer asks each machine by its address, and without HTTPS.
    SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    PERSON_COOKIE_NAME = "__Host-person"
    CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]

# --- Logs ----------------------------------------------------------------------------------------------------------
# `json` is one object a line, for machines; `line` is for people.
LOG_FORMAT = env.str("LOG_FORMAT", default="line" if IS_LOCAL else "json")
# The least level that is logged: DEBUG, INFO, WARNING or ERROR.
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"with_id": {"()": "config.logs.WithId"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {id}: {message}", "style": "{"},
        "json": {"()": "config.logs.JsonLines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["with_id"]}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {"fontTools": {"level": "WARNING"}, "pikepdf": {"level": "WARNING"}},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
