"""Forms whose page says what the fields held when it was opened, so that two editors do not overwrite one another."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model

from zhaoyin.kernel.numerals import plain

EMPTY = "空"
MOST_BASE = 200_000  # characters: the longest content, escaped, and all other fields beside it


class MergingForm(forms.Form):
    """A form of facts that are stored already: `initial` is what is stored now, `base` what its page was opened with.

    A field that was not sent is one that nobody touched.
    """

    BASE = "base"
    APART: tuple[str, ...] = ()  # fields that are not merged

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields[self.BASE] = forms.CharField(required=False, max_length=MOST_BASE, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """Called once the fields and `initial` are complete: note what is stored, and take what was not sent as untouched."""
        self.initial[self.BASE] = told(self.stored())
        if self.is_bound:
            given = {key: self.data.get(key) for key in self.data}
            seen = self.seen()
            for name in self.facts_named():
                if self.add_prefix(name) not in given and not isinstance(self.fields[name], forms.BooleanField):
                    given[self.add_prefix(name)] = seen.get(name, self.stored()[name])
            self.data = given

    def facts_named(self) -> list[str]:
        """The names of the fields that are merged."""
        return [name for name in self.fields if name not in (*self.APART, self.BASE)]

    def stored(self) -> dict[str, str]:
        """What is stored now, as words."""
        return {name: words(self.get_initial_for_field(self.fields[name], name)) for name in self.facts_named()}

    def seen(self) -> dict[str, str]:
        """What was stored when the page was opened: what is stored now where the page does not say it, nothing where what it
        says cannot be read.
        """
        if not self.data.get(self.add_prefix(self.BASE)):
            return self.stored()
        try:
            found = json.loads(self.data[self.add_prefix(self.BASE)])
        except ValueError:
            return {}
        return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}

    def own(self) -> dict[str, str]:
        """What was typed, as words; only of a form that is valid."""
        return {name: words(self.cleaned_data[name]) for name in self.facts_named()}

    def apart(self) -> dict[str, str]:
        """What goes with the form besides the facts, as it is to be sent the next time."""
        return {name: str(self.data.get(self.add_prefix(name)) or "") for name in self.APART if name in self.fields}

    def shown(self, name: str, value: str) -> str:
        """A field's value as people read it."""
        choices = getattr(self.fields[name], "choices", None)
        if choices is not None:
            return next((str(label) for key, label in choices if str(key) == value), value or EMPTY)
        return value or EMPTY


def told(stored: Mapping[str, str]) -> str:
    """What is stored, as a page carries it."""
    return json.dumps(stored, ensure_ascii=False)


def words(value: Any) -> str:
    """A value as its field would be sent: records by number, days as 2022-07-15, lines ended alike."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return str(value).replace("\r\n", "\n").strip()
