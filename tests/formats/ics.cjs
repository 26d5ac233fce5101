// The calendar format, read by a calendar library that is not the one that wrote it.
"use strict";
const { execFileSync } = require("child_process");
const path = require("path");
const loaded = require("ical.js"), ICAL = loaded.default ?? loaded;
const program = process.env.CHENGNUO, source = process.env.CN_SOURCE;
let passed = 0, failed = 0;
const check = (ok, what) => { if (ok) passed++; else { failed++; console.log(`FAILED: ${what}`); } };
const run = (args, input) => execFileSync(program, args, { input, maxBuffer: 1 << 28 }).toString();
const convert = (format, file) => run(["convert", "-f", format, "--fail-on", "never", "--diagnostics", "none", path.join(source, file)]);

const todosOf = (text) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vtodo");
for (const file of ["samples/shandong-2020/notice.txt", "tests/accuracy/notices/dev-tabs.txt"]) {
  const rows = convert("ndjson", file).trim().split("\n").map(JSON.parse).filter((e) => e.type === "row");
  const stages = rows.flatMap((r) => (r.deadline ? r.deadline.stages : r.dates)).filter((s) => s.start || s.end || s.rrule);
  const text = convert("ics", file), todos = todosOf(text);
  check(todos.length === stages.length && todos.length > 0, `${file}: one to-do for each dated stage (${todos.length} for ${stages.length})`);
  const uids = todos.map((t) => t.getFirstPropertyValue("uid"));
  check(new Set(uids).size === uids.length, `${file}: UIDs are different`);
  check(convert("ics", file) === text, `${file}: the same notice gives the same calendar`);
  todos.forEach((t, i) => {
    const s = stages[i], due = t.getFirstPropertyValue("due"), start = t.getFirstPropertyValue("dtstart");
    if (s.rrule) check(t.getFirstPropertyValue("rrule").toString() === s.rrule && due, `${file}: ${s.text} recurs by ${s.rrule}`);
    else check((due ? due.toString() : null) === s.end && (start ? start.toString() : null) === s.start, `${file}: ${s.text} is due ${s.end}`);
    check(t.getFirstPropertyValue("summary") && t.getFirstPropertyValue("dtstamp"), `${file}: a to-do has summary and stamp`);
  });
  check(text.split("\r\n").every((l) => Buffer.byteLength(l) <= 75), `${file}: lines are folded at 75 octets`);
}
const tabs = todosOf(convert("ics", "tests/accuracy/notices/dev-tabs.txt"));
const monthly = tabs.find((t) => t.getFirstPropertyValue("rrule"));
check(monthly && monthly.getFirstPropertyValue("dtstart").toString() === "2023-01-10", "每月10日前 begins on 10 January of the notice's year");
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
