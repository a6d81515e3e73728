"""Figures that are larger than any we know are asked about, once, and not refused."""

from typing import Any

from django import forms

from ..rules import doubt_of


class AskingForm(forms.Form):
    """A form that asks whether a figure is in the unit that it stands in; 数字无误 answers for all of them."""

    sure = forms.BooleanField(label="数字无误", required=False, widget=forms.HiddenInput)

    def figures(self) -> dict[str, str]:
        """Field → the figure of `rules.DOUBTFUL` that it holds; by default the fields of those names."""
        return {name: name for name in self.fields}

    def clean(self) -> dict[str, Any]:
        """A doubtful figure is an error until somebody says that it is right."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        doubts = {name: doubt_of(figure, given.get(name)) for name, figure in self.figures().items() if name != "sure"}
        doubts = {name: words for name, words in doubts.items() if words}
        if doubts:
            self.fields["sure"].widget = forms.CheckboxInput()
            # Asked last, below the figures.
            self.fields["sure"] = self.fields.pop("sure")
        if not given.get("sure"):
            for name, words in doubts.items():
                self.add_error(name, words)
        return given
