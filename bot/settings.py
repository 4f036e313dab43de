"""All settings, typed, from the environment or a `.env` file; nothing else reads the environment."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.groups import EXAMPLE, WrongGroups, read_groups
from bot.platform_settings import LOOPBACK, SlackSettings, TeamsSettings, WebSettings
from bot.wrong_settings import describe, find_field, variable
from knowledge.library import DEFAULT_FOLDER
from storage.database import WrongDatabaseUrl, as_async_url
from storage.sealing import SHORTEST_KEY

_ADDRESS = re.compile(r"https?://[^\s/?#@]+/?")
_MODEL_ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#@]*)?")


class WrongSettings(Exception):
    """Everything that is wrong with the settings, one line each."""

    def __init__(self, problems: list[str], wrong: Collection[str], rest: Settings) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        self.wrong = wrong
        """Ids of the fields that are wrong by themselves."""
        self.rest = rest
        """The others, with defaults in the place of the wrong ones: only to look what else works."""


class HouseSettings(BaseSettings):
    """What is no chat platform's. Field descriptions are the README's table; a test compares the two."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", populate_by_name=True, hide_input_in_errors=True, env_ignore_empty=True
    )

    database_url: str = Field(
        "sqlite:///var/prompt-club.sqlite",
        validation_alias=variable("DATABASE_URL"),
        description="Where everything is kept: an SQLite file, or `postgresql://…` for more than one machine.",
    )
    knowledge: Path = Field(
        DEFAULT_FOLDER,
        validation_alias=variable("PROMPT_CLUB_KNOWLEDGE"),
        description="Folder with policy.yaml, tools.yaml, matrix.yaml and diploma.yaml; by default the starter.",
    )
    host: str = Field(
        "127.0.0.1", validation_alias=variable("PROMPT_CLUB_HOST"), description="Address the server listens on."
    )
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        3978, validation_alias=variable("PROMPT_CLUB_PORT"), description="Port the server listens on."
    )
    url: str | None = Field(
        None,
        validation_alias=variable("PROMPT_CLUB_URL"),
        description="Public address of the pages, for links in messages; by default `http://<host>:<port>`.",
        examples=["https://promptclub.example.org"],
    )
    time_zone: str = Field(
        "Europe/Amsterdam",
        validation_alias=variable("PROMPT_CLUB_TIME_ZONE"),
        description="The organisation's time zone, for people whose own is not known.",
    )
    cache: Path = Field(
        Path("var/cache"),
        validation_alias=variable("PROMPT_CLUB_CACHE"),
        description="Folder for what can be computed again: vectors of the knowledge.",
    )
    audit: Path = Field(
        Path("var/audit"),
        validation_alias=variable("PROMPT_CLUB_AUDIT"),
        description="Folder for the audit log's anchors, and its key where none is set; best on another disk than "
        "the database.",
    )
    audit_key: SecretStr | None = Field(
        None,
        validation_alias=variable("PROMPT_CLUB_AUDIT_KEY"),
        description="Seals the audit log, 16 characters or more; the same on all machines. Made at first use where "
        "none is set.",
    )
    lab: str | None = Field(
        None,
        validation_alias=variable("PROMPT_CLUB_LAB"),
        description="Channel of the AI Lab, as `slack:C0123456789`, `teams:19:…@thread.tacv2` or `web:ai-lab`.",
    )
    admins: str = Field(
        "",
        validation_alias=variable("PROMPT_CLUB_ADMINS"),
        description="E-mail addresses, with commas between, of who may always manage roles and settings, "
        "and hears it when a knowledge file is broken.",
    )
    feed_token: SecretStr | None = Field(
        None,
        validation_alias=variable("PROMPT_CLUB_FEED_TOKEN"),
        description="Lets another system send people and certificates to `/api/people` and `/api/certificates`; 16 "
        "characters or more.",
    )
    role_groups: str = Field(
        "",
        validation_alias=variable("PROMPT_CLUB_ROLE_GROUPS"),
        description="Who is in a Slack user group or a Teams team has a role, as `ai_lab=slack:S0123ABCD`, with "
        "commas between.",
    )
    ask_above: Annotated[int, Field(ge=1)] = Field(
        50,
        validation_alias=variable("PROMPT_CLUB_ASK_ABOVE"),
        description="Who is about to send something to more people than this is asked once more, with the number.",
    )
    log_format: Literal["json", "console"] = Field(
        "json", validation_alias=variable("PROMPT_CLUB_LOG_FORMAT"), description="`json` or `console`."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info",
        validation_alias=variable("PROMPT_CLUB_LOG_LEVEL"),
        description="`debug`, `info`, `warning`, `error`.",
    )

    model_url: str | None = Field(
        None,
        validation_alias=variable("PROMPT_CLUB_MODEL_URL"),
        description="A language model of your own that helps to read questions, as an OpenAI-compatible address.",
        examples=["https://models.example.org/v1"],
    )
    model_name: str | None = Field(
        None, validation_alias=variable("PROMPT_CLUB_MODEL_NAME"), description="The name of that model."
    )
    model_key: SecretStr | None = Field(
        None,
        validation_alias=variable("PROMPT_CLUB_MODEL_KEY"),
        description="The key of that model, if it asks one.",
    )

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as problem:
            raise ValueError("the name of a time zone, such as Europe/Amsterdam") from problem
        return zone

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

    @field_validator("role_groups")
    @classmethod
    def _are_groups(cls, groups: str) -> str:
        try:
            read_groups(groups)
        except WrongGroups as problem:
            raise ValueError(f"role=platform:group, such as {EXAMPLE}") from problem
        return groups

    @field_validator("audit_key")
    @classmethod
    def _is_a_key(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and len(key.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(f"at least {SHORTEST_KEY} characters, such as `openssl rand -hex 32` gives")
        return key

    @field_validator("feed_token")
    @classmethod
    def _is_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and len(token.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(f"at least {SHORTEST_KEY} characters, such as `openssl rand -hex 32` gives")
        return token

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


class Settings(TeamsSettings, SlackSettings, WebSettings, HouseSettings):
    """All of it. Platforms stand here by name and nowhere else above their own folder."""

    @property
    def platforms_on(self) -> tuple[str, ...]:
        return tuple(name for name, on in self.platforms.items() if on)

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        if problems := self.find_misfits(self.host):
            raise ValueError("\n".join(problems))
        return self

    def find_misfits(self, host: str) -> list[str]:
        problems = super().find_misfits(host)
        if self.model_url is not None and self.model_name is None:
            problems.append(
                "PROMPT_CLUB_MODEL_NAME is missing: PROMPT_CLUB_MODEL_URL says where, and not which model"
            )
        if self.model_url is None and (self.model_name or self.model_key):
            problems.append("PROMPT_CLUB_MODEL_URL is missing: the model has a name or a key, and no address")
        return problems


class _Unfitting(Settings):
    """Settings that need not go together."""

    def find_misfits(self, host: str) -> list[str]:
        return []


def load_settings(**given: object) -> Settings:
    """The settings in force; WrongSettings names everything that is wrong, by the variable's own name."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as wrong:
        fields = Settings.model_fields
        ids = [find_field(error, fields) for error in wrong.errors() if error["loc"]]
        rest = _Unfitting(**{**given, **{id: fields[id].default for id in ids}})
        raise WrongSettings([*_problems(wrong), *_misfits(given, ids)], ids, rest) from None


def _problems(wrong: ValidationError) -> list[str]:
    return [line for error in wrong.errors() for line in describe(error, Settings.model_fields)]


def _misfits(given: dict[str, object], wrong: list[str]) -> list[str]:
    """Whether settings fit together is only looked at once each is right: put something right in the wrong ones."""
    if not wrong:
        return []
    fields = Settings.model_fields
    try:
        Settings(**{**given, **{id: (fields[id].examples or [fields[id].default])[0] for id in wrong}})
    except ValidationError as misfits:
        return _problems(misfits)
    return []
