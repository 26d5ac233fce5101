"""What the tests of the command line share: running the program, counting checks, and event streams made from gold.

In:  CHENGNUO (the program) and CN_SOURCE (the project) from the environment.  Out: a line for each failed check.
"""
import glob, json, os, subprocess, sys

PROGRAM = os.path.abspath(os.environ["CHENGNUO"])
SOURCE = os.environ.get("CN_SOURCE") or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLE = f"{SOURCE}/samples/shandong-2020/notice.txt"
made = failed = 0


def check(ok, what):
    """`what` says what would be broken for a user."""
    global made, failed
    made += 1
    if not ok:
        failed += 1
        print("FAILED: " + what)
    return bool(ok)


def same(got, want, what):
    return check(got == want, f"{what}\n  got  {got!r:.600}\n  want {want!r:.600}")


def run(words, stdin=b"", **how):
    """(exit code, standard output, standard error as text)."""
    if isinstance(stdin, str):
        stdin = stdin.encode()
    if "stdin_file" in how:
        how["stdin"] = how.pop("stdin_file")
    else:
        how["input"] = stdin
    how.setdefault("stdout", subprocess.PIPE)
    done = subprocess.run([PROGRAM, *words], stderr=subprocess.PIPE, timeout=100, **how)
    error = done.stderr.decode(errors="replace")
    check("Sanitizer" not in error and "runtime error" not in error, f"{words}: {error[-2000:]}")
    return done.returncode, done.stdout, error


def expect(what, words, status, *said, **how):
    """The run ends with `status` and says each of `said` on standard error; gives its standard output."""
    got, out, error = run(words, **how)
    check(got == status, f"{what}: exit {got}, not {status}: {error[-400:]}")
    for text in said:
        check(text in error, f"{what}: the message lacks `{text}`: {error[-400:]}")
    return out


def line(event):
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n"


def row(task="新增绿色工厂20家。", **more):
    """A normalized row event."""
    return {"type": "row", "notice": "n.txt", "title": "承诺", "year": 2020, "block": None, "no": 1, "label": "1", "task": task,
            "targets": [], "deadline": None, "dates": [], "due": None, "responsible": [], "extra": {}, "line": 1, **more}


def target(**more):
    return {"text": "20家", "start": 6, "end": 9, "metric": "绿色工厂", "inherited": False, "action": "新增", "change": "output",
            "relation": "eq", "value": 20, "min": None, "max": None, "unit": "家", "unit_code": "1", "dimension": "count",
            "per": None, "modality": None, "where": [], **more}


NOTICE = {"type": "notice", "schema": "chengnuo/1", "source": {"name": "n.txt", "media_type": "text/plain", "charset": "UTF-8", "size": 1,
          "sha256": "00"}, "title": "承诺", "year": 2020, "issuer": None, "document_number": None, "issued": None, "contacts": [],
          "preface": None}
END = {"type": "end", "notice": "n.txt", "blocks": 0, "rows": 1, "diagnostics": 0}


def block(name, **more):
    return {"type": "block", "notice": "n.txt", "name": name, "kind": "region", "adcode": None, "line": 1, **more}


def stream(*events):
    return "".join(line(e) for e in (NOTICE, *events, END))


def gold_events(gold, name):
    """The events a notice's answer would have come from; whole and normalized."""
    head = {"type": "notice", "schema": "chengnuo/1", "source": None, "contacts": []}
    head.update({k: gold[k] for k in ("title", "year", "issuer", "document_number", "issued", "preface") if k in gold})
    head["contacts"] = gold.get("contacts", [])
    yield head
    for b in gold["blocks"]:
        yield {"type": "block", "notice": name, "name": b["name"], "kind": b["kind"], "adcode": b["adcode"], "line": None}
        for r in b["rows"]:
            yield {"type": "row", "notice": name, "title": gold["title"], "year": gold["year"], "block": b["name"], **r}
        for c in b["contacts"]:
            yield {"type": "contact", "notice": name, "block": b["name"], **c, "outside": False, "line": None}
    for d in gold.get("diagnostics", []):
        yield {"type": "diagnostic", "notice": name, **d}
    yield {"type": "end", "notice": name, "blocks": len(gold["blocks"]), "rows": sum(len(b["rows"]) for b in gold["blocks"]), "diagnostics": 0}


def golds():
    for path in sorted(glob.glob(f"{SOURCE}/samples/*/gold.json") + glob.glob(f"{SOURCE}/tests/accuracy/gold/*.json")):
        yield path, json.load(open(path, encoding="utf-8"))


def done():
    print(f"{made} checks, {failed} failed")
    sys.exit(1 if failed or not made else 0)
