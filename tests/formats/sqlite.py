"""usage: sqlite.py SQLITE3     The SQLite format: asked by the sqlite3 program, added to, asked again."""
import json, os, subprocess, sys
from sample import check, done, events, lines, path, run

db = path("commitments.sqlite")
all_ = events()
rows = [e for e in all_ if e["type"] == "row"]


def ask(sql):
    out = subprocess.run([sys.argv[1], "-json", db, sql], capture_output=True, check=True).stdout
    return json.loads(out or "[]")


def one(sql):
    return list(ask(sql)[0].values())[0]


run("emit", "-f", "sqlite", "-o", db, data=lines(all_))
check(one("PRAGMA integrity_check") == "ok", "the database is whole")
check(one("SELECT count(*) FROM row") == len(rows), "every row is in the database")
check(one("SELECT count(*) FROM target") == sum(len(r["targets"]) for r in rows), "every target is in the database")
check(one("SELECT count(*) FROM condition") == sum(len(t["where"]) for r in rows for t in r["targets"]), "every condition is in the database")
check(one("SELECT count(*) FROM responsible") == sum(len(r["responsible"]) for r in rows), "every responsible person is in the database")
check(one("SELECT count(*) FROM stage WHERE source = 'deadline'") == sum(len((r["deadline"] or {}).get("stages", [])) for r in rows), "every stage is in the database")
check(one("SELECT count(*) FROM diagnostic") == sum(e["type"] == "diagnostic" for e in all_), "every diagnostic is in the database")
check(one("SELECT count(*) FROM contact") == sum(e["type"] == "contact" for e in all_), "every contact is in the database")
found = {r["no"] for r in ask("SELECT r.no FROM task_fts f JOIN row r ON r.id = f.rowid WHERE task_fts MATCH '高层次人才'")}
check(found and found == {r["no"] for r in rows if "高层次人才" in r["task"]}, "full-text search finds Chinese words inside a task")
big = max((t["value"] or 0) for r in rows for t in r["targets"])
check(one("SELECT value_exact FROM target ORDER BY value DESC LIMIT 1") == str(big), "values keep every digit")
check(one("SELECT count(*) FROM targets_by_unit") > 3, "targets_by_unit answers")
check(isinstance(ask("SELECT * FROM due_soon"), list), "due_soon answers")

run("emit", "-f", "sqlite", "-o", db, data=lines(all_))
check(one("SELECT count(*) FROM notice") == 1 and one("SELECT count(*) FROM row") == len(rows), "the same notice twice does not double")
check(one("SELECT count(*) FROM task_fts WHERE task_fts MATCH '高层次人才'") == len(found), "full text does not double either")
other = json.loads(json.dumps(all_))
other[0]["source"]["sha256"] = "0" * 64
other[0]["source"]["name"] = "other.txt"
run("emit", "-f", "sqlite", "-o", db, data=lines(other))
check(one("SELECT count(*) FROM notice") == 2 and one("SELECT count(*) FROM row") == 2 * len(rows), "a second notice is added")

before = open(db, "rb").read()
cut = run("emit", "-f", "sqlite", "-o", db, data=lines(all_[:-1]), code=3)
check(open(db, "rb").read() == before, "a stream that was cut off leaves the database as it was")
plain = path("notes.sqlite")
open(plain, "w").write("not a database at all, but a text of some length that nobody wants to lose")
run("emit", "-f", "sqlite", "-o", plain, data=lines(all_), code=3)
check(open(plain).read().startswith("not a database"), "a file that is no database of ours is left alone")
refused = run("emit", "-f", "sqlite", data=lines(all_), code=2)
check("-o" in refused, "without -o the message says what is missing")
check(not [f for f in os.listdir(os.path.dirname(db)) if f not in ("commitments.sqlite", "notes.sqlite")], "nothing is left beside the database")
done()
