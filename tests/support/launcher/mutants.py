"""The product with one thing wrong in installing or starting versions, each thing by its name."""

from tests.support.source_mutants import Mutant, altered

_NOT_STARTED = "on_purpose=True)\n    return Verdict(reason=UpdateReason.DID_NOT_START.value)"
_PURPOSE_IS_GOOD = "on_purpose=True)\n    return Verdict(is_good=True)"
_NO_REPORT = "Verdict(reason=UpdateReason.NO_REPORT.value) if"
_OWES = "    if state.owed:\n        return PutBack(pending)\n"
_REQUEST = 'json.dumps({"version": version, "token": attempt.token})'
_PUT_BACK = "            self._put_back(state, step.version)\n"
_PAID_OFF = "            self._change(lambda known: replace(known, owed=False))\n"
_MADE_READABLE = "            self._make_readable(state, whole[step.to])\n"
_SYNC = "            os.fsync(file.fileno())\n"
_RENAME = "        replace(new, path)\n"
_VERIFY_TREE = "            verify_tree(building, release.files)\n"
_ASK_SYSTEM = "            verify(building, release.codesign, release.platform)\n"
_LIST = "            write_list(places, version, [(file.path, file.length) for file in release.files])\n"
_PUT_THERE = "            move(building, places.version(version))\n"
_CHECKS = _VERIFY_TREE + _ASK_SYSTEM
_LATE = _CHECKS.replace("building", "places.version(version)")

_WRONG: dict[str, list[tuple[str, str, str]]] = {
    "desktop.launcher.decisions": [
        ("tries are not counted", "tries=state.tries + 1,", "tries=state.tries,"),
        ("starts are not counted", "starts=state.starts + 1,", "starts=state.starts,"),
        ("a start that begins is not remembered", "attempt=attempt,", 'attempt="",'),
        ("a bad version starts again", " or pending in state.bad:", ":"),
        ("it is committed without a report", _NO_REPORT, "Verdict(is_good=True) if"),
        ("a silent end of 0 is good", _NOT_STARTED, _PURPOSE_IS_GOOD),
        ("any report is good", "all(checks.get(name) is True for name in CHECKS)", "bool(checks)"),
        ("who reported may die", "if has_crashed:", "if has_crashed and seen.checks is None:"),
        ("leaving on purpose is a failure", "tries=max(0, state.tries - 1)", "tries=state.tries"),
        ("politeness keeps it for ever", " or state.starts >= STARTS", ""),
        ("what failed owes nothing", "owed=was_watched and state.person is not None", "owed=False"),
        ("what is owed is not put back", _OWES, ""),
        (
            "a start that nobody judged is on purpose",
            "Judge(left is Left.ON_PURPOSE)",
            "Judge(is_on_purpose=True)",
        ),
        ("a report that nobody read is lost", "Commit(pending) if left is Left.REPORTED else ", ""),
        (
            "every start that nobody judged is good",
            "if left is Left.REPORTED else",
            "if left is not None else",
        ),
        ("what is taken back is not bad", "bad=bad, outcome=outcome", "outcome=outcome"),
    ],
    "desktop.launcher.attempt": [
        ("a report with another token is believed", 'found.get("token") == self.token and ', ""),
        ("a report of another version is believed", ' and found.get("version") == self.version', ""),
        ("anybody may leave", '.get("token") == self.token\n', '.get("token") is not None\n'),
        (
            "a failed report is enough when nobody watched",
            "if has_passed(checks) else Left.NOTHING",
            "if checks else Left.NOTHING",
        ),
        (
            "the request is not synced",
            f"write_whole(attempt.request, {_REQUEST}.encode())",
            f"attempt.request.write_text({_REQUEST})",
        ),
    ],
    "desktop.launcher.steps": [
        ("the start is counted after it began", "after = self._change(counted)", "after = counted(state)"),
        ("nothing is saved before a start", "            self._save(state, step.version)\n", ""),
        ("a debt is paid off before it is paid", _PUT_BACK + _PAID_OFF, _PAID_OFF + _PUT_BACK),
        ("a debt is paid off unpaid", _PUT_BACK, ""),
        ("a debt is never paid off", _PAID_OFF, ""),
        ("it is taken back with records that the old one cannot read", _MADE_READABLE, ""),
    ],
    "desktop.install.state": [
        (
            "the state is written in place",
            "write_whole(self._path, after.text().encode())",
            "self._path.write_text(after.text())",
        ),
        ("two may change the state", "with self.held():\n            before", "if True:\n            before"),
        ("a failed version remains the current one", "current=self.good, pending", "pending"),
        ("the version before is not kept", "self.good, self.previous,", "self.good,"),
    ],
    "desktop.install.switch": [
        ("a bad version is made pending", "if version in state.bad:", "if False:"),
        ("what is not there is made pending", "if version_there(places, version) is None:", "if False:"),
        ("whose records they are is forgotten", "staged=staged, person=person", "staged=staged"),
        ("a stopped version is tried again", "tries=max(state.tries, TRIES)", "tries=state.tries"),
    ],
    "desktop.install.staging": [
        ("the tree is not verified", _VERIFY_TREE, ""),
        ("the system's signature is not asked", _ASK_SYSTEM, ""),
        ("it is put there before it is verified", _CHECKS + _LIST + _PUT_THERE, _PUT_THERE + _LATE + _LIST),
        ("the list of files is not written", _LIST, ""),
        ("what is there is believed", "        verify_tree(folder, release.files)\n", "        pass\n"),
    ],
    "desktop.install.durable_file": [
        ("a file is not synced", _SYNC, ""),
        ("a file's name is not synced", "    sync_folder(path.parent)\n", ""),
        ("it is renamed before it is synced", _SYNC + _RENAME, "    " + _RENAME + _SYNC),
        (
            "a file is written in place",
            'new = path.with_name(f".{path.name}.{os.getpid()}.new")',
            "new = path",
        ),
        ("a folder's new name is not synced", "    sync_folder(target.parent)\n", ""),
        ("a folder's old name is not synced", "        sync_folder(source.parent)\n", "        pass\n"),
    ],
}
MUTANTS: list[Mutant] = [
    altered(module, name, old, new) for module, wrong in _WRONG.items() for name, old, new in wrong
]
