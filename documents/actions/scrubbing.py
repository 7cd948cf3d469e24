"""Taking removed words out of what changes anyway: drafts, and the citations of a promise."""

from django.utils.translation import gettext as _
from wagtail.models import Revision

from documents.models import Clause, PromiseSetting
from documents.models.clauses import text_sha256


def scrub_drafts(removal, originals):
    """Put the marker where any draft of the policy holds the clause, or another with its words.

    The draft that is worked on changes only where it holds the very words: somebody may have
    written new ones already. Returns what should be read there, in words for people.
    """
    policy, words = removal.policy, {(text.heading, text.body) for text in originals}
    to_read = worth_reading(policy.draft(), removal, words)
    for clause in Clause.objects.filter(policy=policy.pk, key=removal.key):
        Clause.objects.filter(pk=clause.pk).update(**marked(clause.heading, clause.body, removal))
    for revision in Revision.objects.for_instance(policy).iterator(chunk_size=20):
        is_draft = revision.pk == policy.latest_revision_id
        hit = [c for c in revision.content["clauses"] if is_hit(c, removal, words, is_draft)]
        for clause in hit:
            clause.update(marked(clause["heading"], clause["body"], removal))
        if hit:
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    return to_read


def marked(heading, body, removal):
    return {"heading": "", "body": removal.marker_body(text_sha256(heading, body))}


def is_hit(clause, removal, words, is_draft):
    is_clause = clause["key"] == str(removal.key)
    has_words = (clause["heading"], clause["body"]) in words
    return (is_clause and has_words) if is_draft else (is_clause or has_words)


def worth_reading(draft, removal, words):
    """What stays in the draft that is worked on and concerns the order."""
    found = []
    for clause in draft.ordered_clauses():
        name = {"clause": clause.number or clause.key}
        is_clause, has_words = clause.key == removal.key, (clause.heading, clause.body) in words
        if has_words and not is_clause:
            found.append(_("clause %(clause)s of the draft, which has the same words") % name)
        elif is_clause and not has_words:
            found.append(_("clause %(clause)s of the draft, which has been rewritten") % name)
    return found


def scrub_citations(removal):
    """Citations of the clause become the marker. Publishing then asks to review the promise."""
    for model in (PromiseSetting, PromiseSetting.history.model):
        settings = model.objects.filter(policy=removal.policy.pk)
        for setting in settings:
            if cite_marker(setting.record, removal):
                settings.filter(pk=setting.pk).update(record=setting.record)


def cite_marker(record, removal):
    """Change a record of a promise (any format). Whether anything cited the clause."""
    bases = [*record.get("bases", []), *filter(None, [record.get("basis")])]
    cited = [basis for basis in bases if basis["clause_key"] == str(removal.key)]
    for basis in cited:
        basis["words"] = removal.marker
    return bool(cited)
