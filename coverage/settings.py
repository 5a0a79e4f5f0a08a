"""Eyecatch's one settings module, driven by the environment (see the table in the README)."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from django.utils.csp import CSP

from coverage import environment
from coverage.environment import EnvironmentRefused

# ModelAdmin[Review] and the like mean something to the type checker; at run time they must not fail.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# Where we are. wsgi.py assumes production; commands and tests assume development.
PRODUCTION = (
    environment.choice(
        "EYECATCH_ENV",
        ("development", "production"),
        default="development",
        shown="production for the server, development for commands",
        help="production refuses development secrets and insists on HTTPS",
    )
    == "production"
)
DEBUG = environment.flag(
    "DEBUG",
    default=not PRODUCTION,
    shown="true in development",
    help="error pages with code, and static files without a build; refused in production",
)
if PRODUCTION and DEBUG:
    raise EnvironmentRefused("DEBUG", "must be false where EYECATCH_ENV is production")

DEVELOPMENT_SECRET_KEY = "development-only-and-refused-in-production-" + "0" * 24
SHORTEST_SECRET_KEY = 50
SECRET_KEY = environment.text(
    "SECRET_KEY",
    default="" if PRODUCTION else DEVELOPMENT_SECRET_KEY,
    shown="none in production",
    secret=True,
    help=f"signs sessions; at least {SHORTEST_SECRET_KEY} random characters",
)
if PRODUCTION and SECRET_KEY == DEVELOPMENT_SECRET_KEY:
    raise EnvironmentRefused("SECRET_KEY", "is the development secret, which everybody knows")
if PRODUCTION and len(SECRET_KEY) < SHORTEST_SECRET_KEY:
    raise EnvironmentRefused(
        "SECRET_KEY", f"must be set in production, to {SHORTEST_SECRET_KEY} characters or more"
    )

SITE_URL = environment.origin(
    "SITE_URL",
    default="http://127.0.0.1:8000",
    help="the public site's canonical origin, for feeds, cards and canonical links",
)
if PRODUCTION and not SITE_URL.startswith("https://"):
    raise EnvironmentRefused("SITE_URL", "must be set to an https:// origin in production")
ALLOWED_HOSTS = environment.names(
    "ALLOWED_HOSTS",
    default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"],
    shown="none in production, this machine in development",
    help="host names this server answers to",
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise EnvironmentRefused("ALLOWED_HOSTS", "must name the site's host names in production")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# The apps, from the ground floor up; a later one may override an earlier one's look.
INSTALLED_APPS = [
    "coverage.newsroom.apps.NewsroomConfig",
    "series.apps.SeriesConfig",
    "reviews.apps.ReviewsConfig",
    "coverage.site.apps.SiteConfig",
    "coverage.desk.apps.DeskConfig",
    "coverage.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Lets runserver leave static files to WhiteNoise, as the real server does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Flat pages hang on a site; this is the only one.
    "django.contrib.sites",
    "coverage.site.apps.PagesConfig",
    "django.forms",
    "django_filters",
    "django_prose_editor",
]

MIDDLEWARE = [
    "coverage.newsroom.logging.request_id",
    "coverage.site.metrics.Measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "coverage.site.compression.Packed",
    "coverage.newsroom.middleware.Now",
    "coverage.site.caching.UntilTheNextBoundary",
    "coverage.site.page_cache.middleware.PageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "coverage.desk.time_machine.travelling.TimeMachine",
]

ROOT_URLCONF = "coverage.urls"
SITE_ID = 1
WSGI_APPLICATION = "coverage.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coverage.newsroom.middleware.publication",
            ],
        },
    },
]
# Form widgets come from templates/ too, so that the desk may dress them.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data. Readers never hold a write lock: ATOMIC_REQUESTS stays off, the verbs are atomic.
DATABASE: dict[str, Any] = environment.database(
    "DATABASE_URL",
    default=VAR_DIR / "eyecatch.sqlite3",
    shown="SQLite in `var/`",
    help="`postgresql://user:password@host/name`, or `sqlite:////path/to/file`",
)
DATABASE_POOL_SIZE = environment.integer(
    "DATABASE_POOL_SIZE",
    default=0,
    least=0,
    most=100,
    help="PostgreSQL connections shared by one server process's threads; 0 keeps one a thread",
)
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-32000;"
        "PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=67108864;"
    ),
}
POSTGRESQL_OPTIONS: dict[str, Any] = {
    "prepare_threshold": 2,
    "server_side_binding": True,
    "connect_timeout": 5,
}
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # SQLite makes the file, not its folder. A folder that someone else named is theirs to make.
    if Path(DATABASE["NAME"]).parent == VAR_DIR:
        VAR_DIR.mkdir(exist_ok=True)
    DATABASE["OPTIONS"] = SQLITE_OPTIONS | DATABASE.get("OPTIONS", {})
else:
    DATABASE["OPTIONS"] = POSTGRESQL_OPTIONS | DATABASE.get("OPTIONS", {})
    if DATABASE_POOL_SIZE:
        DATABASE["OPTIONS"]["pool"] = {"min_size": 1, "max_size": DATABASE_POOL_SIZE, "timeout": 2}
    else:
        DATABASE |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DATABASES = {"default": DATABASE}
ON_POSTGRESQL = DATABASE["ENGINE"] == "django.db.backends.postgresql"
CLOCK_BY_DATABASE = environment.flag(
    "CLOCK_BY_DATABASE",
    default=PRODUCTION and ON_POSTGRESQL,
    shown="true in production with PostgreSQL",
    help="corrects each machine's clock by the database's, so that all go live at the same instant",
)
if CLOCK_BY_DATABASE and not ON_POSTGRESQL:
    raise EnvironmentRefused("CLOCK_BY_DATABASE", "needs PostgreSQL: SQLite has no clock of its own")

# Pages that readers get are kept whole: in each process, or for all of them where CACHE_URL leads.
CACHES = environment.caches(
    "CACHE_URL",
    shown="each process's own memory",
    help="`redis://host:6379/0`, or `rediss://…`: Redis or Valkey, for pages that all machines share",
)
PAGE_CACHE = environment.flag(
    "PAGE_CACHE",
    default=not DEBUG,
    shown="true, unless DEBUG is",
    help="keeps whole pages for readers until anything public changes",
)

# People.
AUTH_USER_MODEL = "newsroom.User"
AUTHENTICATION_BACKENDS = ["coverage.newsroom.permissions.Grants"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Mail. Whatever leaves waits in the outbox for `manage.py announce`.
MAILERS = environment.mailers(
    "MAIL_URL",
    default="" if PRODUCTION else "console:",
    shown="printed in development, no mail in production",
    help="`smtp://user:password@host` (encrypted by STARTTLS), `smtps://…`, `smtp+plain://localhost`, "
    "`file:///where/mails/go` or `console:`",
)
DEFAULT_FROM_EMAIL = environment.mailbox(
    "MAIL_FROM",
    default=f"desk@{urlsplit(SITE_URL).hostname}",
    shown="desk@ the site's host",
    help="who mails are from, such as Eyecatch <desk@reviews.example>",
)

# What a mail provider tells of mails that came back.
NO_PROVIDER = "none"
MAIL_PROVIDERS = ("brevo", "mailjet", "postmark", "sendgrid", "sparkpost")
MAIL_EVENTS_FROM = environment.choice(
    "MAIL_EVENTS_FROM",
    (NO_PROVIDER, *MAIL_PROVIDERS),
    default=NO_PROVIDER,
    help="whose webhooks `/mail/events/` takes, of bounces and complaints about readers' mail",
)
MAIL_EVENTS_SECRET = environment.text(
    "MAIL_EVENTS_SECRET",
    default="",
    shown="none",
    secret=True,
    help="what that provider sends by HTTP basic authentication: `user:password`",
)
if MAIL_EVENTS_FROM != NO_PROVIDER and not re.fullmatch(r"[^:]+:.{16,}", MAIL_EVENTS_SECRET):
    raise EnvironmentRefused(
        "MAIL_EVENTS_SECRET", "must be user:password, with 16 characters or more after the colon"
    )
ANYMAIL = {"WEBHOOK_SECRET": MAIL_EVENTS_SECRET}

# What machines are told when a piece goes live, changes or is withdrawn.
WEBSUB_HUBS = environment.urls("WEBSUB_HUBS", help="WebSub hubs to ping when a feed changes")
INDEXNOW_KEY = environment.text(
    "INDEXNOW_KEY",
    default="",
    shown="none: search engines hear nothing",
    help="8 to 128 letters and digits of your choice; they stand at /indexnow.txt, as IndexNow asks",
)
if INDEXNOW_KEY and not re.fullmatch(r"[A-Za-z0-9-]{8,128}", INDEXNOW_KEY):
    raise EnvironmentRefused("INDEXNOW_KEY", "must be 8 to 128 letters, digits and dashes")
INDEXNOW_URL = "https://api.indexnow.org/indexnow"
CACHE_PURGE = environment.names(
    "CACHE_PURGE",
    default=[],
    shown="none",
    help="shared caches to purge: `nginx:http://10.0.0.5`, `cloudflare:ZONE`, or a class's dotted path",
)
CLOUDFLARE_API_TOKEN = environment.text(
    "CLOUDFLARE_API_TOKEN", default="", shown="none", secret=True, help="may purge the zone's cache"
)
PRIVATE_NETWORKS = environment.networks(
    "PRIVATE_NETWORKS",
    help="networks that endpoints and hubs may lie in though they aren't on the Internet, such as 10.0.0.0/8",
)

# Words and time. The newsroom's own zone stands in its publication record.
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "coverage.newsroom.formats"
TIME_ZONE = "UTC"

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = environment.folder(
    "STATIC_ROOT",
    default=BASE_DIR / "staticfiles",
    shown="`staticfiles/`",
    help="where `collectstatic` puts the static files and the server finds them",
)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = environment.folder(
    "MEDIA_ROOT",
    default=VAR_DIR / "media",
    shown="`var/media/`",
    help="where uploaded pictures are kept",
)
MEDIA_ACCEL_PREFIX = environment.text(
    "MEDIA_ACCEL_PREFIX",
    default="",
    shown="none: Eyecatch sends the files itself",
    help="the web server's internal location of `MEDIA_ROOT`, for X-Accel-Redirect, such as /protected/",
)
STORAGES = {
    # Pictures are named by their content: what would be overwritten is the same.
    "default": {
        "BACKEND": "coverage.newsroom.pictures.keeping.Folder",
        "OPTIONS": {"allow_overwrite": True},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "coverage.newsroom.static.HashedStaticFiles"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
# A series of a thousand episodes is one form at the desk.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_HANDLERS = [
    "coverage.newsroom.uploads.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# The one inline script of the public pages, too small and too early for a file.
_NOTHING_KEPT = (BASE_DIR / "templates" / "components" / "nothing_kept.js").read_bytes()
NOTHING_KEPT_HASH = f"'sha256-{b64encode(sha256(_NOTHING_KEPT).digest()).decode()}'"

# What browsers may do. Desk pages get SECURE_CSP_DESK instead, from the desk's own admin site.
SECURE_CSP: dict[str, Any] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, NOTHING_KEPT_HASH],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
# The one style that the prose editor injects; pin it anew when django-prose-editor is upgraded.
PROSE_EDITOR_STYLE_HASH = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
SECURE_CSP_DESK: dict[str, Any] = SECURE_CSP | {
    # The nonce is for the editor's import map, the only inline script of the desk's own pages.
    "script-src": [CSP.SELF, CSP.NONCE, NOTHING_KEPT_HASH],
    "style-src": [CSP.SELF, PROSE_EDITOR_STYLE_HASH],
    "img-src": [CSP.SELF, "data:"],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "coverage.desk.resuming.sent_from_an_old_page"
SECURE_SSL_REDIRECT = PRODUCTION
# Asked for from inside, past the proxy that has the certificate.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]
BEHIND_PROXY = environment.flag(
    "BEHIND_PROXY",
    default=False,
    help="a proxy in front sets X-Forwarded-Proto, and strips it from what clients send",
)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
# W005 and W021 ask for HSTS on every subdomain and in browsers' lists: the domain's owner decides
# that. mail.W001 asks for a mailer: without one no mail leaves, and `announce` says so. fields.W161 takes
# a slot's default time for a forgotten now() when the clock happens to be near it.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "mail.W001", "fields.W161"]

# What is told of itself to whoever runs it.
METRICS_TOKEN = environment.text(
    "METRICS_TOKEN",
    default="",
    shown="none: no metrics",
    secret=True,
    help="opens `/metrics` to Prometheus, as its bearer token",
)
PROMETHEUS_MULTIPROC_DIR = environment.text(
    "PROMETHEUS_MULTIPROC_DIR",
    default="",
    shown="none: each process tells of itself alone",
    help="an empty folder through which one server's processes are counted together",
)
SENTRY_DSN = environment.text(
    "SENTRY_DSN",
    default="",
    shown="none",
    secret=True,
    help="where errors are told, without anything of persons; needs the extra `sentry`",
)

# Logs: one line an event on stderr, JSON in production, each with its request's id.
LOG_LEVEL = environment.choice(
    "LOG_LEVEL",
    ("DEBUG", "INFO", "WARNING", "ERROR"),
    default="INFO",
    help="the least level that is logged",
)
LOG_FORMAT = environment.choice(
    "LOG_FORMAT",
    ("text", "json"),
    default="json" if PRODUCTION else "text",
    shown="json in production, text in development",
    help="how a log line is written",
)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "coverage.newsroom.logging.RequestIdFilter"}},
    "formatters": {
        "text": {
            "()": "coverage.newsroom.logging.TextFormatter",
            "fmt": "%(levelname)s %(name)s [%(request_id)s] %(message)s",
        },
        "json": {"()": "coverage.newsroom.logging.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": LOG_FORMAT,
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # Repeats at every attempt what the error that follows says once.
        "psycopg.pool": {"level": "CRITICAL"},
    },
}
