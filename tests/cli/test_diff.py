"""chengnuo diff: what an office changed in its list."""
import json, os, sys, tempfile
from harness import SAMPLE, check, expect, run, same
import harness

folder = tempfile.TemporaryDirectory()
text = open(SAMPLE, encoding="utf-8").read()


def changed(*edits):
    new = text
    for old, put in edits:
        check(old in new, f"the sample holds {old}")
        new = new.replace(old, put, 1)
    name = os.path.join(folder.name, "new.txt")
    open(name, "w", encoding="utf-8").write(new)
    out = expect("diff", ["diff", "-f", "ndjson", "--diagnostics", "none", SAMPLE, name], 0)
    return [json.loads(line) for line in out.splitlines()]


same(changed(), [], "a notice does not differ from itself")
found = changed(("金融业增加值增长10%左右", "金融业增加值增长12%左右"))
same([c["change"] for c in found], ["target-changed", "task-reworded"], "a new figure is a changed target, not another row")
same((found[0]["old"]["value"], found[0]["new"]["value"], found[0]["new"]["metric"]), (10, 12, "金融业增加值"), "both figures are told")
line = next(l for l in text.splitlines() if l.startswith("\t3\t"))
same([(c["change"], c["label"]) for c in changed((line + "\n", ""))], [("row-dropped", "3")], "a dropped row is told alone")
same([(c["change"], c["task"]) for c in changed((line, line + "\n\t21\t新建社区食堂八十家。\t6月底\t李刚"))], [("row-added", "新建社区食堂八十家。")], "an added row is told alone")
found = changed(("长期坚持\t孙立成 孙述涛 边祥慧 李刚 程德智", "6月底\t孙立成 孙述涛 边祥慧 李刚 王五"))
same([c["change"] for c in found], ["deadline-moved", "responsible-changed"], "deadline and people are told")
same((found[0]["old"]["due"], found[0]["new"]["due"]), (None, "2020-06-30"), "both deadlines are told")
same(([p["name"] for p in found[1]["dropped"]], [p["name"] for p in found[1]["added"]]), (["程德智"], ["王五"]), "who went and who came is told")
out = expect("as text", ["diff", "--diagnostics", "none", SAMPLE, os.path.join(folder.name, "new.txt")], 0).decode()
check("长期坚持 → 6月底 (2020-06-30)" in out and "1 deadlines moved" in out, "people read it as text")
check("no changes" in expect("the same", ["diff", "--diagnostics", "none", SAMPLE, SAMPLE], 0).decode(), "no change is said")
expect("one file", ["diff", SAMPLE], 2, "OLD and NEW")
expect("a missing file", ["diff", SAMPLE, "/nonexistent"], 3, "/nonexistent")
print(f"{harness.made - harness.failed} passed, {harness.failed} failed")
sys.exit(harness.failed != 0)
