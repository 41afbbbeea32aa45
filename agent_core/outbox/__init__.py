"""The outbox at work: when to send again (pure), the relay of events, the uploads, the thread of both."""
