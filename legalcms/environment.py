"""What a deployment may choose, read from environment variables.

A variable that is malformed, or that begins with ``LEGALCMS_`` and is not
listed here, stops start-up with its name: a misspelt setting that is silently
ignored is how mail goes to nobody.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "LEGALCMS_"
MAX_OFFSET = timedelta(days=3650)  # further, and dates of the calendar run out
MAILBOX = r"^([A-Za-z0-9._-]{1,20}@[A-Za-z0-9.-]+)?$"  # leaves room for what follows the “+”
MAIL_SCHEMES = {
    "smtp": {},
    "smtp+tls": {"use_tls": True},
    "smtps": {"use_ssl": True},
}


BROKER_SCHEMES = {"amqp", "amqps", "redis", "rediss"}
Threshold = Annotated[timedelta, Field(ge=timedelta(minutes=1), le=timedelta(days=365))]


class Environment(BaseSettings):
    """Typed view of the variables; field names are the variables' names."""

    model_config = SettingsConfigDict(case_sensitive=True, extra="ignore")

    DATA: Path = ROOT / "var"
    PORT: int = Field(default=8000, ge=1, le=65534)
    DATABASE_URL: str = ""
    LEGALCMS_SECRET_KEY: str = ""
    LEGALCMS_BASE_URL: str = ""
    LEGALCMS_ALLOWED_HOSTS: Annotated[list[str], NoDecode] = []
    LEGALCMS_EMAIL_URL: str = ""
    LEGALCMS_CLOCK_OFFSET: timedelta = Field(default=timedelta(0), ge=-MAX_OFFSET, le=MAX_OFFSET)
    LEGALCMS_RELAY_QUIET_DAYS: int = Field(default=0, ge=0, le=30)
    LEGALCMS_RETURN_PATH: str = Field(default="", max_length=180, pattern=MAILBOX)
    LEGALCMS_BOUNCES_URL: str = ""
    LEGALCMS_WEBHOOK_PROVIDER: str = Field(default="", pattern=r"^(brevo|mailgun)?$")
    LEGALCMS_WEBHOOK_SECRET: str = Field(default="", pattern=r"^([^:]+:.{16,})?$")
    LEGALCMS_WEBHOOK_SIGNING_KEY: str = ""
    LEGALCMS_INSTANCE: str = Field(default="", max_length=64, pattern=r"^[A-Za-z0-9_.-]*$")
    LEGALCMS_TSA_URL: str = ""
    LEGALCMS_TSA_ROOTS: Path | None = None
    LEGALCMS_TRUSTED_PROXIES: int = Field(default=0, ge=0, le=5)
    LEGALCMS_DEBUG: bool = False
    CELERY_BROKER_URL: str = ""
    LEGALCMS_FROM_EMAIL: str = Field(
        default="Legal CMS <legalcms@localhost>", pattern=r"^[^\x00-\x1f]*[^@\s]+@[^@\s]+$"
    )
    LEGALCMS_DKIM_SELECTORS: Annotated[list[str], NoDecode] = []
    LEGALCMS_ALARM_NO_WORKER: Threshold = timedelta(minutes=10)
    LEGALCMS_ALARM_OVERDUE: Threshold = timedelta(minutes=30)
    LEGALCMS_ALARM_AT_RISK: Threshold = timedelta(hours=24)
    LEGALCMS_ALARM_UNVERIFIED: Threshold = timedelta(days=7)
    LEGALCMS_ALARM_UNSTAMPED: Threshold = timedelta(days=3)
    LEGALCMS_ALARM_UNREAD: Threshold = timedelta(hours=6)

    @field_validator("LEGALCMS_ALLOWED_HOSTS", "LEGALCMS_DKIM_SELECTORS", mode="before")
    @classmethod
    def split_list(cls, value: Any) -> Any:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("LEGALCMS_BASE_URL")
    @classmethod
    def check_base_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.netloc):
            raise ValueError("expected http://host or https://host")
        return value.rstrip("/")

    @field_validator("LEGALCMS_TSA_URL")
    @classmethod
    def check_tsa_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("expected http://host… or https://host…")
        return value

    @field_validator("LEGALCMS_TSA_ROOTS", mode="before")
    @classmethod
    def empty_is_none(cls, value: Any) -> Any:
        return value or None

    @field_validator("LEGALCMS_TSA_ROOTS")
    @classmethod
    def check_tsa_roots(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("expected a file of certificates in PEM")
        return value

    @field_validator("DATABASE_URL")
    @classmethod
    def check_database_url(cls, value: str) -> str:
        if value:
            parse_database_url(value)
        return value

    @field_validator("LEGALCMS_EMAIL_URL")
    @classmethod
    def check_email_url(cls, value: str) -> str:
        if value:
            parse_email_url(value)
        return value

    @field_validator("CELERY_BROKER_URL")
    @classmethod
    def check_broker_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in BROKER_SCHEMES or not parts.hostname):
            raise ValueError("expected amqp[s]://… (RabbitMQ) or redis[s]://…")
        return value

    @field_validator("LEGALCMS_BOUNCES_URL")
    @classmethod
    def check_bounces_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and parts.scheme not in {"imaps", "maildir", "mbox"}:
            raise ValueError("expected imaps://user:password@host/folder, maildir: or mbox:")
        return value

    @property
    def data(self) -> Path:
        return self.DATA.expanduser().resolve()

    @property
    def base_url(self) -> str:
        return self.LEGALCMS_BASE_URL or f"http://127.0.0.1:{self.PORT}"

    @property
    def database(self) -> dict[str, Any]:
        return parse_database_url(
            self.DATABASE_URL or f"sqlite:///{self.data / 'legalcms.sqlite3'}"
        )

    @property
    def email(self) -> dict[str, Any]:
        """Options of Django's SMTP backend; by default the demo's own mail server."""
        return parse_email_url(self.LEGALCMS_EMAIL_URL or f"smtp://127.0.0.1:{self.PORT + 1}")

    def local_secret_key(self) -> str:
        """A key made once per data folder, so that development needs no setting."""
        return self.LEGALCMS_SECRET_KEY or self._made_once("secret-key", 48)

    @property
    def instance(self) -> str:
        """The name of this installation; a database restored elsewhere finds another."""
        return self.LEGALCMS_INSTANCE or self._made_once("instance", 16)

    def _made_once(self, name: str, size: int) -> str:
        """A random text kept in the data folder."""
        path = self.data / name
        try:
            if not path.exists():
                write_private(path, secrets.token_urlsafe(size))
            return path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{path} cannot be kept: {error}.") from error


