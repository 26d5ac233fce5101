#!/usr/bin/env python3
"""emit -f md: a table a block that stays a table, whatever the notice holds.

usage: CHENGNUO=program test_md.py
"""
import re
from harness import *


def cells(text_line):
    return [c.strip() for c in re.split(r"(?<!\\)\|", text_line)[1:-1]]


def table():
    contact = {"type": "contact", "notice": "n.txt", "block": "甲市", "person": "李四", "phones": ["1", "2"], "outside": False, "line": 1}
    note = {"type": "diagnostic", "notice": "n.txt", "severity": "warning", "code": "serial-gap", "message": "2 is missing", "line": 5, "column": None, "block": None, "no": 3}
    events = stream(block("甲市"), row(block="甲市", targets=[target(), target(relation="ge")], due="2020-12-31",
                    deadline={"text": "12月底", "due": "2020-12-31", "ongoing": False, "stages": []},
                    responsible=[{"name": "张三", "kind": "person", "role": "lead"}]), contact, block("乙市"), row(block="乙市"), note)
    out = expect("emit -f md", ["emit", "-f", "md"], 0, stdin=events).decode()
    same(re.findall(r"^#+ .*$", out, re.M), ["# 承诺", "## 甲市", "## 乙市", "## 诊断"], "headings")
    lines = [x for x in out.splitlines() if x.startswith("|")]
    same(cells(lines[0]), ["序号", "承诺事项", "目标", "完成时间", "责任人"], "the head of a table")
    same(cells(lines[2]), ["1", "新增绿色工厂20家。", "新增绿色工厂 20家<br>新增绿色工厂 &gt;=20家", "12月底<br>2020-12-31", "张三 (lead)"], "a row of a table")
    check("\n- 李四 1 2\n" in out and "\n- warning, line 5: 2 is missing (serial-gap)\n" in out, "contacts or diagnostics are missing")
    check(re.search(r"[^\n]\n\| 序号|[^\n]\n#", out) is None, "no blank line ahead of a table or heading")
    same(cells([x for x in expect("--header en", ["emit", "-f", "md", "--header", "en"], 0, stdin=events).decode().splitlines() if x.startswith("|")][0])[1], "Task", "--header en")


def hostile():
    task = "a|b\n<script>x</script> [l](javascript:1) *b* _c_ `d` ~~e~~ \\ $f$ &amp; #g\x01"
    out = expect("emit -f md", ["emit", "-f", "md"], 0, stdin=stream(row(task=task, label="|"))).decode()
    line_of_row = [x for x in out.splitlines() if x.startswith("|")][-1]
    same(len(cells(line_of_row)), 5, "a cell breaks the table")
    text = cells(line_of_row)[1]
    check("<script" not in text and "](" not in re.sub(r"\\.", "", text), "markup of a notice is markup")
    back = re.sub(r"\\(.)", r"\1", text.replace("<br>", "\n").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    same(back, task.replace("\x01", ""), "text does not come back")
    for preface in ("- no list", "1. no list", "# no heading", "> no quote", "=== no line"):
        head = {**NOTICE, "preface": preface}
        out = expect("a preface", ["emit", "-f", "md"], 0, stdin=line(head) + line(END)).decode().splitlines()[2]
        check(re.match(r"(- |1\. |# |> |=)", out) is None, f"a preface {preface!r} becomes markup")


for test in (table, hostile):
    test()
done()
