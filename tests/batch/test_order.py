"""Input order, merged streams, the same bytes whatever -j is."""
import csv, io, json, sqlite3
from archive import *

folder("in", 150)
open("in/3/bad.bin", "wb").write(bytes(range(256)))
for j in ("1", "8"):
    batch(f"-j {j}", ["-j", j, "-q", "-o", f"tree{j}", "in"])
    batch(f"merged -j {j}", ["-j", j, "-q", "--merge", "-o", f"merge{j}", "in"])
    batch(f"csv -j {j}", ["-j", j, "-q", "--merge", "-f", "csv", "-o", f"csv{j}", "in"])
for kind in ("tree", "merge", "csv"):
    same(timeless(kind + "1"), timeless(kind + "8"), f"{kind}: the manifest is the same for -j 1 and -j 8")
    check(tree(kind + "1") == tree(kind + "8"), f"{kind}: the same bytes for -j 1 and -j 8")
names = [l["name"] for l in manifest("tree8")]
same(names, sorted(names), "inputs are in the order of their names")
merged = [json.loads(line) for line in open("merge8/merged.ndjson", encoding="utf-8")]
same([e["source"]["name"] for e in merged if e["type"] == "notice"], [l["name"] for l in manifest("merge8") if l["status"] == "ok"], "the merged stream is in input order")
same(sum(e["type"] == "row" for e in merged), 150, "every row is in the merged stream")
table = list(csv.DictReader(io.StringIO(open("csv8/merged.csv", encoding="utf-8").read())))
check(len(table) == 150 and table[0]["task"].startswith("新建农村公路"), "a merged csv has one header and every row")
batch("sqlite", ["--merge", "-f", "sqlite", "-q", "-o", "db", "in"])
db = sqlite3.connect("db/merged.sqlite")
same(db.execute("SELECT (SELECT count(*) FROM notice), (SELECT count(*) FROM row)").fetchone(), (150, 150), "a merged database has every notice")
batch("xlsx a notice", ["-f", "xlsx", "-q", "-o", "books", "in/0/notice-0000.txt"])
check(tree("books")["in/0/notice-0000.txt.xlsx"][:2] == b"PK", "a workbook a notice")
batch("no such merge", ["--merge", "-f", "html", "-o", "x", "in"], 2, "--merge")
_, _, error = run(["batch", "-o", "quiet", "-q", "in/0"])
same(error, "", "--quiet says nothing")
_, _, error = run(["batch", "-o", "loud", "in/0"])
check("converted" in error and "manifest.ndjson" in error, "a summary is said at the end")
_, _, error = run(["batch", "-o", "json", "--progress=json", "in"])
same(json.loads(error.splitlines()[-1])["inputs"], 151, "--progress=json writes JSON lines")
done()
