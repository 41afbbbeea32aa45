"""What both packages for Linux have."""

from pathlib import Path

from desktop.packaging.installers.linux import EPOCH, copy_tree, emptied, make_even, menu_entry, write


def test_menus_find_the_launcher_wherever_it_lies() -> None:
    entry = menu_entry("/home/k ari/$x/njordhr-launcher")
    assert 'Exec="/home/k ari/\\\\$x/njordhr-launcher"\n' in entry
    assert all("=" in line for line in entry.splitlines()[1:])


def test_a_copy_has_the_executable_bits_and_one_age(tmp_path: Path) -> None:
    write(tmp_path / "from" / "deep" / "program", b"1", executable=True)
    write(tmp_path / "from" / "words", b"2")
    (tmp_path / "from" / "words").chmod(0o600)
    copy_tree(tmp_path / "from", tmp_path / "to")
    make_even(tmp_path / "to")
    found = {str(path.relative_to(tmp_path)): path.stat() for path in (tmp_path / "to").rglob("*")}
    assert {name: oct(stat.st_mode & 0o777) for name, stat in found.items()} == {
        "to/deep": "0o755",
        "to/deep/program": "0o755",
        "to/words": "0o644",
    }
    assert {stat.st_mtime for stat in found.values()} == {EPOCH}
    assert list(emptied(tmp_path / "to").iterdir()) == []
