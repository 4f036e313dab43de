"""surveys.yaml: what teams can be asked, in several versions side by side, and from how many people on it shows."""

from __future__ import annotations

from knowledge.checking import Entry, Once
from knowledge.content import Wording
from knowledge.files.policy import Agreed
from knowledge.surveys import (
    ABOUT_SCALES,
    ABOUT_TEXTS,
    KINDS,
    LEAST_MINIMUM,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    About,
    Kind,
    Option,
    Question,
    Survey,
    SurveyPlan,
)

_WITH_OPTIONS = ("choice", "many", "scale")
_LONGEST_TITLE = 60
_LONGEST_PURPOSE = 400


def read_surveys(file: Entry, agreed: Agreed) -> SurveyPlan:
    """None to start where the organisation has no surveys.yaml."""
    if file.node is None:
        return SurveyPlan()
    fields = file.fields(("version", "surveys"), ("minimum",))
    fields["version"].whole(least=1)
    usual = SurveyPlan()
    versions = Once("give each version of a survey its own number")
    surveys = []
    for entry in fields["surveys"].each():
        survey = _read_survey(entry, agreed)
        versions.note(entry, f"{survey.id} version {survey.version}" if survey.id else "")
        surveys.append(survey)
    minimum = fields["minimum"].whole(least=LEAST_MINIMUM) if "minimum" in fields else usual.minimum
    return SurveyPlan(minimum, tuple(surveys))


def _read_survey(entry: Entry, agreed: Agreed) -> Survey:
    row = entry.fields(("id", "version", "title", "purpose", "questions"))
    ids = Once("give each question of a survey its own id")
    questions = []
    for item in row["questions"].each(least=1):
        question = _read_question(item, agreed)
        ids.note(item, question.id)
        questions.append(question)
    if len(questions) > MOST_QUESTIONS:
        row["questions"].fail(
            f"{len(questions)} questions", f"a form holds at most {MOST_QUESTIONS}; make two of it"
        )
    return Survey(
        id=row["id"].id(),
        version=row["version"].whole(least=1),
        title=_read_wording(row["title"], agreed, _LONGEST_TITLE),
        purpose=_read_wording(row["purpose"], agreed, _LONGEST_PURPOSE),
        questions=tuple(questions),
    )


def _read_question(entry: Entry, agreed: Agreed) -> Question:
    row = entry.fields(("id", "kind", "ask"), ("options", "about"))
    kind = _read_kind(row["kind"])
    options: tuple[Option, ...] = ()
    if kind in _WITH_OPTIONS:
        if "options" not in row:
            entry.fail("no 'options'", "list what can be chosen, as {id: ..., text: {nl: ..., en: ...}}")
        options = _read_options(row["options"], agreed)
    elif "options" in row:
        row["options"].fail(f"options for a question of kind {kind}", "leave them out, or make its kind choice")
    about = _read_about(row["about"], kind) if "about" in row else ""
    return Question(row["id"].id(), kind, _read_wording(row["ask"], agreed, LONGEST_QUESTION), options, about)


def _read_about(entry: Entry, kind: Kind) -> About:
    """Only what somebody writes themselves can become a case; only a scale has two ends to compare."""
    fitting: dict[Kind, tuple[About, ...]] = {"text": ABOUT_TEXTS, "scale": ABOUT_SCALES}
    allowed = fitting.get(kind, ())
    if not allowed:
        entry.fail(f"'about' for a question of kind {kind}", "leave it out, or make its kind text or scale")
        return ""
    named = entry.one_of(allowed)
    return next((about for about in allowed if about == named), "")


def _read_kind(entry: Entry) -> Kind:
    named = entry.one_of(KINDS)
    return next((kind for kind in KINDS if kind == named), "text")


def _read_options(entry: Entry, agreed: Agreed) -> tuple[Option, ...]:
    ids = Once("give each option its own id")
    options = []
    for item in entry.each(least=2):
        row = item.fields(("id", "text"))
        option = Option(row["id"].id(), _read_wording(row["text"], agreed, LONGEST_OPTION))
        ids.note(item, option.id)
        options.append(option)
    if len(options) > MOST_OPTIONS:
        entry.fail(f"{len(options)} options", f"a question has at most {MOST_OPTIONS}; put some together")
    return tuple(options)


def _read_wording(entry: Entry, agreed: Agreed, most: int) -> Wording:
    """A text that fits where it is shown."""
    wording = entry.wording(agreed.languages)
    longest = max(len(wording.nl), len(wording.en))
    if longest > most:
        entry.fail(f"a text of {longest} characters", f"there is room for {most}")
    return wording
