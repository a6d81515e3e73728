"""What a new password must be, where Django's own words are not in the interface's language."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class Length(MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        """One sentence for the person at the form."""
        return f"密码至少 {self.min_length} 位。"

    def get_help_text(self) -> str:
        """The same, before anything was typed."""
        return self.get_error_message()
