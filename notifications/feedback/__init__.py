"""What comes back after a mail was sent: reports by mail (DSN, ARF) and by a provider's webhooks.

Reading is apart from recording: reading.py turns a mail into a Report, hearing.py
hands a Report to actions/record_event.py. What bounces mean is decided there.
"""
