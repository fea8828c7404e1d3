"""setup.py OFUKU: the settings that setup proposes. With them an audit is what
it is without where detection is enough, and finds the exchanges of tables
whose columns and people have names of their own. Ends with "N passed, N
failed"."""
import csv
import glob
import json
import os
import random
import subprocess
import sys
import tempfile

import yaml

OFUKU = os.path.abspath(sys.argv[1])
results = []


def expect(what, holds, seen=""):
    results.append(bool(holds))
    if not holds:
        print(f"failed: {what}: {str(seen)[:600]}", file=sys.stderr)


def run(*words):
    return subprocess.run([OFUKU, *words], capture_output=True, check=False)


def rows(*words):
    """An audit's exchanges without what names the rules."""
    done = run("audit", "-q", "--output-format=jsonl", "--fail-on=never",
               *words)
    made = [json.loads(x) for x in done.stdout.splitlines()]
    for row in made:
        del row["rules"]
    return done.returncode, made


def samples(top):
    for path in sorted(glob.glob("testdata/formats/*/typical*")):
        if ".expected" in path or os.path.isdir(path):
            continue
        done = run("setup", "-o", f"{top}/s.yaml", path)
        expect(f"{path}: settings", done.returncode in (0, 1), done.stderr)
        expect(f"{path}: the same audit", rows(
            f"--config={top}/s.yaml", path) == rows(path))


def conversations(chance):
    """Of the shipped stories, told by other people."""
    said = {}
    for path in sorted(glob.glob("testdata/demo/*.jsonl") +
                       glob.glob("testdata/stories/*.jsonl")):
        with open(path, encoding="utf-8") as f:
            for line in f:
                try:
                    u = json.loads(line)
                except ValueError:
                    continue
                if u.get("role") in ("agent", "customer") and u.get("text"):
                    said.setdefault((path, u.get("conversation")),
                                    []).append((u["role"], u["text"]))
    long = [c for c in said.values() if len(c) >= 4 and
            {r for r, _ in c} == {"agent", "customer"}]
    chance.shuffle(long)
    return long


FAMILY = "青木石田上野江口岡本加納北川工藤小松坂井島崎菅原関口曽根高田千葉辻本寺田中西根岸野村浜田平野藤井星野前田水谷村上森下安井湯川横山吉岡和田渡部"
NAMES = [FAMILY[i:i + 2] for i in range(0, len(FAMILY) - 1, 2)]


def table(chance, talks, kind):
    """Rows of (conversation, speaker, text, time, extra), opaque names."""
    agents = {"codes": ["OP01", "OP02", "OP17"], "names": ["早乙女", "東雲"]}[
        kind]
    made, clock = [], 0
    for number, talk in enumerate(talks):
        # Everybody answers some calls.
        agent = agents[number % len(agents)]
        customer = NAMES[number % len(NAMES)]
        for role, text in talk:
            clock += chance.randrange(5, 50)
            made.append([
                f"Q-{1000 + number}", agent if role == "agent" else customer,
                text, f"2026-10-{1 + clock // 86400:02}T"
                f"{clock // 3600 % 24:02}:{clock // 60 % 60:02}:{clock % 60:02}"
                .replace("T", " "),
                chance.choice(["東京", "大阪"])])
    return made


def canonical(path, made, agents):
    with open(path, "w", encoding="utf-8") as f:
        for number, speaker, text, at, _ in made:
            f.write(json.dumps({
                "conversation": number, "speaker": speaker, "text": text,
                "at": at, "role": "agent" if speaker in agents else "customer"
            }, ensure_ascii=False) + "\n")


def tables(top):
    chance = random.Random(7)
    talks = conversations(chance)
    expect("stories to tell", len(talks) >= 12, len(talks))
    for trial in range(24):
        kind = chance.choice(["codes", "names"])
        made = table(chance, chance.sample(talks, 12), kind)
        agents = {r[1] for r in made} - set(NAMES)
        order = chance.sample(range(5), 5)
        header = chance.choice([True, False])
        encoding = chance.choice(["utf-8", "cp932", "utf-8-sig"])
        path = f"{top}/t{trial}.csv"
        with open(path, "w", encoding=encoding, errors="replace",
                  newline="") as f:
            out = csv.writer(f, delimiter=chance.choice(",\t;"))
            if header:
                out.writerow([["甲", "乙", "丙", "丁", "戊"][i]
                              for i in order])
            for row in made:
                out.writerow([row[i] for i in order])
        what = f"table {trial} ({kind}, {header}, {encoding})"
        done = run("setup", "-o", f"{top}/s.yaml", path)
        expect(f"{what}: all told", done.returncode == 0, done.stderr)
        with open(f"{top}/s.yaml", encoding="utf-8") as f:
            told = yaml.safe_load(f)
        want = {n: (["甲", "乙", "丙", "丁", "戊"][i] if header else
                    str(order.index(i) + 1))
                for i, n in enumerate(["conversation", "speaker", "text",
                                       "at"])}
        expect(f"{what}: columns", told["map"] == want, (told["map"], want))
        if encoding == "cp932":
            made = [[c.encode("cp932", "replace").decode("cp932") for c in r]
                    for r in made]
        canonical(f"{top}/t.jsonl", made, agents)
        got = rows(f"--config={top}/s.yaml", path)[1]
        sure = rows(f"{top}/t.jsonl")[1]
        for row in got + sure:
            row["source"] = ""
        expect(f"{what}: the same exchanges", got == sure,
               [(a, b) for a, b in zip(got, sure) if a != b][:1] or
               (len(got), len(sure)))


