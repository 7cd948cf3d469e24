"""The admin side of telling people: recipients, and how far a notice has come."""
