"""What an operator sets: environment, `.env` or files for secrets, all with the prefix MATURITYBOT_."""

import re
from collections.abc import Iterator, Mapping
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

NO_PLATFORM = (
    f"{PREFIX}TELEGRAM_TOKEN is not set, nor is anything of Slack. @BotFather on Telegram gives a bot its token; for "
    "Slack see README, “Slack, step by step”. Put it into the environment or into a file named .env. To try the "
    "conversation without: maturitybot chat"
)
_APP = "api.slack.com/apps > your app > "
_SLACK = {
    "SLACK_BOT_TOKEN": f"{_APP}OAuth & Permissions > Bot User OAuth Token",
    "SLACK_APP_TOKEN": f"{_APP}Basic Information > App-Level Tokens, with the scope connections:write",
    "SLACK_SIGNING_SECRET": f"{_APP}Basic Information > App Credentials > Signing Secret",
    "SLACK_CLIENT_ID": f"{_APP}Basic Information > App Credentials > Client ID",
    "SLACK_CLIENT_SECRET": f"{_APP}Basic Information > App Credentials > Client Secret",
}
"""What of Slack can be set, and where an operator finds it."""


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

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret", "slack_client_secret")
    @classmethod
    def _slack(cls, value: SecretStr | None, field: ValidationInfo) -> SecretStr | None:
        if value is None:
            return None
        text, name = value.get_secret_value().strip(), str(field.field_name)
        fault = _shape(name, text)
        if fault:
            raise ValueError(f"{fault}; find it at {_SLACK[name.upper()]}")
        return SecretStr(text)

    @field_validator("slack_client_id")
    @classmethod
    def _client(cls, value: str) -> str:
        if value.strip() and (not re.fullmatch(r"[\w.-]+", value.strip()) or value.strip().startswith(("A0", "xox"))):
            raise ValueError(f"a client id looks like 123456.789012; find it at {_SLACK['SLACK_CLIENT_ID']}")
        return value.strip()

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
            raise ValueError(f"begin with https:// and use one of the ports {ports}: Telegram calls nothing else")
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
    def has_slack(self) -> bool:
        """Whether there is a workspace, or the means to be installed in some."""
        return self.slack_bot_token is not None or bool(self.slack_client_id and self.slack_client_secret)

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
    settings: Settings | None = None
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = [f"{PREFIX}{str(e['loc'][0]).upper()}: {_reason(e['msg'])}" for e in error.errors()]
    except (OSError, UnicodeDecodeError) as error:
        wrong = [f"The file .env cannot be read ({error}). Save it as UTF-8 text, one NAME=value a line."]
    else:
        if not serving:
            return settings
    if serving and not any("file .env" in line for line in wrong):
        wrong += missing()
    if settings is None or wrong:
        raise SettingsError("\n".join(["These settings cannot be used:", *wrong]))
    return settings


class _Given(BaseSettings):
    """What is set of the platforms, right or wrong."""

    model_config = Settings.model_config
    telegram_token: str = ""
    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""
    slack_client_id: str = ""
    slack_client_secret: str = ""
    public_url: str = ""


def missing() -> list[str]:
    """What is missing to serve the platforms of which anything is set, each with where to find it."""
    given = _given()
    if not given.keys() & {"TELEGRAM_TOKEN", *_SLACK}:
        return [NO_PLATFORM]
    return [PREFIX + line for line in _missing_of_slack(given)] if given.keys() & _SLACK.keys() else []


def _given() -> dict[str, str]:
    return {name.upper(): value.strip() for name, value in _Given().model_dump().items() if value.strip()}


def _missing_of_slack(given: Mapping[str, str]) -> Iterator[str]:
    """What Slack lacks: the way to one workspace or to many, and the way in (a socket or signed requests)."""
    many = {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"}
    if many & given.keys():
        for name in sorted(many - given.keys()):
            yield f"{name} is not set: workspaces are installed with id and secret. {_SLACK[name]}."
        url = given.get("PUBLIC_URL", "")
        if not re.match(r"https://|http://(localhost|127\.0\.0\.1)\b", url):
            told = "has to begin with https://" if url else "is not set"
            yield f"PUBLIC_URL {told}: it is where Slack sends whoever has installed the bot. This server's address."
    elif "SLACK_BOT_TOKEN" not in given:
        instead = f"For many workspaces set {PREFIX}SLACK_CLIENT_ID and {PREFIX}SLACK_CLIENT_SECRET instead."
        yield f"SLACK_BOT_TOKEN is not set: {_SLACK['SLACK_BOT_TOKEN']}. {instead}"
    if not given.keys() & {"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"}:
        socket = f"The first for Socket Mode, which needs no public address: {_SLACK['SLACK_APP_TOKEN']}."
        signed = f"The second for signed HTTP: {_SLACK['SLACK_SIGNING_SECRET']}."
        yield f"SLACK_APP_TOKEN is not set, nor is {PREFIX}SLACK_SIGNING_SECRET. {socket} {signed}"


def _shape(name: str, text: str) -> str:
    """What is wrong with how a secret of Slack's looks; "" for nothing."""
    if name == "slack_bot_token" and text.startswith("xoxe."):
        return (
            "this bot token ends after 12 hours, as token rotation is on. Set the client id and secret and open "
            "PUBLIC_URL/slack/install, or make an app without rotation: maturitybot slack manifest --one-workspace"
        )
    if name == "slack_bot_token" and not text.startswith("xoxb-"):
        return "a bot token begins with xoxb-"
    if name == "slack_app_token" and not text.startswith("xapp-"):
        return "an app-level token begins with xapp-"
    if name in {"slack_signing_secret", "slack_client_secret"} and text.startswith(("xox", "xapp-")):
        return "this is a token, not a secret of the app"
    return ""


def _reason(message: str) -> str:
    text = message.removeprefix("Value error, ")
    if "valid integer" in text:
        text = "write a whole number, such as 8080"
    return f"{text[0].lower()}{text[1:]}."
