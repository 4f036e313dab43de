"""A refresher in chat: a few questions from the matrix, an explanation after each, and a renewed diploma."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.diploma import actions, refresher_cards
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card
from bot.model.events import Event
from bot.rights import need
from bot.standing import Standing, find_previous_end, find_standing, may_refresh, rules_of, today
from knowledge.content import Verdict
from knowledge.diploma import Permission
from knowledge.diploma_rules import Rules, find_expiry
from knowledge.refresher import Question, draw_questions
from storage import certificates, diploma_nudges, refreshers, register
from storage.certificates import Certificate
from storage.refreshers import Refresher

_AGAIN = timedelta(hours=20)
"""After an attempt that did not go well: the next day, not at once."""
_OFTEN = 10
"""A row that was answered less often says nothing yet."""
_LOOKED = 5


class Refreshing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "opfrisvragen",
            self.show_looks,
            help_key="diploma.help_looks",
            aliases=("refresher-questions",),
            needs=Permission.REVIEW_MATRIX,
        )
        conversation.on_action(actions.StartRefresher, self.start)
        conversation.on_action(actions.AnswerRefresher, self.take_answer)
        conversation.on_action(actions.LookedAt, self.note_looked)

    async def start(self, _: Event, turn: Turn) -> None:
        """One that was begun goes on where it was."""
        assert isinstance(turn.action, actions.StartRefresher)
        rules, level, on = self._rules(turn), turn.action.level, today(turn, self._desk)
        standing = await find_standing(turn.tx, rules, turn.person.id, on)
        if not may_refresh(rules, standing, level, on):
            raise Refused(turn.words("diploma.refresher_not_now"))
        last = await refreshers.find_last(turn.tx, turn.person.id, level)
        if last is not None and last.state == "failed" and turn.now < last.started_at + _AGAIN:
            raise Refused(turn.words("diploma.refresher_tomorrow"))
        goes_on = last is not None and last.state == "open"
        one = last if goes_on and last is not None else await self._begin(turn, rules, standing, level)
        say_privately(turn, refresher_cards.question_card(turn.words, self._desk.knowledge(), one))

    async def _begin(self, turn: Turn, rules: Rules, standing: Standing, level: str) -> Refresher:
        member = await register.find_member(turn.tx, turn.person.id, today(turn, self._desk))
        careful = member is not None and rules.is_high_risk(member.function)
        issued = [one.issued for one in standing.kept if one.passed and one.level == level]
        questions = draw_questions(
            self._desk.knowledge(),
            rules.refresher_questions,
            since=max(issued, default=None),
            wrong=await refreshers.find_wrong(turn.tx, _OFTEN),
            looked_at=await refreshers.list_looked(turn.tx) if careful else None,
            seed=f"{turn.person.id}:{turn.now:%Y-%m-%d}",
        )
        if len(questions) < rules.refresher_questions:
            raise Refused(turn.words("diploma.refresher_not_ready"))
        asked = [asdict(question) for question in questions]
        return await refreshers.begin(turn.tx, turn.person.id, level, asked, turn.now)

    async def take_answer(self, _: Event, turn: Turn) -> None:
        """Judged by what the matrix says now; a row that is gone since is right whatever was answered."""
        action, rules = turn.action, self._rules(turn)
        assert isinstance(action, actions.AnswerRefresher)
        one = await refreshers.find(turn.tx, action.refresher)
        if one is None or one.person_id != turn.person.id or one.state != "open" or one.answered != action.number:
            raise Refused(turn.words("diploma.ask_gone"))
        if action.verdict not in list(Verdict):
            raise Refused(turn.words("diploma.ask_gone"))
        question, given = refresher_cards.read_question(one, one.answered), Verdict(action.verdict)
        right = self._judge(question) or given
        kept = {"given": given.value, "right": given is right}
        state = _end(rules, one, given is right)
        after = replace(one, answers=[*one.answers, kept], answered=one.answered + 1, state=state)
        if not await refreshers.answer(turn.tx, one, kept, after.state):
            raise Refused(turn.words("diploma.ask_gone"))
        knowledge = self._desk.knowledge()
        told = refresher_cards.explain(turn.words, knowledge, question, given, right)
        if after.state == "open":
            turn.show(refresher_cards.question_card(turn.words, knowledge, after, *told))
            return
        until = await self._keep(turn, rules, after)
        turn.show(refresher_cards.end_card(turn.words, knowledge, after, until, *told))

    def _judge(self, question: Question) -> Verdict | None:
        row = self._desk.knowledge().find_use_case(question.row)
        return row.verdicts.get(question.data) if row else None

    async def _keep(self, turn: Turn, rules: Rules, one: Refresher) -> str:
        """The attempt as a row of its own, passed or not; until when it counts."""
        on, passed = today(turn, self._desk), one.state == "passed"
        standing = await find_standing(turn.tx, rules, turn.person.id, on)
        expires = find_expiry(rules, on, find_previous_end(rules, standing, one.level, on)) if passed else None
        evidence = f"refresher {one.id}: {one.right}/{len(one.questions)}"
        certificate = Certificate(
            turn.person.id,
            one.level,
            passed,
            on,
            expires,
            issuer="Prompt Club",
            evidence=evidence,
            source="refresher",
            statement=one.id,
        )
        await certificates.add(turn.tx, certificate, turn.now)
        if passed:
            await diploma_nudges.end(turn.tx, [turn.person.id], rules.levels[: rules.rank(one.level) + 1])
        return turn.words.day(expires) if expires else ""

    def _rules(self, turn: Turn) -> Rules:
        rules = rules_of(self._desk)
        if rules is None:
            raise Refused(turn.words("diploma.none_agreed"))
        return rules

    # ------------------------------------------------------------ security looks first

    async def show_looks(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.REVIEW_MATRIX)
        say_privately(turn, await self._draw_looks(turn))

    async def note_looked(self, _: Event, turn: Turn) -> None:
        """Only of a version that holds: what changed meanwhile comes again."""
        await need(turn, self._desk, Permission.REVIEW_MATRIX)
        assert isinstance(turn.action, actions.LookedAt)
        held = {(row.id, row.version) for row in self._desk.knowledge().use_cases}
        for row, version in turn.action.rows:
            if (row, version) in held:
                await refreshers.note_looked(turn.tx, row, version, turn.person.id, turn.now)
        turn.show(await self._draw_looks(turn))

    async def _draw_looks(self, turn: Turn) -> Card:
        looked, knowledge = await refreshers.list_looked(turn.tx), self._desk.knowledge()
        left = [row for row in knowledge.use_cases if (row.id, row.version) not in looked]
        if not left:
            return Card.of_words(turn.words("diploma.looks_none"))
        questions = [Question(row.id, row.version, row.typical_data) for row in left[:_LOOKED]]
        return refresher_cards.looks_card(turn.words, knowledge, questions, len(left))


def _end(rules: Rules, one: Refresher, right: bool) -> str:
    """Every question is asked, also once it can no longer be passed: each explains something."""
    if one.answered + 1 < len(one.questions):
        return "open"
    return "passed" if one.right + right >= rules.refresher_pass else "failed"
