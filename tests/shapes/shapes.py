#!/usr/bin/env python3
"""The notices of the accuracy test, written again in every shape the segmenter knows, and scored against the same answers.

usage: shapes.py PROGRAM [FOLDER]     FOLDER keeps the notices, answers and conversions; default: a temporary one
Whatever the shape (block column, section rows, merged cells, Markdown, brackets, labels in any order, one line without
breaks, two levels of headings, one cell a line), the rows, blocks, contacts, owners and terms are the same.
"""
import copy, csv, html, io, json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ACCURACY = os.path.join(HERE, "..", "accuracy")
DIGITS = "一二三四五六七八九十"
FLOORS = ["rows=1.0", "block=1.0", "contacts=1.0", "responsible=1.0", "deadline=0.98"]


def numeral(i):
    return DIGITS[i] if i < 10 else "十" + DIGITS[i - 10] if i < 20 else "二十" + (DIGITS[i - 21] if i > 20 else "")


def names(row, column):
    """The names under a column: person, supervisor, lead, support or unit."""
    def where(x):
        if x["kind"] == "person":
            return "supervisor" if x["role"] == "supervisor" else "person"
        return {"lead": "lead", "support": "support"}.get(x["role"], "unit")
    return [x["name"] for x in row["responsible"] if where(x) == column]


def term(row):
    return (row["deadline"] or {}).get("text", "")


HEADERS = {"lead": "牵头单位", "unit": "责任单位", "support": "配合单位", "term": "完成时限", "person": "责任人", "supervisor": "责任领导"}


def value(row, column):
    return term(row) if column == "term" else "、".join(names(row, column))


def columns(notice):
    return [c for c in HEADERS if any(value(r, c) for b in notice["blocks"] for r in b["rows"])]


def labels(row):
    return [f"{HEADERS[c]}：{value(row, c)}" for c in HEADERS if value(row, c)]


def clause(row):
    parts = []
    if names(row, "lead"):
        parts.append("、".join(names(row, "lead")) + "牵头")
    if names(row, "support"):
        parts.append("、".join(names(row, "support")) + "配合")
    if names(row, "unit"):
        parts.append("、".join(names(row, "unit")) + ("按职责分工负责" if names(row, "lead") else "负责"))
    return "，".join(parts + ([term(row)] if term(row) else []))


def contact_lines(block):
    for c in block["contacts"]:
        phones = "、".join(c["phones"])
        yield f"联系人：{c['person']}  联系电话：{phones}" if c["person"] else f"咨询电话：{phones}"


def without_contacts(notice):
    notice = copy.deepcopy(notice)
    for b in notice["blocks"]:
        b["contacts"] = []
    return notice


def without_support(notice):
    notice = copy.deepcopy(notice)
    for b in notice["blocks"]:
        for r in b["rows"]:
            r["responsible"] = [x for x in r["responsible"] if x["role"] != "support"]
    return notice


def has_places(notice):
    return notice["blocks"][0]["kind"] != "section"


def heading(notice, k, block):
    return block["name"] if has_places(notice) else f"{numeral(k)}、{block['name']}"


# Each shape gives (extension, text, answer), or None where the notice cannot be written so.


def block_column(n):
    if not has_places(n):
        return None
    cs = columns(n)
    lines = [n["title"], "", "\t".join(["单位", "序号", "承诺事项"] + [HEADERS[c] for c in cs])]
    for b in n["blocks"]:
        for i, r in enumerate(b["rows"]):
            lines.append("\t".join(["" if i else b["name"], str(r["no"]), r["task"]] + [value(r, c) for c in cs]))
        lines += contact_lines(b)
    return ".txt", "\n".join(lines), n


def filled_column(n):
    if not has_places(n):
        return None
    cs, out = columns(n), io.StringIO()
    w = csv.writer(out)
    w.writerow([n["title"]] + [""] * (len(cs) + 2))
    w.writerow(["单位", "序号", "承诺事项"] + [HEADERS[c] for c in cs])
    for b in n["blocks"]:
        for r in b["rows"]:
            w.writerow([b["name"], r["no"], r["task"]] + [value(r, c) for c in cs])
    return ".csv", out.getvalue(), without_contacts(n)


def section_lines(n):
    cs = columns(n)
    lines = [n["title"], "", "\t".join(["序号", "工作任务"] + [HEADERS[c] for c in cs])]
    for k, b in enumerate(n["blocks"]):
        lines.append(heading(n, k, b))
        lines += ["\t".join([str(r["no"]), r["task"]] + [value(r, c) for c in cs]) for r in b["rows"]]
        lines += contact_lines(b)
    return ".txt", "\n".join(lines), n


