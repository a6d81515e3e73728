"""What is larger, earlier or other than we know is asked about, once, and not refused."""

from datetime import date
from typing import Any

from django import forms

from ..rules import doubt_of, doubt_of_day
from .merging import words as words_of


class AskingForm(forms.Form):
    """A form that asks whether a figure is in the unit that it stands in, and whether a day really lies before the project;
    确实如此 answers for all of them. What was stored like that before is not asked about again.
    """

    sure = forms.BooleanField(label="确实如此", required=False, widget=forms.HiddenInput)

    DAYS: tuple[str, ...] = ()  # fields whose days should not lie before the project
    not_before: date | None = None  # the first day that is not asked about

    def figures(self) -> dict[str, str]:
        """Field → the figure of `rules.DOUBTFUL` that it holds; by default the fields of those names."""
        return {name: name for name in self.fields}

    def questions(self, given: dict[str, Any]) -> dict[str, str]:
        """Field → what is asked about it; "" for nothing."""
        asked = {name: doubt_of(figure, given.get(name)) for name, figure in self.figures().items() if name != "sure"}
        if self.not_before is not None:
            asked |= {name: doubt_of_day(given.get(name), self.not_before) for name in self.DAYS}
        return asked

    def entries(self) -> dict[str, Any]:
        """What was entered, without the answer."""
        return {name: value for name, value in self.cleaned_data.items() if name != "sure"}

    def clean(self) -> dict[str, Any]:
        """A doubtful entry is an error until somebody says that it is right."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        asked = {name: words for name, words in self.questions(given).items() if words and self._touched(name, given)}
        if asked:
            self.fields["sure"].widget = forms.CheckboxInput()
            # Asked last, below what it is about.
            self.fields["sure"] = self.fields.pop("sure")
        if not given.get("sure"):
            for name, words in asked.items():
                self.add_error(name, words)
        return given

    def _touched(self, name: str, given: dict[str, Any]) -> bool:
        """Whether a field holds something else than it began with."""
        before = self.get_initial_for_field(self.fields[name], name)
        return before is None or words_of(given.get(name)) != words_of(before)
