"""Signing what is shipped with the operating systems' own signatures: each step a command, shown or done.

Secrets are never part of a command: they lie in a store of the system's, in a file whose name is given, or
with the service that signs.
"""
