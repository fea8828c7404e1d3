"""tools.py OFUKU [INPUT...]: reports as other tools read them. Workbooks are opened with
openpyxl and pandas, CSV, TSV and JSON Lines loaded into sqlite3, Miller and
pandas; every cell has to be what the canonical JSON Lines report says. Ends
with "N passed, N failed"."""
import datetime
import io
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
import pandas

OFUKU = os.path.abspath(sys.argv[1])
REPORTS = ["exchanges", "findings", "log", "conversations", "agents"]
PHRASE = "お客様のお気持ちにご無理を言うわけにも参りませんので、お任せいたします。"
THREAT = "もういい、消費生活センターに言いますよ。"
results = []


def expect(what, holds, seen=""):
    results.append(bool(holds))
    if not holds:
        print(f"failed: {what}: {seen}", file=sys.stderr)


def run(*words, status=(0, 1), **how):
    done = subprocess.run([OFUKU, *words], capture_output=True, check=False,
                          **how)
    if done.returncode not in status:
        raise SystemExit(f"{words}: {done.returncode}: {done.stderr}")
    return done


# Conversations that a spreadsheet would damage: ids of digits, texts that look
# like formulas, dates, escapes, or hold what XML and CSV are touchy about.
TEXTS = ["=1+1", "+81-3-1234-5678", "-1", "@SUM(A1)", "0012345", "1e5", "TRUE",
         "2026-10-01", "3/4", "_x0041_ と _x_", "a,b;c\t\"d\"", "二行\n目",
         "<b>&amp;</b>", " 前後の空白 ", "𠮷野家🍣👨\u200d👩\u200d👧",
         "\x01\x0b\x1f", "\ufffe\uffff", "ア" * 40000, "#N/A", "'quoted",
         "http://example.com/a b", "=HYPERLINK(\"x\")", "（株）", "ｱｲｳ"]
IDS = ["0012345", "1234567890123456", "1e10", "=A1", "2026-10-01", "００１",
       "TRUE", "-5", "𠮷", "a;b"]
TIMES = ["2026-10-01T10:00:00+09:00", "2026-10-01T10:00", "2026-10-01 10:00:05",
         "2026-12-31T23:59:59.999+09:00", 12.5, 90061.25, None]


def conversation(number, text):
    start = TIMES[number % len(TIMES)]
    name = IDS[number] if number < len(IDS) else f"c{number}"
    said = [("customer", THREAT + text), ("agent", PHRASE),
            ("customer", text + "訴えるぞ。"), ("agent", text)]
    for speaker, words in said:
        line = {"conversation": name, "role": speaker,
                "speaker": "=担当" if speaker == "agent" else "012",
                "text": words}
        if start is not None:
            line["time" if isinstance(start, str) else "start"] = start
        yield json.dumps(line, ensure_ascii=False)


def write_transcript(path):
    with open(path, "w", encoding="utf-8") as f:
        for number, text in enumerate(TEXTS):
            for line in conversation(number, text):
                f.write(line + "\n")


def canonical(folder):
    """The reports as JSON Lines: name to list of rows."""
    return {name: [json.loads(x) for x in open(
        f"{folder}/{name}.jsonl", encoding="utf-8")] for name in REPORTS}


def joined(value):
    return ";".join(value) if isinstance(value, list) else value


def xml_text(text):
    """What a workbook can hold of a text: see workbook.h."""
    text = "".join("\ufffd" if c in "\0\ufffe\uffff" else c for c in text)
    units = 0
    for at, c in enumerate(text):
        units += 1 + (ord(c) > 0xffff)
        if units > 32767 - (at + 1 < len(text)):
            return text[:at] + "…"
    return text


def unescaped(text):
    """openpyxl leaves _xHHHH_ as it is (ECMA-376 part 1, 22.9.2.19)."""
    import re
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)),
                  text)


def same_time(cell, text):
    if not isinstance(cell, (datetime.datetime, datetime.time,
                             datetime.timedelta)):
        return False
    if "T" in text:
        wall = datetime.datetime.fromisoformat(text).replace(tzinfo=None)
        return abs(cell - wall) < datetime.timedelta(milliseconds=1)
    hours, minutes, seconds = text.split(":")
    if isinstance(cell, datetime.datetime):  # beyond a day, since 1899
        cell = cell - datetime.datetime(1899, 12, 30)
    elif isinstance(cell, datetime.time):
        cell = datetime.timedelta(
            hours=cell.hour, minutes=cell.minute, seconds=cell.second,
            microseconds=cell.microsecond)
    total = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    return abs(cell.total_seconds() - total) < 0.001


