"""What the documents app says to whoever tells people. Sent inside the transaction.

Without a receiver a publication that needs notice stays uncleared.
"""

from django.dispatch import Signal

# publication: Publication
publication_announced = Signal()
publication_rescheduled = Signal()
publication_withdrawn = Signal()
publication_held = Signal()

# policy: Policy. A receiver answers with the number of people it would tell now.
audience_counted = Signal()
