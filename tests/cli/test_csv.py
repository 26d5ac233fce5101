#!/usr/bin/env python3
"""emit -f csv and tsv: a reader of RFC 4180 gets back what the events say, and a spreadsheet runs nothing.

usage: CHENGNUO=program test_csv.py
"""
import csv, io, json, os, tempfile
from harness import *


def table(words, events, delimiter=","):
    out = expect(" ".join(words), words, 0, stdin=events).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(out, newline=""), delimiter=delimiter, strict=True))


def rows_and_targets():
    where = [{k: v for k, v in target(text="过50亿元", metric="营业收入", relation="gt", value=5000000000, unit="元", unit_code="CNY", dimension="currency").items()
              if k not in ("inherited", "action", "change", "modality", "where")}]
    deadline = {"text": "12月底并长期坚持", "due": "2020-12-31", "ongoing": True, "stages": []}
    people = [{"name": "张三", "kind": "person", "role": None}, {"name": "市财政局", "kind": "organization", "role": "lead"},
              {"name": "市教育局", "kind": "organization", "role": "support"}]
    targets = [target(), target(metric="税收", action="增长", change="increase", relation="approx", value=10.5, unit="%", unit_code="%", text="10.5%左右"),
               target(metric="企业", value=2, where=where), target(relation="range", value=None, min=5, max=10, per="a"), target(relation="ge", value=210000000000, unit="元", unit_code="CNY")]
    event = row(block="甲市", task='一, "二"\n三', targets=targets, deadline=deadline, due="2020-12-31", responsible=people, extra={"备注": "甲", "类别": "乙"}, line=7)
    got = table(["emit", "-f", "csv"], stream(block("甲市"), event))
    named = dict(zip(got[0], got[1]))
    same({k: named[k] for k in ("notice", "title", "year", "block", "no", "label", "task", "deadline", "due", "ongoing", "responsible", "lead", "support", "extra", "line")},
         {"notice": "n.txt", "title": "承诺", "year": "2020", "block": "甲市", "no": "1", "label": "1", "task": '一, "二"\n三', "deadline": "12月底并长期坚持",
          "due": "2020-12-31", "ongoing": "true", "responsible": "张三; 市财政局; 市教育局", "lead": "市财政局", "support": "市教育局", "extra": "备注: 甲; 类别: 乙", "line": "7"},
         "a row's cells are not what the event says")
    same(named["targets"], "新增绿色工厂 20家; 税收增长 ~10.5%; 新增企业 2家 (营业收入 >50亿元); 新增绿色工厂 5–10家/年; 新增绿色工厂 >=2100亿元", "targets are not joined readably")
    flat = table(["emit", "-f", "csv", "--targets"], stream(block("甲市"), event, row(no=2)))
    check(len(flat) == 1 + len(targets), "--targets is not a target a line")
    last = dict(zip(flat[0], flat[-1]))
    same([last["value"], last["unit_code"], last["relation"], last["metric"], last["no"]], ["210000000000", "CNY", "ge", "绿色工厂", "1"], "a target's cells are not what the event says")
    same(dict(zip(flat[0], flat[4]))["min"] + dict(zip(flat[0], flat[4]))["max"], "510", "a range loses its ends")
    same(table(["emit", "-f", "tsv"], stream(block("甲市"), event), "\t"), got, "tsv says something else than csv")


def shape():
    events = stream(row(), row(no=None, due=None))
    raw = expect("csv", ["emit", "-f", "csv"], 0, stdin=events)
    check(raw.count(b"\r\n") == 3 and raw.count(b"\n") == 3, "csv lines do not end with CR LF")
    check(b"\r" not in expect("tsv", ["emit", "-f", "tsv"], 0, stdin=events), "tsv lines do not end with LF")
    check(b"\r" not in expect("--eol lf", ["emit", "-f", "csv", "--eol", "lf"], 0, stdin=events), "--eol lf is not obeyed")
    check(not raw.startswith(b"\xef\xbb\xbf"), "csv begins with a BOM nobody asked for")
    same(expect("--bom", ["emit", "-f", "csv", "--bom"], 0, stdin=events), b"\xef\xbb\xbf" + raw, "--bom does more or less than a BOM")
    same(len({len(r) for r in table(["emit", "-f", "csv"], events)}), 1, "lines have different numbers of cells")
    same(table(["emit", "-f", "csv", "--header", "zh"], events)[0][:4], ["文件", "标题", "年份", "单位"], "--header zh is not Chinese")
    same(table(["emit", "-f", "csv", "--header", "none"], events), table(["emit", "-f", "csv"], events)[1:], "--header none is not the table without its first line")
    same(len(table(["emit", "-f", "csv"], stream())), 1, "a notice without rows has no header line")


def formulas():
    for cell in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1"):
        safe = table(["emit", "-f", "csv"], stream(row(task=cell)))
        same(safe[1][safe[0].index("task")], "'" + cell, f"a spreadsheet would run {cell!r}")
        raw = table(["emit", "-f", "csv", "--raw"], stream(row(task=cell)))
        same(raw[1][raw[0].index("task")], cell, f"--raw changes {cell!r}")
    negative = table(["emit", "-f", "csv", "--targets"], stream(row(targets=[target(value=-5)])))
    same(negative[1][negative[0].index("value")], "-5", "a negative number is taken for a formula")


def descriptor():
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/data")
        for data, said in (("a.csv", "a.csv"), ("data/a.csv", "data/a.csv")):
            expect("--datapackage", ["emit", "-f", "csv", "-o", data, "--datapackage", "datapackage.json"], 0, stdin=stream(row()), cwd=folder)
            package = json.load(open(f"{folder}/datapackage.json", encoding="utf-8"))
            resource = package["resources"][0]
            same(resource["path"], said, "the descriptor does not find its data")
            header = next(csv.reader(open(f"{folder}/{data}", encoding="utf-8", newline="")))
            same([f["name"] for f in resource["schema"]["fields"]], header, "the descriptor's fields are not the columns")
        expect("data outside the package", ["emit", "-f", "csv", "-o", "a.csv", "--datapackage", "data/p.json"], 2, "--datapackage FILE must", stdin=stream(row()), cwd=folder)
        same(sorted(os.listdir(f"{folder}/data")), ["a.csv"], "a refused call leaves files")
        expect("a folder that is missing", ["emit", "-f", "csv", "-o", "a.csv", "--datapackage", "none/p.json"], 2, stdin=stream(row()), cwd=folder)


for test in (rows_and_targets, shape, formulas, descriptor):
    test()
done()
