"""A request as every page but the sign-in meets it."""

from datetime import date

from django.http import HttpRequest

from .models import User


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in: LoginRequiredMiddleware lets no other one through."""

    user: User
    as_of: date  # set by ground.ui.asof.AsOfMiddleware
