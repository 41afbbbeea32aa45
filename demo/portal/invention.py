"""Words from which synthetic seafarers are made. Every name, company, ship and number is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Homeland:
    """Where an invented seafarer comes from.

    Attributes:
        places: city and state (or province) pairs.
        dial: how the country's numbers are written, ``+`` or leading zeros included.
    """

    country: str
    nationality: str
    authority: str
    dial: str
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    places: tuple[tuple[str, str], ...]


HOMELANDS: tuple[Homeland, ...] = (
    Homeland(
        "India",
        "Indian",
        "DG Shipping, Mumbai",
        "+91 0",
        ("Arjun", "Rohan", "Vikram", "Sanjay", "Meera", "Karthik", "Nikhil", "Anjali", "Dev", "Harish"),
        ("Kallarani", "Deshvale", "Pillaikar", "Rathodan", "Menonath", "Shettigar", "Vermani", "Iyerwal"),
        (("Mumbai", "Maharashtra"), ("Kochi", "Kerala"), ("Chennai", "Tamil Nadu")),
    ),
    Homeland(
        "Philippines",
        "Filipino",
        "MARINA, Manila",
        "0063 ",
        ("Jomar", "Rodel", "Maricel", "Arnel", "Jericho", "Ronaldo", "Cherry", "Efren", "Danilo", "Gemma"),
        ("Batungsol", "Dela Marina", "Macaraegan", "Salvadoran", "Bautistero", "Lumibaol", "Quiambay"),
        (("Iloilo", "Western Visayas"), ("Cebu", "Central Visayas"), ("Manila", "NCR")),
    ),
    Homeland(
        "Ukraine",
        "Ukrainian",
        "Shipping Administration, Odesa",
        "+380 ",
        ("Oleksii", "Dmytro", "Iryna", "Taras", "Bohdan", "Yurii", "Serhii", "Oksana"),
        ("Kovalyshyn", "Morozenkiv", "Chornomorets", "Havanenko", "Prystankiv", "Shtormiak"),
        (("Odesa", "Odesa"), ("Mykolaiv", "Mykolaiv"), ("Kherson", "Kherson")),
    ),
    Homeland(
        "Indonesia",
        "Indonesian",
        "DGST, Jakarta",
        "0062 ",
        ("Agus", "Budi", "Dewi", "Hendra", "Rizky", "Wahyu", "Sari", "Yoga"),
        ("Samudrawan", "Lautanto", "Pelabuhan", "Nusantoro", "Karangjaya", "Wijayadi"),
        (("Surabaya", "East Java"), ("Makassar", "South Sulawesi"), ("Jakarta", "DKI Jakarta")),
    ),
    Homeland(
        "Norway",
        "Norwegian",
        "Sjofartsdirektoratet, Haugesund",
        "+47 ",
        ("Sindre", "Håkon", "Ingrid", "Øystein", "Leif", "Solveig", "Torbjørn"),
        ("Fjordvåg", "Skjærholm", "Brenningnes", "Nordlysvik", "Havstrøm", "Ørneskår"),
        (("Bergen", "Vestland"), ("Ålesund", "Møre og Romsdal"), ("Tromsø", "Troms")),
    ),
    Homeland(
        "Croatia",
        "Croatian",
        "Harbour Master, Rijeka",
        "00385 0",
        ("Ante", "Luka", "Ivana", "Marko", "Josip", "Tomislav"),
        ("Bonačinić", "Morskić", "Jadranović", "Škerljanac", "Burazinić"),
        (("Split", "Split-Dalmatia"), ("Rijeka", "Primorje"), ("Zadar", "Zadar")),
    ),
    Homeland(
        "Greece",
        "Greek",
        "Ministry of Shipping, Piraeus",
        "+30 ",
        ("Nikos", "Yannis", "Eleni", "Stavros", "Kostas", "Petros"),
        ("Thalassakis", "Anemoudis", "Karavelas", "Pontikaris", "Limenidis"),
        (("Piraeus", "Attica"), ("Chios", "North Aegean"), ("Thessaloniki", "Macedonia")),
    ),
    Homeland(
        "Poland",
        "Polish",
        "Maritime Office, Gdynia",
        "0048 ",
        ("Piotr", "Krzysztof", "Agnieszka", "Marcin", "Paweł", "Wojciech"),
        ("Morzewski", "Żaglowski", "Wiatrak", "Portowicz", "Kotwicki"),
        (("Gdynia", "Pomerania"), ("Szczecin", "West Pomerania")),
    ),
    Homeland(
        "Turkey",
        "Turkish",
        "Harbour Master, Istanbul",
        "+90 0",
        ("Emre", "Mehmet", "Ayşe", "Kerem", "Okan", "Selim"),
        ("Denizoğlu", "Yelkenci", "Limanbay", "Kaptanser", "Dalgaçer"),
        (("Istanbul", "Marmara"), ("Izmir", "Aegean"), ("Mersin", "Mediterranean")),
    ),
    Homeland(
        "Ghana",
        "Ghanaian",
        "Ghana Maritime Authority",
        "0233 ",
        ("Kwame", "Kofi", "Akosua", "Yaw", "Kojo"),
        ("Asantewor", "Mensahene", "Owusukpo", "Boatengwa"),
        (("Tema", "Greater Accra"), ("Takoradi", "Western")),
    ),
    Homeland(
        "Vietnam",
        "Vietnamese",
        "VINAMARINE, Hai Phong",
        "+84 0",
        ("Minh", "Thanh", "Quang", "Linh", "Hoang"),
        ("Nguyenhai", "Tranbien", "Phamsong", "Vutau"),
        (("Hai Phong", "Red River Delta"), ("Vung Tau", "Southeast")),
    ),
    Homeland(
        "Georgia",
        "Georgian",
        "Maritime Transport Agency, Batumi",
        "00995 ",
        ("Giorgi", "Levan", "Nino", "Zurab", "Irakli"),
        ("Zghvadze", "Navishvili", "Portelidze", "Talghiani"),
        (("Batumi", "Adjara"), ("Poti", "Samegrelo")),
    ),
    Homeland(
        "Sri Lanka",
        "Sri Lankan",
        "Director General of Merchant Shipping, Colombo",
        "+94 0",
        ("Nuwan", "Chaminda", "Dilshan", "Sanduni", "Kasun"),
        ("Muhudage", "Wellalasinghe", "Portugama", "Navikaratne"),
        (("Colombo", "Western"), ("Galle", "Southern")),
    ),
)

SHIP_FIRST_WORDS = (
    "Northern",
    "Star",
    "Ocean",
    "Golden",
    "Baltic",
    "Coral",
    "Silver",
    "Pacific",
    "Arctic",
    "Royal",
    "Eastern",
    "Blue",
    "Amber",
    "Polar",
    "Sea",
)
SHIP_SECOND_WORDS = (
    "Trader",
    "Heron",
    "Pioneer",
    "Spirit",
    "Voyager",
    "Harmony",
    "Falcon",
    "Horizon",
    "Breeze",
    "Courage",
    "Lily",
    "Promise",
    "Tern",
    "Mariner",
    "Crest",
)
COMPANIES = (
    "Havblikk Ship Management",
    "Blue Anchor Crewing Pvt. Ltd.",
    "Meridian Tankers (example)",
    "Sundown Maritime S.A.",
    "Kestrel Bulk A/S",
    "Orient Lantern Lines",
    "Pelican Offshore Ltd",
    "Three Oceans Shipmanagement",
    "Juniper Marine Services",
    "Lighthouse Carriers Inc.",
)
FLAGS = (
    "Panama",
    "Liberia",
    "Marshall Islands",
    "Singapore",
    "Malta",
    "Bahamas",
    "Hong Kong",
    "Cyprus",
    "Norway",
)
ENGINES = (
    "MAN B&W 6S50MC-C",
    "Wartsila 8L46F",
    "Sulzer 7RTA48T",
    "MAN B&W 5S60ME",
    "Caterpillar 3516",
    "MaK 9M43C",
)
COURSES = (
    "Personal Survival Techniques",
    "Fire Prevention and Fire Fighting",
    "Elementary First Aid",
    "Personal Safety and Social Responsibilities",
    "Proficiency in Survival Craft",
    "Advanced Fire Fighting",
    "Medical First Aid",
    "Ship Security Officer",
    "GMDSS General Operator",
    "ECDIS (generic)",
    "Bridge Resource Management",
    "Engine Room Resource Management",
    "Basic Tanker (oil and chemical)",
)
VISAS = ("US C1/D Visa", "Australian MCV", "Schengen Visa")
GRADES = (
    "Class I (FG)",
    "Class II (FG)",
    "STCW II/1",
    "STCW II/2",
    "STCW III/1",
    "STCW III/2",
    "Watchkeeping",
)
AVAILABILITIES = ("Immediate", "Within 15 days", "From 01-Dec-2026", "From 10-Jan-2027", "After 2 months")

POPULAR_PAIRS: tuple[tuple[str, str, int], ...] = (
    ("2nd Officer", "Bulk Carrier", 48),
    ("Master", "Oil Tanker", 30),
    ("Chief Engineer", "Container", 26),
    ("Chief Officer", "Chemical Tanker", 18),
    ("3rd Officer", "Bulk Carrier", 22),
    ("2nd Engineer", "Oil Tanker", 24),
    ("3rd Engineer", "Container Vessel", 16),
    ("4th Engineer", "Bulk Carrier", 20),
    ("AB", "Bulk Carrier", 24),
    ("Bosun", "General Cargo", 14),
    ("Electro Technical Officer", "LNG Carrier", 14),
    ("Chief Cook", "Bulk Carrier", 12),
    ("Deck Cadet", "Bulk Carrier", 16),
    ("SR DPO Master", "DSV DP-II", 12),
    ("Souse Chef", "Cruise Ship", 12),
    ("Oiler", "Oil/Chem Tanker", 12),
)
"""Rank, ship type and how many seafarers apply with both; labels as the portal spells them."""
