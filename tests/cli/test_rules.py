"""chengnuo rules: a user's own words, their examples, and why an answer is what it is."""
import json, os, sys, tempfile
from harness import check, expect, run, same
import harness

folder = tempfile.mkdtemp()


def table(name, *lines):
    """A user's table with the built-in one's column line."""
    header = open(f"{harness.SOURCE}/rules/{name}", encoding="utf-8").read().splitlines()
    columns = next(l for l in header if not l.startswith("#"))
    with open(f"{folder}/{name}", "w", encoding="utf-8") as f:
        f.write("\n".join([columns, *lines]) + "\n")
    return columns.split("\t")


def units(text, *words):
    out = expect("a text", ["normalize", "--text", *words, "-"], 0, stdin=text)
    rows = [json.loads(l) for l in out.decode().splitlines() if '"type":"row"' in l]
    return [(t["value"], t["unit"], t["unit_code"]) for t in rows[0]["targets"]]


check("units.tsv" in expect("list", ["rules", "list"], 0).decode(), "the tables are listed")
check("\t公里\t" in expect("list units", ["rules", "list", "units"], 0).decode(), "a table's lines are listed")
check(b"0 failed" in expect("check", ["rules", "check"], 0), "the built-in examples pass")
columns = table("units.tsv")
fields = {"unit": "骰", "code": "1", "dimension": "count", "source": "mine", "example": "三骰", "expected": "三骰 eq 3 骰 1 count"}
table("units.tsv", "\t".join(fields.get(c, "") for c in columns))
check(b"0 failed" in expect("check DIR", ["rules", "check", folder], 0), "a user's line is checked with the others")
same(units("新建车间3骰。", "--rules", folder), [(3, "骰", "1")], "a user's unit is read")
out = expect("why", ["rules", "why", "--rules", folder, "新建车间3骰。"], 0).decode()
check(f"{folder}/units.tsv:2" in out and "actions.tsv:" in out, "why names the line of the user's table and of the built-in one")
fields["expected"] = "三骰 eq 4 骰 1 count"
table("units.tsv", "\t".join(fields.get(c, "") for c in columns))
out = expect("a wrong example", ["rules", "check", folder], 1).decode()
check(f"{folder}/units.tsv:2" in out and "1 failed" in out, "a line whose example does not come out is told with file and line")
open(f"{folder}/units.tsv", "w").write("unit\twhatever\n")
expect("wrong columns", ["rules", "check", folder], 3, "units.tsv:1", "columns")
open(f"{folder}/units.tsv", "wb").write(b"\xff\xfe\n")
expect("bytes that are no UTF-8", ["rules", "check", folder], 3, "UTF-8")
expect("no folder", ["rules", "check", "/nonexistent"], 3, "/nonexistent")
os.remove(f"{folder}/units.tsv")
table("names.tsv", "!12345热线\t" + "\t" * 2)
expect("a removed line", ["normalize", "--text", "--rules", folder, "-"], 0, stdin="畅通热线。")
out = expect("why a date", ["rules", "why", "2021年6月底前新增5G基站20个左右。"], 0).decode()
check("deadlines.tsv:" in out and "2021-06-30" in out and "comparison.tsv:" in out and "5G" in out, "why shows dates, names and comparison words")
expect("no such verb", ["rules", "explain"], 2, "why TEXT")
expect("no such table", ["rules", "list", "unit"], 2, "units.tsv")
print(f"{harness.made - harness.failed} passed, {harness.failed} failed")
sys.exit(harness.failed != 0)
