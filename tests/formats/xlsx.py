"""The Excel format: read back from its XML, as a spreadsheet program would."""
import json, re, xml.etree.ElementTree as ET, zipfile
from sample import check, done, events, lines, path, run

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
all_ = events()
rows = [e for e in all_ if e["type"] == "row"]
book = path("commitments.xlsx")
run("emit", "-f", "xlsx", "-o", book, data=lines(all_))


def sheets(file):
    with zipfile.ZipFile(file) as z:
        check(z.testzip() is None, "the workbook's container is whole")
        names = [s.get("name") for s in ET.fromstring(z.read("xl/workbook.xml")).iter("{%s}sheet" % NS["m"])]
        shared = []
        if "xl/sharedStrings.xml" in z.namelist():
            shared = ["".join(t.text or "" for t in si.iter("{%s}t" % NS["m"])) for si in ET.fromstring(z.read("xl/sharedStrings.xml"))]
        for i, name in enumerate(names):
            yield name, ET.fromstring(z.read(f"xl/worksheets/sheet{i + 1}.xml")), shared


def cells(sheet, shared):
    table = []
    for row in sheet.iter("{%s}row" % NS["m"]):
        line = {}
        for c in row:
            column = re.match(r"[A-Z]+", c.get("r")).group()
            value, inline = c.find("m:v", NS), c.find("m:is", NS)
            if inline is not None:
                line[column] = "".join(t.text or "" for t in inline.iter("{%s}t" % NS["m"]))
            elif value is not None:
                line[column] = shared[int(value.text)] if c.get("t") == "s" else float(value.text)
        table.append(line)
    return table


read = {name: (sheet, cells(sheet, shared)) for name, sheet, shared in sheets(book)}
check(list(read) == ["承诺事项", "目标", "提示", "文件"], "sheets have Chinese names: " + ", ".join(read))
sheet, table = read["承诺事项"]
by_name = {v: k for k, v in table[0].items()}
check(len(table) == len(rows) + 1, "every row is in the workbook")
check([r[by_name["承诺事项"]] for r in table[1:]] == [r["task"] for r in rows], "tasks are whole and in order")
due = [r for r in table[1:] if by_name["到期日"] in r]
check(due and all(isinstance(r[by_name["到期日"]], float) for r in due), "due dates are dates, not text")
check(due[0][by_name["到期日"]] == 44196, "2020-12-31 is Excel's day 44196")
check(sheet.find(".//m:pane[@state='frozen']", NS) is not None, "the header is frozen")
check(sheet.find("m:autoFilter", NS) is not None, "the table has a filter")
_, targets = read["目标"]
value = {v: k for k, v in targets[0].items()}["数值"]
wanted = [t["value"] for r in rows for t in r["targets"] if t["value"] is not None]
check([t[value] for t in targets[1:] if value in t] == wanted, "values of targets are numbers and right")
english = path("english.xlsx")
run("emit", "-f", "xlsx", "--header", "en", "-o", english, data=lines(all_))
check([n for n, *_ in sheets(english)][0] == "Commitments", "--header en gives English sheets")
exact = json.loads(json.dumps(all_))
next(e for e in exact if e["type"] == "row" and e["targets"])["targets"][0]["value"] = 123456789012345678
run("emit", "-f", "xlsx", "-o", english, data=lines(exact))
check(any("123456789012345678" in map(str, line.values()) for n, s, shared in sheets(english) for line in cells(s, shared)), "a value of 18 digits is not rounded to 15")
run("emit", "-f", "xlsx", data=lines(all_), code=2)
done()
