"""The promises of the five seed policies.

Each function takes ``key_of``, which gives the key of the clause that holds the
words, and returns the Promise. What a text does not say rests on counsel.
"""

from documents.promises import (
    HOUSE_PROMISE,
    AnyOf,
    Availability,
    Basis,
    Channel,
    ClockStart,
    Consent,
    ConsentKind,
    Promise,
    Term,
    Timing,
    Trigger,
    When,
    resting_on,
)

FILES = {
    "000": "000_946d598092d21a9a.txt",
    "001": "001_e2513381f95221e1.txt",
    "002": "002_b9c07ae91e37ee92.txt",
    "003": "003_e217d3743a5c36fc.txt",
    "004": "004_ce8bd86e4dabc272.txt",
}
COUNSEL = Basis(interpretation_by="Jeanne Martin, counsel")


def cited(key_of, words):
    """Bases for a Promise: those of ``words``, a term's words each, and counsel for the others."""
    return resting_on(COUNSEL, {term: Basis(key_of(run), run) for term, run in words.items()})


def seed_000(key_of):
    """CERTISIO: “significant change”, neither how nor when; consent where required."""
    return Promise(
        Trigger.MATERIAL,
        Channel.EMAIL,
        Timing(When.BEFORE_EFFECT),
        cited(
            key_of,
            {
                Term.TRIGGER: "We’ll notify you if we make a significant change",
                Term.CONSENT: "where required, seek your consent",
                Term.AUDIENCE: "receives from Account Holders and End Users",
            },
        ),
        consent=Consent(ConsentKind.WHERE_REQUIRED),
    )


def seed_001(key_of):
    """Without a name and without a word about its changes."""
    return HOUSE_PROMISE


def seed_002(key_of):
    """Certometer: any change, by posting, effective when posted; whoever reads has agreed."""
    posted = "Changes to this Privacy Policy are effective when they are posted on this page."
    return Promise(
        Trigger.ANY,
        Channel.POSTING,
        Timing(When.ON_POSTING),
        cited(
            key_of,
            {
                Term.TRIGGER: "We will notify you of any changes",
                Term.CHANNELS: "by posting the new Privacy Policy on this page",
                Term.TIMING: posted,
                Term.CLOCK_START: posted,
                Term.CONSENT: "you acknowledge that you have perused, comprehended, and assented",
                Term.AVAILABILITY: "by posting the new Privacy Policy on this page",
            },
        ),
        clock_start=ClockStart.POSTED,
        consent=Consent(ConsentKind.DEEMED),
        availability=Availability.ON_PAGE,
    )


def seed_003(key_of):
    """Kestio: material changes by e-mail or on the site beforehand, others by posting."""
    return Promise(
        Trigger.MATERIAL,
        AnyOf((Channel.EMAIL, Channel.SITE_NOTICE)),
        Timing(When.BEFORE_EFFECT),
        cited(
            key_of,
            {
                Term.TRIGGER: "If we make material changes, we will notify you",
                Term.CHANNELS: "by means of an email or a notice on this site",
                Term.TIMING: "before the change is implemented",
                Term.OTHERWISE: "we will post those changes on this page",
                Term.CONSENT: "Your use of the Site after any modification means that you accept",
            },
        ),
        otherwise=Channel.POSTING,
        consent=Consent(ConsentKind.DEEMED),
    )


def seed_004(key_of):
    """An AI platform: “substantial modification”, by e-mail alone, no time; always available."""
    modified = "If we were to make a substantial modification to this privacy policy"
    return Promise(
        Trigger.MATERIAL,
        Channel.EMAIL,
        Timing(When.BEFORE_EFFECT),
        cited(
            key_of,
            {
                Term.TRIGGER: modified,
                Term.CHANNELS: "we commit to notifying you via your email address",
                Term.AVAILABILITY: "will always be available on our platform",
            },
        ),
        availability=Availability.ALWAYS,
    )


SEEDS = {
    "000": seed_000,
    "001": seed_001,
    "002": seed_002,
    "003": seed_003,
    "004": seed_004,
}

# With one key for every clause, for tests that need no text.
SEED_000, SEED_001, SEED_002, SEED_003, SEED_004 = (
    seed(lambda words: "clause") for seed in SEEDS.values()
)
