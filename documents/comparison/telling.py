"""Words that tell what a change is about. English; other languages have only figures and names.

Patterns repeat nothing that repeats, nor begin anew inside a run that they have failed on: the time
grows with the text, and a test feeds them long runs of their own pieces.
"""

import re

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|"
    "forty|fifty|sixty|ninety|hundred|thousand|million|half|twice|double"
)


def _words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


# ruff: noqa: E501 - a list of words reads better on its own line
# Code → what its words look like; gravest first. All of them make a change material.
FAMILIES = {
    "negation": _words(
        r"not|no|never|nor|neither|cannot|without|unless|except|only|other than|none|"
        r"\w{1,8}n['’]t|however|but|solely|exclude[sd]?|excluding"
    ),
    "obligation": _words(
        r"shall|must|will|would|may|might|can|could|should|agree[sd]?|require[sd]?|obligations?|"
        r"responsib\w{1,8}|prohibit\w{0,6}|permit\w{0,6}|allow\w{0,4}|entitled|reserve[sd]?|"
        r"authori[sz]\w{1,6}|guarantee[sd]?|promise[sd]?|commit\w{0,6}|and/or|or|if|where|when"
    ),
    "amount": re.compile(
        r"[$€£¥]\s?\d[\d.,]*"
        r"|(?<!\d)(?<!\d[.,])\d+(?:[.,]\d+)*\s?(?:%|percent|dollars?|euros?|usd|eur|gbp)",
        re.IGNORECASE,
    ),
    "period": re.compile(
        rf"\b(?:\d+|{_NUMBERS}|calendar|business|working)?[\s-]{{0,2}}"
        r"(?:hours?|days?|weeks?|months?|years?|annual(?:ly)?|monthly|quarterly)\b"
        r"|\b(?:immediately|promptly|without delay|indefinitely|as soon as)\b",
        re.IGNORECASE,
    ),
    "date": re.compile(
        rf"\b(?:{_MONTHS})\s\d{{1,2}}|\b\d{{1,2}}\s(?:{_MONTHS})|\b\d{{4}}-\d\d-\d\d\b|\b20\d\d\b",
        re.IGNORECASE,
    ),
    "number": re.compile(rf"\b\d[\d.,]*\b|\b(?:{_NUMBERS})\b", re.IGNORECASE),
    "party": _words(
        r"third[ -]part(?:y|ies)|affiliat\w{1,5}|partners?|providers?|vendors?|subprocessors?|"
        r"processors?|controllers?|advertis\w{1,6}|contractors?|government|authorit(?:y|ies)|"
        r"law enforcement|courts?|employees?|successors?|subsidiar(?:y|ies)|customers?|"
        r"organi[sz]ations?|administrators?|minors?|children|we|us|our|you|your|they|their|users?"
    ),
    "definition": re.compile(
        r"\b(?:means?|defined|definition|refers? to|includ(?:es|ing))\b|[“\"][^”\"]{1,60}[”\"]",
        re.IGNORECASE,
    ),
    "right": _words(
        r"rights?|access\w{0,3}|delet\w{1,4}|eras\w{1,4}|object\w{0,4}|opt[ -](?:out|in)|withdraw\w{0,4}|"
        r"complain\w{0,3}|refund\w{0,3}|cancel\w{0,7}|terminat\w{1,5}|consent\w{0,4}|portab\w{1,6}|"
        r"correct\w{0,4}|appeal\w{0,3}|notif\w{1,8}|notices?|own\w{0,7}|licen[sc]\w{1,5}|suspend\w{0,3}"
    ),
    "liability": _words(
        r"liab\w{1,6}|warrant\w{1,5}|indemni\w{1,8}|damages?|as is|negligen\w{1,4}|disclaim\w{0,4}|"
        r"arbitrat\w{1,4}|jurisdiction|governing law|class action|disputes?|claims?"
    ),
    "data": _words(
        r"data|information|collect\w{0,4}|process\w{0,4}|shar(?:e|es|ed|ing)|sell\w{0,3}|sold|stor\w{1,4}|"
        r"retain\w{0,3}|retention|transfer\w{0,4}|disclos\w{1,4}|track\w{0,3}|cookies?|encrypt\w{1,4}|"
        r"breach\w{0,3}|purposes?|legal bas[ei]s|us(?:e|es|ed|ing)"
    ),
}

