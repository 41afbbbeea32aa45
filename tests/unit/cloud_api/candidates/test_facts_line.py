from datetime import date

from cloud_api.candidates.facts_line import strongest_fact
from protocol.facts import Certificate, FactsSource, ResumeFacts, SeaService


def facts(**values: object) -> ResumeFacts:
    return ResumeFacts.model_validate({"source": FactsSource.PAGE, **values})


def test_the_last_ship_tells_most_whatever_the_order_of_the_table() -> None:
    older = SeaService(vessel="MV Early", signed_off=date(2019, 3, 1))
    newest = SeaService(
        vessel="MV Aurora", vessel_type="Bulk Carrier", rank="2nd Officer", signed_off=date(2026, 11, 12)
    )
    expected = "2nd Officer on MV Aurora (Bulk Carrier), until 12 Nov 2026"
    assert strongest_fact(facts(sea_service=(older, newest))) == expected
    assert strongest_fact(facts(sea_service=(newest, older))) == expected


def test_a_ship_without_dates_or_rank_is_named_all_the_same() -> None:
    assert strongest_fact(facts(sea_service=(SeaService(vessel="MV Nameless"),))) == "MV Nameless"


def test_without_ships_a_certificate_then_the_nationality_then_nothing() -> None:
    certificate = Certificate(name="Certificate of Competency")
    assert strongest_fact(facts(certificates=(certificate,), nationality="Indian")) == certificate.name
    assert strongest_fact(facts(nationality="Indian")) == "Indian"
    assert strongest_fact(facts()) == ""
