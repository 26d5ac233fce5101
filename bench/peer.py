#!/usr/bin/env python3
"""Line 4's peer: what a competent programmer writes in Python's standard library to get rows, numbers with their units and
comparisons, dates and names out of a tab text. In: a file.  Out: a JSON line a row.

It reads the same table as chengnuo and answers the plain cases; conditions, metrics, ranges over two units, terms, lunar
dates, bodies and diagnostics it leaves out, so it does less."""
import csv
import json
import re
import sys
from calendar import monthrange
from decimal import Decimal

FIELDS = {"单位": "block", "序号": "no", "承诺事项": "task", "完成时间": "deadline", "责任人": "responsible"}
SCALES = {"": 1, "百": 100, "千": 1000, "万": 10 ** 4, "亿": 10 ** 8, "万亿": 10 ** 12}
BEFORE = {"不低于": "ge", "不少于": "ge", "达到": "ge", "超过": "gt", "过": "gt", "不超过": "le", "低于": "lt"}
AFTER = {"以上": "ge", "以下": "le", "以内": "le", "左右": "approx", "余": "gt", "多": "gt"}
AMOUNT = re.compile(
    r"(?P<before>不低于|不少于|不超过|达到|超过|低于|过)?"
    r"(?P<number>\d+(?:\.\d+)?)(?P<scale>万亿|亿|万|千|百)?"
    r"(?P<unit>平方米|平方公里|公里|个百分点|亩|公顷|吨|元|美元|家|个|户|人|项|列|套|座|只|处|条|所|名|%|％|‰)?"
    r"(?P<after>以上|以下|以内|左右|余|多)?")
DATE = re.compile(r"(?:(?P<year>20\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])日|(?P<edge>底|末|中旬|上旬|下旬))?")
YEAR = re.compile(r"(20\d\d)年?")
VERB = re.compile(r"(新增|增长|下降|降低|提高|完成|实现|建成|新建|开工|引进|签约|培育)[^，；。]{0,12}$")


def targets(task):
    dates = [match.span() for match in DATE.finditer(task)]
    for match in AMOUNT.finditer(task):
        if not match["unit"] or any(a <= match.start() < b for a, b in dates):
            continue
        value = Decimal(match["number"]) * SCALES[match["scale"] or ""]
        verb = VERB.search(task, max(0, match.start() - 24), match.start())
        yield {"text": match.group(), "start": match.start(), "end": match.end(), "value": str(value), "unit": match["unit"],
               "relation": AFTER.get(match["after"]) or BEFORE.get(match["before"]) or "eq",
               "action": verb.group(1) if verb else None}


def due(text, year):
    last = None
    for match in DATE.finditer(text):
        y, m = int(match["year"] or year), int(match["month"])
        d = int(match["day"] or {"上旬": 10, "中旬": 20}.get(match["edge"]) or monthrange(y, m)[1])
        last = f"{y:04}-{m:02}-{min(d, monthrange(y, m)[1]):02}"
    return last


def main(path):
    write, columns, year, block = sys.stdout.write, None, 2020, ""
    with open(path, encoding="utf-8", newline="") as file:
        for cells in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if columns is None:
                found = [FIELDS.get(cell) for cell in cells]
                if "task" in found:
                    columns = found
                elif cells and (match := YEAR.search(cells[0])):
                    year = int(match.group(1))
                continue
            row = dict(zip(columns, cells))
            block = row["block"] or block
            write(json.dumps({
                "block": block, "no": int(row["no"]), "task": row["task"], "targets": list(targets(row["task"])),
                "deadline": row["deadline"], "due": due(row["deadline"], year), "responsible": row["responsible"].split(),
            }, ensure_ascii=False) + "\n")


main(sys.argv[1])
