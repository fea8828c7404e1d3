#!/usr/bin/env python3
"""check.py OFUKU TABLE FOLDER: the format and encoding found for each file.

A row of TABLE is a path or glob under FOLDER, a format and an encoding, with
tabs between; "-" where a file must be taken for no transcript, "?" where keys
and colons may look like names and talk. A path goes before a glob, of globs the first one counts. Each file must have a row, each
row a file.
"""
import fnmatch
import os
import re
import subprocess
import sys


def found(ofuku, folder):
    """What ofuku says of each file that it reads."""
    run = subprocess.run(
        [os.path.abspath(ofuku), "dump", "--stage", "records", "-v", "."],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, errors="replace", check=False)
    said = re.findall(r"^\./(.+): ([a-z]+), ([\w-]+)$", run.stderr, re.M)
    return {path: (form, encoding) for path, form, encoding in said}


def files(folder):
    for where, folders, names in os.walk(folder):
        folders[:] = [n for n in folders if not n.startswith(".")]
        for name in names:
            if not name.startswith("."):
                yield os.path.relpath(os.path.join(where, name), folder)


def main():
    ofuku, table, folder = sys.argv[1:]
    with open(table, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    exact = {row[0]: row for row in rows}
    globs = [row for row in rows if set(row[0]) & set("*?")]
    got = found(ofuku, folder)
    used = set()
    passed = failed = 0
    for path in sorted(files(folder)):
        row = exact.get(path) or next(
            (r for r in globs if fnmatch.fnmatchcase(path, r[0])), None)
        here = got.get(path, ("-", "-"))
        if row is not None:
            used.add(row[0])
        if row is not None and (tuple(row[1:]) == here or row[1] == "?"):
            passed += 1
            continue
        failed += 1
        print(path, "is", *here, "wanted", *(row[1:] if row else ["a row"]),
              file=sys.stderr)
    for row in rows:
        if row[0] not in used:
            failed += 1
            print(row[0], "is the row of no file", file=sys.stderr)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
