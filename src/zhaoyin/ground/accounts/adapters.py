"""How django-allauth is fitted to us: one stage after the password, no registration, sealed secrets, matched accounts."""

import base64
import hashlib
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhaoyin.ground.journal.origin import address_of

from . import actions, queries

LOG = logging.getLogger(__name__)


class SecondFactorStage(AuthenticateStage):
    """After the password, or the provider's word: a code, from whoever has set one up."""

    urlname = "accounts:second_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Lead to the page that asks for the code, or let pass whoever has none."""
        if not queries.has_second_factor(self.login.user):
            return None, True
        return redirect(self.urlname), True


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators, and pages speak for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return [f"{SecondFactorStage.__module__}.{SecondFactorStage.__qualname__}"]

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the English words of the library's messages are not ours."""

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return refused(request, f"账号“{user.username}”已停用。需要恢复时请联系系统管理员。")


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of the second factor lie sealed in the database; the key lies in the data folder."""

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret in clear. Raises WrongKey where the data folder holds another key than it was sealed with."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise WrongKey from None

    def get_totp_issuer(self) -> str:
        return "招引"

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)


class WrongKey(Exception):
    """A sealed secret cannot be opened: `factor-key` of the data folder is not the one it was sealed with."""


def _seal() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.FACTOR_KEY.encode()).digest()))


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Somebody whom a provider vouches for is matched with an account that is there, and never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account: the one linked with the provider's subject, else the one that the claim names. Answers whoever
        has none, or whose token was not made for this sign-in, with a page that says so.
        """
        facts = sociallogin.account.extra_data
        if "nonce" in sociallogin.state and facts.get("nonce") != sociallogin.state["nonce"]:
            raise ImmediateHttpResponse(refused(request, "这次登录已失效，请重新登录。", 400))
        name = sociallogin.provider.app.name
        if not sociallogin.is_existing:
            user = queries.account_by_claim(facts.get("column", ""), facts.get("value", ""))
            subject = sociallogin.account.uid
            if user is None:
                why = f"{name}已确认您的身份，但您在这里还没有账号。请联系系统管理员开通，并告知编号：{subject}"
                raise ImmediateHttpResponse(refused(request, why))
            try:
                actions.link_subject(by=None, user=user, provider=sociallogin.account.provider, subject=subject)
            except actions.LinkRefused as why_not:
                raise ImmediateHttpResponse(refused(request, str(why_not))) from None
            sociallogin.lookup()

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Whatever went wrong between us and the provider is one sentence; what it was goes to the server's log."""
        LOG.warning("single sign-on by %s: %s", provider.sub_id, error, exc_info=exception)
        raise ImmediateHttpResponse(unconfirmed(request, provider.app.name))


def unconfirmed(request: HttpRequest, name: str) -> HttpResponse:
    """The page for whoever the provider of that name did not vouch for."""
    return refused(request, f"没有从{name}得到确认，请重新登录。仍不行时请用账号密码登录，并告知系统管理员。", 401)


def refused(request: HttpRequest, why: str, status: int = 403) -> HttpResponse:
    """The page for whoever cannot be let in, with the sentence that says why."""
    return render(request, "accounts/refused.html", {"why": why, "login_url": reverse("accounts:login")}, status=status)
