"""Rows of the notifications app. The delivery table is the truth; due work is a query."""

from .deliveries import Attempt, Delivery, DeliveryEvent
from .displays import Display, Sighting
from .machinery import Beat, Breaker, Installation
from .notices import Notice, NoticeMessage
from .recipients import Recipient

__all__ = [
    "Attempt",
    "Beat",
    "Breaker",
    "Delivery",
    "DeliveryEvent",
    "Display",
    "Installation",
    "Notice",
    "NoticeMessage",
    "Recipient",
    "Sighting",
]
