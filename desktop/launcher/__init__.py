"""The one program whose path stays: it starts the version that is to run, and goes back when it does not come up."""