def parse_database_url(url: str) -> dict[str, Any]:
    """Django's connection settings for a ``sqlite:`` or ``postgres(ql):`` URL.

    Raises ValueError for anything else.
    """
    scheme = url.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ValueError("expected sqlite:///path or postgresql://user:password@host:port/name")
    try:
        config = dict(dj_database_url.parse(url))
    except Exception as error:
        raise ValueError(f"not a database URL ({error})") from error
    if not config["NAME"]:
        raise ValueError("the name of the database is missing")
    return config


def parse_email_url(url: str) -> dict[str, Any]:
    """Options of Django's SMTP backend for ``smtp[+tls|s]://user:password@host:port``.

    Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme not in MAIL_SCHEMES or not parts.hostname:
        raise ValueError("expected smtp://, smtp+tls:// or smtps://user:password@host:port")
    return {
        "host": parts.hostname,
        "port": parts.port or 25,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "timeout": 30,
        **MAIL_SCHEMES[parts.scheme],
    }


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def read_environment() -> Environment:
    """Read and check all variables, and make the folder DATA.

    Raises ImproperlyConfigured naming the wrong one.
    """
    known = set(Environment.model_fields)
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise ImproperlyConfigured(
            f"Unknown environment variable {unknown[0]}. Known: {', '.join(sorted(known))}."
        )
    try:
        environment = Environment()
        environment.data.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: ~someone who has no home
        raise ImproperlyConfigured(
            f"Environment variable DATA: no such folder ({error})."
        ) from None
    except ValidationError as error:
        problem = error.errors()[0]
        raise ImproperlyConfigured(
            f"Environment variable {problem['loc'][0]} is malformed: {problem['msg']}"
        ) from None
    if environment.LEGALCMS_TSA_URL and environment.LEGALCMS_TSA_ROOTS is None:
        raise ImproperlyConfigured(
            "Environment variable LEGALCMS_TSA_ROOTS must name a file of certificates in PEM: "
            "LEGALCMS_TSA_URL is set, and its stamps could not be checked."
        )
    require_webhook_secrets(environment)
    return environment


def require_webhook_secrets(environment: Environment) -> None:
    """Without a secret anybody could report bounces. Raises ImproperlyConfigured."""
    provider = environment.LEGALCMS_WEBHOOK_PROVIDER
    needed = {"": [], "brevo": ["SECRET"], "mailgun": ["SECRET", "SIGNING_KEY"]}[provider]
    for name in needed:
        if not getattr(environment, f"LEGALCMS_WEBHOOK_{name}"):
            raise ImproperlyConfigured(
                f"Environment variable LEGALCMS_WEBHOOK_{name} must be set: without it, the "
                f"reports of {provider} could be anybody’s."
            )
