"""What the bulletin's pages take in."""

from django import forms

from zhaoyin.documents.writing.official import fault_of_number


class NumberForm(forms.Form):
    """The document number (发文字号); empty while it is a draft."""

    number = forms.CharField(label="发文字号", max_length=40, required=False)

    def clean_number(self) -> str | None:
        """The number, or None without one; what is wrong with it is said by the standard's rule."""
        number: str = self.cleaned_data["number"].strip()
        fault = number and fault_of_number(number)
        if fault:
            raise forms.ValidationError(fault)
        return number or None
