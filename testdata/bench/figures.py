"""make scale-figures: the tables of ofuku-scale(7), from build/bench.json.

Writes anew what stands between the marks in the page, so that no figure in
it is older than the run beside it.
Usage: figures.py BENCH.JSON PAGE
"""
import json
import sys

PRICE = 0.05  # a core-hour, in any money: an assumption that the page states
MACHINES, CORES = 100, 2
BEGIN, END = '.\\" figures: begin\n', '.\\" figures: end\n'


def row(*cells):
    return ".It " + " Ta ".join(cells) + "\n"


def table(widths, head, rows):
    return (".Bl -column " + " ".join(f'"{w}"' for w in widths) + "\n"
            + row(*head) + "".join(rows) + ".El\n")


def amount(x):
    """Three digits."""
    if x >= 100:
        return f"{x:.0f}"
    if x < 0.001:
        return "under 0.001"
    return f"{x:.3g}" if x >= 1 else f"{x:.2g}"


def span(hours):
    for unit, size in (("d", 24), ("h", 1), ("min", 1 / 60), ("s", 1 / 3600)):
        if hours >= size:
            return f"{amount(hours / size)} {unit}"
    return "under 1 s"


def size(n):
    for unit, k in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if n >= k:
            return f"{amount(n / k)} {unit}"
    return f"{n:.0f} B"


class Figures:
    def __init__(self, bench):
        self.bench = bench
        self.unit = bench["unit"]

    def find(self, group, name, kind):
        """The largest that was measured."""
        return max((r for r in self.bench["results"] if r["group"] == group
                    and r["name"] == name and r["kind"] == kind),
                   key=lambda r: r["size"], default=None)

    def costs(self):
        rows = []
        for label, group, name, kind in (
                ("JSON Lines, ordinary", "growth", "ofuku", "ordinary"),
                ("JSON Lines, threat-rich", "growth", "ofuku", "threat-rich"),
                ("JSON Lines, hostile", "growth", "ofuku", "hostile"),
                ("CSV", "formats", "CSV", "ordinary"),
                ("CSV in CP932", "formats", "CSV in CP932", "ordinary"),
                ("WebVTT", "formats", "WebVTT", "ordinary")):
            r = self.find(group, name, kind)
            if r is None:
                continue
            n = r["size"] * self.unit
            hours = r["cpu_s"] / r["bytes"] * 1e12 / 3600
            rows.append(row(label, f"{r['bytes'] / n:.0f}",
                            f"{r['cpu_s'] / n * 1e9:.0f}",
                            f"{r['bytes'] / r['cpu_s'] / 1e6:.0f}",
                            amount(hours), amount(hours * PRICE)))
        return table(("JSON Lines, threat-rich", "bytes/utt.", "ns/utt.",
                      "MB/s", "core-h/TB", "money/TB"),
                     ("talk", "bytes/utt.", "ns/utt.", "MB/s", "core-h/TB",
                      "money/TB"), rows)

    def paper(self):
        r = self.find("growth", "ofuku", "ordinary")
        everything = self.find("shards", "all", "ordinary")
        nothing = self.find("shards", "none", "ordinary")
        share = nothing["cpu_s"] / everything["cpu_s"]
        n = r["size"] * self.unit
        rows = []
        for power in (6, 7, 8, 9, 10):
            hours = r["cpu_s"] / n * 10 ** power / 3600
            shard = hours * (share + (1 - share) / MACHINES) / CORES
            rows.append(row(f"10^{power}", size(r["bytes"] / n * 10 ** power),
                            amount(hours), amount(hours * PRICE),
                            span(hours / CORES),
                            span(hours / CORES / MACHINES), span(shard)))
        return share, table(
            ("utterances", "0.00 GB", "under 0.001", "under 0.001",
             "0.00 min", "100 by files", "100 by shards"),
            ("utterances", "bytes", "core-h", "money", f"{CORES} cores",
             f"{MACHINES} by files", f"{MACHINES} by shards"), rows)

    def memory(self):
        names = [r["name"] for r in self.bench["results"]
                 if r["group"] == "growth" and r["kind"] == "ordinary"
                 and r["name"] == "ofuku"]
        rows = [row(f"{r['size'] * self.unit:,}", f"{r['median_s']:.2f}",
                    f"{r['max_rss_bytes'] / 1048576:.0f}")
                for r in self.bench["results"] if names and r["group"] ==
                "growth" and r["kind"] == "ordinary"
                and r["name"] == "ofuku"]
        return table(("utterances", "seconds", "MiB resident"),
                     ("utterances", "seconds", "MiB resident"), rows)

    def text(self):
        share, paper = self.paper()
        engine = "; ".join(line for line in self.bench["engine"] if line)
        return (
            f"Measured on {self.bench['cores']} cores of {self.bench['processor']}, "
            f"page cache warm, with {engine}"
            + (f", while other work ran (load {self.bench['load']:.0f})"
               if self.bench["load"] > 0.5 else "") + ":\n"
            + self.costs() +
            ".Pp\n"
            "Seconds are those of all cores together; money is "
            f"{PRICE} an hour of a core.\n"
            "Ordinary talk of growing size, "
            f"{self.bench['how']}:\n"
            + self.memory() +
            ".Pp\n"
            "What follows is on paper, from the largest of these: a machine "
            f"has {CORES} cores, and there is one of them or {MACHINES}.\n"
            f"Reading is {100 * share:.0f} % of the work, which every shard "
            "does again.\n" + paper)


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        figures = Figures(json.load(f)).text()
    with open(sys.argv[2], encoding="utf-8") as f:
        page = f.read()
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        f.write(before + BEGIN + figures + END + after)


main()
