"""Where the bot was installed by others, with the tokens they gave it: a platform may have many workspaces."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.instant import Instant


class InstallationRow(SQLModel, table=True):
    """A workspace, or a whole organisation, that installed the bot; `gone_at` is set while it does not want it.

    `token` expires where `expires_at` is set, and `refresh_token` then gives the next pair, once.
    """

    __tablename__ = "installation"
    channel: str = Field(primary_key=True)
    workspace: str = Field(primary_key=True)
    token: str
    refresh_token: str | None = None
    expires_at: datetime | None = Field(default=None, sa_type=Instant)
    bot: str
    app: str
    scopes: str
    installed_at: datetime = Field(sa_type=Instant)
    gone_at: datetime | None = Field(default=None, sa_type=Instant)


class WorkspaceRow(SQLModel, table=True):
    """A workspace that is served by the installation of its organisation."""

    __tablename__ = "workspace"
    channel: str = Field(primary_key=True)
    workspace: str = Field(primary_key=True)
    organisation: str = Field(index=True)


class OAuthStateRow(SQLModel, table=True):
    """An installation that was begun in a browser: single use; only the digest of its state is kept."""

    __tablename__ = "oauth_state"
    digest: str = Field(primary_key=True)
    expires_at: datetime = Field(sa_type=Instant, index=True)
