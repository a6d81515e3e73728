"""What the library's acts are called and how the journal says them."""

from zhaoyin.ground.journal.sentences import Sentence

SENTENCES: dict[str, Sentence] = {
    "library.exported": lambda detail: f"导出“{detail['name']}”，{detail['count']} 个项目",
    "library.pinned": lambda detail: "关注项目",
    "library.unpinned": lambda detail: "不再关注项目",
    "library.view_saved": lambda detail: f"保存视图“{detail['name']}”",
    "library.view_removed": lambda detail: f"删去视图“{detail['name']}”",
    "library.first_view": lambda detail: (
        f"登录后先打开视图“{detail['name']}”" if detail["name"] else "登录后先打开全部项目"
    ),
}

NAMES = {
    "library.exported": "导出项目清单",
    "library.pinned": "关注项目",
    "library.unpinned": "不再关注",
    "library.view_saved": "保存视图",
    "library.view_removed": "删去视图",
    "library.first_view": "定默认视图",
}
