"""All settings, typed, from the environment or a `.env` file; nothing else reads the environment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.wrong_settings import describe, find_field
from knowledge.library import DEFAULT_FOLDER
from storage.database import WrongDatabaseUrl, as_async_url
from storage.sealing import SHORTEST_KEY

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ADDRESS = re.compile(r"https?://[^\s/?#@]+/?")
_MODEL_ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#@]*)?")
_NO_GUID = "00000000-0000-0000-0000-000000000000"


class WrongSettings(Exception):
    """Everything that is wrong with the settings, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _named(name: str) -> AliasChoices:
    return AliasChoices(name, name.lower())


class Settings(BaseSettings):
    """Field descriptions are the README's table; a test compares the two."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", populate_by_name=True, hide_input_in_errors=True, env_ignore_empty=True
    )

    database_url: str = Field(
        "sqlite:///var/prompt-club.sqlite",
        validation_alias=_named("DATABASE_URL"),
        description="Where everything is kept: an SQLite file, or `postgresql://…` for more than one machine.",
    )
    knowledge: Path = Field(
        DEFAULT_FOLDER,
        validation_alias=_named("PROMPT_CLUB_KNOWLEDGE"),
        description="Folder with policy.yaml, tools.yaml, matrix.yaml and diploma.yaml; by default the starter.",
    )
    host: str = Field(
        "127.0.0.1", validation_alias=_named("PROMPT_CLUB_HOST"), description="Address the server listens on."
    )
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        3978, validation_alias=_named("PROMPT_CLUB_PORT"), description="Port the server listens on."
    )
    url: str | None = Field(
        None,
        validation_alias=_named("PROMPT_CLUB_URL"),
        description="Public address of the pages, for links in messages; by default `http://<host>:<port>`.",
        examples=["https://promptclub.example.org"],
    )
    time_zone: str = Field(
        "Europe/Amsterdam",
        validation_alias=_named("PROMPT_CLUB_TIME_ZONE"),
        description="The organisation's time zone, for people whose own is not known.",
    )
    cache: Path = Field(
        Path("var/cache"),
        validation_alias=_named("PROMPT_CLUB_CACHE"),
        description="Folder for what can be computed again: vectors of the knowledge.",
    )
    audit: Path = Field(
        Path("var/audit"),
        validation_alias=_named("PROMPT_CLUB_AUDIT"),
        description="Folder for the audit log's anchors, and its key where none is set; best on another disk than "
        "the database.",
    )
    audit_key: SecretStr | None = Field(
        None,
        validation_alias=_named("PROMPT_CLUB_AUDIT_KEY"),
        description="Seals the audit log, 16 characters or more; the same on all machines. Made at first use where "
        "none is set.",
    )
    lab: str | None = Field(
        None,
        validation_alias=_named("PROMPT_CLUB_LAB"),
        description="Channel of the AI Lab, as `slack:C0123456789`, `teams:19:…@thread.tacv2` or `web:ai-lab`.",
    )
    admins: str = Field(
        "",
        validation_alias=_named("PROMPT_CLUB_ADMINS"),
        description="E-mail addresses, with commas between, of who may always manage roles and settings, "
        "and hears it when a knowledge file is broken.",
    )
    ask_above: Annotated[int, Field(ge=1)] = Field(
        50,
        validation_alias=_named("PROMPT_CLUB_ASK_ABOVE"),
        description="Who is about to send something to more people than this is asked once more, with the number.",
    )
    web: bool = Field(
        False,
        validation_alias=_named("PROMPT_CLUB_WEB"),
        description="Serve the local web workspace; `make demo` switches it on.",
    )
    web_secret: SecretStr | None = Field(
        None,
        validation_alias=_named("PROMPT_CLUB_WEB_SECRET"),
        description="Needed to open the web workspace from anywhere but this machine.",
    )
    log_format: Literal["json", "console"] = Field(
        "json", validation_alias=_named("PROMPT_CLUB_LOG_FORMAT"), description="`json` or `console`."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", validation_alias=_named("PROMPT_CLUB_LOG_LEVEL"), description="`debug`, `info`, `warning`, `error`."
    )

    slack_bot_token: SecretStr | None = Field(
        None, validation_alias=_named("SLACK_BOT_TOKEN"), description="Bot token of the Slack app (`xoxb-…`)."
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        validation_alias=_named("SLACK_SIGNING_SECRET"),
        description="For Slack over HTTP: proves that a request comes from Slack.",
    )
    slack_app_token: SecretStr | None = Field(
        None,
        validation_alias=_named("SLACK_APP_TOKEN"),
        description="For Slack over Socket Mode (`xapp-…`): no public address needed.",
    )
    slack_api_url: str = Field(
        "https://slack.com/api/",
        validation_alias=_named("SLACK_API_URL"),
        description="Another address of Slack's Web API, for a local Slack.",
    )

    teams_app_id: str | None = Field(
        None,
        validation_alias=_named("MicrosoftAppId"),
        description="Application (client) id of the Teams bot.",
        examples=[_NO_GUID],
    )
    teams_app_password: SecretStr | None = Field(
        None, validation_alias=_named("MicrosoftAppPassword"), description="Client secret of the Teams bot."
    )
    teams_app_type: Literal["SingleTenant", "MultiTenant"] | None = Field(
        None,
        validation_alias=_named("MicrosoftAppType"),
        description="`SingleTenant` (the only kind that can still be made) or `MultiTenant`.",
        examples=["SingleTenant"],
    )
    teams_tenant_id: str | None = Field(
        None,
        validation_alias=_named("MicrosoftAppTenantId"),
        description="Directory (tenant) id of the Teams bot.",
        examples=[_NO_GUID],
    )
    teams_local: bool = Field(
        False,
        validation_alias=_named("PROMPT_CLUB_TEAMS_LOCAL"),
        description="`1`: no authentication, for a local Teams client; refused unless the host is loopback.",
    )

    model_url: str | None = Field(
        None,
        validation_alias=_named("PROMPT_CLUB_MODEL_URL"),
        description="A language model of your own that helps to read questions, as an OpenAI-compatible address.",
        examples=["https://models.example.org/v1"],
    )
    model_name: str | None = Field(
        None, validation_alias=_named("PROMPT_CLUB_MODEL_NAME"), description="The name of that model."
    )
    model_key: SecretStr | None = Field(
        None, validation_alias=_named("PROMPT_CLUB_MODEL_KEY"), description="The key of that model, if it asks one."
    )

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as problem:
            raise ValueError("the name of a time zone, such as Europe/Amsterdam") from problem
        return zone

    @field_validator("teams_app_id", "teams_tenant_id")
    @classmethod
    def _is_a_guid(cls, id: str | None) -> str | None:
        if id is not None and not _GUID.fullmatch(id):
            raise ValueError(f"a GUID like {_NO_GUID}, from Configuration of the Azure Bot")
        return id

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, url: str) -> str:
        try:
            as_async_url(url)
        except WrongDatabaseUrl as problem:
            raise ValueError("sqlite:///folder/file.sqlite or postgresql://user:password@host/name") from problem
        return url

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        if url is not None and not _ADDRESS.fullmatch(url):
            raise ValueError("an address without a path, such as https://promptclub.example.org")
        return url and url.rstrip("/")

    @property
    def public_url(self) -> str:
        """Where people's browsers find us, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.url or f"http://{host}:{self.port}"

    @field_validator("audit_key")
    @classmethod
    def _is_a_key(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and len(key.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(f"at least {SHORTEST_KEY} characters, such as `openssl rand -hex 32` gives")
        return key

    @field_validator("model_url")
    @classmethod
    def _is_a_model(cls, url: str | None) -> str | None:
        if url is not None and not _MODEL_ADDRESS.fullmatch(url):
            raise ValueError("an address without a key in it, such as https://models.example.org/v1")
        return url

    @property
    def admin_emails(self) -> tuple[str, ...]:
        return tuple(email for part in self.admins.split(",") if (email := part.strip().lower()))

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def slack_on(self) -> bool:
        return self.slack_bot_token is not None

    @property
    def teams_on(self) -> bool:
        return self.teams_app_id is not None or self.teams_local

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        problems = [*self._slack_problems(), *self._teams_problems(), *self._web_problems()]
        problems += self._model_problems()
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def _slack_problems(self) -> list[str]:
        parts = (self.slack_bot_token, self.slack_signing_secret, self.slack_app_token)
        if not any(parts):
            return []
        problems = []
        if self.slack_bot_token is None:
            problems.append("SLACK_BOT_TOKEN is missing: Slack is set up halfway (it begins with xoxb-)")
        if self.slack_signing_secret is None and self.slack_app_token is None:
            problems.append("SLACK_SIGNING_SECRET (over HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing")
        return problems

    def _teams_problems(self) -> list[str]:
        problems = []
        if self.teams_local and not self.on_loopback:
            problems.append(
                f"PROMPT_CLUB_TEAMS_LOCAL switches authentication off and PROMPT_CLUB_HOST is {self.host}: "
                "only allowed on 127.0.0.1, ::1 or localhost"
            )
        parts = {
            "MicrosoftAppId": self.teams_app_id,
            "MicrosoftAppPassword": self.teams_app_password,
            "MicrosoftAppType": self.teams_app_type,
        }
        if self.teams_app_type == "SingleTenant":
            parts["MicrosoftAppTenantId"] = self.teams_tenant_id
        missing = [name for name, value in parts.items() if not value]
        if not self.teams_local and len(missing) < len(parts) and missing:
            problems.append(f"{', '.join(missing)} missing: Teams is set up halfway")
        return problems

    def _web_problems(self) -> list[str]:
        if self.web and not self.on_loopback and self.web_secret is None:
            return [
                f"PROMPT_CLUB_WEB_SECRET is missing: the web workspace on {self.host} would be open to everyone; "
                "set a secret, or PROMPT_CLUB_HOST=127.0.0.1"
            ]
        return []

    def _model_problems(self) -> list[str]:
        if self.model_url is not None and self.model_name is None:
            return ["PROMPT_CLUB_MODEL_NAME is missing: PROMPT_CLUB_MODEL_URL says where, and not which model"]
        if self.model_url is None and (self.model_name or self.model_key):
            return ["PROMPT_CLUB_MODEL_URL is missing: the model has a name or a key, and no address"]
        return []


def load_settings(**given: object) -> Settings:
    """The settings in force; WrongSettings names everything that is wrong, by the variable's own name."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as wrong:
        raise WrongSettings([*_problems(wrong), *_misfits(given, wrong)]) from None


def _problems(wrong: ValidationError) -> list[str]:
    return [line for error in wrong.errors() for line in describe(error, Settings.model_fields)]


def _misfits(given: dict[str, object], wrong: ValidationError) -> list[str]:
    """Whether settings fit together is only looked at once each is right: put something right in the wrong ones."""
    fields = Settings.model_fields
    ids = [find_field(error, fields) for error in wrong.errors() if error["loc"]]
    right = {id: (fields[id].examples or [fields[id].default])[0] for id in ids}
    if not right:
        return []
    try:
        Settings(**{**given, **right})
    except ValidationError as misfits:
        return _problems(misfits)
    return []
