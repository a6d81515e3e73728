"""One's own account: password, second factor, sessions."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from qrcode import QRCode
from qrcode.image.svg import SvgPathImage

from zhaoyin.ground.access.needs import needs

from .. import actions, queries
from ..forms import CodeForm, NewFactorForm, PasswordForm
from ..requests import SignedInRequest

# A session's key: until when its owner may still see the recovery codes that were just made.
CODES_UNTIL = "recovery_codes_until"
CODES_SECONDS = 600


@needs()
@never_cache
def security(request: SignedInRequest) -> HttpResponse:
    """What keeps one's account safe, and where it is signed in."""
    entrance = queries.entrance_of(request.user, request.session, timezone.now())
    context = {
        "sessions": queries.sessions_of(request.user, request.session.session_key, timezone.now()),
        "has_factor": queries.has_second_factor(request.user),
        "needs_factor": queries.needs_second_factor(request.user),
        "codes_left": queries.recovery_codes_left(request.user),
        "entrance": entrance,
        "days_left": max(0, (entrance.password_lasts - entrance.password_age).days),
    }
    return render(request, "accounts/security.html", context)


@needs()
@sensitive_post_parameters()
def password(request: SignedInRequest) -> HttpResponse:
    """Set a new password: in place of a one-time one, of one grown too old, or because one wants to."""
    form = PasswordForm(request, request.user, request.POST if request.method == "POST" else None)
    entrance = queries.entrance_of(request.user, request.session, timezone.now())
    forced = entrance.by_password and (entrance.must_change or entrance.expired)
    if form.is_bound and form.is_valid():
        key = request.session.session_key
        actions.change_password(
            by=request.user, user=request.user, password=form.cleaned_data["new_password1"], session=key
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, "新密码已生效，其他设备上的登录已结束")
        return redirect("/")
    context = {"form": form, "entrance": entrance, "forced": forced, "rules": password_validators_help_texts()}
    return render(request, "accounts/password.html", context, status=422 if form.is_bound else 200)


@needs()
@never_cache
@sensitive_post_parameters()
def set_up_factor(request: SignedInRequest) -> HttpResponse:
    """Take a telephone for second factor, or another one in place of it."""
    replaces = queries.has_second_factor(request.user)
    form = NewFactorForm(request, request.user, replaces, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = "".join(form.cleaned_data["code"].split())
        key = request.session.session_key
        if actions.set_second_factor(by=request.user, secret=form.secret, code=given, session=key) is None:
            form.add_error("code", "数字不对。请核对手机时间，等手机上换出新的一组再输。")
        else:
            clear_totp_secret(request)
            request.session[queries.SHOWN] = request.user.pk
            return _show_codes(request)
    context = {
        "form": form,
        "replaces": replaces,
        "forced": queries.entrance_of(request.user, request.session, timezone.now()).door is not None,
        "square": _square(get_adapter().build_totp_url(request.user, form.secret)),
        "secret": " ".join(form.secret[at : at + 4] for at in range(0, len(form.secret), 4)),
    }
    return render(request, "accounts/set_up_factor.html", context, status=422 if form.is_bound else 200)


@needs()
@never_cache
@sensitive_post_parameters()
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """The recovery codes, once, right after they were made; afterwards new ones for whoever gives a code."""
    if request.method == "POST" and "kept" in request.POST:
        request.session.pop(CODES_UNTIL, None)
        messages.success(request, "动态口令已启用，下次登录时需要输入")
        return redirect("/")
    if not queries.has_second_factor(request.user):
        return redirect("accounts:set_up_factor")
    shown = queries.recovery_codes(request.user) if _may_see_codes(request) else []
    form = CodeForm(request, request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.renew_recovery_codes(by=request.user)
        return _show_codes(request)
    context = {"codes": shown, "form": form, "left": queries.recovery_codes_left(request.user)}
    return render(request, "accounts/recovery_codes.html", context, status=422 if form.is_bound else 200)


@needs()
@require_GET
@never_cache
def recovery_file(request: SignedInRequest) -> HttpResponse:
    """The recovery codes as a text file, as long as they may be seen."""
    if not _may_see_codes(request):
        return redirect("accounts:recovery_codes")
    lines = [
        "招引 恢复码",
        f"账号：{request.user.username}",
        "每个只能用一次。请打印或抄下后锁好，不要存在手机里。",
        "",
    ]
    text = "\r\n".join([*lines, *queries.recovery_codes(request.user), ""])
    # The mark lets Notepad and WPS read it as UTF-8.
    answer = HttpResponse("\ufeff" + text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return answer


@needs()
@require_POST
def end_session(request: SignedInRequest) -> HttpResponse:
    """End one of one's sessions, or all others."""
    if "others" in request.POST:
        ended = actions.end_other_sessions(by=request.user, session=request.session.session_key)
        messages.success(request, f"已结束其他 {ended} 个登录" if ended else "没有其他登录")
    elif actions.end_session(by=request.user, handle=request.POST.get("session", "")):
        messages.success(request, "已结束这个登录")
    else:
        messages.info(request, "这个登录已经结束")
    return redirect("accounts:security")


def _show_codes(request: SignedInRequest) -> HttpResponse:
    request.session[CODES_UNTIL] = time.time() + CODES_SECONDS
    return redirect("accounts:recovery_codes")


def _may_see_codes(request: SignedInRequest) -> bool:
    return bool(request.session.get(CODES_UNTIL, 0) > time.time())


def _square(address: str) -> str:
    """The address as a square for a telephone's camera: an SVG that stands in the page itself."""
    code = QRCode(border=2, image_factory=SvgPathImage)
    code.add_data(address)
    # It holds nothing but the drawing of the address, which is ours.
    return mark_safe(code.make_image().to_string(encoding="unicode"))  # noqa: S308
