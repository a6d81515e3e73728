"""What is typed: at the entrance, and about accounts."""

from .entrance import CodeForm, NewFactorForm, PasswordForm, SignInForm

__all__ = ["CodeForm", "NewFactorForm", "PasswordForm", "SignInForm"]
