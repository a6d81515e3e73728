"""The pages of one's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from . import actions
from .requests import SignedInRequest


@sensitive_post_parameters()
def password(request: SignedInRequest) -> HttpResponse:
    """Set a new password, which replaces a one-time one."""
    form = SetPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_password(by=request.user, user=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, "新密码已生效")
        return redirect("/")
    return render(request, "accounts/password.html", {"form": form})
