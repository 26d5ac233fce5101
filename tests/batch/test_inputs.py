"""Where inputs come from, and what becomes of each."""
import gzip, io, os, subprocess, tarfile, zipfile
from archive import *

folder("in", 9)
open("in/plain.md", "w").write("# 随笔\n\n今天天气很好。\n")
open("in/photo.jpg", "wb").write(b"\xff\xd8\xff\xe0" + bytes(200))
open("in/paper.pdf", "wb").write(b"%PDF-1.4\n1 0 obj\n")
open("in/-dash.txt", "wb").write(notice(1))
open("in/new\nline.txt", "wb").write(notice(2))
batch("a folder", ["-o", "out", "in"], 0)
lines = by_name("out")
same(lines["in/plain.md"]["status"], "no-rows", "a text without commitments is listed, not an error")
same(lines["in/photo.jpg"]["status"], "skipped", "a picture is passed over")
check(lines["in/paper.pdf"]["status"] == "skipped" and "pdftotext" in lines["in/paper.pdf"]["message"], "a PDF's line says how to convert it")
one = lines["in/0/notice-0000.txt"]
same((one["status"], one["rows"], one["targets"], one["charset"], one["media_type"]), ("ok", 1, 2, "UTF-8", "text/plain"), "a notice's line says what was found")
check(one["sha256"] and one["size"] == len(notice(0)), "and what it was made from")
_, single, _ = run(["convert", "in/0/notice-0000.txt"])
same(open(f"out/{one['output']}", "rb").read(), single, "the output is what convert gives")
same(lines["in/-dash.txt"]["status"], "ok", "a name with a leading dash works")
check("in/new\nline.txt" in lines and "\n" not in lines["in/new\nline.txt"]["output"], "a name with a newline works, and its output has none")

missing = batch("a missing input", ["-o", "out2", "in/0", "/nonexistent", "in/1"], 1)
lines = manifest("out2")
same([l["status"] for l in lines if l["name"] == "/nonexistent"], ["failed"], "what is missing is said in the manifest")
check(len(lines) > 3 and lines[-1]["status"] == "ok", "and what comes after it is done")
batch("--fail-fast", ["--fail-fast", "-j1", "-o", "out3", "/nonexistent", "in"], 1)
check(len(manifest("out3")) < len(manifest("out")), "--fail-fast stops at the first that fails")

names = subprocess.run(["find", "in", "-name", "*.txt", "-print0"], capture_output=True, check=True).stdout
batch("names from find", ["-o", "out4", "--files-from", "-", "-0"], 0, stdin=names)
same(sorted(l["name"] for l in manifest("out4")), sorted(n.decode() for n in names.split(b"\0") if n), "find -print0 | batch --files-from - -0")
batch("names a line each", ["-o", "out5", "--files-from", "-"], 0, stdin="in/0/notice-0000.txt\nin/1/notice-0001.txt\n")
same(len(manifest("out5")), 2, "names may come a line each")
batch("nothing", ["-o", "out6"], 2, "no INPUT")
batch("no folder", ["in"], 2, "-o OUT")
batch("an unwritable folder", ["-o", "/proc/nowhere", "in"], 3, "/proc/nowhere")

# Archives.
files = {f"d/{i}.txt": notice(i) for i in range(5)}
with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for name, data in files.items():
        z.writestr(name, data)
for name, mode in (("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tar.xz", "w:xz"), ("a.tar.bz2", "w:bz2")):
    with tarfile.open(name, mode) as t:
        for member, data in files.items():
            info = tarfile.TarInfo(member)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("d/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        t.addfile(link)
        device = tarfile.TarInfo("d/null")
        device.type, device.devmajor, device.devminor = tarfile.CHRTYPE, 1, 3
        t.addfile(device)
gzip.open("b.txt.gz", "wb").write(notice(3))
with zipfile.ZipFile("nested.zip", "w") as z:
    z.write("a.tar.gz")
    z.write("b.txt.gz")
for name in ("a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.tar.bz2", "nested.zip"):
    batch(name, ["-o", f"o-{name}", name], 0)
    got = [l for l in manifest(f"o-{name}")]
    same([l["sha256"] for l in got][:5], [l["sha256"] for l in manifest("o-a.zip")][:5], f"{name} holds the same notices")
    check(all(l["status"] == "ok" for l in got), f"{name}: every member is converted, links and devices are no members")
same([l["name"] for l in manifest("o-nested.zip")][0], "nested.zip/a.tar.gz/d/0.txt", "an archive in an archive shows its path")
batch("a gz of one notice", ["-o", "og", "b.txt.gz"], 0)
same([l["rows"] for l in manifest("og")], [1], "a compressed notice is a notice")
office = f"{SOURCE}/tests/variants/files/pandoc.docx"
batch("a Word file", ["-o", "ow", office], 0)
same(manifest("ow")[0]["rows"], 51, "a Word file is a notice, not an archive")
with zipfile.ZipFile("office.zip", "w") as z:
    z.write(office, "通知.docx")
batch("a Word file in a zip", ["-o", "oz", "office.zip"], 0)
same(manifest("oz")[0]["rows"], 51, "a Word file in an archive is a notice too")

# Names that want to go elsewhere, GBK names, absolute ones.
with zipfile.ZipFile("evil.zip", "w") as z:
    for name in ("../../evil.txt", "/etc/evil.txt", "a/./b//c.txt", "x\x01y.txt", "..\\w.txt"):
        z.writestr(name, notice(1))
raw = open("evil.zip", "rb").read()
gbk = "公告/通知.txt".encode("gb18030")
holder = io.BytesIO()
with zipfile.ZipFile(holder, "w") as z:
    z.writestr("x" * len(gbk), notice(4))
open("gbk.zip", "wb").write(holder.getvalue().replace(b"x" * len(gbk), gbk))
batch("hostile names", ["-o", "oe", "evil.zip"], 0)
inside = os.path.realpath("oe")
check(all(os.path.realpath(os.path.join("oe", l["output"])).startswith(inside) for l in manifest("oe")), "no member's name leads out of OUT")
same(len(tree("oe")), 5, "each hostile name has a file of its own")
check(not os.path.exists("evil.txt") and not os.path.exists("../evil.txt"), "nothing is written beside OUT")
batch("GBK names", ["-o", "ogbk", "gbk.zip"], 0)
same([l["name"] for l in manifest("ogbk")], ["gbk.zip/公告/通知.txt"], "names that Windows wrote in GBK are read")
cut = open("a.tar.gz", "rb").read()
open("cut.tar.gz", "wb").write(cut[: len(cut) * 2 // 3])
batch("a cut archive", ["-o", "ocut", "cut.tar.gz", "a.zip"], 1)
check(manifest("ocut")[-1]["status"] == "ok" and any(l["status"] == "failed" for l in manifest("ocut")), "an archive that is cut off fails by itself")
done()
