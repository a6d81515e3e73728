"""What administrators type about accounts and roles."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from zhaoyin.ground.access.rules import ROLES, Reach
from zhaoyin.ground.organisations.models import Official, Unit

from ..models import User
from ..queries.people import Units, official_called
from ..rules.people import login_fault, login_name, mobile_fault, mobile_number

WHOLE = "整个系统"
LARGEST = 2 * 1024 * 1024


class PersonForm(forms.Form):
    """Who an account belongs to. `version` is the one that the administrator saw; a new account has none."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    username = forms.CharField(
        label="登录名", max_length=150, help_text="2 至 32 个字，如姓名拼音或工号；建立后不能改。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    name = forms.CharField(label="姓名", max_length=40)
    unit = forms.CharField(label="单位", required=False, max_length=300, help_text="输入几个字后可从列出的单位中选。")
    official = forms.CharField(
        label="对应干部", required=False, max_length=40,
        help_text="填干部姓名，本人联系的和所在专班的项目才算在范围内；没有可不填。",
    )  # fmt: skip
    mobile = forms.CharField(label="手机", required=False, max_length=20, help_text="11 位，单点登录按它认人；可不填。")

    def __init__(self, *args: Any, user: User | None = None, **options: Any) -> None:
        self.units = Units(timezone.localdate())
        if user is not None:
            options["initial"] = stored(user, self.units)
        super().__init__(*args, **options)
        self.user = user
        if user is not None:
            del self.fields["username"]
        self.fields["unit"].widget.attrs["list"] = "units"

    def clean_username(self) -> str:
        """The name as it is stored."""
        name = login_name(self.cleaned_data["username"])
        if fault := login_fault(name):
            raise forms.ValidationError(fault)
        return name

    def clean_mobile(self) -> str:
        """The number as it is stored."""
        number = mobile_number(self.cleaned_data["mobile"])
        if fault := mobile_fault(number):
            raise forms.ValidationError(fault)
        return number

    def clean_unit(self) -> Unit | None:
        """The unit that is called so; a closed one may stay where it was."""
        typed = self.cleaned_data["unit"]
        if self.user is not None and typed == self.initial["unit"]:
            return self.user.unit
        return unit_called(typed, self.units)

    def clean(self) -> dict[str, Any]:
        """Find the official where the unit lies."""
        given = super().clean() or {}
        name = given.get("official")
        if name and "unit" in given:
            try:
                given["official"] = official_called(name, given["unit"])
            except LookupError as unknown:
                self.add_error("official", str(unknown))
        return given

    def facts(self) -> dict[str, Any]:
        """The values for `actions.edit_user`."""
        official: Official | None = self.cleaned_data["official"] or None
        return {**{key: self.cleaned_data[key] for key in ("name", "unit", "mobile")}, "official": official}


def stored(user: User, units: Units) -> dict[str, Any]:
    """What the form starts with, and what somebody else has stored meanwhile."""
    unit = user.unit
    return {
        "version": user.version, "name": user.name, "mobile": user.mobile,
        "unit": units.labels.get(unit.pk, unit.name) if unit else "", "official": user.official.name if user.official else "",
    }  # fmt: skip


class GrantForm(forms.Form):
    """Which role, and where it holds."""

    role = forms.ChoiceField(
        label="角色", choices=[(role.key, role.name) for role in ROLES.values()], widget=forms.RadioSelect,
        error_messages={"required": "请选择一个角色。"},
    )  # fmt: skip
    unit = forms.CharField(label="在哪里有效", required=False, max_length=300)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        self.units = Units(timezone.localdate())
        self.user = user
        options["initial"] = {"unit": self.units.labels.get(user.unit_id, "") if user.unit_id else ""}
        super().__init__(*args, **options)
        self.fields["unit"].widget.attrs["list"] = "units"
        self.fields[
            "unit"
        ].help_text = f"填单位名称。办公室、督查员、市领导填本级任一单位即可；全部地方都有效的，填“{WHOLE}”。"

    def clean(self) -> dict[str, Any]:
        """Find the unit, where the role asks for one."""
        given = super().clean() or {}
        if "role" not in given:
            return given
        typed = " ".join(given.get("unit", "").split())
        reach = ROLES[given["role"]].reach
        given["unit"] = None
        if reach is Reach.PERSON:
            given["unit"] = self.user.unit
        elif reach is not Reach.EVERYTHING and typed != WHOLE:
            if not typed:
                self.add_error("unit", f"请填写这个角色在哪个单位有效；全部地方都有效的，填“{WHOLE}”。")
            else:
                try:
                    given["unit"] = unit_called(typed, self.units)
                except forms.ValidationError as unknown:
                    self.add_error("unit", unknown)
        return given


class RosterForm(forms.Form):
    """A list of accounts as a file."""

    file = forms.FileField(
        label="账号清单", error_messages={"required": "请选择文件。", "empty": "文件是空的，请确认选对了文件。"}
    )

    def clean_file(self) -> UploadedFile:
        """The file, if it is no larger than such a list can be."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(f"文件超过 {LARGEST >> 20} MB，请用模板填写，只留账号一张表。")
        return file


def unit_called(typed: str, units: Units) -> Unit | None:
    """The unit that is called so. Raises ValidationError for none or several."""
    try:
        number = units.called(typed)
    except LookupError as unknown:
        raise forms.ValidationError(str(unknown)) from None
    return Unit.objects.select_related("jurisdiction").get(pk=number) if number is not None else None