TAGS = {
    "purpose": _words(r"purposes?|in order to|us(?:e|es|ed|ing) (?:your|the|this)|analytics|market\w{1,4}|advertis\w{1,6}|profil\w{1,4}"),
    "controller": _words(r"controllers?|legal entity|registered office|LLC|Inc|GmbH|B\.V|representative"),
    "exercise_of_rights": _words(r"rights?|object\w{0,4}|opt[ -](?:out|in)|consent\w{0,4}|withdraw\w{0,4}|complain\w{0,3}|portab\w{1,6}|eras\w{1,4}|delet\w{1,4}|access request\w{0,1}"),
    "recipients": _words(r"third[ -]part(?:y|ies)|shar(?:e|es|ed|ing)|disclos\w{1,4}|sell\w{0,3}|sold|recipients?|service providers?|subprocessors?|vendors?|affiliat\w{1,5}"),
    "third_country_transfer": _words(r"transfer\w{0,4}|privacy shield|standard contractual clauses|adequacy|outside (?:of )?the|international\w{0,2}|data privacy framework"),
    "data_categories": _words(r"personal (?:data|information)|ip address\w{0,2}|location|cookies?|device\w{0,1}|biometric\w{0,1}|health|sensitive|collect\w{0,4}|log files?|browser"),
    "retention": _words(r"retain\w{0,3}|retention|keep|kept|stor(?:e|es|ed|age)|delet\w{1,4}|backups?|archiv\w{1,3}"),
    "breach": _words(r"breach\w{0,3}|security incident\w{0,1}|unauthori[sz]ed access|compromised"),
    "price": _words(r"pric\w{1,4}|fees?|pay\w{0,6}|paid|charg\w{1,4}|bill\w{0,4}|subscriptions?|refund\w{0,3}|tax\w{0,2}|trial"),
    "liability": FAMILIES["liability"],
}  # fmt: skip

CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|https?://[^\s<>\"”)]{1,300}|\bwww\.[^\s<>\"”)]{1,300}"
    r"|\+\d[\d ()-]{6,20}\d"
)
# When the text says that it was changed, or is from: not a date that anything depends on.
DATE_OF_TEXT = re.compile(
    r"\b(?:(?:last )?(?:updated|modified|revised|changed)|effective date)(?: on)?[: ]{1,3}"
    rf"(?:(?:{_MONTHS})\s\d{{1,2}}|\d{{1,2}}\s(?:{_MONTHS}))(?:,?\s\d{{4}})?",
    re.IGNORECASE,
)
# Words that carry hardly a meaning of their own. No prepositions, tenses or "any": they do.
SMALL_WORDS = frozenset({"a", "an", "the", "also", "please", "simply"})
# The same words, spelled otherwise.
SPELLINGS = (
    (re.compile("’"), "'"),
    (re.compile(r"\b(cancel|label|model|signal|total|travel)l(?=(?:ed|er|ers|ing)\b)"), r"\1"),
    (re.compile(r"n['’]t\b"), " not"),
    (re.compile(r"\bcan not\b|\bcannot\b|\bca not\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwo not\b", re.IGNORECASE), "will not"),
    (re.compile(r"['’]re\b"), " are"),
    (re.compile(r"['’]ve\b"), " have"),
    (re.compile(r"['’]ll\b"), " will"),
    (re.compile(r"\be-mail", re.IGNORECASE), "email"),
    (re.compile(r"\bweb site", re.IGNORECASE), "website"),
    (re.compile(r"\butili[sz]e", re.IGNORECASE), "use"),
    (re.compile(r"\bin order to\b", re.IGNORECASE), "to"),
    (re.compile(r"\bprior to\b", re.IGNORECASE), "before"),
    (re.compile(r"(?<=[a-z])is(?=(?:e|es|ed|ing|ation|ations)\b)"), "iz"),
)  # fmt: skip
