"""The one line that tells most about a person: what the Review list shows under the name."""

from datetime import date

from protocol.facts import ResumeFacts, SeaService

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def strongest_fact(facts: ResumeFacts) -> str:
    """Return the last ship; without one the first certificate, the nationality, or nothing."""
    if facts.sea_service:
        return _service(max(facts.sea_service, key=_last_day))
    if facts.certificates:
        return facts.certificates[0].name
    return facts.nationality


def _last_day(service: SeaService) -> date:
    return service.signed_off or service.signed_on or date.min


def _service(service: SeaService) -> str:
    ship = f"{service.vessel} ({service.vessel_type})" if service.vessel_type else service.vessel
    rank = f"{service.rank} on {ship}" if service.rank else ship
    end = service.signed_off
    return f"{rank}, until {end.day} {_MONTHS[end.month - 1]} {end.year}" if end else rank
