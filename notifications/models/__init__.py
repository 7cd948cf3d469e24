"""Rows of the notifications app. The delivery table is the truth; due work is a query."""

from .deliveries import Attempt, Delivery
from .machinery import Beat, Breaker
from .notices import Notice, NoticeMessage
from .recipients import Recipient

__all__ = ["Attempt", "Beat", "Breaker", "Delivery", "Notice", "NoticeMessage", "Recipient"]
