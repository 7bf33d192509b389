"""Settings of one installation, from the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the data, the key and the boundaries lie. Read afresh at each call of :func:`settings`."""

    model_config = SettingsConfigDict(
        env_prefix="POVERTY_", env_ignore_empty=True, populate_by_name=True
    )

    data: Path = Path("data")
    key_file: Path | None = None
    boundaries: Path | None = None
    local_role: str = Field(
        default="leader",
        description="role of the operating-system account when no sign-in is configured",
    )
    local_scope: str = Field(
        default="", description="unit codes of that account, comma-separated; empty = all"
    )
    address: str = Field(
        default="", description="where readers open the dashboard; links in documents begin with it"
    )
    port: int = Field(default=8501, validation_alias="PORT")


def settings() -> Settings:
    """The settings of this process's environment."""
    return Settings()
