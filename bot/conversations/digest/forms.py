"""The editors' forms: change a line, add words of one's own, pick the question of the week."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.digest.actions import AddWords, ChangeLine, PickQuestion
from bot.conversations.digest.draft_card import tell_line
from bot.model import limits
from bot.model.cards import ChoiceField, Form, Option, TextField, shorten
from bot.texts import Words
from storage.digest_questions import Candidate
from storage.digests import Digest, Line

OWN_WORDS = 500
_CANDIDATE = 220
MOST_CANDIDATES = 10


def change_form(words: Words, digest: Digest, lines: Sequence[Line]) -> Form:
    options = tuple(
        Option(value=line.id, label=shorten(f"{place}. {tell_line(words, line)}", limits.OPTION_LABEL))
        for place, line in enumerate(lines[: limits.OPTIONS], 1)
    )
    whats = (
        Option(value="drop", label=words("digest.change_drop")),
        Option(value="put_back", label=words("digest.change_put_back")),
        Option(value="pin", label=words("digest.change_pin")),
        Option(value="unpin", label=words("digest.change_unpin")),
        Option(value="reword", label=words("digest.change_reword")),
    )
    return Form(
        title=words("digest.change_title"),
        submit=words("digest.change_do"),
        cancel=words("digest.cancel"),
        action=ChangeLine(digest=digest.id, version=digest.version).pack(),
        fields=(
            ChoiceField(id="line", label=words("digest.change_which"), options=options),
            ChoiceField(id="what", label=words("digest.change_what"), options=whats, value="drop"),
            TextField(
                id="text",
                label=words("digest.change_text"),
                hint=words("digest.change_text_hint"),
                required=False,
                multiline=True,
                max_length=OWN_WORDS,
            ),
        ),
    )


def words_form(words: Words, digest: Digest) -> Form:
    return Form(
        title=words("digest.add_title"),
        submit=words("digest.change_do"),
        cancel=words("digest.cancel"),
        action=AddWords(digest=digest.id).pack(),
        fields=(
            TextField(
                id="text",
                label=words("digest.add_text"),
                hint=words("digest.add_text_hint"),
                multiline=True,
                max_length=OWN_WORDS,
            ),
        ),
    )


def pick_form(words: Words, digest: Digest, candidates: Sequence[Candidate]) -> Form:
    """The questions whole above the choice, where an option is too short for them."""
    told = [shorten(candidate.text, _CANDIDATE) for candidate in candidates]
    listed = "\n".join(f"{place}. {text}" for place, text in enumerate(told, 1))
    options = tuple(
        Option(value=candidate.question_id, label=shorten(f"{place}. {text}", limits.OPTION_LABEL))
        for place, (candidate, text) in enumerate(zip(candidates, told, strict=True), 1)
    )
    return Form(
        title=words("digest.pick_title"),
        submit=words("digest.pick_do"),
        cancel=words("digest.cancel"),
        intro=f"{words('digest.pick_intro')}\n\n{listed}",
        action=PickQuestion(digest=digest.id).pack(),
        fields=(ChoiceField(id="question", label=words("digest.pick_which"), options=options),),
    )
