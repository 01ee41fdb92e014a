"""What an operator sets: environment, `.env` or files for secrets, all with the prefix MATURITYBOT_."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "MATURITYBOT_"
SECRETS = Path("/run/secrets")
"""Where Docker and Kubernetes put secrets as files, named like the settings in lower case."""


class SettingsError(Exception):
    """All settings that are missing or wrong, at once, each with what to do."""


class Settings(BaseSettings):
    """The settings; README's table says what each is for."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", secrets_dir=SECRETS if SECRETS.is_dir() else None
    )
    data_dir: Path = Field(default_factory=lambda: user_data_path("maturitybot", appauthor=False))
    database_url: str = ""
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
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
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("use sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        number, _, rest = value.get_secret_value().strip().partition(":") if value else ("", "", "")
        if value and not (number.isdigit() and rest):
            raise ValueError("a token looks like 123456:ABC...; @BotFather on Telegram gives one")
        return SecretStr(value.get_secret_value().strip()) if value else None

    @field_validator("telegram_api_url", "slack_api_url", "telegram_webhook_url", "public_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("use an address that begins with https:// (or http:// for a server of your own)")
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


def load() -> Settings:
    """The settings as they are set. Raises SettingsError with everything that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"{PREFIX}{str(e['loc'][0]).upper()}: {_reason(e['msg'])}" for e in error.errors()]
        raise SettingsError("\n".join(["These settings cannot be used:", *lines])) from None


def check_serving(settings: Settings) -> None:
    """Raises SettingsError unless at least one platform can be served."""
    if settings.telegram_token is None:
        raise SettingsError(
            "There is no platform to serve. Set MATURITYBOT_TELEGRAM_TOKEN (from @BotFather on Telegram), "
            "in the environment or in a file named .env. To try the conversation without one: maturitybot chat"
        )


def _reason(message: str) -> str:
    text = message.removeprefix("Value error, ")
    if "valid integer" in text:
        text = "write a whole number, such as 8080"
    return f"{text[0].lower()}{text[1:]}."
