"""diploma.yaml: who needs which level by when, who is reminded when, and who may do what in the bot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from knowledge.checking import Entry, Fields, Once
from knowledge.files.policy import Agreed
from knowledge.yaml_lines import plain

_CLOCK_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_YEARS_DAY = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_ADDRESS = re.compile(r"https?://[^\s<>\"|]{1,2000}")
_SECTIONS = (
    "version", "validity_months", "onboarding_days", "reminders",
    "quiet_hours", "rollout", "functions", "roles",
)  # fmt: skip


class Risk(StrEnum):
    LOW = "laag"
    MIDDLE = "midden"
    HIGH = "hoog"


class Scenario(StrEnum):
    AT_ONCE = "ineens"
    PHASED = "gefaseerd"
    HYBRID = "hybride"


class Permission(StrEnum):
    """What a role may do in the bot."""

    ASK = "ask"
    SHARE_CASE = "share_case"
    OWN_DATA = "own_data"
    START_SURVEY = "start_survey"
    SEE_TEAM = "see_team"
    TRIAGE = "triage"
    EDIT_MATRIX = "edit_matrix"
    EDIT_TOOLS = "edit_tools"
    APPROVE_DIGEST = "approve_digest"
    SEE_USAGE = "see_usage"
    MANAGE_CERTIFICATES = "manage_certificates"
    SEE_ALL_CERTIFICATES = "see_all_certificates"
    PLAN_ROLLOUT = "plan_rollout"
    MANAGE_PEOPLE = "manage_people"
    EXPORT_AUDIT = "export_audit"
    REVIEW_MATRIX = "review_matrix"
    REVIEW_TOOLS = "review_tools"
    SEE_AGGREGATES = "see_aggregates"
    SEE_WHAT_IS_STORED = "see_what_is_stored"
    ADOPT_POLICY = "adopt_policy"
    MANAGE_ROLES = "manage_roles"
    MANAGE_SETTINGS = "manage_settings"


def read_diploma(file: Entry, agreed: Agreed) -> Mapping[str, object]:
    """The file's content, checked; empty where the organisation has no diploma."""
    if file.node is None:
        return {}
    before = file.findings.count
    fields = file.fields(_SECTIONS, ("expiry", "academy", "refresher"))
    fields["version"].whole(least=1)
    fields["validity_months"].whole(least=1)
    fields["onboarding_days"].whole()
    reminders = fields["reminders"].fields(("staff", "manager"))
    for who in ("staff", "manager"):
        _check_reminder_days(reminders[who])
    _check_quiet_hours(fields["quiet_hours"])
    _check_rollout(fields["rollout"], agreed)
    if "expiry" in fields:
        _check_expiry(fields["expiry"])
    if "academy" in fields:
        _check_academy(fields["academy"])
    if "refresher" in fields:
        _check_refresher(fields["refresher"], agreed)
    _check_functions(fields["functions"], agreed)
    _check_roles(fields["roles"], agreed)
    content = plain(file.node) if file.findings.count == before else {}
    assert isinstance(content, dict)
    return content


def _check_reminder_days(entry: Entry) -> None:
    once = Once("keep one of the two")
    for item in entry.each():
        once.note(item, str(item.whole(least=-3650)))


def _check_quiet_hours(entry: Entry) -> None:
    fields = entry.fields(("from", "to"), ("weekdays_only", "holidays"))
    for key in ("from", "to"):
        time = fields[key].text()
        if time and not _CLOCK_TIME.fullmatch(time):
            fields[key].fail(f"'{time}'", 'write a time as hours and minutes in quotes, such as "18:00"')
    fields["weekdays_only"].flag()
    if not fields["holidays"].is_null():
        fields["holidays"].text()


def _check_rollout(entry: Entry, agreed: Agreed) -> None:
    fields = entry.fields(("scenario", "waves"), ("basis_for_all_by",))
    fields["scenario"].one_of(tuple(Scenario))
    fields["basis_for_all_by"].day()
    for item in fields["waves"].each():
        wave = item.fields(("unit", "level", "start", "deadline"), ("pilot",))
        wave["unit"].text()
        wave["level"].one_of(agreed.among("levels"))
        start, deadline = wave["start"].day(), wave["deadline"].day()
        if start and deadline and deadline < start:
            wave["deadline"].fail(f"{deadline}", f"the deadline comes after the start, {start}")
        wave["pilot"].flag()


def _check_expiry(entry: Entry) -> None:
    fields = entry.fields(("rule",), ("window_days", "day"))
    fields["rule"].one_of(("afronding", "vorige", "vaste_dag"))
    fields["window_days"].whole()
    day = fields["day"].text() if "day" in fields else ""
    if day and not _YEARS_DAY.fullmatch(day):
        fields["day"].fail(f"'{day}'", 'write a month and a day in quotes, such as "12-31"')


def _check_refresher(entry: Entry, agreed: Agreed) -> None:
    fields = entry.fields(("renews",), ("questions", "pass"))
    for level in fields["renews"].each():
        level.one_of(agreed.among("levels"))
    number = fields["questions"].whole(least=1) if "questions" in fields else 8
    needed = fields["pass"].whole(least=1) if "pass" in fields else 1
    if number and needed and needed > number:
        fields["pass"].fail(f"{needed}", f"at most the number of questions, {number}")


def _check_academy(entry: Entry) -> None:
    url = entry.fields(("url",))["url"]
    if not _ADDRESS.fullmatch(url.text()):
        url.fail(f"'{url.text()[:60]}'", "write the whole address, such as https://academie.example.org/ai")


def _check_functions(entry: Entry, agreed: Agreed) -> None:
    ids = Once("give each function its own id")
    for item in entry.each():
        row = item.fields(("id", "title", "level", "risk"), ("critical_process",))
        _check_id(row, ids)
        row["title"].wording(agreed.languages)
        row["level"].one_of(agreed.among("levels"))
        row["risk"].one_of(tuple(Risk))
        row["critical_process"].text()


def _check_roles(entry: Entry, agreed: Agreed) -> None:
    ids = Once("give each role its own id")
    for item in entry.each(least=1):
        row = item.fields(("id", "may"), ("title", "everyone"))
        _check_id(row, ids)
        if "title" in row:
            row["title"].wording(agreed.languages)
        for permission in row["may"].each():
            permission.one_of(tuple(Permission))
        row["everyone"].flag()


def _check_id(row: Fields, ids: Once) -> None:
    ids.note(row["id"], row["id"].id())