def printed_pages(n):
    """Cells left blank where they repeat, subtotals, page numbers with the header again, a note."""
    cs = [c for c in columns(n) if c != "support"]
    if not all(value(r, c) for b in n["blocks"] for r in b["rows"] for c in cs):
        return None
    head = "\t".join(["序号", "工作任务"] + [HEADERS[c] for c in cs] + ["备注"])
    lines, count = [n["title"], head], 0
    for b in n["blocks"]:
        lines.append(b["name"] + "\t" * (len(cs) + 2))
        above = {}
        for r in b["rows"]:
            cells = {c: value(r, c) for c in cs}
            lines.append("\t".join([str(r["no"]), r["task"]] + ["" if above.get(c) == v else v for c, v in cells.items()] + [""]))
            above, count = cells, count + 1
            if count % 7 == 0:
                lines += [f"— {count // 7} —", head]
        lines.append(f"小计\t{len(b['rows'])}项" + "\t" * len(cs))
    lines += [f"合计\t{count}项" + "\t" * len(cs), "注：本表由市政府办公室负责解释。"]
    return ".txt", "\n".join(lines), without_support(without_contacts(n))


def merged_cells(n):
    cs, places = columns(n), has_places(n)
    out = [f"<html><head><meta charset=utf-8><title>{n['title']}</title></head><body><h1>{n['title']}</h1><table><tr>"]
    out.append("".join(f"<th>{h}</th>" for h in (["单位"] if places else []) + ["序&nbsp;号", "重点任务"] + [HEADERS[c] for c in cs]) + "</tr>")
    for k, b in enumerate(n["blocks"]):
        rows = b["rows"]
        if not places:
            out.append(f"<tr><td colspan={len(cs) + 2}>（{numeral(k)}）{b['name']}</td></tr>")
        for j, r in enumerate(rows):
            cells = [f"<td rowspan={len(rows)}>{b['name']}</td>"] if places and j == 0 else []
            cells += [f"<td>{r['no']}</td><td>{html.escape(r['task'], quote=False)}</td>"]
            for c in cs:
                v = value(r, c)
                if j and v and value(rows[j - 1], c) == v:
                    continue
                span = 1
                while v and j + span < len(rows) and value(rows[j + span], c) == v:
                    span += 1
                cells.append(f"<td rowspan={span}>{v}</td>" if span > 1 else f"<td>{v}</td>")
            out.append("<tr>" + "".join(cells) + "</tr>")
    return ".html", "\n".join(out + ["</table></body></html>"]), without_contacts(n)


def markdown(n):
    cs, lines = columns(n), ["# " + n["title"], ""]
    for k, b in enumerate(n["blocks"]):
        lines += ["## " + heading(n, k, b), "", "| " + " | ".join(["序号", "任务内容"] + [HEADERS[c] for c in cs]) + " |", "|" + "---|" * (len(cs) + 2)]
        lines += ["| " + " | ".join([str(r["no"]), r["task"].replace("|", "\\|")] + [value(r, c) for c in cs]) + " |" for r in b["rows"]] + [""]
    return ".md", "\n".join(lines), without_contacts(n)


def brackets(n, end):
    if any(x["kind"] == "person" for b in n["blocks"] for r in b["rows"] for x in r["responsible"]):
        return None
    parts = [n["title"], "\n各单位：\n现提出以下意见，请认真贯彻执行。" + end]
    for k, b in enumerate(n["blocks"]):
        parts.append(f"{numeral(k)}、{b['name']}{end}")
        parts += [f"{r['no']}.{r['task']}（{clause(r)}）{end}" for r in b["rows"]]
    parts.append(f"{numeral(len(n['blocks']))}、工作要求{end}各单位要加强领导，狠抓落实。{end}青山市人民政府{end}{n['year']}年3月1日")
    return ".txt", "".join(parts), without_contacts(n)


def label_chain(n, separator):
    lines = [n["title"]]
    for k, b in enumerate(n["blocks"]):
        lines.append(heading(n, k, b))
        lines += [f"{r['no']}、{r['task']}{separator.join(labels(r))}" for r in b["rows"]]
    return ".txt", "\n".join(lines), without_contacts(n)


def label_lines(n):
    lines = [n["title"], ""]
    for k, b in enumerate(n["blocks"]):
        lines += [heading(n, k, b), ""]
        for r in b["rows"]:
            lines += [f"{r['no']}. 承诺事项：{r['task']}"] + labels(r)[::-1] + [""]
        lines += list(contact_lines(b)) + [""]
    return ".txt", "\n".join(lines), n


def label_brackets(n):
    lines = [n["title"]]
    for k, b in enumerate(n["blocks"]):
        lines.append(heading(n, k, b))
        lines += [f"（{numeral(r['no'] - 1)}）{r['task']}（{'；'.join(labels(r))}）" for r in b["rows"]]
    return ".txt", "\n".join(lines), without_contacts(n)


