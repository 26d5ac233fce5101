"""What the batch tests share: a folder of notices, runs, manifests."""
import json, os, shutil, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness
from harness import SOURCE, check, expect, run, same

root = tempfile.mkdtemp()
os.chdir(root)
NOTICES = f"{SOURCE}/tests/accuracy/notices"
TEXT = "2021年某县重点任务公开承诺事项\n\n单位\t序号\t承诺事项\t完成时间\t责任人\n%s\t1\t新建农村公路%d公里，改造危房%d户。\t%d月底前\t李刚\n"


def notice(i):
    return (TEXT % (f"{'甲乙丙丁'[i % 4]}镇", i + 1, i + 2, i % 12 + 1)).encode()


def folder(name, n):
    for i in range(n):
        path = f"{name}/{i % 7}/notice-{i:04}.txt"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(notice(i))
    return name


def manifest(out):
    with open(f"{out}/manifest.ndjson", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def timeless(out):
    """The manifest without what the clock put into it."""
    lines = manifest(out)
    for line in lines:
        del line["milliseconds"]
    return lines


def tree(out):
    """Every file below `out` but the manifest: path -> bytes."""
    found = {}
    for base, _, names in os.walk(out):
        for name in names:
            path = os.path.join(base, name)
            if name != "manifest.ndjson":
                found[os.path.relpath(path, out)] = open(path, "rb").read()
    return found


def batch(what, words, status=0, *said, **how):
    return expect(what, ["batch", *words], status, *said, **how)


def by_name(out):
    return {line["name"]: line for line in manifest(out)}


def done():
    os.chdir("/")
    shutil.rmtree(root, ignore_errors=True)
    print(f"{harness.made - harness.failed} passed, {harness.failed} failed")
    sys.exit(harness.failed != 0 or harness.made == 0)
