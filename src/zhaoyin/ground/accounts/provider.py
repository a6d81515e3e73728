"""The providers of single sign-on; django-allauth finds this module by its name. Which ones there are, the settings say."""

import secrets
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.dingtalk.provider import DingTalkProvider
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# A claim that its provider may hand on unchecked comes with another that says it was checked.
CHECKED = {"email": "email_verified", "phone_number": "phone_number_verified"}


class _ComingBack:
    """Where the provider sends people back to: one of our addresses, which the provider must know."""

    provider_id: str

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """The address with its host, https where settings say that a front serves so."""
        return str(build_absolute_uri(request, reverse("accounts:from_provider", args=[self.provider_id])))


class CheckingAdapter(_ComingBack, OpenIDConnectOAuth2Adapter):
    """Checks the signature of the identity token, which the library leaves to TLS: inside an office's network a provider may
    speak plain http.
    """

    def get_access_token_data(self, request: HttpRequest, app: Any, *args: Any, **kwargs: Any) -> Any:
        """The provider's answer with a token that its key has signed, for us; raises OAuth2Error for any other."""
        data = super().get_access_token_data(request, app, *args, **kwargs)
        with get_adapter().get_requests_session() as session:
            keys = session.get(self.openid_config["jwks_uri"])
            keys.raise_for_status()
        try:
            token = data["id_token"]
            kid = jwt.get_unverified_header(token).get("kid")
            known = [key for key in jwt.PyJWKSet.from_dict(keys.json()).keys if kid in (None, key.key_id)]
            # Only by the key's own algorithm: the token may not choose another.
            jwt.decode(
                token, known[0], algorithms=[known[0].algorithm_name], audience=app.client_id,
                issuer=self.openid_config["issuer"],
            )  # fmt: skip
        except (jwt.PyJWTError, KeyError, IndexError) as wrong:
            raise OAuth2Error("the identity token is not the provider's") from wrong
        return data


class DingTalkAdapter(_ComingBack, DingTalkOAuth2Adapter):
    """DingTalk's addresses."""


class _Matching:
    """What is kept of the provider's answer: the one claim that accounts are matched by, and nothing else of the person."""

    app: Any

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to go afterwards. Nothing else of the sign-in is the visitor's to choose."""
        kwargs: dict[str, Any] = super().get_redirect_from_request_kwargs(request)  # type: ignore[misc]
        return {"process": AuthProcess.LOGIN, **{key: kwargs[key] for key in ("next_url",) if key in kwargs}}

    def _matched(self, claims: dict[str, Any]) -> dict[str, Any]:
        claim, column = self.app.settings.get("match") or ("", "")
        value = claims.get(claim)
        if not isinstance(value, str) or (claim in CHECKED and claims.get(CHECKED[claim]) is not True):
            return {}
        return {"column": column, "value": value}

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        return []


class OpenIDConnect(_Matching, OpenIDConnectProvider):
    """Authorization code with PKCE and state, as the library does it, and a nonce that ties the token to this sign-in."""

    oauth2_adapter_class = CheckingAdapter

    def redirect(self, request: HttpRequest, process: str, **kwargs: Any) -> HttpResponse:
        nonce = secrets.token_urlsafe(24)
        return super().redirect(request, process, auth_params={"nonce": nonce}, nonce=nonce, **kwargs)

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The subject of the signed token, which what the provider says of the person elsewhere must agree with."""
        subject = str(data["id_token"]["sub"])
        if data.get("userinfo", {}).get("sub", subject) != subject:
            raise OAuth2Error("the provider's two answers speak of different subjects")
        return subject

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        token = data["id_token"]
        return {"nonce": token.get("nonce", ""), **self._matched({**token, **data.get("userinfo", {})})}


class DingTalk(_Matching, DingTalkProvider):
    """DingTalk's own flavour of OAuth 2, as the library speaks it."""

    oauth2_adapter_class = DingTalkAdapter

    def get_default_scope(self) -> list[str]:
        return ["openid"]

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return self._matched(data)


provider_classes = [OpenIDConnect, DingTalk]
