"""Named texts are kept and replaced."""

from pathlib import Path

from tests.support.agent import open_store


def test_texts_are_kept_and_replaced(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        assert store.facts.get("office") == ""
        store.facts.put({"office": "A", "other": "B"})
        store.facts.put({"office": "C"})
    with open_store(tmp_path) as store:
        assert (store.facts.get("office"), store.facts.get("other")) == ("C", "B")
