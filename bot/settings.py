"""What an operator sets: environment, `.env` or files for secrets, all with the prefix MATURITYBOT_."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "MATURITYBOT_"
SECRETS = Path("/run/secrets")
"""Where Docker and Kubernetes put secrets as files, named like the settings in lower case."""

TELEGRAM = "https://api.telegram.org"
"""Telegram's own server."""
CALLED_AT = (443, 80, 88, 8443)
"""The ports at which it calls a webhook."""

_NO_PLATFORM = (
    f"{PREFIX}TELEGRAM_TOKEN is not set, and there is no other platform to serve yet. @BotFather on Telegram gives "
    "a bot its token; put it into the environment or into a file named .env. To try the conversation without: "
    "maturitybot chat"
)


class SettingsError(Exception):
    """All settings that are missing or wrong, at once, each with what to do."""


class Settings(BaseSettings):
    """The settings; README's table says what each is for."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
    )
    data_dir: Path = Field(default_factory=lambda: user_data_path("maturitybot", appauthor=False))
    database_url: str = ""
    telegram_token: SecretStr | None = None
    telegram_api_url: str = TELEGRAM
    telegram_webhook_url: str = ""
    telegram_webhook_secret: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str = ""
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""
    log_level: str = "INFO"
    contact: str = ""

    @field_validator("database_url")
    @classmethod
    def _store(cls, value: str) -> str:
        if value in {"sqlite:///", "sqlite:///:memory:"}:
            raise ValueError("name a file: answers are to outlive the program")
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("use sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        token = value.get_secret_value().strip()
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
            raise ValueError("a token looks like 123456:ABC...; @BotFather on Telegram gives one")
        return SecretStr(token)

    @field_validator("telegram_api_url", "slack_api_url", "telegram_webhook_url", "public_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("use an address that begins with https:// (or http:// for a server of your own)")
        return value

    @field_validator("telegram_webhook_url")
    @classmethod
    def _called(cls, value: str, set_before: ValidationInfo) -> str:
        """Whatever a Bot API server of one's own can reach; Telegram's only calls by HTTPS, and at four ports."""
        found = urlsplit(value)
        if value and (not found.hostname or found.query or found.fragment or found.path.rstrip("/") == "/health"):
            raise ValueError("use an address such as https://bot.example.org/telegram, without ? and #, not /health")
        if not value or set_before.data.get("telegram_api_url", "").rstrip("/") != TELEGRAM:
            return value
        if found.scheme != "https" or (found.port or 443) not in CALLED_AT:
            ports = ", ".join(map(str, CALLED_AT))
            raise ValueError(f"Telegram only calls addresses that begin with https://, at one of the ports {ports}")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _shown(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("use 1 to 256 of the characters A-Z a-z 0-9 _ -")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("use DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @property
    def store(self) -> str:
        """The store's address: the one given, or a file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'maturitybot.sqlite3'}"

    @property
    def evidence(self) -> Path:
        """Where the files that support answers lie, each under the digest of its content."""
        return self.data_dir / "evidence"


def load(*, serving: bool = False) -> Settings:
    """The settings as they are set. Raises SettingsError with everything that is wrong, or missing for `serving`."""
    wrong: list[str] = []
    try:
        settings = Settings()
        if not serving or settings.telegram_token is not None:
            return settings
    except ValidationError as error:
        wrong = [f"{PREFIX}{str(e['loc'][0]).upper()}: {_reason(e['msg'])}" for e in error.errors()]
    except (OSError, UnicodeDecodeError) as error:
        wrong = [f"The file .env cannot be read ({error}). Save it as UTF-8 text, one NAME=value a line."]
    if serving and not any("TELEGRAM_TOKEN" in line for line in (*wrong, *_given())):
        wrong.append(_NO_PLATFORM)
    raise SettingsError("\n".join(["These settings cannot be used:", *wrong]))


def _given() -> list[str]:
    """The names of what is set in the environment or in a file for secrets."""
    return [name for name, value in os.environ.items() if value] + [path.name.upper() for path in SECRETS.glob("*")]


def _reason(message: str) -> str:
    text = message.removeprefix("Value error, ")
    if "valid integer" in text:
        text = "write a whole number, such as 8080"
    return f"{text[0].lower()}{text[1:]}."
