"""Whether the tables say what the evidence log says: each row against the entry that tells of it.

What an entry must hold to be sound, and what a timetable may be, is decided in
documents/evidence; here its rules meet the database. Other apps check their own
tables when they hear the signal ``evidence_checked``.

Every check raises evidence.reading.Unsound with the first thing that does not hold.
"""
