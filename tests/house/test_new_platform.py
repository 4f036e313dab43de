"""A third chat platform is one folder and one name in the settings: a made-up one is found by all who look."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from pydantic import Field

from bot import platforms
from bot.app import App, lab_place
from bot.commands.check import check_settings
from bot.commands.check_channels import check_channel
from bot.platform_settings import PlatformSettings
from bot.platforms import Wiring, build_platforms, find_drawings
from bot.settings import Settings
from bot.wrong_settings import variable
from tests.platforms.reading import read
from tests.platforms.stage import find_stages

_FILES = {
    "__init__": "",
    "render": "def draw(card):\n    return card.summary\n",
    "checking": """
async def check(settings):
    return [("pigeons", settings.pigeon_loft != "", "in " + settings.pigeon_loft)]

async def check_channel(settings, channel):
    return channel == "roof", "they sit on the roof"
""",
    "adapter": """
from aiohttp import web

class Pigeons:
    name = "pigeon"

    async def start(self): ...
    async def stop(self): ...

    def routes(self):
        return [web.get("/pigeon", self.land)]

    async def land(self, request):
        return web.Response(text="roekoe")

def build(wiring):
    return Pigeons()
""",
}


class PigeonSettings(PlatformSettings):
    pigeon_loft: str | None = Field(None, validation_alias=variable("PIGEON_LOFT"), description="Where they live.")

    @property
    def platforms(self) -> dict[str, bool]:
        return {**super().platforms, "pigeon": self.pigeon_loft is not None}

    def find_misfits(self, host: str) -> list[str]:
        return [*super().find_misfits(host), *(["no loft"] if self.pigeon_loft == "none" else [])]


class SettingsWithPigeons(PigeonSettings, Settings):
    """What `Settings` is with one more name among its bases."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The package of a platform that is not in the house, and a place beside it for its tests."""
    package = tmp_path / "pigeon"
    package.mkdir()
    for name, source in _FILES.items():
        (package / f"{name}.py").write_text(source)
    platforms.__path__.append(str(tmp_path))
    yield tmp_path
    platforms.__path__.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("bot.platforms.pigeon")]:
        del sys.modules[name]


def make_settings(folder: Path, loft: str | None = "the attic", **more: object) -> Settings:
    database = f"sqlite:///{folder}/club.sqlite"
    return SettingsWithPigeons(_env_file=None, database_url=database, cache=folder, pigeon_loft=loft, **more)


def test_the_settings_say_whether_it_is_on(folder: Path) -> None:
    assert make_settings(folder).platforms_on == ("pigeon",)
    assert make_settings(folder, None, web=True).platforms_on == ("web",)
    with pytest.raises(ValueError, match="no loft"):
        make_settings(folder, "none")


async def test_it_is_built_and_served(folder: Path) -> None:
    wiring = Wiring(make_settings(folder), None, None)  # type: ignore[arg-type]
    assert [platform.name for platform in build_platforms(wiring)] == ["pigeon"]
    house = App(make_settings(folder), read=read)
    async with TestClient(TestServer(house.make_site())) as client:
        assert await (await client.get("/pigeon")).text() == "roekoe"
    await house.database.dispose()


async def test_it_is_checked_with_its_channels(folder: Path) -> None:
    assert ("pigeons", True, "in the attic") in await check_settings(make_settings(folder))
    assert await check_channel(make_settings(folder), "pigeon:roof") == (True, "they sit on the roof")
    assert (await check_channel(make_settings(folder), "pigeon:cellar"))[0] is False


def test_the_lab_may_sit_there(folder: Path) -> None:
    place = lab_place(make_settings(folder, lab="pigeon:roof"))
    assert place is not None
    assert (place.platform, place.id) == ("pigeon", "roof")
    assert lab_place(make_settings(folder, None, lab="pigeon:roof")) is None


def test_the_gallery_and_the_contract_suite_find_it(folder: Path) -> None:
    assert "pigeon" in find_drawings()
    assert find_stages(folder) == ["pigeon"]
