"""Pages of ten thousand projects, signed in, two worker processes."""

from datetime import date

from bench.serving import Client, floor, free_port, memory_mb, product
from bench.table import Table

LIMIT = 12
TIMES = 120


def cookie() -> str:
    """A session of the account `bench`, past its one-time password."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from zhaoyin.ground.accounts.models import User
    from zhaoyin.ground.accounts.sessions import SessionStore

    user = User.objects.get(username="bench")
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "zhaoyin.ground.accounts.backends.LocalBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["as_of"] = "2022-07-15"
    session.create()
    return f"sessionid={session.session_key}"


def measure(table: Table) -> None:
    """List and project page beside the minimal view, one request after the other; then the workers' memory."""
    signed_in = cookie()
    from zhaoyin.ground.organisations.models import Official, Unit, UnitKind
    from zhaoyin.record.projects.actions import write_note
    from zhaoyin.record.projects.models import Project
    from zhaoyin.record.resources.models import Platform

    unit = Unit.objects.exclude(kind=UnitKind.JURISDICTION).first()
    leader, platform = Official.objects.first(), Platform.objects.first()
    ids = list(Project.objects.order_by("?").values_list("pk", flat=True)[:40])
    lists = {
        "首页": "",
        "搜索“新材料”": "q=新材料",
        "搜索无结果": "q=不会有的词",
        "按年度抓手": "section=签约抓落地",
        "按阶段": "stage=signed",
        "按单位": f"unit={unit.pk}",
        "按联系领导": f"leader={leader.pk}",
        "红灯": "light=red",
        "黄灯": "light=yellow",
        "按平台": f"platform={platform.pk}",
        "投资 1—10 亿元": "least=1&most=10",
        "按投资排序": "sort=-money",
        "按灯排序": "sort=light",
        "按名称排序": "sort=name",
        "第 100 页": "page=100",
        "组合": f"stage=negotiation&light=red&unit={unit.pk}&sort=-money",
    }
    from urllib.parse import quote

    written = Project.objects.get(pk=ids[0])

    def write() -> None:
        write_note(by=None, project=written, text="测速", on=date(2022, 7, 15))

    ports = free_port(), free_port()
    with product(ports[0]) as pid, floor(ports[1]):
        minimal = Client(ports[1])
        client = Client(ports[0], signed_in)
        for name, query in lists.items():
            path = f"/library/?size=50&{quote(query, safe='=&-')}"
            least = minimal.p50(["/"], TIMES)
            table.add(f"项目库 50 行：{name}", LIMIT, client.p50([path], TIMES), least)
        least = minimal.p50(["/"], TIMES)
        taken = client.p50_after(write, "/library/?size=50", 20)
        table.add("项目库 50 行：每次写入之后", LIMIT, taken, least, note="记住的列表失效后的第一次")
        table.add("项目页", LIMIT, client.p50([f"/projects/{pk}/" for pk in ids], TIMES), least)
        megabytes, count = memory_mb(pid)
        table.add("2 个服务进程的内存", 300, megabytes, None, "MB", f"{count} 个进程（不含后台任务）")
