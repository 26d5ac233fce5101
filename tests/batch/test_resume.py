"""Interrupted runs: killed at random points and resumed, they give what an unbroken run gives."""
import os, random, signal, subprocess, time
from archive import *

random.seed(20201231)
folder("in", 120)
for i in range(5):
    open(f"in/2/scan-{i}.pdf", "wb").write(b"%PDF-1.7\n")


def killed(words, after):
    p = subprocess.Popen([harness.PROGRAM, "batch", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(after)
    os.killpg(p.pid, signal.SIGKILL)
    return p.wait() == -signal.SIGKILL


for kind, words in (("tree", []), ("merge", ["--merge"]), ("csv", ["--merge", "-f", "csv"])):
    began = time.time()
    batch(f"{kind}: unbroken", ["-q", "-j2", "-o", f"whole-{kind}", *words, "in"])
    length = time.time() - began
    interrupted = 0
    for point in range(20 if kind == "tree" else 8):
        out = f"{kind}-{point}"
        call = ["-q", "-j2", "--resume", "-o", out, *words, "in"]
        interrupted += killed(call, random.uniform(0.02, length))
        interrupted += killed(call, random.uniform(0.02, length / 2))
        batch(f"{kind}: resumed at point {point}", call)
        same(timeless(out), timeless(f"whole-{kind}"), f"{kind}: a run killed twice and resumed has the manifest of an unbroken one")
        left = {k: v for k, v in tree(out).items() if not k.endswith("~")}
        check(left == tree(f"whole-{kind}"), f"{kind}: and the same files")
    check(interrupted > 4, f"{kind}: the kills came while it ran ({interrupted})")

# What was done is not done again; what changed is.
before = {p: os.stat(f"whole-tree/{p}").st_mtime_ns for p in tree("whole-tree")}
changed = "in/1/notice-0001.txt"
open(changed, "wb").write(notice(77))
batch("resumed", ["-q", "--resume", "-o", "whole-tree", "in"])
touched = {p for p in before if os.stat(f"whole-tree/{p}").st_mtime_ns != before[p]}
same(touched, {changed + ".json"}, "only what changed is converted again")
batch("other settings", ["-q", "--resume", "--compact", "-o", "whole-tree", "in"])
check(os.stat(f"whole-tree/in/0/notice-0000.txt.json").st_mtime_ns != before["in/0/notice-0000.txt.json"], "what was done with other options is done again")

# ^C: what is in work is finished, the manifest is written.
for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
    os.mkfifo(f"slow-{code}")
    call = [harness.PROGRAM, "batch", "-j1", "--timeout", "20s", "-o", f"int-{code}", "in/0/notice-0000.txt", f"slow-{code}", "in"]
    p = subprocess.Popen(call, stderr=subprocess.PIPE)
    pipe = os.open(f"slow-{code}", os.O_WRONLY)  # the worker has opened the other end: it is at it
    p.send_signal(number)
    time.sleep(0.2)
    check(p.poll() is None, "an input in work is finished first")
    os.write(pipe, notice(5))
    os.close(pipe)
    p.communicate(timeout=60)
    same(p.returncode, code, f"a signal ends the run with {code}")
    names = [l["name"] for l in manifest(f"int-{code}")]
    check(f"slow-{code}" in names and len(names) < 120, "its line is in the manifest, and the rest was not begun")
done()