def same_cell(cell, value, column):
    value = joined(value)
    if value is None or value == "":
        return cell is None
    if column in ("opened_at", "closed_at", "at", "started_at", "ended_at"):
        return same_time(cell, value)
    if isinstance(value, str):
        return isinstance(cell, str) and unescaped(cell) == xml_text(value)
    return not isinstance(cell, str) and abs(cell - value) < 1e-9


def same_sheet(sheet, rows):
    got = list(sheet.iter_rows(values_only=True))
    names = list(rows[0])
    expect(f"{sheet.title}: header", list(got[0]) == names, got[0])
    expect(f"{sheet.title}: rows", len(got) == len(rows) + 1, len(got))
    for have, want in zip(got[1:], rows):
        wrong = [(n, c, want[n]) for n, c in zip(names, have)
                 if not same_cell(c, want[n], n)]
        expect(f"{sheet.title}: row", not wrong, str(wrong)[:500])
    expect(f"{sheet.title}: header stands", sheet.freeze_panes == "A2")
    expect(f"{sheet.title}: filter", sheet.auto_filter.ref == sheet.dimensions,
           sheet.auto_filter.ref)
    widths = [sheet.column_dimensions[c.column_letter].width for c in sheet[1]]
    expect(f"{sheet.title}: widths", all(9 <= w <= 66 for w in widths), widths)
    expect(f"{sheet.title}: bold", all(c.font.b for c in sheet[1]))
    expect(f"{sheet.title}: no formula",
           all(c.data_type != "f" for r in sheet.iter_rows() for c in r))


def workbooks(top, transcript, want):
    done = run("audit", "--output-format=xlsx", "-O", f"{top}/x", transcript)
    expect("cut texts are told", b"longer than an Excel cell" in done.stderr,
           done.stderr)
    book = openpyxl.load_workbook(f"{top}/x/reports.xlsx")
    expect("a sheet a report", book.sheetnames == REPORTS, book.sheetnames)
    for name in REPORTS:
        same_sheet(book[name], want[name])
    one = run("audit", "-q", "--output-format=xlsx", "--report=log",
              "-o", f"{top}/log.xlsx", transcript)
    expect("quiet but for what is lost", b"longer" in one.stderr or
           one.stderr == b"", one.stderr)
    book = openpyxl.load_workbook(f"{top}/log.xlsx")
    expect("one report, one sheet", book.sheetnames == ["log"])
    same_sheet(book["log"], want["log"])
    piped = run("audit", "-q", "--output-format=xlsx", "--report=log",
                transcript, env={"LC_ALL": "C", "TZ": "America/New_York",
                                 "TMPDIR": top})
    expect("the same bytes in a pipe, another zone and locale",
           piped.stdout == open(f"{top}/log.xlsx", "rb").read())
    sheet = pandas.read_excel(io.BytesIO(piped.stdout), dtype={
        "conversation": str})
    expect("pandas: ids", sheet["conversation"][0] == "0012345")
    expect("nothing left in TMPDIR",
           [n for n in os.listdir(top) if n.startswith(".ofuku")] == [])
    with zipfile.ZipFile(f"{top}/log.xlsx") as z:
        expect("zip", z.testzip() is None)


def no_room(top, transcript):
    """Temporary files and outputs that are cut off: no workbook, status 2."""
    def limited(size):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    for size in (0, 100, 2000, 5000, 9000, 20000):
        target = f"{top}/limited-{size}.xlsx"
        done = run("audit", "-q", "--output-format=xlsx", "--report=log", "-o",
                   target, transcript, status=(2,),
                   preexec_fn=lambda n=size: limited(n))
        expect(f"room for {size} bytes: told and not there",
               b"cannot be written" in done.stderr or
               b"cannot write" in done.stderr, done.stderr)
        expect(f"room for {size} bytes: no file", not os.path.exists(target))
    done = run("audit", "--output-format=xlsx", transcript, status=(2,),
               env={"TMPDIR": f"{top}/none"})
    expect("no folder for temporary files", b"set TMPDIR" in done.stderr,
           done.stderr)
    done = run("audit", "--output-format=xlsx", "--output-encoding=CP932",
               transcript, status=(2,))
    expect("--output-encoding", b"leave it out" in done.stderr, done.stderr)