CODES = [["C1", "CU", "修理代が高すぎます。弁護士を立てますよ。", "令和8年10月1日"],
         ["C1", "OP", "確認いたしますので少々お待ちください。", "令和8年10月1日"],
         ["C2", "CU", "請求書がまだ届いていないのですが。", "令和8年10月1日"],
         ["C2", "OP", "住所の確認をお願いいたします。", "令和8年10月1日"]]


def proposed(top, data, *words):
    """Of a file with these bytes: the status, the settings and their text."""
    with open(f"{top}/odd.csv", "wb") as f:
        f.write(data)
    done = run("setup", *words, f"{top}/odd.csv")
    return (done.returncode, yaml.safe_load(done.stdout),
            done.stdout.decode() + done.stderr.decode())


def odd(top):
    head = ["通話ID", "話者区分", "発話", "受電日"]
    data = "".join("|".join(r) + "\n" for r in [head] + CODES).encode("euc-jp")
    status, _, said = proposed(top, data)
    expect("a delimiter of one's own: said", status == 2 and
           "--delimiter" in said, (status, said))
    status, told, said = proposed(top, data, "--delimiter=|",
                                  "--tz=Asia/Tokyo", "--ids=file")
    expect("what options say is in the settings",
           told["delimiter"] == "|" and told["tz"] == "Asia/Tokyo" and
           told["ids"] == "file" and told["encoding"] == "EUC-JP", said)
    expect("roles in codes are speakers", "role" not in told["map"] and
           told["map"]["speaker"] == "話者区分", said)
    expect("a column that was not understood",
           "nothing is taken from: 受電日\n" in said, said)
    with open(f"{top}/odd.yaml", "w", encoding="utf-8") as f:
        f.write(said.split("ofuku setup:")[0] + "agent: '^OP$'\n")
    status, got = rows(f"--config={top}/odd.yaml", f"{top}/odd.csv")
    expect("the settings and a pattern on the codes", status == 0 and
           [r["verdict"] for r in got] == ["fail"], (status, got))
    status, told, said = proposed(
        top, data, "--delimiter=|", "--map=role=話者区分,text=受電日")
    expect("--map is not guessed", told["map"]["role"] == "話者区分" and
           told["map"]["text"] == "受電日", said)
    title = "応対履歴,,,\n番号,話し手,日付時刻,書き起こし文\n" + "".join(
        f"{n}-{k},{s},2026/10/1 1{k}:0{i},{t}\n" for k in range(8)
        for i, (n, s, t, _) in enumerate(CODES))
    status, _, said = proposed(top, title.encode())
    expect("a record that an audit rejects", status == 1 and
           "an audit rejects: line 2: at is" in said, (status, said))
    for day in ("令和8年10月1日", "2026/10/1", "R8.10.1"):
        halves = "番号,話し手,年月日,時分,語り\n" + "".join(
            f"{n}-{k},{s},{day},午前{9 + k // 4}時{k % 4 * 10 + i}分,{t}\n"
            for k in range(8) for i, (n, s, t, _) in enumerate(CODES))
        status, told, said = proposed(top, halves.encode("cp932"))
        expect(f"{day} and a time in columns of their own",
               told["map"].get("at") == "年月日+時分", said)
    status, _, said = proposed(top, b'{"text":"x"}\n', "--tz=Nowhere")
    expect("a wrong option is named", status == 2 and "--tz:" in said, said)


def refusals(top):
    for name, data in (("empty", b""), ("prose", "ただの文章です。\n".encode()),
                       ("numbers", b"1,2,3\n4,5,6\n7,8,9\n")):
        with open(f"{top}/{name}", "wb") as f:
            f.write(data)
        done = run("setup", f"{top}/{name}")
        expect(f"{name}: refused", done.returncode == 2 and
               name.encode() in done.stderr and done.stdout == b"",
               (done.returncode, done.stderr))
    done = run("setup", f"{top}/nowhere.csv")
    expect("a file that is not there", done.returncode == 2 and
           b"nowhere.csv" in done.stderr, done.stderr)
    expect("one file", run("setup", "a", "b").returncode == 2)


def main():
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        samples(top)
        tables(top)
        odd(top)
        refusals(top)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 1 if False in results else 0


if __name__ == "__main__":
    sys.exit(main())
