"""Reading a list of people that somebody typed or pasted."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from notifications.models import Recipient

LINE_END = re.compile(r"\r\n|\r|\n")
SHOWN = 20  # problems; who pastes the wrong file need not read all of them


class AddForm(forms.Form):
    people = forms.CharField(
        label=_("People"),
        widget=forms.Textarea(attrs={"rows": 12, "placeholder": "ada@example.org, Ada Lovelace"}),
        max_length=2_000_000,
        strip=False,
        help_text=_("One person a line: e-mail address, then a comma and the name."),
    )

    def clean_people(self):
        """Pairs of address and name. Every line that cannot be used is named by its number."""
        people, problems = [], []
        for number, line in enumerate(LINE_END.split(self.cleaned_data["people"]), start=1):
            if not line.strip():
                continue
            email, _comma, name = (part.strip() for part in line.partition(","))
            people.append((email, name))
            problems += _problems(number, email, name)
        if problems:
            raise ValidationError(problems[:SHOWN])
        return people


def _problems(number, email, name):
    try:
        Recipient(email=email, name=name).clean_fields(exclude=["publisher", "joined_at"])
    except ValidationError as error:
        found = dict.fromkeys(error.messages)
        return [
            _("Line %(number)s, “%(email)s”: %(problem)s")
            % {"number": number, "email": email, "problem": problem}
            for problem in found
        ]
    return []
