"""Settings: whatever is wrong is said at once, by the name people set it under."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, WrongSettings, load_settings


@pytest.fixture(autouse=True)
def _no_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        for name in field.validation_alias.choices:  # type: ignore[union-attr]
            monkeypatch.delenv(str(name), raising=False)


def problems(monkeypatch: pytest.MonkeyPatch, **variables: str) -> list[str]:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as wrong:
        load_settings()
    return wrong.value.problems


def test_the_defaults_serve_nothing_and_are_right() -> None:
    settings = load_settings()
    assert settings.platforms_on == ()


def test_all_that_is_wrong_comes_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    found = problems(
        monkeypatch,
        PROMPT_CLUB_PORT="abc",
        PROMPT_CLUB_TIME_ZONE="Europe/Utrecht",
        DATABASE_URL="mysql://x",
        PROMPT_CLUB_LOG_FORMAT="xml",
    )
    text = "\n".join(found)
    for name in ("PROMPT_CLUB_PORT", "PROMPT_CLUB_TIME_ZONE", "DATABASE_URL", "PROMPT_CLUB_LOG_FORMAT"):
        assert name in text, text
    assert "Europe/Amsterdam" in text


@pytest.mark.parametrize(
    ("name", "found", "right"),
    [
        ("PROMPT_CLUB_PORT", "abc", "a whole number from 0 to 65535"),
        ("PROMPT_CLUB_PORT", "70000", "a whole number from 0 to 65535"),
        ("PROMPT_CLUB_LOG_LEVEL", "loud", "debug, info, warning or error"),
        ("PROMPT_CLUB_WEB", "maybe", "1 (on) or 0 (off)"),
        ("PROMPT_CLUB_TIME_ZONE", "Europe/Utrecht", "the name of a time zone, such as Europe/Amsterdam"),
        ("MicrosoftAppType", "Single", "SingleTenant or MultiTenant"),
    ],
)
def test_each_says_what_was_found_and_what_would_be_right(
    monkeypatch: pytest.MonkeyPatch, name: str, found: str, right: str
) -> None:
    assert problems(monkeypatch, **{name: found})[0] == f"{name} is {found!r}; right would be {right}"


@pytest.mark.parametrize("name", ["MicrosoftAppId", "MicrosoftAppTenantId"])
def test_an_id_of_microsoft_is_a_guid(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (problem, *_) = problems(monkeypatch, **{name: "promptclub"})
    assert problem.startswith(f"{name} is 'promptclub'; right would be a GUID like 0000")


def test_what_does_not_fit_together_is_told_beside_what_is_wrong_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    found = problems(
        monkeypatch, PROMPT_CLUB_PORT="x", MicrosoftAppId="x", PROMPT_CLUB_WEB="1", PROMPT_CLUB_HOST="0.0.0.0"
    )
    assert [line.split()[0] for line in found] == [
        "PROMPT_CLUB_PORT",
        "MicrosoftAppId",
        "PROMPT_CLUB_WEB_SECRET",
        "MicrosoftAppPassword,",
    ]


def test_an_address_with_a_password_in_it_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = problems(monkeypatch, DATABASE_URL="mysql://club:s3cret@host/db")
    assert problem.startswith("DATABASE_URL is not right; right would be sqlite:///")
    assert "s3cret" not in problem


def test_halves_of_a_platform_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(
        problems(monkeypatch, SLACK_SIGNING_SECRET="s3cret", MicrosoftAppId="x", MicrosoftAppType="SingleTenant")
    )
    assert "SLACK_BOT_TOKEN" in text
    assert "MicrosoftAppPassword" in text
    assert "MicrosoftAppTenantId" in text
    assert "s3cret" not in text, "a secret is never shown"


def test_slack_needs_a_way_in(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SLACK_APP_TOKEN" in "\n".join(problems(monkeypatch, SLACK_BOT_TOKEN="xoxb-1"))


def test_no_authentication_is_for_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(problems(monkeypatch, PROMPT_CLUB_TEAMS_LOCAL="1", PROMPT_CLUB_HOST="0.0.0.0"))
    assert "PROMPT_CLUB_TEAMS_LOCAL" in text


def test_the_workspace_needs_a_secret_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(problems(monkeypatch, PROMPT_CLUB_WEB="1", PROMPT_CLUB_HOST="0.0.0.0"))
    assert "PROMPT_CLUB_WEB_SECRET" in text


def test_a_model_needs_an_address_and_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "PROMPT_CLUB_MODEL_URL" in "\n".join(problems(monkeypatch, PROMPT_CLUB_MODEL_KEY="s3cret"))
    text = "\n".join(problems(monkeypatch, PROMPT_CLUB_MODEL_URL="https://models.example.org/v1"))
    assert "PROMPT_CLUB_MODEL_NAME" in text
    text = "\n".join(problems(monkeypatch, PROMPT_CLUB_MODEL_URL="https://key:s3cret@models.example.org"))
    assert "https://models.example.org/v1" in text and "s3cret" not in text


def test_an_env_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PROMPT_CLUB_PORT=4000\nMicrosoftAppId=\nSOMETHING_ELSE=1\n")
    assert load_settings().port == 4000


def test_what_is_given_wins_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMPT_CLUB_PORT", "4000")
    assert load_settings(port=5000).port == 5000


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-very-secret")
    assert "very-secret" not in repr(load_settings())
