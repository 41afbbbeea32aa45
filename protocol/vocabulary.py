"""The portal's labels of ranks and ship types, and the labels that people are shown.

The portal's label is the key: filters are set by it, mistakes included. What people read is corrected.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

RANK_CORRECTIONS: Mapping[str, str] = {
    "MOORING MASTER": "Mooring Master",
    "SR DPO Master": "Senior DPO Master",
    "SR DPO Chief Officer": "Senior DPO Chief Officer",
    "JR DPO Chief Officer": "Junior DPO Chief Officer",
    "Jr DPO": "Junior DPO",
    "Asst. Electrical Officer": "Assistant Electrical Officer",
    "Souse Chef": "Sous Chef",
    "Laundry Men": "Laundry Staff",
    "Bar Tender": "Bartender",
    "Dredger Engineers": "Dredger Engineer",
    "Dredger Cutter Operators": "Dredger Cutter Operator",
    "Travel Co-ordinator": "Travel Coordinator",
    "Insructor": "Instructor",
    "Repair Yard/D.D.": "Repair Yard / Dry Dock",
    "Voy. Rep. Staff": "Voyage Repair Staff",
    "TUBE OPERATOR": "Tube Operator",
    "TUG HANDLER": "Tug Handler",
}
SHIP_TYPE_CORRECTIONS: Mapping[str, str] = {
    "BUNKER TANKER": "Bunker Tanker",
    "CAPE.Bulk": "Capesize Bulk",
    "CELLULAR CONTAINER": "Cellular Container",
    "DEMOLITION VESSEL": "Demolition Vessel",
    "DREDGER": "Dredger (capitals)",
    "DRILLSHIP": "Drillship",
    "HOPPER BARGE": "Hopper Barge",
    "JACK UP BARGE": "Jack-up Barge",
    "JACK UP RIG": "Jack-up Rig",
    "LUXURY YACHT": "Luxury Yacht",
    "OFFSHORE RESEARCH VESSEL": "Offshore Research Vessel",
    "PURE CAR TRUCK CARRIER": "Pure Car Truck Carrier",
    "RIG": "Rig",
    "ROPAX VESSEL": "Ropax Vessel",
    "RORO/PASSENGER": "Ro-Ro / Passenger",
    "Sp. Survey Vessel": "Special Survey Vessel",
    "SUPPLY AND UTILITY VESSEL": "Supply and Utility Vessel",
    "TUG": "Tug",
    "WAR SHIP": "Warship",
}


def rank_label(portal_label: str) -> str:
    """Return the label of a rank that people are shown."""
    return RANK_CORRECTIONS.get(portal_label, portal_label)


def ship_type_label(portal_label: str) -> str:
    """Return the label of a ship type that people are shown."""
    return SHIP_TYPE_CORRECTIONS.get(portal_label, portal_label)


@cache
def portal_ranks() -> tuple[str, ...]:
    """Return the portal's rank labels, in the portal's order."""
    return _lines("portal_ranks.txt")


@cache
def portal_ship_types() -> tuple[str, ...]:
    """Return the portal's ship type labels, in the portal's order."""
    return _lines("portal_ship_types.txt")


def _lines(name: str) -> tuple[str, ...]:
    text = files("protocol").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip())
