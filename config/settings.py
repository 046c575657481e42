"""The one settings file. Everything that differs between machines comes from the environment."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE  # noqa: F401

from config import env

ROOT = env.ROOT
env.load_dotenv(ROOT / ".env")

# --- where things are -------------------------------------------------------------------
VAR = Path(env.text("BENCHSIDE_VAR", str(ROOT / "var"))).resolve()
VAR.mkdir(parents=True, exist_ok=True)

# --- what kind of installation ----------------------------------------------------------
DEBUG = env.flag("BENCHSIDE_DEBUG")
# Demonstration sign-ins exist only under `make run` and only on the loopback address.
DEMO = env.flag("BENCHSIDE_DEMO")
# `make run` makes a key of this installation's own; commands typed beside it use the same.
SECRET_KEY = env.text(
    "BENCHSIDE_SECRET_KEY", "for-development-only" if DEBUG else env.kept_in(VAR / "secret-key")
)
if not SECRET_KEY:
    raise env.BadSetting("BENCHSIDE_SECRET_KEY", "", "give at least 50 random letters")
# Keys of before: what was sealed or signed under one still opens.
SECRET_KEY_FALLBACKS = env.words("BENCHSIDE_SECRET_KEY_FALLBACKS")
BASE_URL = env.text("BENCHSIDE_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("BENCHSIDE_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("BENCHSIDE_TRUSTED_ORIGINS")
SITE_NAME = "Benchside"
SAFEGUARDING_CONTACT = env.text("BENCHSIDE_SAFEGUARDING_NAME", "Safeguarding lead")
SAFEGUARDING_EMAIL = env.text("BENCHSIDE_SAFEGUARDING_EMAIL", "safeguarding@benchside.example")
# Who reads applications for an organisation.
DESK_EMAIL = env.text("BENCHSIDE_DESK_EMAIL", "desk@benchside.example")
# The one outgoing client asks nobody anything until this is on.
OUTGOING_REQUESTS = env.flag("BENCHSIDE_OUTGOING")

# --- rooms, from the top down ------------------------------------------------------------
ROOMS = [
    "benchside.website",
    "benchside.visibility",
    "benchside.recognition",
    "benchside.impact",
    "benchside.outreach",
    "benchside.assessment",
    "benchside.organisations",
    "benchside.people",
    "benchside.careers",
    "benchside.accounts",
    "benchside.core",
]
INSTALLED_APPS = [
    *ROOMS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "benchside.website.desk_users_app.DeskUsersConfig",
    "wagtail.sites",
    "wagtail.contrib.redirects",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "benchside.core.middleware.RequestIdMiddleware",
    "benchside.core.middleware.NoNulMiddleware",
    "benchside.core.middleware.RefusalMiddleware",
    "benchside.core.public_api.PublicApiMethods",
    "django.middleware.security.SecurityMiddleware",
    "benchside.website.middleware.PublicPages",
    "csp.middleware.CSPMiddleware",
    "benchside.website.csp.DeskPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "benchside.accounts.middleware.WhoIsAsking",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "benchside.accounts.middleware.LastSeen",
    "benchside.accounts.second_factor.DeskGate",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "benchside.website.context.shell",
            ],
            "builtins": ["benchside.core.templatetags.sheet"],
        },
    }
]
FORM_RENDERER = "benchside.core.forms.SheetRenderer"

# --- database, cache, tasks ----------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR / 'benchside.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL")
CACHES = {
    # Rate limits must hold across processes, so the default is on disk, never in one process.
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    if REDIS_URL
    else {
        "BACKEND": "benchside.core.cache.SharedFileCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

# --- people ------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["benchside.accounts.backends.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:overview"
LOGOUT_REDIRECT_URL = "/"
# Closed: only invitations make accounts.
SIGN_UP_OPEN = env.flag("BENCHSIDE_SIGN_UP", default=True)
# Whoever opens the desk or invites others needs a passkey or an authenticator app.
REQUIRE_SECOND_FACTOR = env.flag("BENCHSIDE_SECOND_FACTOR", default=True)
# Proxies of ours in front: whose word about the visitor's address rate limits may take.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("BENCHSIDE_PROXIES", 0)
ACCOUNT_ADAPTER = "benchside.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code and not a link: it also lets people with a second factor change their address.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True  # one address an account; the old one stays until the new is proven
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "30/m/ip,5/5m/key",  # a school or a university is one address
    "reset_password": "20/m/ip,5/h/key",  # one mailbox gets few letters, whoever asks
    "signup": "20/m/ip",
    "claim_code": "60/m/ip",  # a morning of new starters in one room; hopeless against 53 bits
}
ACCOUNT_FORMS = {
    "login": "benchside.accounts.forms.SignIn",
    "signup": "benchside.accounts.forms.SignUp",
    "reset_password": "benchside.accounts.forms.ResetPassword",
    "reset_password_from_key": "benchside.accounts.forms.NewPassword",
    "change_password": "benchside.accounts.forms.ChangePassword",
    "set_password": "benchside.accounts.forms.SetPassword",
    "add_email": "benchside.accounts.forms.ChangeAddress",
    "confirm_email_verification_code": "benchside.accounts.forms.ConfirmAddress",
    "reauthenticate": "benchside.accounts.forms.Reauthenticate",
}
MFA_ADAPTER = "benchside.accounts.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ by half a minute
MFA_FORMS = {
    "authenticate": "benchside.accounts.forms.SecondStep",
    "reauthenticate": "benchside.accounts.forms.SecondStepAgain",
    "activate_totp": "benchside.accounts.forms.AddApp",
    "add_webauthn": "benchside.accounts.forms.AddPasskey",
    "edit_webauthn": "benchside.accounts.forms.RenamePasskey",
}
# A session ends with the browser, unless "keep me signed in" was ticked: computers are shared.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_COOKIE_NAME = "benchside_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "benchside_csrf"
CSRF_COOKIE_HTTPONLY = True

# --- security -----------------------------------------------------------------------------
HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False  # the proxy in front does this; /healthz must answer plain HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- language and time ----------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"

# --- files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "benchside.core.stylesheets.SheetFinder",  # first: joins the stylesheet from its parts
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media" / "public"
PRIVATE_MEDIA_ROOT = VAR / "media" / "private"
STORAGES = {
    # Routes "public/..." to "public" and the rest to "private", and lets no unsafe picture in.
    "default": {"BACKEND": "benchside.core.storage.MediaStorage"},
    "public": {"BACKEND": "benchside.core.storage.PublicStorage"},
    "private": {"BACKEND": "benchside.core.storage.PrivateStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- mail ------------------------------------------------------------------------------------
# Without a mail server, messages go to the local outbox, shown at /outbox/ in development.
EMAIL_HOST = env.text("BENCHSIDE_EMAIL_HOST")
EMAIL_PORT = env.number("BENCHSIDE_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("BENCHSIDE_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("BENCHSIDE_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("BENCHSIDE_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "benchside.core.mail.OutboxBackend"
)
DEFAULT_FROM_EMAIL = env.text("BENCHSIDE_FROM_EMAIL", "Benchside <hello@benchside.example>")
OUTBOX = VAR / "outbox"

# --- credentials ------------------------------------------------------------------------------
# The private keys that credentials are signed with: files, never in the database. Back them up.
KEYS_ROOT = Path(env.text("BENCHSIDE_KEYS", str(VAR / "keys")))

# --- Wagtail: the editors' desk ----------------------------------------------------------------
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAILIMAGES_IMAGE_MODEL = "core.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "benchside.core.picture_form.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "heic", "heif", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_FORM_BASE = "benchside.core.document_form.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "docx", "pptx", "xlsx", "odt", "odp", "ods", "vtt", "txt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # a document is downloaded, never shown here
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
# Accounts are the accounts room's: the desk changes no password, address or picture of a person.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
# Two people put a page up (benchside/website/four_eyes.py).
WAGTAIL_FINISH_WORKFLOW_ACTION = "benchside.website.four_eyes.publish_approved"
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched from another site

# --- logs: no personal data, every line with the request's id ------------------------------------
LOG_LEVEL = env.text("BENCHSIDE_LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "benchside.core.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "benchside.core.logs.JsonFormatter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": "json",
        }
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # It logs the ids of passkeys, which point at people.
        "fido2": {"level": "WARNING"},
        # At DEBUG it logs all that a page was given: answers to the quiz, forms, names.
        "django.template": {"level": "INFO"},
    },
}
