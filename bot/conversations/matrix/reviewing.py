"""Does it still hold? Owners say yes, change it or hand it over; a new version of a policy asks it at once."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.matrix import actions, review_cards
from bot.conversations.matrix.forms import WHY
from bot.conversations.matrix.looking_after import LookingAfter
from bot.desk import Desk
from bot.links import say_privately
from bot.model.cards import Card, shorten
from bot.model.events import Event, Pressed, Submitted
from bot.rights import need
from bot.texts import words_in
from knowledge.content import UseCase
from knowledge.diploma import Permission
from knowledge.masking import mask
from storage import audit, matrix, matrix_reviews, people
from storage.matrix_reviews import Review

_POLICY = "policy:"


class Reviewing:
    def __init__(self, desk: Desk, looking: LookingAfter) -> None:
        self._desk = desk
        self._looking = looking

    def register(self, conversation: Conversation) -> None:
        words, right = ("review",), Permission.EDIT_MATRIX
        conversation.on_command(
            "nakijken", self.show_due, help_key="matrix.help_review", aliases=words, needs=right
        )
        conversation.on_action(actions.ShowDue, self.show_due)
        conversation.on_action(actions.StillHolds, self.still_holds)
        conversation.on_action(actions.OpenHandOver, self.open_hand_over)
        conversation.on_form(actions.HandOver, self.hand_over)
        conversation.on_command(
            "beleid", self.show_policies, help_key="matrix.help_policy", aliases=("policy",), needs=right
        )
        conversation.on_action(actions.OpenPolicy, self.open_policy)
        conversation.on_form(actions.AddPolicyVersion, self.add_policy_version)

    async def show_due(self, _: Event, turn: Turn) -> None:
        """The row that has waited longest for this person."""
        say_privately(turn, await self._draw_next(turn))

    async def _draw_next(self, turn: Turn) -> Card:
        waiting = await self._looking.find_waiting(turn, turn.person.id)
        if not waiting:
            return Card.of_words(turn.words("matrix.review_none"))
        knowledge, words, review = self._desk.knowledge(), turn.words, waiting[0]
        row = knowledge.get_use_case(review.ref)
        seen = review.reviewed_at.date() if review.reviewed_at else row.since
        return review_cards.review_card(
            words,
            knowledge,
            row,
            why=await self._say_why(turn, review),
            waiting=len(waiting),
            last_seen=words("matrix.last_seen", day=words.day(seen)) if seen else words("matrix.never_seen"),
        )

    async def _say_why(self, turn: Turn, review: Review) -> str:
        words = turn.words
        if review.because is None or not review.because.startswith(_POLICY):
            return words("matrix.review_date", day=words.day(review.due_at.date()))
        id = review.because.removeprefix(_POLICY)
        documents = {
            one.id: one.title.in_language(words.language) for one in self._desk.knowledge().policy.documents
        }
        version = (await matrix_reviews.list_policy_versions(turn.tx)).get(id)
        return words("matrix.review_policy", title=documents.get(id, id), what=version.what if version else "")

    async def still_holds(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.StillHolds)
        row = await self._get_own(turn, turn.action.row)
        await self._confirm(turn, row)
        turn.show(await self._draw_next(turn))

    async def _confirm(self, turn: Turn, row: UseCase) -> None:
        before = await matrix_reviews.find_review(turn.tx, row.id)
        days = timedelta(days=self._desk.knowledge().review_days)
        await matrix_reviews.confirm(turn.tx, row.id, due_at=turn.now + days, by=turn.person.id, now=turn.now)
        if before is not None and before.because is not None:
            await self._looking.note_change(turn)
        await self._audit(turn, "matrix.reviewed", f"row:{row.id}")

    async def open_hand_over(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenHandOver)
        row = await self._get_own(turn, turn.action.row)
        turn.open(review_cards.hand_over_form(turn.words, row.id))

    async def hand_over(self, event: Submitted, turn: Turn) -> None:
        """To a colleague who may change it; to the AI Lab where nobody is named."""
        assert isinstance(turn.action, actions.HandOver)
        row = await self._get_own(turn, turn.action.row)
        email = str(event.values.get("who") or "").strip()
        person = await people.find_by_email(turn.tx, email) if email else None
        if email and (person is None or not await self._looking.may_own(turn, person.id)):
            form = review_cards.hand_over_form(turn.words, row.id).with_values(event.values)
            turn.form_errors(form, {"who": turn.words("matrix.hand_over_unknown")})
            return
        await matrix_reviews.hand_over(turn.tx, row.id, person.id if person else None)
        await self._audit(turn, "matrix.handed_over", f"row:{row.id}", to=person.id if person else "lab")
        title = row.title.in_language(turn.language)
        turn.show(Card.of_words(turn.words("matrix.handed_over", title=title)))
        if person is not None and person.id != turn.person.id:
            words = words_in(person.language)
            said = words("matrix.handed_to_you", title=row.title.in_language(words.language), name=turn.person.name)
            turn.tell(person.id, Card.of_words(said))

    async def _get_own(self, turn: Turn, ref: str) -> UseCase:
        """Its owner, or anybody who may change the matrix."""
        review = await matrix_reviews.find_review(turn.tx, ref)
        mine = review is not None and review.owner_id == turn.person.id
        if not (mine and await self._looking.may_own(turn, turn.person.id)):
            await need(turn, self._desk, Permission.EDIT_MATRIX)
        row = self._desk.knowledge().find_use_case(ref)
        if row is None or review is None:
            raise Refused(turn.words("matrix.row_gone"))
        return row

    # ------------------------------------------------------------ policies

    async def show_policies(self, _: Event, turn: Turn) -> None:
        await need(turn, self._desk, Permission.EDIT_MATRIX)
        newest = await matrix_reviews.list_policy_versions(turn.tx)
        documents = [(one, len(self._find_leaning(one.id))) for one in self._desk.knowledge().policy.documents]
        say_privately(turn, review_cards.policies_card(turn.words, documents, newest))

    def _find_leaning(self, policy: str) -> list[str]:
        return [row.id for row in self._desk.knowledge().use_cases if policy in row.policies]

    async def open_policy(self, _: Pressed, turn: Turn) -> None:
        await need(turn, self._desk, Permission.EDIT_MATRIX)
        turn.open(review_cards.policy_form(turn.words, self._desk.knowledge().policy.documents))

    async def add_policy_version(self, event: Submitted, turn: Turn) -> None:
        """The rows that lean on it say that they are being reviewed, until somebody looked."""
        await need(turn, self._desk, Permission.EDIT_MATRIX)
        documents = {one.id: one for one in self._desk.knowledge().policy.documents}
        document = documents.get(str(event.values.get("policy")))
        what = mask(str(event.values.get("what") or "").strip()).text[:WHY]
        if document is None or not what:
            form = review_cards.policy_form(turn.words, list(documents.values())).with_values(event.values)
            turn.form_errors(form, {"policy" if document is None else "what": turn.words("matrix.fill_in")})
            return
        await matrix.lock(turn.tx)  # one number each
        version = await matrix_reviews.add_policy_version(
            turn.tx, document.id, what, by=turn.person.id, now=turn.now
        )
        leaning = self._find_leaning(document.id)
        await self._looking.plan_reviews(turn)
        await matrix_reviews.note_because(turn.tx, leaning, shorten(f"{_POLICY}{document.id}", 120))
        await self._looking.note_change(turn)
        await self._looking.ask_owners(turn, f"{document.id}:{version}")
        await self._audit(
            turn, "matrix.policy_version", f"policy:{document.id}", version=version, rows=len(leaning)
        )
        title = document.title.in_language(turn.language)
        say_privately(turn, Card.of_words(turn.words("matrix.policy_added", title=title, n=len(leaning))))

    async def _audit(self, turn: Turn, act: str, about: str, **details: str | int) -> None:
        await audit.add(turn.tx, actor=turn.person.id, act=act, about=about, details=details, now=turn.now)
