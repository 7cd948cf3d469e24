"""Rows of the notifications app. The delivery table is the truth; due work is a query."""

from .choices import AudienceChoice
from .deliveries import Attempt, Delivery, DeliveryEvent
from .displays import Display, Sighting
from .followers import Follow, FollowerStream, FollowRequest
from .imports import RecipientImport, RejectedLine, StagedRecipient
from .machinery import Beat, Breaker, Installation, Rate, WarmUpDay
from .manifests import Manifest
from .notices import Notice, NoticeMessage
from .recipients import Recipient, RecipientRole
from .reminders import Reminder
from .trials import Trials
from .unreached import Unreached
from .watching import Alarm, AlarmLetter, Duty, Verification

__all__ = [
    "Alarm",
    "AlarmLetter",
    "Attempt",
    "AudienceChoice",
    "Beat",
    "Breaker",
    "Delivery",
    "DeliveryEvent",
    "Display",
    "Duty",
    "Follow",
    "FollowRequest",
    "FollowerStream",
    "Installation",
    "Manifest",
    "Notice",
    "NoticeMessage",
    "Rate",
    "Recipient",
    "RecipientImport",
    "RecipientRole",
    "RejectedLine",
    "Reminder",
    "Sighting",
    "StagedRecipient",
    "Trials",
    "Unreached",
    "Verification",
    "WarmUpDay",
]
