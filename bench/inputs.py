#!/usr/bin/env python3
"""Makes the inputs of the measurements. In: the sample notice, a folder, a scale. Out: files, the same ones every time.

A mutated sample keeps the sample's words and shape; its digits are drawn anew (a first digit stays one that is not 0, a
year stays a year), and its rows come in an order of their own within their block. Files that are there are kept."""
import gzip
import io
import os
import random
import re
import sys
import tarfile
import zipfile

SEED = 20200612
MEGABYTE = 1 << 20
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def redraw(rng, match):
    text = match.group()
    if len(text) == 4 and text.startswith("20"):
        return text
    if int(float(text)) <= 12 and "." not in text:  # months, days, serial numbers stay what they can be
        return text
    return text[0] + re.sub("[0-9]", lambda _: str(rng.randrange(10)), text[1:])


class Sample:
    def __init__(self, path):
        lines = open(path, encoding="utf-8").read().split("\n")
        header = next(i for i, line in enumerate(lines) if line.startswith("单位\t"))
        self.head, self.blocks = lines[:header + 1], []
        for line in lines[header + 1:]:
            if line and not line.startswith("\t") and "\t" in line:
                self.blocks.append([line.split("\t")])
            elif "\t" in line:
                self.blocks[-1].append(line.split("\t"))
        self.blocks = [[[city] + row[2:] for row in block] for block in self.blocks for city in [block[0][0]]]

    def rows(self, rng):
        """The body: a city stands in its first row alone, as in the sample."""
        out = []
        for block in self.blocks:
            order = rng.sample(block, len(block))
            for no, (city, task, due, people) in enumerate(order, 1):
                task = NUMBER.sub(lambda m: redraw(rng, m), task)
                out.append([city if no == 1 else "", str(no), task, due, people])
        return out

    def notice(self, rng):
        return "\n".join(self.head + ["\t".join(row) for row in self.rows(rng)]) + "\n"


def tab_text(sample, size, encoding="utf-8"):
    """One notice with as many rows as `size` bytes hold."""
    rng, out = random.Random(SEED), io.BytesIO()
    out.write(("\n".join(sample.head) + "\n").encode(encoding))
    while out.tell() < size:
        out.write(("\n".join("\t".join(row) for row in sample.rows(rng)) + "\n").encode(encoding))
    return out.getvalue()


def row_text(sample, size, row_bytes):
    """Rows whose task cell has `row_bytes` bytes, made of the sample's own sentences."""
    rng, out, total, no = random.Random(SEED), ["\n".join(sample.head)], 0, 0
    sentences = [row[2] for row in sample.rows(rng)]
    while total < size:
        task, room = [], row_bytes
        while room > 0:
            piece = rng.choice(sentences).encode()[:room].decode("utf-8", "ignore")
            if not piece:
                break
            task.append(piece)
            room -= len(piece.encode())
        no += 1
        line = "\t".join(["济南市" if no == 1 else "", str(no), "".join(task), "12月底", "孙立成 孙述涛"])
        out.append(line)
        total += len(line.encode())
    return ("\n".join(out) + "\n").encode()