def summaries(top, transcript):
    run("audit", "-q", "-o", f"{top}/e.csv", transcript)
    run("summarize", "--by=agent,verdict", "--output-format=xlsx", "-o",
        f"{top}/s.xlsx", f"{top}/e.csv")
    rows = [json.loads(x) for x in run(
        "summarize", "--by=agent,verdict", "--output-format=jsonl",
        f"{top}/e.csv").stdout.splitlines()]
    same_sheet(openpyxl.load_workbook(f"{top}/s.xlsx")["summary"], rows)


def text_of(value):
    """A JSON value as CSV has it."""
    value = joined(value)
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:.3f}".rstrip(
        "0").rstrip(".")


def number(text):
    try:
        return f"{float(text):.3f}".rstrip("0").rstrip(".")
    except ValueError:
        return text


def compare(tool, name, rows, want):
    expect(f"{tool}: {name}: rows", len(rows) == len(want), len(rows))
    for have, row in zip(rows, want):
        wrong = {n: (have.get(n), v) for n, v in row.items()
                 if have.get(n) != text_of(v) and
                 (isinstance(v, str) or number(have.get(n)) != text_of(v))}
        expect(f"{tool}: {name}: row", not wrong, str(wrong)[:500])


def sqlite(top, name, kind, want):
    mode = {"csv": ".mode csv", "tsv": ".mode tabs"}[kind]
    script = f"{mode}\n.import {top}/raw/{name}.{kind} t\n"
    database = f"{top}/{name}-{kind}.db"
    done = subprocess.run(["sqlite3", database], input=script.encode(),
                          capture_output=True, check=False)
    expect(f"sqlite3: {name}.{kind} is imported",
           done.returncode == 0 and done.stderr == b"", done.stderr)
    base = sqlite3.connect(database)
    base.row_factory = sqlite3.Row
    compare("sqlite3", f"{name}.{kind}",
            [dict(r) for r in base.execute("select * from t")], want)


def sqlite_json(top, name, want):
    """JSON Lines by sqlite3's json_each and ->>."""
    base = sqlite3.connect(":memory:")
    base.execute("create table t (row text)")
    with open(f"{top}/jsonl/{name}.jsonl", encoding="utf-8") as f:
        base.executemany("insert into t values (?)", ((x,) for x in f))
    got = base.execute("select count(*), sum(json_valid(row)), "
                       "count(json_extract(row, '$.rules')) from t").fetchone()
    expect(f"sqlite3: {name}.jsonl", got == (len(want),) * 3, got)


def miller(top, name, kind, want):
    flag = {"csv": "--icsv", "tsv": "--icsv", "jsonl": "--ijsonl"}[kind]
    folder = "jsonl" if kind == "jsonl" else "raw"
    words = ["mlr", flag, "--ojson", "-S", "cat"]
    if kind == "tsv":
        words[2:2] = ["--ifs", "tab"]
    done = subprocess.run([*words, f"{top}/{folder}/{name}.{kind}"],
                          capture_output=True, check=False)
    expect(f"mlr: {name}.{kind} is read", done.returncode == 0, done.stderr)
    rows = json.loads(done.stdout.decode("utf-8", "replace"), strict=False)
    if kind == "jsonl":
        expect(f"mlr: {name}.jsonl: rows", len(rows) == len(want), len(rows))
        return
    # Miller reads a CR LF within quotes as LF.
    want = [{n: v.replace("\r\n", "\n") if isinstance(v, str) else v
             for n, v in r.items()} for r in want]
    compare("mlr", f"{name}.{kind}", [
        {n: v if isinstance(v, str) else json.dumps(v) for n, v in r.items()}
        for r in rows], want)


