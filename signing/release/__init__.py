"""Signers and the key ceremony. Never shipped."""
