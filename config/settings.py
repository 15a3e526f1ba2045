"""All settings. The difference between environments is the environment, not a second file.

A variable without a safe default fails when it is absent. A default is only given where it is safe in production.
`.env.example` lists every variable.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- What this installation is ---

SECRET_KEY = env.str("SECRET_KEY")
# Newest first. The first one encrypts, all of them decrypt.
FIELD_KEYS = env.list("FIELD_KEYS")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
# A demonstration: shows demo sign-ins. Refused unless every allowed host is this machine itself.
DEMO = env.bool("DEMO", default=False)
# False only for `make run` on localhost, where there is no TLS.
SECURE_TRANSPORT = env.bool("SECURE_TRANSPORT", default=True)

# --- Applications ---

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "guardian",
    "csp",
    "core",
    "audit",
    "organisations",
    "accounts",
    "access",
    "follow_ups",
    "cases",
    "collaboration",
    "safety_plans",
    "family_plans",
    "signals",
    "handover",
    "aftercare",
    "reminders",
    "figures",
    "municipalities",
    "overview",
    "administration",
    "oversight",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "core.middleware.PrivatePages",
    # Around the request's transaction: a round of reminders has transactions of its own.
    "reminders.middleware.SweepWhenStale",
    # One transaction per request, in the database role that row-level security applies to.
    "access.middleware.RequestFrame",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.SessionTime",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # From here on the database knows who is asking.
    "access.middleware.Identity",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.SecondFactor",
    "core.middleware.DomainErrors",
    "accounts.middleware.SomebodyWasFaster",
    "core.middleware.ReadableAddress",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "overview.context.frame",
            ],
            "builtins": ["core.templatetags.ui", "access.templatetags.may", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database ---

# The login of this process: vinger_web or vinger_worker, which own nothing and may only act as the role that
# core.database gives them. Migrations run with the owner's login. See docs/adr/0003-database-roles.md.
DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Audit log ---

# Where the end of the chain over the audit log is written down. In production: on another machine or disk, where this
# program may add lines and the administrators of the database may not write.
AUDIT_ANCHORS = Path(env.str("AUDIT_ANCHORS", default=str(ROOT / "var" / "audit" / "anchors.jsonl")))

# --- Protected places ---

# The keys of class A, one file each: in no backup of the database, so that a destroyed key reaches all of them. Every
# web process and worker sees the same folder.
PROTECTED_KEYS = Path(env.str("PROTECTED_KEYS", default=str(ROOT / "var" / "keys")))

# --- Cache, queue, mail ---

REDIS_URL = env.str("REDIS_URL")
# Rate limits only. Redis may vanish at any moment; nothing is kept there that cannot be missed.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 200
# Longer than three of the longest task, and what a dead worker held is looked for at every interval.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900, "unacked_restore_throttle": 1}
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5.0
# A task is a poke: when the queue is away there is nothing to retry for, the next minute brings the next one.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Amsterdam"

vars().update(env.email("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM")
EMAIL_TIMEOUT = 10
# Of a watchdog of one's own, called after each round of reminders: it raises the alarm when the calls stop coming.
WATCHDOG_URL = env.str("WATCHDOG_URL", default="")
# Links in mail, and what passkeys are bound to: scheme, host and port, without a slash at the end.
SITE_ORIGIN = env.str("SITE_ORIGIN")

# --- Signing in ---

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.Password"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview:today"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapters.Account"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Guessing is counted per account, and apart from it per browser that signed in here before (accounts/known_browser.py):
# whoever guesses at an account cannot lock its owner out. The limits per network are wide: a school has one address.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,10/h/key",
    "login_failed_known": "10/h/key",
    "reauthenticate": "10/m/user",
}
KNOWN_BROWSER_COOKIE = "__Host-known" if SECURE_TRANSPORT else "known"
MFA_ADAPTER = "accounts.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
# Coordinators, administrators and whoever is shown class A: with a passkey, which nobody can be talked out of. A
# demonstration has codes only, since a passkey asks for a device.
PASSKEYS_REQUIRED = env.bool("PASSKEYS_REQUIRED", default=not DEMO)
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Vinger aan de Pols"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_TRANSPORT
USERSESSIONS_TRACK_ACTIVITY = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

# The provider of one organisation (OpenID Connect), beside the password. Off while there is no issuer.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_PROVIDER = "organisatie"
# What stands on the button, and the key of the organisation whose members may use it.
OIDC_NAME = env.str("OIDC_NAME", default="")
OIDC_ORGANISATION = env.str("OIDC_ORGANISATION", default="") or None
# Words in "amr" or "acr" by which the provider says that a second factor was shown. Without any, ours is always asked.
OIDC_SECOND_FACTOR = env.list("OIDC_SECOND_FACTOR", default=[])
SOCIALACCOUNT_ADAPTER = "accounts.provider.Provider"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": OIDC_PROVIDER,
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", default=""),
                "secret": env.str("OIDC_CLIENT_SECRET", default=""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False

# guardian keeps personal grants that end; it never answers a question by itself (access/policy.py does).
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
# guardian.W001 asks for its backend among the authentication backends: that would make it a second policy.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# --- Sessions and cookies ---

SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = 9 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE_TRANSPORT
SESSION_COOKIE_NAME = "__Host-session" if SECURE_TRANSPORT else "session"
# Minutes without a request after which a session ends; fewer for who only signals. A school shares its computers.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=30)
SIGNALLER_IDLE_MINUTES = 15
CSRF_COOKIE_SECURE = SECURE_TRANSPORT
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_TRANSPORT else "csrf"
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]
CSRF_FAILURE_VIEW = "core.views.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE_TRANSPORT

# --- Headers ---

SECURE_SSL_REDIRECT = SECURE_TRANSPORT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.int("TRUSTED_PROXIES", default=0) else None
SECURE_REDIRECT_EXEMPT = [r"^gezond/"]
SECURE_HSTS_SECONDS = 63_072_000 if SECURE_TRANSPORT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Not "no-referrer": browsers then send "Origin: null" with a form, which Django rightly takes for a forgery.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A form that is answered by sending somebody to the provider is stopped without this.
        "form-action": [SELF, *([OIDC_ISSUER] if OIDC_ISSUER else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
    "publickey-credentials-get": "self",
    "publickey-credentials-create": "self",
}

# --- Language and time ---

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- Static files ---

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(ROOT / "staticfiles")))
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# No uploads: what a person types is text.
FILE_UPLOAD_HANDLERS = ["core.uploads.Refuse"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

# --- Logging ---

# Fixed messages and identifiers, never names or free text. Exceptions of the database carry whole rows in their text
# (a violated constraint prints the values), so tracebacks are printed without their messages.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.logs.WithoutContents"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.db.backends": {"level": "WARNING"},
        "celery": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
