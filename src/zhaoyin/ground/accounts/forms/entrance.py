"""What is typed at the entrance. Each refusal is one sentence that says what to do."""

from typing import Any

from allauth.mfa.totp.internal.auth import get_totp_secret
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from .. import actions, locks
from ..models import User
from ..rules.entrance import wait_words

LONGEST = 128
WRONG = "账号或密码不对。密码区分大小写。"
WRONG_CODE = "动态口令不对或已用过。请等手机上换出新的一组再输，并核对手机时间。"


def refusal(request: HttpRequest, username: str, wrong: str) -> str:
    """The sentence after a failure: how long the account is locked, or what was wrong and how many attempts are left."""
    if wait := locks.waiting(request, username):
        return f"连续输错次数过多，账号已锁定。请 {wait_words(wait)}后再试，或请安全管理员解锁。"
    left = locks.left(request, username)
    return f"{wrong}再错 {left} 次将锁定 15 分钟。" if left <= 2 else wrong


class SignInForm(forms.Form):
    """Account and password."""

    username = forms.CharField(label="账号", max_length=150)
    password = forms.CharField(label="密码", max_length=LONGEST, strip=False, widget=forms.PasswordInput)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        for field in self.fields.values():
            field.error_messages |= {"max_length": WRONG, "required": "请填写账号和密码。"}

    def clean(self) -> dict[str, Any]:
        """Find the account; a failure is counted, and a success takes the count back until the sign-in is done."""
        given = super().clean() or {}
        if self.errors:
            return given
        user = authenticate(self.request, username=given["username"], password=given["password"])
        if user is None:
            raise forms.ValidationError(refusal(self.request, given["username"], WRONG))
        assert isinstance(user, User)  # noqa: S101 (for the type)
        locks.give_back(self.request, given["username"])
        self.user = user
        return given

    @property
    def sentence(self) -> str:
        """What is wrong, in one sentence; empty where nothing is."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")


class CodeForm(forms.Form):
    """A code of the telephone's, or a recovery code, of `user`; wrong ones are counted like wrong passwords."""

    code = forms.CharField(
        label="动态口令", max_length=20, error_messages={"required": "请输入动态口令。", "max_length": WRONG_CODE}
    )

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_code(self) -> str:
        """Use the code up."""
        check_code(self.request, self.user, code := self.cleaned_data["code"])
        return str(code)


def check_code(request: HttpRequest, user: User, code: str) -> None:
    """Use up a code. Raises ValidationError with the sentence for a wrong one, and while the account is locked."""
    named = {"username": user.username}
    if AxesProxyHandler.is_allowed(request, named) and actions.use_code(by=user, code=code):
        locks.give_back(request, user.username)
        return
    user_login_failed.send(sender=__name__, credentials=named, request=request)
    raise forms.ValidationError(refusal(request, user.username, WRONG_CODE))


class NewFactorForm(forms.Form):
    """Setting up a second factor: a code that shows the telephone has taken the secret, and one of the present ones if any."""

    old = forms.CharField(label="现在的动态口令或恢复码", max_length=20, required=False)
    code = forms.CharField(
        label="手机上显示的 6 位数字", max_length=10, error_messages={"required": "请输入手机上显示的 6 位数字。"}
    )

    def __init__(self, request: HttpRequest, user: User, replaces: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user, self.replaces = request, user, replaces
        # The same one until it works: whoever mistypes a code need not photograph the square again.
        self.secret = get_totp_secret()

    def clean_old(self) -> str:
        """The present second factor vouches for whoever replaces it."""
        old = str(self.cleaned_data["old"])
        if self.replaces:
            if not old:
                raise forms.ValidationError("请输入现在的动态口令，或一个恢复码。")
            check_code(self.request, self.user, old)
        return old


class PasswordForm(SetPasswordForm):
    """A new password twice, and the old one from whoever chose it."""

    error_messages = {**SetPasswordForm.error_messages, "password_mismatch": "两次输入的密码不一致。"}
    old_password = forms.CharField(
        label="原密码", max_length=LONGEST, strip=False, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    field_order = ("old_password", "new_password1", "new_password2")

    def __init__(self, request: HttpRequest, user: User, data: Any = None) -> None:
        super().__init__(user, data)
        self.request = request
        self.asks_old = user.has_usable_password() and not user.must_change_password
        if not self.asks_old:
            del self.fields["old_password"]
        for name in ("new_password1", "new_password2"):
            self.fields[name].max_length = LONGEST  # type: ignore[attr-defined]
            self.fields[name].validators.append(_not_longer)

    def clean_old_password(self) -> str:
        """The password that the account has; wrong ones are counted as at the entrance."""
        old = str(self.cleaned_data["old_password"])
        found = authenticate(self.request, username=self.user.username, password=old)
        if found is None:
            raise forms.ValidationError(refusal(self.request, self.user.username, "原密码不对。"))
        locks.give_back(self.request, self.user.username)
        return old


def _not_longer(value: str) -> None:
    if len(value) > LONGEST:
        raise forms.ValidationError(f"密码最多 {LONGEST} 位。")
