"""schema.py OFUKU: the JSON Schemas. Report rows of every kind keep theirs;
rule files, shipped ones and ones made wrong, keep theirs just where ofuku
takes them. Ends with "N passed, N failed"."""
import copy
import glob
import json
import os
import random
import subprocess
import sys
import tempfile

import jsonschema
import yaml

OFUKU = os.path.abspath(sys.argv[1])
results = []


def expect(what, holds, seen=""):
    results.append(bool(holds))
    if not holds:
        print(f"failed: {what}: {str(seen)[-400:]}", file=sys.stderr)


def run(*words):
    return subprocess.run([OFUKU, *words], capture_output=True, check=False)


def schema(name):
    made = json.loads(run("schema", name).stdout)
    jsonschema.Draft7Validator.check_schema(made)
    return jsonschema.Draft7Validator(made)


def report_rows():
    inputs = ["testdata/demo", *sorted(glob.glob("testdata/stories/*.jsonl"))[::6]]
    names = [x.split()[0] for x in run("schema").stdout.decode().splitlines()]
    expect("names", names[0] == "rules" and len(names) == 6, names)
    for name in names[1:]:
        checker = schema(name)
        rows = 0
        for path in inputs:
            for line in run("audit", "-q", "--output-format=jsonl",
                            "--report", name, path).stdout.splitlines():
                rows += 1
                wrong = [e.message for e in checker.iter_errors(
                    json.loads(line))]
                expect(f"{name}: a row of {path}", not wrong, wrong)
        expect(f"{name}: rows", rows > 5, rows)
        expect(f"{name}: nothing else passes",
               not checker.is_valid({"policy": "x"}))


class Loader(yaml.SafeLoader):
    """Scalars as YAML 1.2's core schema has them: on and 1:30 are texts."""


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__(
    "re").compile("^(?:true|false)$"), "tf")
Loader.add_implicit_resolver("tag:yaml.org,2002:int", __import__(
    "re").compile("^[0-9]+$"), "0123456789")

BASE = """
ofuku: 1
policy: p
title: t
uses: [ja]
define: {x: あ}
phrases:
  f: {by: agent, say: お任せいたします, also: [お任せします], tolerance: 20%,
      keep: 任せ, examples: {hit: [お任せいたします], miss: [はい]}}
patterns:
  a: {by: customer, any: [訴える], unless: [訴えるな], words: true,
      near: {pattern: 裁判, within: 5}, examples: {hit: [], miss: []}}
  b: {by: customer, any: [まだ], after: a}
  c: {by: agent, any: [やめて]}
exchange: {opens_on: [a], continues_on: [b], closes_on: [c], answered_by: f,
           patience: 3, calm_turns: 4, idle: 15m, join_gap: 300ms}
checks:
  k: {measure: round_trips, min: 0, max: 3, severity: error, message: m}
  d: {measure: duration, max: 20m, message: {en: a, ja: b}}
  h: {measure: hits(c), max: 0, scope: conversation, first: 5m, last: 1h}
"""
PACK = """
ofuku: 1
language: xx
spellings: [[あ, い], [う, え, お]]
fillers: [えーと]
backchannels: [はいはい]
roles: {agent: [担当x], customer: [客x], other: [監x]}
agent_says: {any: [おります], unless: [ません]}
columns: {conversation: [番号x], speaker: [人x], role: [役x], text: [言x],
          start: [始x], end: [終x], at: [時x], until: [迄x]}
"""
WRONG = [{}, [], "", " ", 1, 0, "x", True, {"x": 1}, ["x"], [[]], "-1", "1.5",
         "15m", "20%", "60%", "0ms", "1h", "agent", "customer", "other",
         "error", "hits(c)", "hits()", "duration", {"en": "x"}, {"fr": "x"},
         ["a", "a"], "a b", "訴える"]


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], path + (key,))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from places(item, path + (i,))


def mutated(value, chance):
    made = copy.deepcopy(value)
    path = chance.choice([p for p in places(value) if p])
    parent = made
    for step in path[:-1]:
        parent = parent[step]
    kind = chance.randrange(4)
    if kind == 0:
        del parent[path[-1]]
    elif kind == 1 and isinstance(parent, dict):
        parent[chance.choice(["x", "by", "any", "max", "ja", "scope"])] = \
            chance.choice(WRONG)
    else:
        parent[path[-1]] = copy.deepcopy(chance.choice(WRONG))
    return made


# What a schema does not know: what words mean, and how they go together.
MEANING = ["is no id", "unknown pattern", "unknown phrase", "did you mean",
           "no such pattern", "hits of which pattern", "can match nothing",
           "of the pattern)", "stands twice", "is not said by", "nothing left",
           "nothing is left", "has no unit", "expected a whole number",
           "only hits(ID)", "is measured in", "greater than max", "every "
           "silence", "never stand in one turn", "comes back to", "unknown "
           "placeholder", "no such file", "is brought to a form",
           "role name already", "a name of", "used nowhere", "is no duration",
           "unknown definition", "cannot read", "unknown measure",
           "is no number", "circle", "no language pack", "already", "too long", "more than"]


def rule_files():
    checker = schema("rules")
    for path in sorted(glob.glob("rules/*.yaml")):
        with open(path, encoding="utf-8") as f:
            made = yaml.load(f, Loader)
        wrong = [e.message[:200] for e in checker.iter_errors(made)]
        expect(f"{path} keeps the schema", not wrong, wrong)
    chance = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        for text in (BASE, PACK):
            made = yaml.load(text, Loader)
            judge(checker, top, made, True)
            for _ in range(250):
                judge(checker, top, mutated(made, chance), None)


def judge(checker, top, made, want):
    path = f"{top}/rules.yaml"
    with open(path, "w", encoding="utf-8") as f:
        json.dump(made, f, ensure_ascii=False)
    words = ["rules", "check", path]
    done = run(*words)
    said = done.stderr.decode()
    mistakes = [x for x in said.splitlines()
                if x.startswith(path) and ": warning:" not in x]
    taken = done.returncode == 0
    valid = checker.is_valid(made)
    if want is not None:
        expect("the base is taken", taken and valid, said)
    elif taken:
        expect("what ofuku takes keeps the schema", valid,
               (made, [e.message for e in checker.iter_errors(made)][:3]))
    elif valid:
        expect("what keeps the schema is wrong in meaning alone",
               all(any(m in x for m in MEANING) for x in mistakes),
               (made, mistakes))
    else:
        expect("both refuse", True)


def main():
    report_rows()
    rule_files()
    expect("no such schema", b"did you mean" in run(
        "schema", "finding").stderr)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 1 if False in results else 0


if __name__ == "__main__":
    sys.exit(main())
