"""What keeps a private key from being used."""


class SigningKeyError(Exception):
    """A key cannot be made, opened or used; the message says why and what to do, and has no secret in it."""
