"""The agent's own records in SQLite: jobs, the people of each, resumes, the outbox, uploads.

State and outbox change in one transaction; nothing here deletes what was not handed over.
"""
