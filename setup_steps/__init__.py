"""What `build.py` does, step by step. Standard library only, because it runs before anything is installed.

`command` reads the command line; `needs` and `debian` see to what the system must have; `python_packages`
and `web_ui` install and build, each only when its inputs have changed (`stamps`); `suites` runs the tests.
"""
