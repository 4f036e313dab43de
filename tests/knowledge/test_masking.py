"""Masking: what is someone's or secret never survives, and plain office sentences are left as they are."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from knowledge.masking import mask
from tests.knowledge import secrets_made_up as made

BEFORE = st.sampled_from(
    [
        "",
        "Mag dit: ",
        "mail aan ",
        "(",
        '"',
        "van Jan, ",
        "is het oké? ",
        "nr. 5, ",
        "zie\n",
        "ë",
        "klant/",
        "tel:",
        "|",
    ]
)
AFTER = st.sampled_from(["", ".", "?", ", mag dat?", ")", '"', "\n", " voor de klant", "; en dan", "!", "\t", "…"])

ALWAYS_FOUND = {
    "bsn": made.bsns(),
    "national_number": made.national_numbers(),
    "iban": made.ibans(),
    "card": made.cards(),
    "email": made.emails(),
    "phone": made.phones(),
    "secret": made.keys(),
    "ip": made.ip_addresses(),
}


@pytest.mark.parametrize("kind", ALWAYS_FOUND)
@given(data=st.data())
def test_what_is_valid_never_survives_in_any_text(kind: str, data: st.DataObject) -> None:
    value = data.draw(ALWAYS_FOUND[kind])
    text = data.draw(BEFORE) + value + data.draw(AFTER)
    masked = mask(text)
    assert value not in masked.text, masked
    assert made.core_of(value) not in made.core_of(masked.text), masked
    assert kind in masked.kinds


@given(st.data())
def test_several_in_one_text_are_all_masked(data: st.DataObject) -> None:
    values = [data.draw(ALWAYS_FOUND[kind]) for kind in data.draw(st.permutations(list(ALWAYS_FOUND)))]
    masked = mask(", ".join(values))
    for value in values:
        assert value not in masked.text


@given(made.bsns(), st.sampled_from(made.DISGUISES))
def test_no_disguise_hides_digits(number: str, disguise: made.Disguise) -> None:
    masked = mask(f"BSN van de klant: {disguise(number)}")
    assert masked.text == "BSN van de klant: [BSN]"


PIECES = st.one_of(
    *ALWAYS_FOUND.values(),
    st.text(max_size=12),
    st.text("0123456789 .-/+()", max_size=14),
    st.sampled_from(["wachtwoord: ", "password=", "[wachtwoord]", "[BSN]", "token ", "geboren op ", "kenteken "]),
    st.sampled_from(["1234 AB 5", "AB-123-C", "3 maart 1980", "eyJ", "sk-", "@", "://a:", "Bearer "]),
)


@given(st.lists(PIECES, max_size=8).map("".join))
@example("wachtwoord: wachtwoord: wachtwoord: x")
@example("0612345678 0612345678 0612345678")
@example("12345678206123456780612345678")
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)
    assert mask(once.text) == once
    assert once.kinds or once.text == text


MASKED = [
    ("Mag ik BSN 1112.22.333 in Excel zetten?", "Mag ik BSN [BSN] in Excel zetten?", "bsn"),
    ("burgerservicenummer 1234 5672, mag dat?", "burgerservicenummer [BSN], mag dat?", "bsn"),
    ("haar bsn 12345672 staat erin", "haar bsn [BSN] staat erin", "bsn"),
    ("rijksregister 85.07.30-033.28", "rijksregister [rijksregisternummer]", "national_number"),
    ("naar NL91 ABNA 0417 1643 00 overmaken", "naar [IBAN] overmaken", "iban"),
    ("iban: nl91abna0417164300", "iban: [IBAN]", "iban"),
    ("kaart 4111-1111-1111-1111", "kaart [kaartnummer]", "card"),
    ("amex 3782 822463 10005", "amex [kaartnummer]", "card"),
    ("mail Jan.de-Vries+x@sub.voorbeeld.nl even", "mail [e-mailadres] even", "email"),
    ("jan @ voorbeeld.nl of piet (at) voorbeeld.be", "[e-mailadres] of [e-mailadres]", "email"),
    ("bel 06-12345678", "bel [telefoonnummer]", "phone"),
    ("bel 06 12 34 56 78 maar", "bel [telefoonnummer] maar", "phone"),
    ("bel +31 (0)6 12345678", "bel [telefoonnummer]", "phone"),
    ("bel (020) 123 45 67", "bel [telefoonnummer]", "phone"),
    ("bel 02/123.45.67", "bel [telefoonnummer]", "phone"),
    ("gsm 0475 12 34 56", "gsm [telefoonnummer]", "phone"),
    ("call 0044 20 7946 0958 now", "call [telefoonnummer] now", "phone"),
    ("bel 06-01012000 of 06 2000 2010", "bel [telefoonnummer] of [telefoonnummer]", "phone"),
    ("app 31612345678", "app [telefoonnummer]", "phone"),
    ("Mijn wachtwoord is Zomer2024!", "Mijn wachtwoord is [wachtwoord]", "secret"),
    ("wachtwoord: zomer", "wachtwoord: [wachtwoord]", "secret"),
    ("ww: zomer, login: jan", "ww: [wachtwoord], login: jan", "secret"),
    ("Startwachtwoord: Welkom01 voor iedereen", "Startwachtwoord: [wachtwoord] voor iedereen", "secret"),
    ('password = "correct horse battery"', 'password = "[wachtwoord]"', "secret"),
    ("DB_PASSWORD=hunter2", "DB_PASSWORD=[wachtwoord]", "secret"),
    ("wachtwoord Welkom01! mag dat?", "wachtwoord [wachtwoord] mag dat?", "secret"),
    ("met ww geheim1 erin", "met ww [wachtwoord] erin", "secret"),
    ("ww: zomer mag dat in Copilot?", "ww: [wachtwoord] mag dat in Copilot?", "secret"),
    ("wachtwoord van het systeem: Welkom01", "wachtwoord van het systeem: [wachtwoord]", "secret"),
    ("het wachtwoord (Welkom01!) staat erin", "het wachtwoord ([wachtwoord]) staat erin", "secret"),
    ('wachtwoord "zomer" staat erin', 'wachtwoord "[wachtwoord]" staat erin', "secret"),
    ("inlog jan / geheim1", "inlog jan / [wachtwoord]", "secret"),
    ("login: jan/Geheim1! en verder", "login: jan/[wachtwoord] en verder", "secret"),
    ("jan (at) voorbeeld (dot) nl", "[e-mailadres]", "email"),
    ("mail jan at voorbeeld dot nl even", "mail [e-mailadres] even", "email"),
    ("jan[at]sub[dot]voorbeeld[dot]nl", "[e-mailadres]", "email"),
    ("jan apenstaartje voorbeeld punt nl", "[e-mailadres]", "email"),
    ("haar bsn is 111,222,333", "haar bsn is [BSN]", "bsn"),
    ("BSN: 1, 1, 1, 2, 2, 2, 3, 3, 3", "BSN: [BSN]", "bsn"),
    ("bsn 11 122 23 33", "bsn [BSN]", "bsn"),
    ("May I paste jan@voorbeeld.nl into Copilot?", "May I paste [email address] into Copilot?", "email"),
    ("The password is Summer2024!", "The password is [password]", "secret"),
    ("May I share his phone number 06-12345678?", "May I share his phone number [phone number]?", "phone"),
    ("pincode 1234 is van mij; pincode: 4321", "pincode [wachtwoord] is van mij; pincode: [wachtwoord]", "secret"),
    ("de toegangscode van het pand is 55 12", "de toegangscode van het pand is [wachtwoord]", "secret"),
    ("Mijn ww is zomer, mag dat in Copilot?", "Mijn ww is [wachtwoord], mag dat in Copilot?", "secret"),
    ("mijn wachtwoord is sneeuwpop", "mijn wachtwoord is [wachtwoord]", "secret"),
    ("gebruikersnaam jan wachtwoord geheim", "gebruikersnaam jan wachtwoord [wachtwoord]", "secret"),
    ("May I send user jan, password hunter?", "May I send user jan, password [password]?", "secret"),
    ("api key: 12ab34cd56ef", "api key: [sleutel]", "secret"),
    ("Authorization: Bearer abcdef1234567890", "Authorization: Bearer [sleutel]", "secret"),
    ("https://jan:geheim@server.nl/x", "https://jan:[wachtwoord]@server.nl/x", "secret"),
    (
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- mag dat?",
        "[sleutel] mag dat?",
        "secret",
    ),
    ("-----BEGIN PRIVATE KEY-----\nMIIEabc", "[sleutel]", "secret"),
    ("dit a9F3kLm2Qx8Zp0Vt5Rw7Yb1C staat erin", "dit [sleutel] staat erin", "secret"),
    ("server 192.168.1.100 doet het niet", "server [IP-adres] doet het niet", "ip"),
    ("server 2001:db8::8a2e:370:7334", "server [IP-adres]", "ip"),
    ("woont op 1234 AB 12 in Delft", "woont op [adres] in Delft", "address"),
    ("Dorpsstraat 12a, 1234 AB Delft", "[adres] Delft", "address"),
    ("auto met kenteken AB-123-C", "auto met kenteken [kenteken]", "plate"),
    ("kenteken: ab123c", "kenteken: [kenteken]", "plate"),
    ("geboortedatum: 12-03-1980", "geboortedatum: [geboortedatum]", "birth_date"),
    ("geboren op 3 maart 1975 te Gent", "geboren op [geboortedatum] te Gent", "birth_date"),
    ("date of birth March 3, 1975", "date of birth [geboortedatum]", "birth_date"),
]


@pytest.mark.parametrize(("text", "expected", "kind"), MASKED, ids=[case[0][:40] for case in MASKED])
def test_what_people_write(text: str, expected: str, kind: str) -> None:
    masked = mask(text)
    assert masked.text == expected
    assert masked.kinds == (kind,)


HOSTILE = [
    "a", "1", "1 ", "1.", "0 ", "(0)", "11 ", "1234 ", "06-12 ", "01-01-2020 ", "+31 6 ", "0031 6 ", "4111 ",
    "NL91 ", "NL91A", "AA11", "@", "a@", "a@a.", "a.", "(at)", "eyJ", "eyJaaaaaaaa.", "-----BEGIN PRIVATE KEY",
    "-----BEGIN A A A ", "ww=", 'ww="', "wachtwoord: ", "a_key", "key is ", ":", "1:", "://a:", "1234 AB ",
    "1 1234 AB ", "Aa ", " ", "\n", "\u200b", "1\u200b", "１２ ", "geboren op is op ", "kenteken a", "A-1-", "aB3",
    "a at b dot ", "a dot ", " dot", "1,", "wachtwoord van a ", "ww a1", "login a / ", "ww ", "bsn 1,",
    "ww is a ", "ww is ", "user a ww ", "user ww a ", "pin 1 ", "pincode van a ", "pincode 1234",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    def seconds_for(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.process_time()
        mask(text)
        return time.process_time() - began

    # Eight times the length: linear is 8, quadratic 64. The least of a few runs, since machines are shared.
    large = seconds_for(20_000)
    assert large < 0.05 or large < 30 * min(seconds_for(2_500) for _ in range(3))


def test_kinds_come_once_and_in_order() -> None:
    masked = mask("jan@voorbeeld.nl, 06-12345678 en piet@voorbeeld.nl")
    assert masked.text == "[e-mailadres], [telefoonnummer] en [e-mailadres]"
    assert masked.kinds == ("email", "phone")


UNTOUCHED = [
    "Mag ik ChatGPT een klantmail laten schrijven?",
    "Mag ik met Copilot notulen maken van het overleg van 12 november 2026 om 14:30 uur?",
    "De omzet 2024-2025 was € 12.345.678,90, een plus van 3,5%.",
    "Schooljaar 2023-2024, 2024-2025 en 2025/2026 vergelijken",
    "factuur 20260112 en bestelling 123456782, mag dat?",
    "ordernummer 123456782 en KvK 12345672 staan in de mail",
    "Van 01-11-2026 tot 31-12-2026, 09.30-17.00 uur, kamer 12.34",
    "Bijlage 3, artikel 6:162 BW, AVG art. 9 lid 2, ISO 27001:2022 en NEN 7510",
    "Budget: 1.250.000 euro, 45 fte, 3 teams, 100 200 300 stuks",
    "versie 10.2.0.1 van de app en release 4.5.6.7",
    "wachtwoord: hoe verander ik dat? Mijn wachtwoord is verlopen.",
    "Is een wachtwoord delen met AI toegestaan? En een API-sleutel of token?",
    "Mag ik wachtwoorden: opslaan, delen of laten verzinnen door AI?",
    "Mag ik het wachtwoord voor de klant laten verzinnen! En wachtwoorden delen?",
    "Login via pagina / portaal, of met je account bij Windows 11 / Office",
    "zie login: intranet.voorbeeld.nl/pagina2 voor meer",
    "Look at openai.com, we meet at work; zet een punt achter de zin",
    "De bedragen 123,456,782 en 111,222,333 staan in de lijst 1, 2, 3, 4, 5, 6, 7, 8, 9",
    "In 2026 AI 3 keer zoveel gebruiken; in 2025 EU 2 regels",
    "Kan ik een Excel met 1500 adressen, telefoonnummers en e-mailadressen laten opschonen?",
    "May I paste 20 customer names and their phone numbers into ChatGPT?",
    "The token limit is 128000 tokens; the key is to keep it short.",
    "The password is expired, may the bot reset it?",
    "Het wachtwoord is verlopen. Mijn ww is gestopt, het wachtwoord was zwak en het wachtwoord is niet goed.",
    "Gebruikersnaam en wachtwoord vergeten; gebruiker jan wachtwoord vergeten; wachtwoord wijzigen",
    "De gebruiker weet het wachtwoord niet, en een gebruiker met een wachtwoord mag erin",
    "The password is required and a password manager is handy; pin 1000 euro, pincode vergeten",
    "Mag AI een wachtwoord bedenken? Een goed wachtwoord is lang, en veilig delen is belangrijk",
    "A 3-2-1 back-up, Q3 2026, B1-taal, GPT-4o, MS-900, 24/7 en A4",
    "Jaarverslag_2025_Definitief_v2.docx en Notulen-MT-2026-11-03-concept.pdf",
    "https://intranet.voorbeeld.nl/afdelingen/communicatie/huisstijl/sjablonen-2026",
    "#aivoorklanten @jan zie kanaal #mag-dit in Teams of de mail van Piet",
    "geboren in 1980, vergadering-opnemen, arbeidsongeschiktheidsverzekeringsmaatschappij",
    "Het IBAN en BSN van de klant staan in het bestand, mag dat naar DeepL?",
    "om 14:30 100 100 stuks klaar",
    "user story 1234, sprint 12, story points 3 5 8 13 21 34 55",
    "Reken 10 20 30 405 en 12 34 56 78 90 bij elkaar op",
    "Kan ik 5 x 20, 10:30:45 of 12::30 gebruiken? std::vector en a::b",
    "550e8400-e29b-41d4-a716-446655440000 is een kenmerk",
    "Wat is de CO2-uitstoot van 1000 prompts (0,5 kWh per 100)?",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_plain_office_sentences_are_untouched(text: str) -> None:
    masked = mask(text)
    assert masked.text == text
    assert masked.kinds == ()


@given(st.lists(st.sampled_from(made.OFFICE_WORDS), max_size=30).map(" ".join))
def test_plain_words_in_any_order_are_untouched(text: str) -> None:
    assume(not re.search(r"(?:wachtwoord|password) (?:is|was) ", text))  # whatever follows may well be one
    assert mask(text).text == text
