"""What each chat platform is set up with, when it is on, and what must come together.

A platform is one class here, and one name among the bases of `Settings`.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, Field, SecretStr, field_validator

from bot.wrong_settings import variable

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NO_GUID = "00000000-0000-0000-0000-000000000000"


class PlatformSettings(BaseModel):
    """Every platform adds its own to what the ones before it say."""

    @property
    def platforms(self) -> dict[str, bool]:
        """Each platform by the name of its folder, and whether it is on."""
        return {}

    def find_misfits(self, host: str) -> list[str]:
        """What is missing or does not go together, for a server that listens on `host`."""
        return []


class SlackSettings(PlatformSettings):
    slack_bot_token: SecretStr | None = Field(
        None, validation_alias=variable("SLACK_BOT_TOKEN"), description="Bot token of the Slack app (`xoxb-…`)."
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        validation_alias=variable("SLACK_SIGNING_SECRET"),
        description="For Slack over HTTP: proves that a request comes from Slack.",
    )
    slack_app_token: SecretStr | None = Field(
        None,
        validation_alias=variable("SLACK_APP_TOKEN"),
        description="For Slack over Socket Mode (`xapp-…`): no public address needed.",
    )
    slack_api_url: str = Field(
        "https://slack.com/api/",
        validation_alias=variable("SLACK_API_URL"),
        description="Another address of Slack's Web API, for a local Slack.",
    )

    @property
    def platforms(self) -> dict[str, bool]:
        return {**super().platforms, "slack": self.slack_bot_token is not None}

    def find_misfits(self, host: str) -> list[str]:
        problems = super().find_misfits(host)
        parts = (self.slack_bot_token, self.slack_signing_secret, self.slack_app_token)
        if not any(parts):
            return problems
        if self.slack_bot_token is None:
            problems.append("SLACK_BOT_TOKEN is missing: Slack is set up halfway (it begins with xoxb-)")
        if self.slack_signing_secret is None and self.slack_app_token is None:
            problems.append("SLACK_SIGNING_SECRET (over HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing")
        return problems


class TeamsSettings(PlatformSettings):
    teams_app_id: str | None = Field(
        None,
        validation_alias=variable("MicrosoftAppId"),
        description="Application (client) id of the Teams bot.",
        examples=[_NO_GUID],
    )
    teams_app_password: SecretStr | None = Field(
        None, validation_alias=variable("MicrosoftAppPassword"), description="Client secret of the Teams bot."
    )
    teams_app_type: Literal["SingleTenant", "MultiTenant"] | None = Field(
        None,
        validation_alias=variable("MicrosoftAppType"),
        description="`SingleTenant` (the only kind that can still be made) or `MultiTenant`.",
        examples=["SingleTenant"],
    )
    teams_tenant_id: str | None = Field(
        None,
        validation_alias=variable("MicrosoftAppTenantId"),
        description="Directory (tenant) id of the Teams bot.",
        examples=[_NO_GUID],
    )
    teams_local: bool = Field(
        False,
        validation_alias=variable("PROMPT_CLUB_TEAMS_LOCAL"),
        description="`1`: no authentication, for a local Teams client; refused unless the host is loopback.",
    )

    @field_validator("teams_app_id", "teams_tenant_id")
    @classmethod
    def _is_a_guid(cls, id: str | None) -> str | None:
        if id is not None and not _GUID.fullmatch(id):
            raise ValueError(f"a GUID like {_NO_GUID}, from Configuration of the Azure Bot")
        return id

    @property
    def platforms(self) -> dict[str, bool]:
        return {**super().platforms, "teams": self.teams_app_id is not None or self.teams_local}

    def find_misfits(self, host: str) -> list[str]:
        problems = super().find_misfits(host)
        if self.teams_local and host not in LOOPBACK:
            problems.append(
                f"PROMPT_CLUB_TEAMS_LOCAL switches authentication off and PROMPT_CLUB_HOST is {host}: "
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


class WebSettings(PlatformSettings):
    web: bool = Field(
        False,
        validation_alias=variable("PROMPT_CLUB_WEB"),
        description="Serve the local web workspace; `make demo` switches it on.",
    )
    web_secret: SecretStr | None = Field(
        None,
        validation_alias=variable("PROMPT_CLUB_WEB_SECRET"),
        description="Needed to open the web workspace from anywhere but this machine.",
    )

    @property
    def platforms(self) -> dict[str, bool]:
        return {**super().platforms, "web": self.web}

    def find_misfits(self, host: str) -> list[str]:
        problems = super().find_misfits(host)
        if self.web and host not in LOOPBACK and self.web_secret is None:
            problems.append(
                f"PROMPT_CLUB_WEB_SECRET is missing: the web workspace on {host} would be open to everyone; "
                "set a secret, or PROMPT_CLUB_HOST=127.0.0.1"
            )
        return problems
