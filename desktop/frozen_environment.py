"""The environment as it was before the frozen program was started in it. Standard library only.

The program's loader lets it find its own libraries by variables that its children inherit: a browser would
load the program's libraries instead of the system's, and the next version would take itself for this one.
"""

from collections.abc import MutableMapping

_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
_KEPT_BY_LOADER = "_ORIG"
_OF_LOADER = "_PYI_"


def restore(environ: MutableMapping[str, str]) -> None:
    """Take out what the loader put in; this process has found its libraries already.

    Args:
        environ: ``os.environ`` of a frozen program, before it starts anything.
    """
    for name in _LIBRARIES:
        before = environ.pop(f"{name}{_KEPT_BY_LOADER}", None)
        environ.pop(name, None)
        if before:
            environ[name] = before
    for name in [name for name in environ if name.startswith(_OF_LOADER)]:
        del environ[name]
