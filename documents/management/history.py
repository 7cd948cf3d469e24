"""What commands say about an imported history: of this run, and of those that it goes on from."""

from documents import markup, queries

FIRST_WORDS = 8


def facts_of_history(history, policy, *, made, seconds):
    """Name → value. doubtful, skipped: lists, complete however often the import was interrupted.

    made: how many versions this run recorded.
    """
    entries = list(queries.recorded_entries(policy))
    versions = {version.number: version for version in policy.versions.all()}
    doubtful = [
        fact
        for entry in entries
        for fact in doubtful_clauses(versions[entry.payload["number"]], entry.payload)
    ]
    return {
        "policy": policy.slug,
        "files": len(history.texts),
        "versions": len(entries),
        "recorded now": made,
        "clauses": sum(len(version.outline) for version in versions.values()),
        "doubtful": doubtful,
        "skipped": skipped(history, entries),
        "seconds": seconds,
    }


def doubtful_clauses(version, payload):
    """What was guessed about the keys of one version, in the order of its text."""
    guesses = {guess["key"]: guess for guess in payload["doubtful"]}
    if not guesses:
        return
    for clause in version.clauses():
        if guess := guesses.get(clause.key):
            yield {
                "file": payload["file"]["name"],
                "number": clause.number,
                "words": clause.heading or first_words(clause.body),
                "percent": guess["percent"],
                "key": "same" if guess["like"] == clause.key else "new",
            }


def first_words(body):
    return " ".join(markup.to_text(body).split()[:FIRST_WORDS])


def skipped(history, entries):
    """Names of the files whose text is that of the one before."""
    recorded = {entry.payload["file"]["place"] for entry in entries}
    return [text.name for place, text in enumerate(history.texts, 1) if place not in recorded]


def in_lines(facts):
    """The facts with lists as their length, then a line for each item."""
    counted = {
        name: len(value) if isinstance(value, list) else value for name, value in facts.items()
    }
    lines = [
        "doubtful in {file}: {number} “{words}”, {percent} % sure; {key} key".format(**each)
        for each in facts["doubtful"]
    ]
    return counted, lines + [
        f"skipped {name}: its text is that of the file before" for name in facts["skipped"]
    ]
