"""The recruiter's whole job, done by a program through the same HTTP APIs that the web UI uses.

`api` talks to the agent, `steps` does the job, `codes` gets the one-time code, `audit` decides whether what
was found adds up, `waiting` lets a download go on that waits, `run` puts them together.
"""