def one_line(n):
    """A saved page that became one line, its metadata box, tool bar and footer included."""
    y, t = n["year"], n["title"]
    parts = [f"当前位置： 首页 政务公开 索 引 号： AB001 发文机关： 青山市人民政府 成文日期： {y}-01-20 标 题： {t} 发文字号： 青政发〔{y}〕3号 微信 微博 "
             f"各单位： 现将任务印发给你们，请认真贯彻执行。 青山市人民政府 {y}年1月20日 "]
    for k, b in enumerate(n["blocks"]):
        parts.append(f"{numeral(k)}、{b['name']} ")
        parts += [f"{r['no']}.{r['task']} {'；'.join(labels(r))} " for r in b["rows"]]
    parts.append(f"{numeral(len(n['blocks']))}、工作要求 （一）加强组织领导。各单位要高度重视。 （二）强化督促检查。适时开展督查。 附件：任务表.doc 扫一扫在手机打开当前页 【打印】【关闭】\n")
    return ".txt", "".join(parts), without_contacts(n)


def two_levels(n):
    lines = [n["title"], f"青政办发〔{n['year']}〕12号", "", "各单位：", "为推进工作，提出如下意见。", "一、总体要求", "全面贯彻落实各项部署，到年底取得明显成效。", "二、重点任务"]
    for k, b in enumerate(n["blocks"]):
        lines.append(f"（{numeral(k)}）{b['name']}")
        lines += [f"{r['no']}．{r['task']}【{'；'.join(labels(r))}】" for r in b["rows"]]
    lines += ["三、保障措施", "（一）加强领导。各单位要高度重视。", "（二）强化考核。纳入年度考核。", "青山市人民政府办公室", f"{n['year']}年3月1日", "（此件公开发布）"]
    return ".txt", "\n".join(lines), without_contacts(n)


def bracketed_numbers(n):
    lines = [n["title"]]
    for k, b in enumerate(n["blocks"]):
        lines.append(f"{numeral(k)}、{b['name']}")
        for r in b["rows"]:
            lines += [f"（{r['no']}）{r['task']}"] + labels(r)
    return ".txt", "\n".join(lines), without_contacts(n)


SHAPES = {
    "block-column": block_column, "filled-column": filled_column, "section-lines": section_lines, "printed-pages": printed_pages,
    "merged-cells": merged_cells, "markdown": markdown, "brackets": lambda n: brackets(n, "\n"), "brackets-glued": lambda n: brackets(n, ""),
    "chain": lambda n: label_chain(n, "；"), "chain-blank": lambda n: label_chain(n, " "), "chain-glued": lambda n: label_chain(n, ""),
    "label-lines": label_lines, "label-brackets": label_brackets, "one-line": one_line, "two-levels": two_levels, "bracketed-numbers": bracketed_numbers,
}


def answer(notice):
    """What is scored: the numbers and dates inside the tasks are other tests' business."""
    notice = {"blocks": copy.deepcopy(notice["blocks"])}
    for b in notice["blocks"]:
        for r in b["rows"]:
            for key in ("targets", "dates", "due"):
                r.pop(key, None)
    return notice


def main():
    program, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()
    gold, got = os.path.join(folder, "gold"), os.path.join(folder, "got")
    for d in (gold, got):
        os.makedirs(d, exist_ok=True)
    count = 0
    for file in sorted(os.listdir(os.path.join(ACCURACY, "gold"))):
        notice = json.load(open(os.path.join(ACCURACY, "gold", file), encoding="utf-8"))
        if notice["blocks"][0]["name"] is None:
            continue
        for shape, write in SHAPES.items():
            written = write(notice)
            if not written:
                continue
            extension, text, expected = written
            name = f"{file[:-5]}.{shape}"
            path = os.path.join(folder, name + extension)
            open(path, "w", encoding="utf-8").write(text)
            json.dump(answer(expected), open(os.path.join(gold, name + ".json"), "w", encoding="utf-8"), ensure_ascii=False)
            run = subprocess.run([program, "convert", "--format", "json", "--year", str(notice["year"]), "--fail-on", "never", "--diagnostics", "none", "-o",
                                  os.path.join(got, name + ".json"), path], capture_output=True, text=True)
            if run.returncode:
                sys.exit(f"{name}: exit {run.returncode}: {run.stderr}")
            count += 1
    if count < 80:
        sys.exit(f"only {count} notices were written")
    score = [sys.executable, os.path.join(ACCURACY, "score.py"), "--worst", "8"]
    for floor in FLOORS:
        score += ["--min", floor]
    sys.exit(subprocess.run(score + [gold, got]).returncode)


main()
