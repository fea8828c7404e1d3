"""make bench: ofuku and its rivals side by side, on generated transcripts.

Writes FOLDER/bench.json and FOLDER/bench.svg and prints the ratios that are
promised. Only ratios within one run mean something: machines drift.
Usage: bench.py OFUKU GENERATE FOLDER   (from the root of the source)
Environment: BENCH_SIZES, in 10^5 utterances (default: 1 10 100);
BENCH_KINDS (default: ordinary threat-rich hostile).
"""
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
UNIT = 100000
MIB = 1 << 20
SEED = 1


class Bench:
    def __init__(self, ofuku, generate, folder):
        self.ofuku, self.generate, self.folder = ofuku, generate, folder
        self.data = os.path.join(folder, "bench")
        os.makedirs(self.data, exist_ok=True)
        self.sizes = [int(s) for s in
                      os.environ.get("BENCH_SIZES", "1 10 100").split()]
        self.kinds = os.environ.get(
            "BENCH_KINDS", "ordinary threat-rich hostile").split()
        # Rivals are compared at one size: the slowest take their time.
        self.reference = max([s for s in self.sizes if s <= 10]
                             or [min(self.sizes)])
        with open(os.path.join(HERE, "patterns.tsv"), encoding="utf-8") as f:
            self.alternation = "|".join(
                line.rstrip("\n").split("\t")[1] for line in f)
        options = output([ofuku, "audit", "--help"])
        self.can = {name: name in options
                    for name in ("--threads", "--order", "--memory")}
        for name, there in self.can.items():
            if not there:
                print(f"note: audit has no {name}: what needs it is left out")
        self.results, self.targets, self.made = [], [], {}
        self.load = os.getloadavg()[0]

    # What is measured.

    def audit(self, *more, threads=None, grouped=False, memory=None):
        """The command, or None where an option is not there."""
        if (threads and not self.can["--threads"] or memory and
                not self.can["--memory"] or grouped and
                not self.can["--order"]):
            return None
        return ([self.ofuku, "audit", "-q", "--fail-on=never", "-o",
                 os.path.join(self.data, "report.csv")]
                + ([f"-j{threads}"] if threads else [])
                + (["--order=grouped"] if grouped else [])
                + ([f"--memory={memory}"] if memory else []) + list(more))

    def corpus(self, kind, size, form="jsonl", interleaved=False):
        name = f"{kind}-{size}{'-mixed' if interleaved else ''}.{form}"
        path = os.path.join(self.data, name)
        if name not in self.made:
            if not os.path.exists(path):
                aside = path + ".part"
                subprocess.run(
                    [self.generate, "-k", kind, "-n", str(size * UNIT), "-s",
                     str(SEED), "-f", form] + (["-i"] if interleaved else [])
                    + [os.path.join(HERE, "talk.txt"), aside], check=True)
                os.rename(aside, path)
            self.made[name] = path
            warm(path)
        return path

    def run(self, group, commands, kind, size, runs=5):
        """hyperfine over named commands, and once more each for the memory;
        one run alone is timed as its memory is measured."""
        commands = {n: c for n, c in commands.items() if c is not None}
        once = {n: alone(c) for n, c in commands.items()}
        timed = hyperfine(commands, runs) if runs > 1 else [
            {"median": t["s"], "min": t["s"], "user": t["cpu_s"], "system": 0,
             "times": [t["s"]]} for t in once.values()]
        found = {}
        for (name, t) in zip(commands, timed):
            found[name] = {
                "group": group, "name": name, "kind": kind, "size": size,
                "median_s": t["median"], "min_s": t["min"],
                "cpu_s": t["user"] + t["system"], "runs": len(t["times"]),
                "max_rss_bytes": once[name]["max_rss_bytes"],
                "bytes": sum(total(a) for a in set(commands[name])
                             & set(self.made.values()))}
            self.results.append(found[name])
            print(f"{kind:12}{size:5} {name:34}{t['median']:9.3f} s"
                  f"{found[name]['cpu_s']:9.3f} s CPU"
                  f"{found[name]['max_rss_bytes'] / MIB:9.1f} MiB", flush=True)
        return found

    def target(self, what, value, limit, least=False):
        """One promise: value, a ratio, is at most (least: at least) limit."""
        met = value is not None and (value >= limit if least
                                     else value <= limit)
        self.targets.append({"target": what, "limit": limit, "least": least,
                             "measured": value, "met": met if value is not None
                             else None})

    # The comparisons.

    def rivals(self, kind):
        size = self.reference
        path = self.corpus(kind, size)
        runs = {"ordinary": 5, "threat-rich": 3}.get(kind, 2)
        regex = self.alternation
        found = self.run("rivals", {
            "audit -j1 --order grouped": self.audit(path, threads=1,
                                                    grouped=True),
            "audit -j2 --order grouped": self.audit(path, threads=2,
                                                    grouped=True),
            "audit -j2": self.audit(path, threads=2),
            "grep -c": [self.ofuku, "grep", "-c", regex, path],
            "rg -c": ["rg", "-c", regex, path],
            "rg -P -c": ["rg", "-P", "-c", regex, path],
            "ugrep -c": ["ugrep", "-c", regex, path],
        }, kind, size, runs)
        if kind == "ordinary":
            found.update(self.run("rivals", {
                "Python audit": [sys.executable, os.path.join(
                    HERE, "audit.py"), os.path.join(HERE, "patterns.tsv"),
                    path]}, kind, size, runs=2))
        two, one = (found.get(f"audit -j{j} --order grouped") for j in (2, 1))
        on = f" ({kind})"
        self.target("audit -j2 --order grouped / rg -c, wall" + on,
                    ratio(two, found["rg -c"]), 0.50)
        self.target("audit -j1 --order grouped / rg -c, CPU" + on,
                    ratio(one, found["rg -c"], "cpu_s"), 1.0)
        if kind == "ordinary":
            self.target("Python audit / audit -j2 --order grouped, wall",
                        ratio(found["Python audit"], two), 70, least=True)
        self.target("one thread / two threads, wall" + on, ratio(one, two),
                    1.7, least=True)
        self.target("default order / grouped, -j2, wall" + on,
                    ratio(found.get("audit -j2"), two), 1.3)
        self.target("grep -c / rg -P -c, wall" + on,
                    ratio(found["grep -c"], found["rg -P -c"]), 1.0)

    def formats(self):
        kind, size = "ordinary", self.reference
        threads = 1 if self.can["--threads"] else None
        path = self.corpus(kind, size)
        csv, cp932, vtt = (self.corpus(kind, size, f)
                           for f in ("csv", "cp932", "vtt"))
        found = self.run("formats", {
            "JSON Lines": self.audit(path, threads=threads),
            "CSV": self.audit(csv, threads=threads),
            "CSV in CP932": self.audit(cp932, threads=threads),
            "WebVTT": self.audit(vtt, threads=threads),
            "standard input": ["sh", "-c", 'exec "$@" <"$0"', path]
            + self.audit("-", threads=threads),
        }, kind, size, runs=3)
        base = found["JSON Lines"]
        self.target("CSV / JSON Lines", ratio(found["CSV"], base), 2.0)
        self.target("WebVTT / JSON Lines", ratio(found["WebVTT"], base), 2.0)
        self.target("CP932 / UTF-8", ratio(found["CSV in CP932"],
                                           found["CSV"]), 1.5)
        self.target("standard input / file, one thread",
                    ratio(found["standard input"], base), 1.3)

    def shards(self):
        """What a shard costs in which next to nothing is judged."""
        kind, size = "ordinary", self.reference
        self.run("shards", {
            "all": self.audit(self.corpus(kind, size), threads=1
                              if self.can["--threads"] else None),
            "none": self.audit("--shard=1/1000000", self.corpus(kind, size),
                               threads=1 if self.can["--threads"] else None),
        }, kind, size, runs=3)

    def rules(self):
        """The policy twice, under two names."""
        kind, size = "ordinary", self.reference
        path = self.corpus(kind, size)
        text = output([self.ofuku, "rules", "init", "-o", "-",
                       "kasuhara.yaml"])
        files = []
        for name in ("kasuhara", "second"):
            files.append(os.path.join(self.data, name + ".yaml"))
            with open(files[-1], "w", encoding="utf-8") as f:
                f.write(text.replace("\npolicy: kasuhara\n",
                                     f"\npolicy: {name}\n"))
        threads = 1 if self.can["--threads"] else None
        found = self.run("rules", {
            "one policy": self.audit("--rules", files[0], path, threads=threads),
            "two policies": self.audit("--rules", files[0], "--rules",
                                       files[1], path, threads=threads),
        }, kind, size)
        self.target("twice the rules, ordinary talk",
                    ratio(found["two policies"], found["one policy"]), 1.10)

    def small(self):
        path = "testdata/demo/recordings.jsonl"
        found = self.run("small", {"one small file": self.audit(path)},
                         "demo", 0, runs=50)
        self.target("one small file, ms of CPU",
                    found["one small file"]["cpu_s"] * 1000, 10)
        return found["one small file"]

    def growth(self, start):
        """Time and memory against size, of every kind."""
        for kind in self.kinds:
            lines = {}
            for size in self.sizes:
                path = self.corpus(kind, size)
                commands = {
                    "ofuku": self.audit(path, threads=2, grouped=True)
                    or self.audit(path),
                    "rg -c": ["rg", "-c", self.alternation, path]}
                found = self.run("growth", commands, kind, size,
                                 runs=3 if kind == "ordinary" and size <= 10
                                 else 1)
                lines[size] = found["ofuku"]
                if self.can["--order"]:
                    bound = 64 * MIB + 16 * conversations(path, size)
                    self.target(f"peak memory, grouped, of 64 MiB + 16 B a "
                                f"conversation ({kind}, {size})",
                                found["ofuku"]["max_rss_bytes"] / bound, 1.0)
            low, high = min(lines), max(lines)
            if low == high:
                continue
            slope = [(lines[s]["median_s"] - start["median_s"]) / s
                     for s in (low, high)]
            self.target(f"time per utterance, {high} / {low} x 10^5, without "
                        f"the start ({kind})", slope[1] / slope[0], 1.10)

    def memory(self):
        """Any order, at ten times the memory."""
        size = max(self.sizes)
        if not self.can["--memory"]:
            return
        path = self.corpus("ordinary", size, interleaved=True)
        limit = max(os.path.getsize(path) // 10 // MIB, 1)
        found = self.run("memory", {
            f"audit, mixed, --memory={limit}M":
                self.audit(path, memory=f"{limit}M")},
            "ordinary", size, runs=1)
        rss = next(iter(found.values()))["max_rss_bytes"]
        self.target("peak memory, any order, of --memory + 64 MiB",
                    rss / ((limit + 64) * MIB), 1.0)

    # What is left behind.

    def write(self):
        with open(os.path.join(self.folder, "bench.json"), "w",
                  encoding="utf-8") as f:
            json.dump({"engine": output([self.ofuku, "--version"]).split("\n"),
                       "processor": processor(), "cores": os.cpu_count(),
                       "load": self.load, "unit": UNIT, "how": "-j2 --order=grouped" if self.can["--order"]
                       else "default order", "results": self.results,
                       "targets": self.targets}, f, ensure_ascii=False,
                      indent=1)
            f.write("\n")
        picture(self)

    def report(self):
        print("\npromise (ratios of medians within this run)")
        for t in self.targets:
            sign = ">=" if t["least"] else "<="
            value = t["measured"]
            print(f"  {t['target']:72} "
                  + (f"{value:8.2f} {sign} {t['limit']:6.2f}  "
                     + ("met" if t["met"] else "NOT MET")
                     if value is not None else "not measured"))


def output(command):
    return subprocess.run(command, check=True, text=True,
                          capture_output=True).stdout


def ratio(a, b, key="median_s"):
    return None if a is None or b is None else a[key] / b[key]


def hyperfine(commands, runs):
    """The times of each. Output goes to a pipe: to /dev/null some programs
    stop at the first match."""
    if not commands:
        return []
    with tempfile.NamedTemporaryFile(suffix=".json") as f:
        said = subprocess.run(
            ["hyperfine", "--style=none", "--warmup=1", "-N", "-i",
             "--output=pipe", f"--runs={runs}", "--export-json", f.name]
            + [shlex.join(c) for c in commands.values()],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if said.returncode != 0:
            sys.exit(f"hyperfine failed: {said.stderr}")
        return json.load(f)["results"]


def alone(command):
    """One run under GNU time: seconds, and the most memory resident."""
    with tempfile.NamedTemporaryFile("r") as f:
        code = subprocess.run(
            ["/usr/bin/time", "-q", "-o", f.name, "-f", "%e %U %S %M"]
            + command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL).returncode
        if code not in (0, 1):
            sys.exit(f"failed with status {code}: {shlex.join(command)}")
        elapsed, user, system, peak = f.read().split()
    return {"s": float(elapsed), "cpu_s": float(user) + float(system),
            "max_rss_bytes": int(peak) * 1024}


def files(path):
    return [path] if os.path.isfile(path) else [
        os.path.join(folder, name)
        for folder, _, names in os.walk(path) for name in names]


def total(path):
    return sum(map(os.path.getsize, files(path)))


def warm(path):
    """Into the page cache."""
    for name in files(path):
        with open(name, "rb") as f:
            while f.read(1 << 20):
                pass


def conversations(path, size):
    """The last id that the generator gave, read off the file's end."""
    with open(path, "rb") as f:
        f.seek(max(os.path.getsize(path) - 65536, 0))
        last = f.read().rstrip(b"\n").split(b"\n")[-1]
    return int(json.loads(last)["conversation"][1:]) + 1


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        for line in f:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return "unknown"


def picture(bench):
    """Time and memory against size, as gnuplot draws them."""
    series = {}
    for r in bench.results:
        if r["group"] == "growth":
            series.setdefault((r["name"], r["kind"]), []).append(r)
    blocks, plots = [], {"median_s": [], "max_rss_bytes": []}
    for i, ((name, kind), rows) in enumerate(series.items()):
        blocks.append(f"$d{i} << EOD\n" + "".join(
            f"{r['size'] * UNIT} {r['median_s']} {r['max_rss_bytes'] / MIB}\n"
            for r in rows) + "EOD\n")
        dash = 1 if name == "ofuku" else 2
        for column, key in ((2, "median_s"), (3, "max_rss_bytes")):
            plots[key].append(f"$d{i} using 1:{column} with linespoints "
                              f"dt {dash} lc {bench.kinds.index(kind) + 1} "
                              f"title '{name}, {kind}'")
    script = "".join(blocks) + f"""
set terminal svg size 1000,420 dynamic background 'white'
set output '{os.path.join(bench.folder, "bench.svg")}'
set logscale xy
set key below
set grid
set xlabel 'utterances'
set xrange [{min(bench.sizes) * UNIT / 2}:{max(bench.sizes) * UNIT * 2}]
set multiplot layout 1,2
set ylabel 'seconds'
plot {", ".join(plots["median_s"])}
set ylabel 'MiB resident at most'
plot {", ".join(plots["max_rss_bytes"])}
unset multiplot
"""
    subprocess.run(["gnuplot"], input=script, text=True, check=True)


def main():
    bench = Bench(*sys.argv[1:4])
    began = time.time()
    if bench.load > 0.5:
        print(f"note: something else runs here (load {bench.load:.1f}"
              "): wall times tell little, let it end first")
    start = bench.small()
    for kind in bench.kinds:
        bench.rivals(kind)
    bench.formats()
    bench.shards()
    bench.rules()
    bench.growth(start)
    bench.memory()
    bench.write()
    bench.report()
    print(f"\n{bench.folder}/bench.json, {bench.folder}/bench.svg; "
          f"{time.time() - began:.0f} s")


main()
