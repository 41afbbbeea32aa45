"""A tab's document is there when it was read to its end and no other is coming."""

from typing import Any

from agent_core.portal.loading import Loading

MAIN = "F"


def heed(loading: Loading, event: str, **more: Any) -> None:
    loading.heed(f"Page.{event}", {"frameId": MAIN, **more})


def show(loading: Loading, document: str, frame: str = MAIN) -> None:
    loading.heed("Page.frameNavigated", {"frame": {"id": frame, "loaderId": document}})


def parse(loading: Loading, document: str) -> None:
    heed(loading, "lifecycleEvent", name="DOMContentLoaded", loaderId=document)


def opened() -> Loading:
    loading = Loading(MAIN)
    loading.begin()
    show(loading, "A")
    parse(loading, "A")
    return loading


def test_a_document_is_there_when_it_is_read() -> None:
    loading = Loading(MAIN)
    loading.begin()
    assert not loading.is_there
    show(loading, "A")
    assert not loading.is_there
    parse(loading, "A")
    assert loading.has_come("A")
    assert not loading.has_come("B")


def test_the_end_of_an_older_page_is_not_the_end_of_the_new_one() -> None:
    loading = opened()
    loading.begin()
    heed(loading, "frameStoppedLoading")
    assert not loading.has_come("B")
    show(loading, "B")
    assert not loading.has_come("B")


def test_a_document_that_breaks_off_is_not_waited_for() -> None:
    loading = Loading(MAIN)
    loading.begin()
    show(loading, "A")
    heed(loading, "frameStoppedLoading")
    assert loading.has_come("A")


def test_a_page_that_goes_on_is_not_there() -> None:
    for event, more in (
        ("frameStartedNavigating", {"navigationType": "reload"}),
        ("frameRequestedNavigation", {}),
        ("frameScheduledNavigation", {"delay": 0}),
    ):
        loading = opened()
        heed(loading, event, **more)
        assert loading.goes_on_from("A")
        show(loading, "B")
        parse(loading, "B")
        assert loading.is_there
        assert loading.goes_on_from("A")


def test_a_page_that_goes_on_later_or_within_itself_is_there() -> None:
    loading = opened()
    heed(loading, "frameScheduledNavigation", delay=30)
    heed(loading, "frameStartedNavigating", navigationType="sameDocument")
    assert loading.is_there
    assert not loading.goes_on_from("A")


def test_a_journey_that_is_given_up_leaves_the_page_there() -> None:
    loading = opened()
    heed(loading, "frameScheduledNavigation", delay=0)
    heed(loading, "frameClearedScheduledNavigation")
    assert loading.is_there
    loading.begin()
    loading.give_up()
    assert loading.is_there


def test_other_frames_do_not_count() -> None:
    loading = opened()
    show(loading, "X", frame="G")
    loading.heed("Page.frameStartedNavigating", {"frameId": "G"})
    assert loading.is_there