def pandas_reads(top, name, want):
    for kind, sep in (("csv", ","), ("tsv", "\t")):
        frame = pandas.read_csv(f"{top}/raw/{name}.{kind}", sep=sep, dtype=str,
                                keep_default_na=False)
        compare("pandas", f"{name}.{kind}", frame.to_dict("records"), want)
    frame = pandas.read_json(f"{top}/jsonl/{name}.jsonl", lines=True,
                             dtype=False, convert_dates=False)
    expect(f"pandas: {name}.jsonl: rows", len(frame) == len(want))
    expect(f"pandas: {name}.jsonl: columns", list(frame) == list(want[0]))
    if name == "exchanges":
        typed = pandas.read_csv(f"{top}/raw/{name}.csv")
        expect("pandas: numbers are numbers",
               typed["round_trips"].dtype.kind in "if" and
               typed["duration_s"].dtype.kind == "f", typed.dtypes)
    excel = pandas.read_csv(f"{top}/excel/{name}.csv", encoding="utf-8-sig",
                            dtype=str, keep_default_na=False)
    expect(f"pandas: {name}.csv of --excel", len(excel) == len(want) and
           list(excel) == list(want[0]))


def excel_bytes(top):
    with open(f"{top}/excel/exchanges.csv", "rb") as f:
        data = f.read()
    expect("Excel: one BOM, at the beginning",
           data.startswith(b"\xef\xbb\xbf") and data.count(
               b"\xef\xbb\xbf") == 1)
    frame = pandas.read_csv(io.BytesIO(data), dtype=str, encoding="utf-8-sig")
    walls = [t for t in frame["opened_at"].dropna() if "-" in t]
    for text in walls:
        expect("Excel: a date that it knows", datetime.datetime.strptime(
            text, "%Y-%m-%d %H:%M:%S"), text)
    signs = tuple("=+-@\t\r\n＝＋－＠")
    expect("Excel: no cell is a formula", not any(
        str(c).startswith(signs) for n in ("conversation", "agent", "evidence")
        for c in frame[n].dropna()))


def guard_undone(top, transcript):
    """What a spreadsheet was guarded against comes back as it was."""
    run("audit", "-q", "-o", f"{top}/guarded.csv", transcript)
    by = run("summarize", "--by=agent", "--output-format=jsonl",
             f"{top}/guarded.csv").stdout.decode()
    expect("ofuku undoes its guard", '"=担当"' in by and "'=担当" not in by, by)


def everything(top, transcript, ugly):
    """All of it on the reports of one input; top is a folder of its own."""
    for folder, words in {"raw": ["--raw"], "excel": ["--excel"],
                          "tsv": ["--raw", "--output-format=tsv"],
                          "jsonl": ["--output-format=jsonl"]}.items():
        run("audit", "-q", *words, "-O", f"{top}/{folder}", transcript,
            status=(0, 1, 2))
    for name in REPORTS:
        os.rename(f"{top}/tsv/{name}.tsv", f"{top}/raw/{name}.tsv")
    want = canonical(f"{top}/jsonl")
    run("audit", "-q", "--output-format=xlsx", "-O", f"{top}/x", transcript,
        status=(0, 1, 2))
    book = openpyxl.load_workbook(f"{top}/x/reports.xlsx")
    expect("a sheet a report", book.sheetnames == REPORTS, book.sheetnames)
    for name in REPORTS:
        expect(f"{transcript}: {name}: rows", book[name].max_row ==
               len(want[name]) + 1, book[name].max_row)
        if not want[name]:
            continue
        same_sheet(book[name], want[name])
        sqlite(top, name, "csv", want[name])
        sqlite(top, name, "tsv", want[name])
        sqlite_json(top, name, want[name])
        for kind in ("csv", "tsv", "jsonl"):
            miller(top, name, kind, want[name])
        pandas_reads(top, name, want[name])
    if ugly:
        expect("every text has an exchange",
               len(want["exchanges"]) == len(TEXTS), len(want["exchanges"]))
        workbooks(top, transcript, want)
        no_room(top, transcript)
        summaries(top, transcript)
        excel_bytes(top)
        guard_undone(top, transcript)


def main():
    for transcript in sys.argv[2:] or [None, "testdata/demo"]:
        with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
            ugly = f"{top}/ugly.jsonl"
            if transcript is None:
                write_transcript(ugly)
            everything(top, transcript or ugly, transcript is None)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 1 if False in results else 0


if __name__ == "__main__":
    sys.exit(main())
