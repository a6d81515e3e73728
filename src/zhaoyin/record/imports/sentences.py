"""How the journal says what was done with an imported list."""

from zhaoyin.ground.journal.sentences import Sentence

SENTENCES: dict[str, Sentence] = {
    "imports.received": lambda detail: "上传项目清单",
    "imports.read": lambda detail: f"清单读取完成，共 {detail['rows']} 行",
    "imports.failed": lambda detail: f"清单没有处理成：{detail['message']}",
    "imports.mapped": lambda detail: f"定各列的含义：{'、'.join(detail['columns'])}",
    "imports.decided": lambda detail: f"第 {detail['row']} 行：{detail['words']}",
    "imports.commit_requested": lambda detail: "确认导入",
    "imports.committed": lambda detail: (
        f"导入完成：新建 {detail['new']} 个项目，更新 {detail['changed']} 个，未导入 {detail['left']} 行"
    ),
    "imports.undone": lambda detail: f"撤销导入，保留{'、'.join(detail['kept'])}" if detail["kept"] else "撤销导入",
    "imports.taken": lambda detail: f"导出离线修改表，共 {detail['count']} 个项目",
}

# What each act is called in the journal's filter.
NAMES = {
    "imports.received": "上传项目清单",
    "imports.read": "读取项目清单",
    "imports.failed": "导入失败",
    "imports.mapped": "定导入各列",
    "imports.decided": "处理导入疑问",
    "imports.commit_requested": "确认导入",
    "imports.committed": "导入项目",
    "imports.undone": "撤销导入",
    "imports.taken": "导出离线修改表",
}
