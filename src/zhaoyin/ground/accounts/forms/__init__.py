"""What is typed: at the entrance, and about accounts."""

from .entrance import CodeForm, NewFactorForm, PasswordForm, SignInForm
from .people import GrantForm, PersonForm, RosterForm

__all__ = ["CodeForm", "GrantForm", "NewFactorForm", "PasswordForm", "PersonForm", "RosterForm", "SignInForm"]
