"""One bad input never stops the rest: crashes, endless inputs, memory, bombs."""
import gzip, io, os, signal, subprocess, tarfile, time, zipfile
from archive import *

folder("in", 20)


def status_of(out, name):
    return by_name(out)[name]["status"]


# A signal in a worker: the input it was at fails, the others it had are done by its successor.
os.mkfifo("hang")
p = subprocess.Popen([harness.PROGRAM, "batch", "-j1", "--timeout", "60s", "-o", "crash", "hang", "in"], stderr=subprocess.DEVNULL)
pipe = os.open("hang", os.O_WRONLY)
children = open(f"/proc/{p.pid}/task/{p.pid}/children").read().split()
for child in children:
    os.kill(int(child), signal.SIGSEGV)
p.wait(timeout=60)
os.close(pipe)
same(p.returncode, 1, "a crash in a worker is exit code 1")
same(status_of("crash", "hang"), "crashed", "the input that crashed is named")
same(sum(l["status"] == "ok" for l in manifest("crash")), 20, "every other input is done")

# An input that never ends.
keep = os.open("hang", os.O_RDWR)
batch("--timeout", ["-j2", "--timeout", "700ms", "-o", "slow", "hang", "in"], 1)
os.close(keep)
same(status_of("slow", "hang"), "timeout", "an input that takes too long is ended")
same(sum(l["status"] == "ok" for l in manifest("slow")), 20, "and the others are done")

# Memory and size.
big = b"\xe4\xb8\x80" * (12 << 20)
open("big.html", "wb").write(b"<html><body><p>" + big)
batch("--max-memory", ["--max-memory", "24M", "-o", "mem", "big.html", "in"], 1)
same(status_of("mem", "big.html"), "memory", "an input that needs too much memory fails alone")
same(sum(l["status"] == "ok" for l in manifest("mem")), 20, "and the others are done")
batch("--max-input", ["--max-input", "1M", "-o", "size", "big.html", "in"], 1)
same(status_of("size", "big.html"), "limit", "an input that is too large is not read")

# Bombs.
gzip.open("bomb.gz", "wb", 9).write(b"1" * (300 << 20))
batch("a gz of ones", ["-o", "bomb", "bomb.gz", "in"], 1)
check(by_name("bomb")["bomb.gz"]["status"] in ("limit", "memory"), "three hundred megabytes from a few are refused")
same(sum(l["status"] == "ok" for l in manifest("bomb")), 20, "and the others are done")
with zipfile.ZipFile("many.zip", "w") as z:
    for i in range(50):
        z.writestr(f"{i}.txt", notice(i))
batch("--max-entries", ["--max-entries", "10", "-o", "many", "many.zip", "in"], 1)
same(status_of("many", "many.zip"), "limit", "an archive of too many members is left at the limit")
same(sum(l["name"].startswith("many.zip/") for l in manifest("many")), 10, "what lay before the limit is done")
batch("--max-expanded", ["--max-expanded", "2k", "-o", "expanded", "many.zip"], 1)
same(status_of("expanded", "many.zip"), "limit", "what an archive unpacks to is limited")
data = notice(1)
for level in range(6):
    holder = io.BytesIO()
    with tarfile.open(fileobj=holder, mode="w:gz") as t:
        info = tarfile.TarInfo(f"{level}.tar.gz" if level else "n.txt")
        info.size = len(data)
        t.addfile(info, io.BytesIO(data))
    data = holder.getvalue()
open("deep.tar.gz", "wb").write(data)
batch("--max-nesting", ["-o", "deep", "deep.tar.gz"], 1)
same([l["status"] for l in manifest("deep")], ["limit"], "archives nested too deeply are left alone")
batch("nesting allowed", ["--max-nesting", "8", "-o", "deeper", "deep.tar.gz"], 0)
same([l["status"] for l in manifest("deeper")], ["ok"], "and read when asked for")
with zipfile.ZipFile("long.zip", "w") as z:
    z.writestr("d/" * 3000 + "n.txt", notice(1))
    z.writestr("x" * 300 + ".txt", notice(1))
batch("--max-path", ["-o", "long", "long.zip"], 1)
same([l["status"] for l in manifest("long")], ["limit", "ok"], "a path that is too long is said; a long name is cut to one that files may have")
for words in (["--timeout", "soon"], ["--jobs", "0"], ["--max-memory", "much"], ["--progress", "loud"]):
    batch(f"{words}", [*words, "-o", "x", "in"], 2, words[1])
done()
