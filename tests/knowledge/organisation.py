"""A second, small organisation with ids of its own: nothing in the code may lean on the default one's."""

from __future__ import annotations

from pathlib import Path

POLICY = """\
version: 3
organisation: {name: Stadsbibliotheek, contact_point: De Balie}
philosophy:
  stance: vervanging
  priority: snelheid
  experimentation: zelf
  statement: {nl: "Proberen mag.", en: "Trying is fine."}
principles:
  - id: eerlijk
    text: {nl: "We zijn eerlijk.", en: "We are honest."}
data_classes:
  - id: groen
    kind: public
    label: {nl: groen, en: green}
    description: {nl: "Voor iedereen.", en: "For everyone."}
    signals: {nl: [folder, affiche], en: [leaflet]}
  - id: geel
    label: {nl: geel, en: yellow}
    description: {nl: "Voor ons.", en: "For us."}
    signals: {nl: [rooster], en: [roster]}
  - id: rood
    label: {nl: rood, en: red}
    description: {nl: "Over leden.", en: "About members."}
    signals: {nl: [lid, leners], en: [borrower]}
policies:
  - {id: huisregels, title: {nl: Huisregels, en: House rules}, owner: Balie}
conditions:
  - id: nalezen
    text: {nl: "Lees het na.", en: "Read it through."}
levels:
  - id: start
    label: {nl: Start, en: Start}
    description: {nl: "Het begin.", en: "The beginning."}
  - id: verder
    label: {nl: Verder, en: Further}
    description: {nl: "Een stap verder.", en: "One step further."}
"""

TOOLS = """\
version: 1
tools:
  - id: boekbot
    name: Boekbot
    aliases: [boek bot, bot]
    status: goedgekeurd
    data_limit: geel
    note: {nl: "Van ons.", en: "Ours."}
  - id: vertaler
    name: Vertaler
    aliases: [bot]
    status: proef
    data_limit: groen
    note: {nl: "In proef.", en: "On trial."}
  - id: luistervink
    name: Luistervink
    aliases: []
    status: niet_toegestaan
    data_limit: null
    note: {nl: "Niet doen.", en: "Do not."}
"""

MATRIX = """\
version: 2
use_cases:
  - id: folder-maken
    title: {nl: "Een folder maken", en: "Making a leaflet"}
    task: schrijven
    description: {nl: "Voor aan de balie.", en: "For the desk."}
    typical_data: groen
    verdicts: {groen: mag, geel: mag_mits, rood: mag_niet}
    conditions: [nalezen]
    why: {nl: "Het is voor iedereen.", en: "It is for everyone."}
    level: start
    principles: [eerlijk]
    policies: [huisregels]
    examples:
      nl: ["Mag een folder met AI?", "Kan de bot een affiche maken?"]
      en: ["May AI make a leaflet?"]
  - id: leners-mailen
    title: {nl: "Leners mailen", en: "Mailing borrowers"}
    task: schrijven
    description: {nl: "Berichten aan leden.", en: "Messages to members."}
    typical_data: rood
    verdicts: {groen: mag, geel: grijs, rood: grijs}
    conditions: [nalezen]
    why: {nl: "Het gaat over mensen.", en: "It is about people."}
    instead: {nl: "Schrijf het zonder naam.", en: "Write it without a name."}
    level: verder
    principles: []
    policies: []
    version: 5
    since: 2026-03-01
    examples:
      nl: ["Mag ik leners mailen met AI?"]
      en: ["May I mail borrowers with AI?"]
"""

PHRASINGS = """\
version: 1
phrasings:
  folder-maken:
    nl: ["foldertje uit de computer"]
  leners-mailen:
    nl: ["herinnering aan een lid"]
    en: ["reminder to a member"]
"""

DIPLOMA = """\
version: 1
validity_months: 12
onboarding_days: 30
reminders:
  staff: [30, 7, -1]
  manager: [-7]
quiet_hours: {from: "19:00", to: "07:30", weekdays_only: true, holidays: BE}
rollout:
  scenario: gefaseerd
  basis_for_all_by: 2027-01-01
  waves:
    - {unit: Balie, level: start, start: 2026-09-01, deadline: 2026-12-01, pilot: true}
functions:
  - {id: baliemedewerker, title: {nl: Balie, en: Desk}, level: start, risk: laag}
roles:
  - {id: iedereen, may: [ask, own_data]}
"""

FILES = {
    "policy.yaml": POLICY,
    "tools.yaml": TOOLS,
    "matrix.yaml": MATRIX,
    "phrasings.yaml": PHRASINGS,
    "diploma.yaml": DIPLOMA,
}


def write_organisation(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replaces what stands in the file exactly once; a test that changes nothing would prove nothing."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
