"""The one program whose path stays: it starts the version that is to run, or the last that came up."""
