"""Signing in with a local account."""

from django.contrib.auth.backends import ModelBackend

from .models import User


class LocalBackend(ModelBackend):
    """Django's own check; the account comes with its unit and jurisdiction, which every page shows."""

    def get_user(self, user_id: int) -> User | None:
        """The active account of that number, or None."""
        user = User.objects.select_related("unit__jurisdiction").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
