"""The pages of one's own account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from . import actions, queries
from .requests import SignedInRequest


class SignInForm(AuthenticationForm):
    """Account and password; what is wrong is said in the words that the page uses."""

    error_messages = {**AuthenticationForm.error_messages, "invalid_login": "账号或密码不对。密码区分大小写。"}


class SignIn(LoginView):
    """The sign-in page; over demonstration data it says with which account."""

    authentication_form = SignInForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demonstration account, where there is one."""
        return super().get_context_data(demo_account=queries.demo_account(self.request), **kwargs)


@sensitive_post_parameters()
def password(request: SignedInRequest) -> HttpResponse:
    """Set a new password, which replaces a one-time one."""
    form = SetPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_password(by=request.user, user=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, "新密码已生效")
        return redirect("/")
    context = {"form": form, "must_change": request.user.must_change_password}
    return render(request, "accounts/password.html", context, status=422 if form.is_bound else 200)