def cell_text(sample, alphabet, size=900_000):
    rng = random.Random(SEED)
    cell = "".join(rng.choice(alphabet) for _ in range(size // len(alphabet[0].encode())))
    return ("\n".join(sample.head) + "\n济南市\t1\t" + cell + "\t12月底\t孙立成\n").encode()


def html_page(sample, size):
    rng = random.Random(SEED)
    out = ["<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>2020年重点任务公开承诺事项</title></head><body>",
           "<h1>2020年重点任务公开承诺事项</h1>"]
    total = 0
    while total < size:
        table = ["<table border=\"1\"><tr><th>单位</th><th>序号</th><th>承诺事项</th><th>完成时间</th><th>责任人</th></tr>"]
        for row in sample.rows(rng):
            table.append("<tr>" + "".join(f"<td><p><span style=\"font-size:16px\">{cell}</span></p></td>" for cell in row) + "</tr>")
        out.append("\n".join(table + ["</table>"]))
        total += len(out[-1].encode())
    return ("\n".join(out + ["</body></html>"]) + "\n").encode()


def small_notice(sample, rng):
    """A notice as archives hold them: a block of a city with some of its rows."""
    block = rng.choice(sample.blocks)
    rows = rng.sample(block, min(len(block), rng.randrange(4, 9)))
    out = [f"2020年{block[0][0]}重点任务公开承诺事项", "", "序号\t承诺事项\t完成时间\t责任人"]
    for no, (_, task, due, people) in enumerate(rows, 1):
        out.append("\t".join([str(no), NUMBER.sub(lambda m: redraw(rng, m), task), due, people]))
    return ("\n".join(out) + "\n").encode()


def collection(folder, sample, count, charset="utf-8"):
    """`count` small notices, as a folder's files, 1 000 to a sub-folder."""
    rng = random.Random(SEED)
    for i in range(count):
        name = f"{folder}/{i // 1000:02}/{i:05}.txt"
        os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(name, "wb") as file:
            file.write(small_notice(sample, rng).decode().encode(charset))


def members(folder):
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(base, name)
            yield path, os.path.relpath(path, folder)


def pack_tar(folder, target):
    with open(target, "wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed, \
            tarfile.open(fileobj=packed, mode="w") as tar:
        for path, name in members(folder):
            info = tarfile.TarInfo(name)
            info.size = os.path.getsize(path)
            with open(path, "rb") as member:
                tar.addfile(info, member)


def pack_zip(folder, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, name in members(folder):
            with open(path, "rb") as member:
                packed.writestr(zipfile.ZipInfo(name, (2020, 6, 12, 0, 0, 0)), member.read(), zipfile.ZIP_DEFLATED)


class Inputs:
    """The inputs by name, made when first asked for. `scale` divides the large ones (--quick)."""

    def __init__(self, folder, sample_path, scale=1):
        self.folder, self.sample_path, self.scale = folder, sample_path, scale
        self.sample = Sample(sample_path)
        os.makedirs(folder, exist_ok=True)

    def keep(self, name, make):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            print(f"making {name}", file=sys.stderr)
            data = make()
            with open(path + ".part", "wb") as file:
                file.write(data)
            os.rename(path + ".part", path)
        return path

    def tabs(self, megabytes):
        return self.keep(f"tabs-{megabytes}m.txt", lambda: tab_text(self.sample, int(megabytes * MEGABYTE)))

    def gb18030(self, megabytes):
        return self.keep(f"tabs-{megabytes}m-gb18030.txt", lambda: tab_text(self.sample, int(megabytes * MEGABYTE), "gb18030"))

    def rows(self, row_bytes, megabytes=16):
        return self.keep(f"rows-{row_bytes}.txt", lambda: row_text(self.sample, int(megabytes * MEGABYTE), row_bytes))

    def cell(self, name):
        alphabet = {"digits": "0123456789", "numerals": "一二三四五六七八九十百千万亿", "commas": "、"}[name]
        return self.keep(f"cell-{name}.txt", lambda: cell_text(self.sample, alphabet))

    def html(self, megabytes=13):
        return self.keep(f"page-{megabytes}m.html", lambda: html_page(self.sample, int(megabytes * MEGABYTE)))

    def collection(self, count, charset="utf-8"):
        folder = os.path.join(self.folder, f"notices-{count}-{charset}")
        if not os.path.exists(folder):
            print(f"making {os.path.basename(folder)}", file=sys.stderr)
            collection(folder + ".part", self.sample, count, charset)
            os.rename(folder + ".part", folder)
        return folder

    def tar(self, count):
        return self.pack(count, "tar.gz", pack_tar)

    def zip(self, count):
        return self.pack(count, "zip", pack_zip)

    def pack(self, count, ending, pack):
        path = os.path.join(self.folder, f"notices-{count}.{ending}")
        if not os.path.exists(path):
            folder = self.collection(count)
            pack(folder, path + ".part")
            os.rename(path + ".part", path)
        return path
