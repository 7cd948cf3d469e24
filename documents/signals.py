"""What the documents app says to whoever tells people. Sent inside the transaction.

Without a receiver a publication that needs notice stays uncleared.
"""

from django.dispatch import Signal

# publication: Publication
publication_announced = Signal()
publication_rescheduled = Signal()
publication_withdrawn = Signal()
publication_held = Signal()

# publication: Publication. A receiver answers with its promises.ClearanceEvidence.
clearance_counted = Signal()

# publisher: Publisher; watch: verification.watching.Watch. A receiver answers with what does not
# hold in its own tables: texts, one at a time, first things first.
evidence_checked = Signal()

# publisher: Publisher; problem: the first thing that does not hold, or an empty text.
record_verified = Signal()

# publication: Publication. A receiver answers with its part of an evidence folder: (name, content)
# of each file, content as evidence.export.write takes it.
evidence_exported = Signal()

# policy: Policy. A receiver answers with the number of people it would tell now.
audience_counted = Signal()

# removal: Removal; words: removal_map.Words of what is removed. A receiver takes them out of its
# own rows, and answers with the SHA-256 of each text of its own that gave way to a marker.
text_removed = Signal()
