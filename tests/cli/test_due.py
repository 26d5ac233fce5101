"""chengnuo due: what a supervision office asks every morning."""
import json, sys
from harness import SOURCE, check, expect, run, same
import harness

NOTICE = f"{SOURCE}/tests/accuracy/notices/dev-tabs.txt"


def due(*words, **how):
    return [json.loads(text) for text in expect("due", ["due", "-f", "ndjson", "--as-of", "2023-07-01", *words], 0, **how).splitlines()]


everything = due(NOTICE)
same([e["due"] for e in everything], sorted(e["due"] for e in everything), "entries come soonest first")
check(len(everything) > 10 and all(e["task"] and e["stage"] for e in everything), "each entry says what is due")
stages = [e["due"] for e in everything if "碧水" in e["task"]]
same(stages, ["2023-06-30", "2023-09-30"], "a commitment with two deadlines stands twice")
same([e["due"] for e in due("--overdue", NOTICE)], [d for d in [e["due"] for e in everything] if d < "2023-07-01"], "--overdue keeps what was due before --as-of")
window = due("--after", "2023-06-30", "--before", "2023-10-01", NOTICE)
same(sorted({e["due"] for e in window}), ["2023-07-10", "2023-09-30"], "--after and --before leave out their own days, and a monthly duty stands with its next one")
same([e["days"] for e in everything][0], -1, "days are counted from --as-of")
monthly = [e for e in everything if e["rrule"]]
same([e["due"] for e in monthly], ["2023-07-10"], "a monthly duty stands with its next day")

_, stream, _ = run(["convert", "-f", "ndjson", NOTICE])
same(due("--events", "-", stdin=stream), everything, "a stream of events gives the same as the notice")

text = "2020年某市重点任务公开承诺事项\n\n单位\t序号\t承诺事项\t完成时间\t责任人\n甲局\t1\t办理企业诉求。\t收到通知后5个工作日内\t李刚\n"
same(due("-", stdin=text), [], "a term that runs from an unknown event is not given a date")
entry = due("--event", "收到通知=2020-09-29", "-", stdin=text)
same([e["due"] for e in entry], ["2020-10-13"], "five working days after 29 September 2020 skip the National Day week and count the working Saturday")

table = expect("the table", ["due", "--as-of", "2023-07-01", NOTICE], 0, env={**__import__("os").environ, "COLUMNS": "80"}).decode()
check("2023-06-30" in table and "段文博" in table and "Responsible" in table, "without -f a table for people is printed")
width = lambda s: sum(2 if ord(c) > 0x2E7F else 1 for c in s)
check(max(map(width, table.splitlines())) <= 120, "the table fits a terminal")
expect("a wrong date", ["due", "--before", "tomorrow", NOTICE], 2, "2020-06-30")
expect("a format that due has not", ["due", "-f", "xlsx", NOTICE], 2, "table or ndjson")
expect("a missing file", ["due", "/nonexistent"], 3, "/nonexistent")
print(f"{harness.made - harness.failed} passed, {harness.failed} failed")
sys.exit(harness.failed != 0)
