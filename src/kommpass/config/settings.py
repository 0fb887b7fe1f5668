"""One settings file. What differs between machines comes from the environment; what is wrong stops the start."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF

from kommpass.domain.map_tiles import TileSource, tile_source

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("KOMMPASS_VAR", ROOT / "var"))

DEMO = os.environ.get("KOMMPASS_DEMO") == "1"
DEMO_PASSWORD = "kommpass-demo-2026"
DEBUG = os.environ.get("KOMMPASS_DEBUG") == "1"
VERSION = "0.1.0"


def _secret_key() -> str:
    """From the environment, or made once and kept beside the data (readable by its owner only)."""
    if key := os.environ.get("KOMMPASS_SECRET_KEY"):
        return key
    place = VAR / "secret_key"
    if not place.exists():
        VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(50))
    return place.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("KOMMPASS_HOSTS", "127.0.0.1,localhost,testserver").split(",")
BASE_URL = os.environ.get("KOMMPASS_BASE_URL", "http://127.0.0.1:8000")
SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []

# Who runs this installation, as the law wants it on the imprint page; lines are kept.
IMPRINT = os.environ.get("KOMMPASS_IMPRINT", "")

# The licence under which this installation's open data may be used, as an address; each town should decide.
OPEN_DATA_LICENCE = os.environ.get("KOMMPASS_OPEN_DATA_LICENCE", "")


def _map_tiles() -> TileSource | None:
    """Where the pictures behind the maps come from; without them maps show the districts alone."""
    try:
        return tile_source(
            os.environ.get("KOMMPASS_MAP_TILES", ""),
            os.environ.get("KOMMPASS_MAP_ATTRIBUTION", ""),
            os.environ.get("KOMMPASS_MAP_ATTRIBUTION_LINK", ""),
            os.environ.get("KOMMPASS_MAP_ZOOMS", "0-18"),
        )
    except ValueError as error:
        raise SystemExit(f"KOMMPASS_MAP_TILES: {error}") from None


MAP_TILES = _map_tiles()

HOUSE_SCHEMES = PACKAGE / "schemes"
SCHEMES_FOLDER = os.environ.get("KOMMPASS_SCHEMES", "")
EXTRAS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_vite",
    "csp",
    "template_partials.apps.SimpleAppConfig",
    "django_cotton.apps.SimpleAppConfig",
    "kommpass.ui",
    "kommpass.municipalities",
    "kommpass.people",
    "kommpass.town_hall",
    "kommpass.audits",
    "kommpass.bodies",
    "kommpass.stocktaking",
    "kommpass.participation",
    "kommpass.offers",
    "kommpass.agreement",
    "kommpass.assessment",
    "kommpass.certification",
    "kommpass.implementation",
    "kommpass.reporting",
    "kommpass.balancing",
    "kommpass.cockpit",
    "kommpass.portal",
    "kommpass.finder",
    "kommpass.open_data",
    "kommpass.association",
    "kommpass.notices",
    "kommpass.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *EXTRAS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kommpass.config.compression.CompressedTextsMiddleware",
    "csp.middleware.CSPMiddleware",
    "kommpass.config.personal_pages.PersonalPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kommpass.municipalities.middleware.MunicipalityMiddleware",
    "kommpass.audits.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "kommpass.config.urls_installation"
MUNICIPALITY_URLCONF = "kommpass.config.urls_municipality"
WSGI_APPLICATION = "kommpass.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "kommpass.ui.templatetags.ui",
                "kommpass.audits.templatetags.procedure",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "kommpass.config.context.house",
            ],
            # Each of the two loader packages would replace the other's list: so it is written down here.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    }
]
FORM_RENDERER = "kommpass.ui.forms.KernRenderer"


def _database() -> dict:
    """SQLite beside the data by default, PostgreSQL by DATABASE_URL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "kommpass.sqlite3",
            "OPTIONS": {
                # Writers wait for each other from the start instead of failing half-way.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
                "PRAGMA recursive_triggers=ON",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit(f"DATABASE_URL: expected postgresql://user@host:port/name, found {parts.scheme}://…")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all web processes, so that failed log-ins count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kommpass_cache",
        # Enough that a flood of attempts cannot push somebody's lock-out out of the cache.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "kommpass.people.accounts.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# How many proxies of ours stand before us: without it every visitor would share one address and one limit.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KOMMPASS_PROXIES", "0"))
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/300s/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Kommpass: "
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Kommpass"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
DIST = ROOT / "dist"
STATICFILES_DIRS = [DIST] if DIST.exists() else []
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": DIST / "manifest.json"}}
WHITENOISE_IMMUTABLE_FILE_TEST = lambda path, url: "/static/assets/" in url  # noqa: E731 - WhiteNoise calls it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "files"

# The key with which certificates are signed: made at set-up, replaced by `kommpass signingkey make`.
SIGNING_FOLDER = os.environ.get("KOMMPASS_SIGNING", VAR / "signing")
SIGNING_SUBJECT = os.environ.get("KOMMPASS_SIGNING_SUBJECT", "Kommpass-Installation")
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
LONGEST_TEXT = 20_000

EMAIL_BACKEND = os.environ.get(
    "KOMMPASS_EMAIL_BACKEND",
    "django.core.mail.backends.filebased.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = VAR / "mails"
EMAIL_HOST = os.environ.get("KOMMPASS_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("KOMMPASS_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("KOMMPASS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KOMMPASS_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("KOMMPASS_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("KOMMPASS_MAIL_FROM", "Kommpass <kommpass@localhost>")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
USE_X_FORWARDED_HOST = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_tokens": {"()": "kommpass.config.quiet_log.WithoutTokens"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_tokens"]},
    },
    "root": {"handlers": ["console"], "level": os.environ.get("KOMMPASS_LOG", "WARNING")},
}
