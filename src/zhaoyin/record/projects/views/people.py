"""The investor's contact persons and their phones; the units with which a project is shared."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.sealing import WrongKey
from zhaoyin.ground.ui.asof import today_of

from .. import actions
from ..actions import CannotShare, NoReason
from ..forms import ContactForm, ReasonForm, ShareForm
from ..queries import contacts_visible_to, permit_on, shares_visible_to
from .merging import Page, save_merged
from .pages import form_page, project_for, refuse

PHONE_GOES = "号码只在下一页显示一次；谁、什么时候、为什么看，都记入操作日志。"


@needs(Permission.PROJECT_EDIT)
def add_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a contact person of the investor."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    form = ContactForm(request.POST or None, auto_id="contact-%s")
    if request.method == "POST" and form.is_valid():
        facts = {key: form.cleaned_data[key] for key in ("name", "post", "phone")}
        contact = actions.add_contact(by=request.user, project=project, **facts)
        messages.success(request, f"联系人{contact}已添加")
        return redirect("library:project", pk=pk)
    return form_page(request, form, "添加联系人", "添加", project, goes="电话加密保存，页面上只显示一部分。")


@needs(Permission.PROJECT_EDIT)
def edit_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a contact person; the number is not shown, and stays unless another is typed."""
    contact = get_object_or_404(contacts_visible_to(request.user), pk=pk)
    permit_on(request.user, Permission.PROJECT_EDIT, contact.project)

    def opened(data: Mapping[str, Any] | None) -> ContactForm:
        contact.refresh_from_db(fields=["name", "post", "masked"])
        return ContactForm(data, contact=contact, auto_id=f"contact-{pk}-%s")

    def store(form: ContactForm) -> str:
        facts = {key: value for key, value in form.cleaned_data.items() if key != form.BASE}
        seen = (contact.name, contact.post, contact.masked)
        try:
            changed = actions.edit_contact(by=request.user, contact=contact, seen=seen, **facts)
        except WrongKey as wrong:
            raise ValueError(str(wrong)) from None
        return "联系人已保存" if changed else "没有改动"

    return save_merged(request, opened, store, Page("修改联系人", "保存", contact.project, {"note": contact.name}))


@needs(Permission.PROJECT_EDIT)
@require_POST
def remove_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a contact person, with the number."""
    contact = get_object_or_404(contacts_visible_to(request.user), pk=pk)
    actions.remove_contact(by=request.user, contact=contact)
    messages.success(request, f"联系人{contact}已删除")
    return redirect("library:project", pk=contact.project_id)


@needs(Permission.PHONE_SEE)
@limited("phone", method="POST")
@never_cache
@sensitive_variables("number")
def phone(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask why; then show the number in the answer to that one request, which nobody may keep."""
    contact = get_object_or_404(contacts_visible_to(request.user), pk=pk)
    permit_on(request.user, Permission.PHONE_SEE, contact.project)
    form = ReasonForm(request.POST or None, auto_id=f"phone-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            number = actions.open_phone(by=request.user, contact=contact, reason=form.cleaned_data["reason"])
        except NoReason as missing:
            form.add_error("reason", str(missing))
        except WrongKey as wrong:
            refuse(form, [str(wrong)])
        else:
            return render(
                request, "projects/phone.html", {"contact": contact, "project": contact.project, "number": number}
            )
    return form_page(
        request, form, "查看联系电话", "查看", contact.project, note=f"{contact.name} {contact.masked}", goes=PHONE_GOES
    )


@needs(Permission.PROJECT_SHARE)
def share(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the project to another unit."""
    project = project_for(request, pk, Permission.PROJECT_SHARE)
    form = ShareForm(request.POST or None, project=project, today=today_of(request), auto_id="share-%s")
    if request.method == "POST" and form.is_valid():
        unit, reports = form.cleaned_data["unit"], form.cleaned_data["reports"]
        try:
            changed = actions.share_project(by=request.user, project=project, unit=unit, reports=reports)
        except CannotShare as refused:
            refuse(form, [str(refused)])
        else:
            messages.success(request, f"已共享给{unit}" if changed else f"早已这样共享给{unit}，没有改动")
            return redirect("library:project", pk=pk)
    goes = "提交后，对方单位的人员立即能在项目库里看到它。"
    return form_page(request, form, "共享项目", "共享", project, goes=goes)


@needs(Permission.PROJECT_SHARE)
@require_POST
def unshare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a share back."""
    row = get_object_or_404(shares_visible_to(request.user), pk=pk)
    actions.unshare_project(by=request.user, share=row)
    messages.success(request, f"已取消共享给{row.unit}")
    return redirect("library:project", pk=row.project_id)
