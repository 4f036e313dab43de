"""The gallery shows every example on every platform, known part for known part, in both languages."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from playwright.async_api import expect

from bot.conversations import find_examples
from bot.model.cards import Card, Form
from bot.pages.gallery import draw_gallery
from bot.pages.preview import draw_preview
from bot.platforms import find_drawings
from knowledge.content import LANGUAGES, Language
from tests.pages.conftest import Visit, is_too_wide
from tests.platforms.web.tree import read_html


@pytest.mark.asyncio(loop_scope="session")
async def test_side_by_side_and_on_a_phone_below_each_other(visit: Visit) -> None:
    count = sum(map(len, find_examples("nl").values()))
    page = await visit("/gallery")
    await expect(page.locator("article")).to_have_count(count)
    drawings = page.locator("article").first.locator(".drawing")
    tops = {round((await drawing.bounding_box() or {})["y"]) for drawing in await drawings.all()}
    assert len(tops) == 1
    phone = await visit("/gallery", phone=True)
    drawings = phone.locator("article").first.locator(".drawing")
    tops = {round((await drawing.bounding_box() or {})["y"]) for drawing in await drawings.all()}
    assert len(tops) == await drawings.count() == len(find_drawings())
    assert not await is_too_wide(phone)


@pytest.mark.asyncio(loop_scope="session")
async def test_another_language_is_one_press_away(visit: Visit) -> None:
    page = await visit("/gallery")
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("All cards")
    await expect(page.locator(".slack").first).to_contain_text("Allowed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_every_payload_is_known(language: Language) -> None:
    page = read_html(draw_gallery(language, find_examples(language), find_drawings()))
    assert [unknown.text for unknown in page.find_all(kind="unknown")] == []
    ids = [element.attributes["id"] for element in page.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_shows_the_texts_of_its_card(language: Language) -> None:
    for examples in find_examples(language).values():
        for example in examples:
            texts = sorted(texts_of(example.card))
            for platform, draw in find_drawings().items():
                preview = draw_preview(draw(example.card))
                assert preview is not None, platform
                shown = " ".join(read_html(preview).text.split())
                missing = [text for text in texts if " ".join(text.split()) not in shown]
                assert missing == [], (platform, example.name)


def texts_of(card: Card | Form) -> set[str]:
    """What must be readable: all words a person reads, but not those that only help a screen reader."""
    if isinstance(card, Form):
        return {field.label for field in card.fields} | {card.submit}
    texts: set[str] = set()
    for element in card.model_dump()["elements"]:
        match element:
            case {"kind": "text", "text": text}:
                texts |= set(text.splitlines()) - {""}
            case {"kind": "bullets", "items": items}:
                texts |= set(items)
            case {"kind": "facts", "facts": facts}:
                texts |= {fact["value"] for fact in facts}
            case {"kind": "buttons", "buttons": buttons}:
                texts |= {button["label"] for button in buttons}
    return {without_sign(text) for text in texts}


def without_sign(text: str) -> str:
    return text.lstrip("✅☑️❔⛔ ")


def test_a_payload_of_an_unknown_platform_is_shown_without_a_picture() -> None:
    def draw(_: Card | Form) -> object:
        return {"kaart": ["<b>nieuw</b>"]}

    page = draw_gallery("nl", find_examples("nl"), {"matrix": draw})
    assert "&lt;b&gt;nieuw" in page
    assert draw_preview({"kaart": []}) is None


@pytest.mark.parametrize(
    "payload",
    [
        {"blocks": [{"type": "video"}, {"type": "section", "text": {"text": "<script>alert(1)</script>"}}]},
        {"type": "AdaptiveCard", "body": [{"type": "Media"}, {"type": "TextBlock", "text": "<script>alert(1)"}]},
    ],
)
def test_what_is_not_known_is_said_and_nothing_becomes_markup(payload: object) -> None:
    preview = draw_preview(payload)
    assert isinstance(preview, Markup)
    assert "<script" not in preview
    assert len(read_html(preview).find_all(kind="unknown")) == 1
