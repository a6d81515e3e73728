"""Signing in: the password, the provider's word, the code."""

import logging
from typing import Any

from allauth.account.stages import LoginStageController
from allauth.account.utils import perform_login
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET
from requests import RequestException

from .. import queries
from ..adapters import SecondFactorStage, unconfirmed
from ..forms import CodeForm, SignInForm
from ..provider import CheckingAdapter, DingTalkAdapter

LOG = logging.getLogger(__name__)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; over demonstration data it says with which account."""
    target = _target(request)
    if request.user.is_authenticated:
        return redirect(target)
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return perform_login(request, form.user, redirect_url=target)
    context = {
        "form": form,
        "next": target if target != settings.LOGIN_REDIRECT_URL else "",
        "demo_account": queries.demo_account(request),
        "providers": queries.providers(),
    }
    locked = getattr(request, "axes_locked_out", False)
    return render(request, "accounts/login.html", context, status=429 if locked else 422 if form.is_bound else 200)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code, from somebody whose password was right; nobody is signed in before it is right too."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    stage = LoginStageController.enter(request, SecondFactorStage.key)
    if stage is None:
        return redirect("accounts:login")
    form = CodeForm(request, stage.login.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        request.session[queries.SHOWN] = stage.login.user.pk
        return stage.exit()
    locked = getattr(request, "axes_locked_out", False)
    context = {"form": form}
    return render(
        request, "accounts/second_factor.html", context, status=429 if locked else 422 if form.is_bound else 200
    )


@login_not_required
@require_GET
@never_cache
def to_provider(request: HttpRequest, key: str) -> HttpResponse:
    """On to the provider, from where somebody comes back to `from_provider`."""
    if request.user.is_authenticated:
        return redirect(_target(request))
    return _asked(OAuth2LoginView, request, key)


@login_not_required
@require_GET
@never_cache
def from_provider(request: HttpRequest, key: str) -> HttpResponse:
    """Back from the provider."""
    return _asked(OAuth2CallbackView, request, key)


def _asked(view: Any, request: HttpRequest, key: str) -> HttpResponse:
    name = dict(queries.providers()).get(key)
    if name is None:
        raise Http404
    adapter = DingTalkAdapter(request) if key == "dingtalk" else CheckingAdapter(request, key)
    try:
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except (RequestException, OAuth2Error, LookupError, TypeError, ValueError):
        # Another machine's answer may lack anything, or not come at all.
        LOG.warning("single sign-on by %s failed", key, exc_info=True)
        return unconfirmed(request, name)
    return answer


def _target(request: HttpRequest) -> str:
    """Where to go after signing in: `next`, if it is an address within this site. (Other words would name a page.)"""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if here and wanted.startswith("/") and len(wanted) < 2000 else settings.LOGIN_REDIRECT_URL


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was opened before somebody signed in anew, or that another site sent."""
    return render(request, "accounts/stale.html", status=403)
