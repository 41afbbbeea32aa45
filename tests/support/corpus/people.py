"""Invented seafarers and what their resumes say: the truth that a reader is measured against.

It shares nothing with the readers but the protocol's types. A person is made from a seed, the same each time.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from protocol.facts import Certificate, Document, FactsSource, ResumeFacts, SeaService

WRITTEN_ON = date(2026, 10, 1)
LANDS = (
    ("India", "Indian", "+91 0", ("Pune, Maharashtra", "Kochi, Kerala", "Visakhapatnam, Andhra Pradesh")),
    ("Philippines", "Filipino", "0063 ", ("Iloilo, Western Visayas", "Cebu City, Central Visayas")),
    ("Norway", "Norwegian", "+47 ", ("Ålesund, Møre og Romsdal", "Tromsø, Troms")),
    ("Croatia", "Croatian", "00385 0", ("Split, Split-Dalmatia", "Rijeka, Primorje-Gorski Kotar")),
    ("Sri Lanka", "Sri Lankan", "+94 ", ("Galle, Southern Province",)),
    ("Poland", "Polish", "0048 ", ("Gdynia, Pomorskie", "Świnoujście, Zachodniopomorskie")),
    ("Turkey", "Turkish", "+90 0", ("İzmir, Aegean",)),
    ("South Africa", "South African", "+27 0", ("Gqeberha, Eastern Cape",)),
)
GIVEN = (
    "Arjun", "Maria Cristina", "Øystein", "Škerlj", "Nuwan", "Łukasz", "Ayşe", "Thabo", "José",
    "Zoë", "Li",
    "Venkata Satyanarayana", "Jean-Luc", "O'Brien", "Ágnes",
)  # fmt: skip
FAMILY = (
    "Deshvale", "Dela Marina", "Fjordvåg", "Bonačinić", "Wickramakoon", "Żaglowski", "Denizoğlu",
    "Khumalosi",
    "Ng", "van der Zeeman", "Subrahmanyeswara Rao Kallarani", "Smith-Jonesworth", "García Marinero",
)  # fmt: skip
RANKS = (
    "Master", "Chief Officer", "2nd Officer", "3rd Officer", "Chief Engineer", "2nd Engineer", "4th Engineer",
    "Electrical Officer", "Able Seaman", "Bosun", "Motorman", "Chief Cook", "Deck Cadet", "Pumpman",
    "Junior Officer", "AB", "ETO",
)  # fmt: skip
SHIPS = (
    "Bulk Carrier", "Oil Tanker", "Container", "Chemical Tanker", "LNG", "General Cargo", "Ro-Ro", "AHTS",
    "Crude Oil Tanker (VLCC)", "Offshore Supply Vessel", "Multi-Purpose Vessel", "Passenger / Cruise",
)  # fmt: skip
VESSEL = (
    "Ocean", "Northern", "Pacific", "Star", "Golden", "Atlantic", "Wind", "Ever", "Blue", "Saint", "Cape",
    "Polar",
)  # fmt: skip
VESSEL_2 = (
    "Pioneer", "Spirit", "Trader", "Courage", "Bay", "Horizon", "Endeavour", "Navigator II", "Queen", "No. 7",
    "Champion", "of Aberdeenshire",
)  # fmt: skip
FLAGS = (
    "Panama", "Liberia", "Marshall Islands", "Singapore", "Hong Kong", "Malta", "Norway (NIS)",
    "Antigua & Barbuda",
)  # fmt: skip
ENGINES = (
    "MAN B&W 6S50MC-C", "Wärtsilä RT-flex50", "Sulzer 6RTA58", "Mitsubishi UEC", "MaK 8M32C",
    "Wartsila 12V46F", "",
)  # fmt: skip
COMPANIES = (
    "Nordhavn Ship Management", "Blue Anchor Crewing Pvt. Ltd.", "Seabright Shipping", "Oceanic Tankers",
    "Fleetmoor",
    "Harbourline Marine Services (India) Private Limited", "Kestrel Maritime", "Trans-Atlantic Bulk AS",
)  # fmt: skip
COURSES = (
    "Basic Safety Training", "Advanced Fire Fighting", "Medical First Aid", "GMDSS", "ECDIS Generic", "ARPA",
    "Proficiency in Survival Craft & Rescue Boats", "Ship Security Officer", "Tanker Familiarisation",
    "Bridge Resource Management", "High Voltage Safety (Management Level)",
)  # fmt: skip
GRADES = (
    "Master (F.G.)",
    "Chief Mate (F.G.)",
    "2nd Mate",
    "MEO Class I",
    "MEO Class II",
    "OOW Unlimited",
    "ETO",
)
VISAS = ("US Visa C1/D", "Schengen Visa", "Australian MCV Visa", "UK Visa")
AUTHORITIES = (
    "DG Shipping, Mumbai",
    "MARINA, Manila",
    "Norwegian Maritime Authority",
    "MCA",
    "Harbour Master, Rijeka",
)
TOWNS = ("Mumbai", "Manila", "Oslo", "Rijeka", "Colombo", "Gdynia", "Port Elizabeth", "")
AVAILABLE = (
    "Immediate", "From 15-Jan-2027", "Within 30 days", "01/12/2026", "After 2 months, any route",
    "Immediately available",
)  # fmt: skip
LACKING = 0.04
"""How often a fact of the person is missing."""


@dataclass(frozen=True)
class Person:
    """One invented seafarer.

    Attributes:
        truth: what a reader should find.
        residence: town, region and country as the resume writes them; empty when it does not.
    """

    seed: int
    truth: ResumeFacts
    residence: str


def person(seed: int) -> Person:
    """Invent what one resume says."""
    dice = random.Random(f"person {seed}")
    land, nationality, dial, places = dice.choice(LANDS)
    name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}"
    present = dice.choice(RANKS)
    facts = {
        "name": name.upper() if dice.random() < 0.15 else name,
        "present_rank": present,
        "rank_applied_for": present if dice.random() < 0.6 else dice.choice(RANKS),
        "email": f"{'very.long.address.of.' if dice.random() < 0.1 else ''}sea{seed:05d}@example.com",
        "mobile_no": f"{dial}{dice.randint(10, 99)} 555 01{dice.randint(0, 99):02d}",
        "country": land,
        "nationality": nationality,
        "availability": dice.choice(AVAILABLE),
    }
    said = {
        fact: "" if fact != "name" and dice.random() < LACKING else value for fact, value in facts.items()
    }
    birth = None if dice.random() < LACKING else _day(dice, 1962, 2004)
    town = dice.choice(places)
    truth = ResumeFacts(
        source=FactsSource.PDF,
        **said,
        date_of_birth=birth,
        documents=tuple(_documents(dice)),
        certificates=tuple(_certificates(dice)),
        sea_service=tuple(_sea_service(dice, present)),
    )
    return Person(seed, truth, f"{town}, {land}" if truth.country else "")


def _documents(dice: random.Random) -> Iterator[Document]:
    for _ in range(dice.choices((1, 2), (8, 2))[0]):
        yield _document(dice, "Passport", f"{dice.choice('KLMNPZ')}{dice.randint(0, 9_999_999):07d}")
    for _ in range(dice.choices((0, 1, 2), (1, 8, 2))[0]):
        kind = dice.choice(("CDC", "CDC / Seaman Book", "Seaman Book"))
        yield _document(dice, kind, f"{dice.choice(('MUM', 'C', 'SB'))} {dice.randint(0, 999_999):06d}")
    for visa in dice.sample(VISAS, dice.choice((0, 0, 1, 2, 3))):
        yield _document(dice, visa, f"{dice.randint(0, 99_999_999):08d}")


def _document(dice: random.Random, kind: str, number: str) -> Document:
    issued = _day(dice, 2016, 2026)
    return Document(
        kind=kind,
        number=number,
        place=dice.choice(TOWNS),
        issued_on=None if dice.random() < LACKING else issued,
        expires_on=issued + timedelta(days=3652),
    )


def _certificates(dice: random.Random) -> Iterator[Certificate]:
    names = (*dice.sample(GRADES, dice.choice((0, 1, 1, 2))), *dice.sample(COURSES, dice.randint(2, 9)))
    for name in names:
        issued = _day(dice, 2016, 2026)
        yield Certificate(
            name=name,
            number=f"{dice.randint(0, 999_999):06d}"
            if dice.random() < 0.7
            else f"NO/{dice.randint(0, 9999):04d}-B",
            authority=dice.choice(AUTHORITIES),
            issued_on=issued,
            expires_on=issued + timedelta(days=1826) if dice.random() < 0.7 else None,
        )


def _sea_service(dice: random.Random, rank: str) -> Iterator[SeaService]:
    ashore = WRITTEN_ON - timedelta(days=dice.randint(20, 200))
    for _ in range(dice.choices((0, 1, 3, 6, 10, 18, 45), (2, 6, 20, 30, 25, 12, 5))[0]):
        aboard = ashore - timedelta(days=dice.randint(60, 270))
        kilowatts = dice.randint(900, 24_000)
        yield SeaService(
            vessel=f"{dice.choice(('MV', 'MT', 'M.V.'))} {dice.choice(VESSEL)} {dice.choice(VESSEL_2)}",
            vessel_type=dice.choice(SHIPS),
            flag=dice.choice(FLAGS),
            tonnage=dice.choice(
                (
                    f"{dice.randint(900, 180_000)}",
                    f"{dice.randint(900, 9_000)} / {dice.randint(9_001, 99_999)}",
                )
            ),
            engine=dice.choice(ENGINES),
            power=f"{kilowatts} / {round(kilowatts * 1.341)}" if dice.random() < 0.6 else str(kilowatts),
            rank=rank if dice.random() < 0.6 else dice.choice(RANKS),
            company=dice.choice(COMPANIES),
            signed_on=aboard,
            signed_off=ashore if dice.random() > 0.02 else None,
        )
        ashore = aboard - timedelta(days=dice.randint(20, 200))


def _day(dice: random.Random, first: int, last: int) -> date:
    return date(dice.randint(first, last), dice.randint(1, 12), dice.randint(1, 28))
