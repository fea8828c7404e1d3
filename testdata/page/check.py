"""
The page of --html in a headless browser: what it shows against what ofuku
counts, what it does when used, and what it must not do. Screenshots and a
printed page stay in the folder given.
usage: check.py OFUKU GENERATE FOLDER
"""
import base64
import csv
import datetime
import io
import json
import os
import re
import subprocess
import sys
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

OFUKU, GENERATE, FOLDER = [os.path.abspath(a) for a in sys.argv[1:4]]
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
passed = failed = 0


def check(holds, what):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print("failed: " + what, flush=True)


def equal(got, want, what):
    check(got == want, f"{what}: {got!r}, not {want!r}")


def run(*args):
    done = subprocess.run([OFUKU, *args], cwd=FOLDER, text=True,
                          capture_output=True)
    check(done.returncode in (0, 1), f"{args}: {done.stderr}")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def browse(width, height, dark=False):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for a in ("--headless=new", "--no-sandbox", "--disable-gpu",
              "--hide-scrollbars", "--disable-dev-shm-usage", "--lang=ja",
              f"--window-size={width},{height}"):
        options.add_argument(a)
    options.set_capability("goog:loggingPrefs",
                           {"browser": "ALL", "performance": "ALL"})
    b = webdriver.Chrome(service=Service("/usr/bin/chromedriver"),
                         options=options)
    b.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1,
        "mobile": width < 500})
    b.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{
        "name": "prefers-color-scheme", "value": "dark" if dark else "light"},
        {"name": "prefers-reduced-motion", "value": "reduce"}]})
    return b


def quiet(b, name, what):
    """Nothing on the console, and no request but for the page itself."""
    said = [e["message"] for e in b.get_log("browser")]
    equal(said, [], f"{what}: the console says")
    asked = set()
    for entry in b.get_log("performance"):
        m = json.loads(entry["message"])["message"]
        if m["method"] == "Network.requestWillBeSent":
            asked.add(m["params"]["request"]["url"])
    asked = {u for u in asked if not u.startswith("chrome")
             and not u.startswith("data:")}
    check(asked <= {address(name)}, f"{what}: it asks for {asked}")


def address(name):
    return "file://" + os.path.join(FOLDER, name)


def picture(b, name, whole=True, tall=4000):
    size = b.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": size["width"], "scale": 1,
            "height": min(tall, size["height"])}
    shot = b.execute_cdp_cmd("Page.captureScreenshot", {
        "captureBeyondViewport": True, "clip": clip} if whole else {})
    with open(os.path.join(FOLDER, name), "wb") as f:
        f.write(base64.b64decode(shot["data"]))


def paper(b, name):
    pdf = base64.b64decode(b.execute_cdp_cmd("Page.printToPDF", {
        "printBackground": True, "preferCSSPageSize": True})["data"])
    with open(os.path.join(FOLDER, name), "wb") as f:
        f.write(pdf)
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", pdf)
    check(boxes and all(abs(float(w) - 595) < 2 and abs(float(h) - 842) < 2
                        for w, h in boxes), f"{name}: sheets are {boxes[:1]}")
    return len(boxes)


# Transcripts: the generated talk with a date, over some months of agents.
def write_dated(utterances):
    raw = os.path.join(FOLDER, "talk.jsonl")
    subprocess.run([GENERATE, "-k", "threat-rich", "-n", str(utterances),
                    os.path.join(ROOT, "testdata/bench/talk.txt"), raw],
                   check=True)
    first = datetime.datetime(2026, 7, 3, 9, 0)
    with open(raw, encoding="utf-8") as f, \
            open(os.path.join(FOLDER, "dated.jsonl"), "w",
                 encoding="utf-8") as out:
        for line in f:
            r = json.loads(line)
            n = int(r["conversation"][1:])
            at = first + datetime.timedelta(
                days=n * 7919 % 118, seconds=n * 104729 % 32400)
            slow = (1, 1, 2, 1, 4, 1, 9, 20)[n % 8]
            for key, name in (("start", "at"), ("end", "until")):
                r[name] = (at + datetime.timedelta(seconds=slow * r.pop(
                    key))).isoformat(timespec="seconds")
            out.write(json.dumps(r, ensure_ascii=False) + "\n")
    os.remove(raw)


def write_hostile():
    nasty = ("</script><script>window.hacked=1</script>"
             "<img src=x onerror='window.hacked=1'>"
             "</style><svg onload='window.hacked=1'> javascript:alert(1) "
             "<!-- ]]> %s %1 $& \u2028 \\u003c")
    with open(os.path.join(FOLDER, "hostile.jsonl"), "w",
              encoding="utf-8") as f:
        for role, text in (("customer", "訴えます。" + nasty),
                           ("agent", nasty)):
            f.write(json.dumps({
                "conversation": nasty, "speaker": role + nasty, "role": role,
                "at": "2026-10-01T10:00:00", "text": text},
                ensure_ascii=False) + "\n")
    return nasty


def shown(b):
    numbers = re.findall(r"[\d,]+", b.find_element(By.ID, "shown").text)
    return [int(n.replace(",", "")) for n in numbers]


def cells(b, n):
    return [e.text for e in b.find_elements(
        By.CSS_SELECTOR, f"#body tr td:nth-child({n})")]


def figures(b):
    return {f.find_element(By.TAG_NAME, "dt").text:
            f.find_element(By.CSS_SELECTOR, ".value").text
            for f in b.find_elements(By.CSS_SELECTOR, ".figure")}


def timed(b, script):
    """Milliseconds that it keeps the page busy, drawing included."""
    return b.execute_async_script(
        "const done = arguments[arguments.length - 1], t = performance.now();"
        + script + ";document.body.offsetHeight;"
        "requestAnimationFrame(() => setTimeout(() =>"
        "done(performance.now() - t)));")


def check_figures(b, rows):
    """The latest month, against what summarize says of it."""
    month = max(r["opened_at"] for r in rows)[:7]
    want = next(r for r in run("summarize", "--by=month", "exchanges.csv")
                if r["month"] == month)
    got = figures(b)
    equal(got["Exchanges"], f"{int(want['exchanges']):,}", "exchanges")
    equal(got["Failed"], f"{int(want['fail']):,}", "failed")
    equal(got["Unknown"], want["unknown"], "unknown")
    check(abs(float(got["Fail rate"][:-1]) / 100 - float(want["fail_rate"]))
          < 0.001, f"fail rate {got['Fail rate']}")
    equal(got["Round trips"], want["round_trips_median"], "round trips")
    seconds = float(want["duration_median_s"]) + 0.5
    equal(got["Length"], f"{int(seconds // 60)}:{int(seconds % 60):02}",
          "length")
    note = b.find_element(By.ID, "range-note").text
    check("compared with" in note, f"the period before: {note}")
    equal(len(b.find_elements(By.CSS_SELECTOR, ".before")), 8,
          "figures with their change")
    return [r for r in rows if r["opened_at"].startswith(month)]


def check_charts(b):
    cards = b.find_elements(By.CSS_SELECTOR, "#charts .card")
    equal(len(cards), 8, "charts")
    for card in cards:
        title = card.find_element(By.TAG_NAME, "h3").text
        drawing = card.find_element(By.CSS_SELECTOR, "svg")
        check(drawing.get_attribute("role") == "img" and
              drawing.get_attribute("aria-label"), f"{title}: no name")
        card.find_element(By.TAG_NAME, "summary").click()
        table = card.find_elements(By.CSS_SELECTOR, "details tbody tr")
        check(len(table) > 0, f"{title}: no table behind it")
        card.find_element(By.TAG_NAME, "summary").click()
    limits = [t.get_attribute("textContent") for t in b.find_elements(
        By.CSS_SELECTOR, "#charts .limit text")]
    equal(sorted(t for t in limits if not t.startswith("all")),
          ["at least 0.800", "at least 1", "limit 20 min", "limit 3",
           "limit 3"], "limits drawn")


def check_sorting(b):
    def head(n):
        return b.find_element(By.CSS_SELECTOR,
                              f"#head th:nth-child({n})")
    for way in ("ascending", "descending"):
        head(5).find_element(By.TAG_NAME, "button").click()
        equal(head(5).get_attribute("aria-sort"), way, "aria-sort")
        got = [int(c) for c in cells(b, 5)]
        equal(got, sorted(got, reverse=way == "descending"), "sorted " + way)
    check(got[0] > got[-1] or got[0] == 5, "the most round trips come first")
    check(timed(b, "document.querySelector('[data-sort=conversation]')"
                ".click()") < 1000 * loaded[0], "sorting takes long")


def check_filters(b, month):
    equal(shown(b), [len(month), len(month)], "all of the month")
    Select(b.find_element(By.ID, "verdict")).select_by_value("fail")
    n = sum(r["verdict"] == "fail" for r in month)
    equal(shown(b), [n, len(month)], "those that failed")
    check(all("fail" in c for c in cells(b, 9)), "a row that did not fail")
    Select(b.find_element(By.ID, "check")).select_by_value("dissuaded")
    n = sum("dissuaded" in r["findings"].split(";") for r in month)
    equal(shown(b), [n, len(month)], "those that dissuaded")
    b.find_element(By.ID, "clear").click()
    equal(shown(b), [len(month), len(month)], "cleared")
    box = b.find_element(By.ID, "query")
    box.send_keys("ﾍﾞﾝｺﾞｼ 吉田")
    time.sleep(0.5)
    equal(shown(b)[0], 0, "no such word")
    box.clear()
    agent = month[0]["agent"].split(" ")[-1]
    box.send_keys(month[0]["conversation"].lower() + " " + agent)
    time.sleep(0.5)
    equal(shown(b)[0], 1, "found by id and agent")
    b.find_element(By.ID, "clear").click()
    check(timed(b, "const q = document.getElementById('query');"
                "q.value = '弁護士'; q.dispatchEvent(new Event('input'))")
          < 1000 * loaded[0], "searching takes long")
    time.sleep(0.5)
    check(0 < shown(b)[0] < len(month), "a word of the transcripts")
    b.find_element(By.ID, "clear").click()


def check_pages(b, month):
    first = cells(b, 2)
    equal(len(first), 50, "rows a page")
    b.find_element(By.ID, "forth").click()
    check(cells(b, 2)[0] not in first, "the next page is another")
    b.find_element(By.ID, "back").click()
    equal(cells(b, 2), first, "back again")
    Select(b.find_element(By.ID, "size")).select_by_value("200")
    equal(len(cells(b, 2)), min(200, len(month)), "rows of a larger page")
    Select(b.find_element(By.ID, "size")).select_by_value("50")


def check_opening(b, log):
    row = b.find_element(By.CSS_SELECTOR, "#body .row")
    name = row.find_element(By.TAG_NAME, "button").text
    b.execute_script("arguments[0].scrollIntoView({block: 'center'})", row)
    row.find_element(By.CSS_SELECTOR, "td.quote").click()
    detail = b.find_element(By.ID, "detail")
    check(detail.get_attribute("open") is not None, "a click opens it")
    check(detail.find_element(By.TAG_NAME, "h2").text.startswith(name),
          "it is the one of the row")
    events = [r for r in log if r["conversation"] == name.split(" ")[0]
              and r["exchange"] == "1"]
    badges = detail.find_elements(By.CSS_SELECTOR, ".event:not(.fault)")
    equal(len(badges), len(events), "events of the log")
    said = [e.text for e in detail.find_elements(By.CSS_SELECTOR, ".said")]
    check(set(said) <= {r["text"] for r in events if r["text"]} and said,
          "what was said")
    b.find_element(By.ID, "next").click()
    check(not detail.find_element(By.TAG_NAME, "h2").text.startswith(name),
          "next is another")
    b.switch_to.active_element.send_keys(Keys.ESCAPE)
    check(detail.get_attribute("open") is None, "Escape closes it")
    second = b.find_elements(By.CSS_SELECTOR, "#body .row button")[1]
    equal(b.switch_to.active_element.text, second.text, "the focus returns")
    second.send_keys(Keys.ENTER)
    check(detail.get_attribute("open") is not None, "Enter opens it")
    picture(b, "open-1280-light.png", whole=False)
    equal(paper(b, "exchange.pdf") <= 3, True, "sheets of one exchange")
    b.find_element(By.ID, "close").click()


def check_periods(b, rows):
    n = int(figures(b)["Exchanges"].replace(",", ""))
    b.find_element(By.ID, "earlier").click()
    before = b.find_element(By.ID, "from").get_attribute("value")[:7]
    equal(int(figures(b)["Exchanges"].replace(",", "")),
          sum(r["opened_at"].startswith(before) for r in rows),
          "the month before")
    b.find_element(By.ID, "later").click()
    equal(int(figures(b)["Exchanges"].replace(",", "")), n, "and back")
    Select(b.find_element(By.ID, "preset")).select_by_value("everything")
    equal(shown(b), [len(rows), len(rows)], "all dates")
    equal(b.find_elements(By.CSS_SELECTOR, ".before"), [], "no change of all")
    b.execute_script(
        "for (const [id, v] of [['from', '2026-08-10'], ['to', '2026-08-12']])"
        "{const e = document.getElementById(id); e.value = v;"
        "e.dispatchEvent(new Event('change'))}")
    equal(shown(b)[1], sum("2026-08-10" <= r["opened_at"][:10] <= "2026-08-12"
                           for r in rows), "from and to")
    Select(b.find_element(By.ID, "preset")).select_by_value("everything")


# Contrast (WCAG 2): text on what lies behind it, 4.5 to 1.
CONTRAST = """
const lum = (c) => {
	const [r, g, b] = c.map((v) => (v /= 255) <= 0.03928 ? v / 12.92 :
		((v + 0.055) / 1.055) ** 2.4);
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const rgba = (s) => s.match(/[\\d.]+/g).map(Number);
const behind = (e) => {
	for (; e; e = e.parentElement) {
		const c = rgba(getComputedStyle(e).backgroundColor);
		if (c.length < 4 || c[3] > 0.99)
			return c.slice(0, 3);
	}
	return [255, 255, 255];
};
const bad = new Set();
for (const e of document.querySelectorAll("#page *")) {
	if (!Array.from(e.childNodes).some((n) => n.nodeType === 3 &&
	    n.data.trim()) || !e.getClientRects().length || e.disabled ||
	    ["title", "OPTION"].includes(e.tagName))
		continue;
	const style = getComputedStyle(e);
	const ink = rgba(e.namespaceURI.endsWith("svg") ? style.fill :
		style.color).slice(0, 3);
	const [a, b] = [lum(ink), lum(behind(e))].sort((x, y) => y - x);
	const ratio = (a + 0.05) / (b + 0.05);
	if (ratio < 4.5)
		bad.add(e.tagName + "." + (e.getAttribute("class") || "") + " " +
			ratio.toFixed(2));
}
return Array.from(bad);
"""

NAMELESS = """
return Array.from(document.querySelectorAll("button, select, input, svg"))
	.filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") ||
		(e.labels && e.labels.length)) ||
		(e.id && document.querySelectorAll("#" + e.id).length > 1))
	.map((e) => e.outerHTML.slice(0, 80));
"""


def check_access(b, what):
    equal(b.execute_script(CONTRAST), [], what + ": too little contrast")
    equal(b.execute_script(NAMELESS), [], what + ": controls without a name")
    check(b.execute_script(
        "return document.documentElement.scrollWidth <= innerWidth"),
        what + ": wider than the screen")


# Nothing that is asked of a page takes longer than to load it.
loaded = []


def load(b, name):
    """Seconds until it shows what it has."""
    begun = time.time()
    b.get(address(name))
    shown(b)
    return time.time() - begun


def check_big():
    with open(os.path.join(FOLDER, "dated.jsonl"), encoding="utf-8") as f:
        lines = f.readlines()
    with open(os.path.join(FOLDER, "tenth.jsonl"), "w",
              encoding="utf-8") as f:
        f.writelines(lines[:len(lines) // 10])
    run("audit", "-q", "--html=tenth.html", "tenth.jsonl")
    rows = run("audit", "-q", "--html=big.html", "--report=exchanges",
               "dated.jsonl")
    with open(os.path.join(FOLDER, "exchanges.csv"), "w", newline="",
              encoding="utf-8") as f:
        w = csv.DictWriter(f, rows[0].keys(), lineterminator="\n")
        w.writeheader()
        w.writerows(rows)
    log = run("audit", "-q", "--report=log", "dated.jsonl")
    check(len(rows) >= 5000, f"{len(rows)} exchanges, not 5,000")
    b = browse(1280, 900)
    other = browse(1280, 900)
    load(other, "tenth.html")
    tenth = load(other, "tenth.html")
    other.quit()
    took = load(b, "big.html")
    loaded.append(took)
    check(took < 15 * tenth, f"5,000 exchanges take {took:.1f} s to load, "
          f"a tenth of them {tenth:.1f} s")
    month = check_figures(b, rows)
    check_charts(b)
    check_filters(b, month)
    check_pages(b, month)
    check_opening(b, log)
    check_periods(b, rows)
    check_sorting(b)
    check(timed(b, "const s = document.getElementById('preset');"
                "s.value = 'everything';"
                "s.dispatchEvent(new Event('change'))") < 1000 * took,
          "all 5,000 take long")
    check_access(b, "5,000")
    sheets = paper(b, "page.pdf")
    check(3 <= sheets <= 20, f"{sheets} sheets")
    quiet(b, "big.html", "5,000")
    b.quit()


def check_bytes():
    """The same page by one thread and by two out of a file by partition."""
    pages = []
    for options in (["-j1"], ["-j2", "--memory=8M"]):
        run("audit", "-q", "--html=again.html", *options, "dated.jsonl")
        with open(os.path.join(FOLDER, "again.html"), "rb") as f:
            pages.append(f.read())
    os.remove(os.path.join(FOLDER, "again.html"))
    check(pages[0] == pages[1], "threads and memory change the page")


def check_looks():
    run("audit", "-q", "--html=demo.html", "--lang=ja", "--fail-on=never",
        os.path.join(ROOT, "testdata/demo"))
    run("audit", "-q", "--html=ja.html", "--lang=ja", "dated.jsonl")
    for width, height in ((1280, 900), (390, 844)):
        for dark in (False, True):
            b = browse(width, height, dark)
            for name in ("demo", "ja"):
                what = f"{name}-{width}-{'dark' if dark else 'light'}"
                b.get(address(name + ".html"))
                picture(b, what + ".png")
                check_access(b, what)
                b.find_elements(By.CSS_SELECTOR, "#body .row button")[1] \
                    .click()
                check_access(b, what + ", open")
                picture(b, what + "-open.png", whole=False)
                check("undefined" not in b.find_element(
                    By.TAG_NAME, "body").text, what + ": undefined")
                quiet(b, name + ".html", what)
            b.quit()


def check_languages():
    b = browse(1280, 900)
    b.get(address("demo.html"))
    equal(b.find_element(By.TAG_NAME, "h1").text, "応対点検の結果", "Japanese")
    b.find_element(By.ID, "language").click()
    equal(b.execute_script("return document.documentElement.lang"), "en",
          "switched")
    check(not re.search("[ぁ-ん]", "".join(
        e.text for e in b.find_elements(By.CSS_SELECTOR, "h2, h3, label, dt"))),
        "Japanese words in English")
    b.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    b.get(address("demo.html"))
    b.execute_cdp_cmd("Emulation.setScriptExecutionDisabled",
                      {"value": False})
    check("違反: 3" in b.find_element(By.TAG_NAME, "body").text,
          "without scripts the page says nothing")
    b.quit()


def check_hostile():
    nasty = write_hostile()
    run("audit", "-q", "--html=hostile.html", "--fail-on=never",
        "hostile.jsonl")
    b = browse(1280, 900)
    b.get(address("hostile.html"))
    b.find_element(By.CSS_SELECTOR, "#body .row button").click()
    text = b.find_element(By.ID, "detail").get_attribute("textContent")
    check(text.count(nasty) >= 4, "what was said stands there to the letter")
    for key, value in (("verdict", "unknown"), ("query", nasty)):
        b.execute_script(
            "const e = document.getElementById(arguments[0]);"
            "e.value = arguments[1]; e.dispatchEvent(new Event('input'));"
            "e.dispatchEvent(new Event('change'))", key, value)
    time.sleep(0.5)
    equal(b.execute_script("return [window.hacked, document.scripts.length,"
                           "document.images.length, document.links.length]"),
          [None, 3, 0, 1], "hostile text did something")
    quiet(b, "hostile.html", "hostile")
    equal(b.execute_async_script("""
        const done = arguments[0], e = document.createElement("script");
        try {
            e.textContent = "window.hacked = 1";
            document.body.append(e);
        } catch (refused) { }
        fetch("https://example.org/").then(() => done("fetched"),
            () => done(window.hacked));"""), None,
        "the page's own policy lets it")
    b.quit()


STOCK = ("お客様のお気持にご無理を言うわけにもまいりませんので、"
         "お任せいたします。")
ONE_LINE = [("客", "訴えるぞ。"), ("佐藤", STOCK),
            ("客", "修理の日程はどうなるんですか。"),
            ("佐藤", STOCK + "日程は二回目の返事です。"),
            ("客", "弁護士を立てるぞ。"),
            ("佐藤", "それは困ります。やめてください。"),
            ("佐藤", "お願いですから、やめてください。")]


def course(b, name):
    """Who said what, and its badges, of the first row."""
    b.get(address(name))
    b.find_element(By.CSS_SELECTOR, "#body .row button").click()
    return [[t.find_element(By.TAG_NAME, "b").text,
             "".join(e.text for e in t.find_elements(
                 By.CSS_SELECTOR, ".said")),
             [e.get_attribute("class").replace("event ", "")
              for e in t.find_elements(By.CSS_SELECTOR, ".event")]]
            for t in b.find_elements(By.CSS_SELECTOR, ".talk .turn")]


def check_one_line():
    """Where all records stand on one line each turn is itself."""
    roles = {"客": "customer", "佐藤": "agent"}
    b = browse(1280, 900)
    for timed_too in (True, False):
        talk = [{"role": roles[who], "speaker": who, "text": text,
                 **({"start": 5 * i} if timed_too else {})}
                for i, (who, text) in enumerate(ONE_LINE[:6])]
        # A later utterance of the last turn is at fault.
        talk[5]["text"] = "それは困ります。"
        talk.append({**talk[5], "text": ONE_LINE[6][1]})
        with open(os.path.join(FOLDER, "one.json"), "w",
                  encoding="utf-8") as f:
            json.dump(talk, f, ensure_ascii=False)
        run("audit", "-q", "--html=one.html", "one.json")
        run("audit", "-q", "-O", "one", "one.json")
        run("summarize", "-q", "--html=again.html", "one")
        turns = course(b, "one.html")
        equal(turns[:4], [
            ["客", ONE_LINE[0][1], ["press"]],
            ["佐藤", STOCK, ["repetition"]],
            ["佐藤", ONE_LINE[3][1], ["repetition"]],
            ["客", ONE_LINE[4][1], ["press"]]], "turns on one line")
        check(len(turns) == 5 and turns[4][2][:3] == [
            "answer", "closing", "fault"], f"the turn at fault: {turns[4:]}")
        quiet(b, "one.html", "one line")
        equal(course(b, "again.html"), turns, "the same from reports")
        quiet(b, "again.html", "one line of reports")
    b.quit()


def check_empty():
    """A night without an exchange is a page, too."""
    with open(os.path.join(FOLDER, "quiet.jsonl"), "w",
              encoding="utf-8") as f:
        f.write('{"role":"customer","text":"ありがとうございました。"}\n')
    run("audit", "-q", "--html=quiet.html", "quiet.jsonl")
    b = browse(1280, 900)
    b.get(address("quiet.html"))
    equal(shown(b), [0, 0], "no exchange")
    equal(figures(b)["Fail rate"], "–", "no rate of nothing")
    b.find_element(By.ID, "language").click()
    quiet(b, "quiet.html", "empty")
    b.quit()


def check_rules():
    """Two rule sets are counted apart, unless told otherwise."""
    demo = os.path.join(ROOT, "testdata/demo")
    with open(os.path.join(ROOT, "rules/kasuhara.yaml"),
              encoding="utf-8") as f:
        text = f.read()
    strict = re.sub(r"(measure: round_trips\n\s+max:) 3", r"\1 2", text)
    with open(os.path.join(FOLDER, "strict.yaml"), "w",
              encoding="utf-8") as f:
        f.write(strict)
    rules = ["--rules=strict.yaml", "--rules=" +
             os.path.join(ROOT, "rules/ja.yaml")]
    run("audit", "-q", "-o", "old.csv", demo)
    run("audit", "-q", "-o", "new.csv", *rules, demo)
    run("summarize", "-q", "--html=rules.html", *rules, "old.csv", "new.csv")
    b = browse(1280, 900)
    b.get(address("rules.html"))
    choice = Select(b.find_element(By.ID, "rules"))
    limits = []
    for option, failed in (("0", "3"), ("1", "4"), ("2", "7")):
        choice = Select(b.find_element(By.ID, "rules"))
        choice.select_by_index(int(option))
        equal(figures(b)["Failed"], failed, "failed by rule set " + option)
        limits.append([t.get_attribute("textContent")
                       for t in b.find_elements(
                           By.CSS_SELECTOR, "#charts .limit text")
                       if "limit" in t.get_attribute("textContent")])
    equal(limits[:2], [[], ["limit 2", "limit 20 min", "limit 3"]],
          "limits of the rules that judged")
    quiet(b, "rules.html", "rules")
    b.quit()


def check_doubtful():
    """Rows that are no exchanges are counted apart, as audit does."""
    with open(os.path.join(FOLDER, "doubt.jsonl"), "w",
              encoding="utf-8") as f:
        for c, role in (("c1", "customer"), ("c2", None)):
            for r in ({"role": role, "text": "訴えますよ。"},
                      {"role": "agent", "text": STOCK}):
                f.write(json.dumps({"conversation": c, **{
                    k: v for k, v in r.items() if v}},
                    ensure_ascii=False) + "\n")
    said = subprocess.run([OFUKU, "audit", "--html=doubt.html",
                           "doubt.jsonl"], cwd=FOLDER, text=True,
                          capture_output=True).stderr
    check(": 1 exchange, 1 doubtful, 0 pass, 0 fail, 2 unknown" in said, said)
    b = browse(1280, 900)
    b.get(address("doubt.html"))
    equal(figures(b)["Exchanges"], "1", "exchanges that are")
    equal(shown(b), [1, 1, 1, 1], "rows shown")
    below = [e.text for e in b.find_elements(By.CSS_SELECTOR, ".below")]
    check("and 1 doubtful: who speaks is not known" in below and
          "1 of them doubtful" in below, f"doubtful: {below}")
    equal(len(cells(b, 2)), 2, "rows of both kinds")
    quiet(b, "doubt.html", "doubtful")
    b.quit()


def check_many():
    """More exchanges than a call may have arguments."""
    n = 140000
    with open(os.path.join(FOLDER, "many.csv"), "w", encoding="utf-8") as f:
        f.write("policy,rules,source,conversation,exchange,duration_s,"
                "round_trips,repetitions,verdict,findings\n")
        f.writelines(f"k,aaaaaaaaaaaa,x,c{i},1,60,2,1,pass,\n"
                     for i in range(n))
    run("summarize", "-q", "--html=many.html", "many.csv")
    b = browse(1280, 900)
    b.get(address("many.html"))
    equal(shown(b), [n, n], "many exchanges")
    equal(len(b.find_elements(By.CSS_SELECTOR, "#charts svg")), 3,
          "charts of many")
    equal(b.get_log("browser"), [], "many: the console says")
    b.quit()
    for name in ("many.csv", "many.html"):
        os.remove(os.path.join(FOLDER, name))


OWN_CHECK = """
ofuku: 1
policy: own
patterns:
  sue:
    by: customer
    any: [訴える]
    examples: {hit: [訴えるぞ], miss: [はい]}
  excuse:
    by: agent
    any: [困ります]
    examples: {hit: [困ります], miss: [はい]}
exchange:
  opens_on: [sue]
checks:
  no-excuses:
    measure: hits(excuse)
    max: 0
    message:
      en: "{measured} excuses, more than {limit}"
      ja: "言い訳が{measured}回、上限は{limit}回です"
"""


def check_messages():
    """Messages stand there in either language; so checks of one's own."""
    with open(os.path.join(FOLDER, "own.yaml"), "w", encoding="utf-8") as f:
        f.write(OWN_CHECK)
    with open(os.path.join(FOLDER, "own.jsonl"), "w", encoding="utf-8") as f:
        for role, text in (("customer", "訴えるぞ。"),
                           ("agent", "困ります。")):
            f.write(json.dumps({"role": role, "text": text},
                               ensure_ascii=False) + "\n")
    run("audit", "-q", "--rules=own.yaml", "--lang=ja", "--html=own.html",
        "-o", "own.csv", "own.jsonl")
    run("summarize", "-q", "--rules=own.yaml", "--lang=ja",
        "--html=again.html", "own.csv")
    b = browse(1280, 900)
    for name, message in (("own.html", "言い訳が1回、上限は0回です"),
                          ("again.html", "no-excuses: 言い訳が…回、上限は…回です")):
        b.get(address(name))
        behind = b.execute_script(
            "return document.querySelector('#charts').textContent")
        check("no-excuses: 言い訳が…回、上限は…回です" in behind,
              "a check of one's own is explained")
        b.find_element(By.CSS_SELECTOR, "#body .row button").click()
        found = b.find_element(By.CSS_SELECTOR, "#detail .finding").text
        check("no-excuses" in found and message in found,
              f"{name}: its message: {found}")
        quiet(b, name, "messages")
    b.get(address("own.html"))
    b.find_element(By.ID, "language").click()
    b.find_element(By.CSS_SELECTOR, "#body .row button").click()
    check("言い訳が1回" in b.find_element(
        By.CSS_SELECTOR, "#detail .finding").text, "and in English")
    b.quit()


NO_EXCHANGE = """
ofuku: 1
policy: manners
patterns:
  apology:
    by: agent
    any: [申し訳]
    examples:
      hit: [申し訳ございません]
      miss: [はい]
checks:
  sorry:
    measure: hits(apology)
    scope: conversation
    max: 1
    severity: error
    message: "{measured} apologies, more than {limit}"
  polite:
    measure: hits(apology)
    scope: conversation
    min: 1
    severity: warning
    message: "No apology"
"""


def check_talks():
    """What is found of conversations as wholes, with no exchange at all."""
    with open(os.path.join(FOLDER, "manners.yaml"), "w",
              encoding="utf-8") as f:
        f.write(NO_EXCHANGE)
    with open(os.path.join(FOLDER, "manners.jsonl"), "w",
              encoding="utf-8") as f:
        for n in range(100):
            for i in range(3):
                f.write(json.dumps({
                    "conversation": f"m{n}", "role": "agent",
                    "speaker": "佐藤",
                    "at": f"2026-{8 + n % 2:02}-0{1 + n % 7}T10:00:0{i}",
                    "text": "申し訳ございません。" if i < n % 4 else "はい。",
                }, ensure_ascii=False) + "\n")
    rules = "--rules=manners.yaml"
    wholes = run("audit", "-q", rules, "--report=conversations",
                 "manners.jsonl")
    failed = sum(r["verdict"] == "fail" for r in wholes)
    late = sum(r["verdict"] == "fail" and r["started_at"] > "2026-09"
               for r in wholes)
    run("audit", "-q", rules, "--html=manners.html", "manners.jsonl")
    run("audit", "-q", rules, "-O", "manners", "manners.jsonl")
    run("summarize", "-q", rules, "--html=again.html", "manners")
    b = browse(1280, 900)
    for name in ("manners.html", "again.html"):
        b.get(address(name))
        equal(figures(b)["Conversations failed"], str(late), "in September")
        Select(b.find_element(By.ID, "preset")).select_by_value("everything")
        equal(figures(b)["Conversations failed"], str(failed),
              "conversations failed")
        equal(figures(b)["Exchanges"], "0", "exchanges of no exchange")
        found = b.find_elements(By.CSS_SELECTOR, "#talks .finding")
        check("m2" in found[0].text and "sorry" in found[0].text and
              "2 apologies, more than 1" in found[0].text,
              f"a finding: {found[0].text}")
        equal(len(found), 20, "findings to begin with")
        b.find_element(By.ID, "more-talks").click()
        equal(len(b.find_elements(By.CSS_SELECTOR, "#talks .finding")),
              failed + 25, "all findings")
        check_access(b, "talks")
        picture(b, "talks.png")
        b.find_element(By.ID, "language").click()
        check_access(b, "talks, ja")
        quiet(b, name, "talks")
    b.quit()


def check_words():
    path = os.path.join(ROOT, "lib/report/page/words.js")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    block = text[text.index("const words"):text.index("const names")]
    en, ja = block.split("\tja: {")
    keys = [set(re.findall(r"[\t ](\w+): \"", part)) for part in (en, ja)]
    equal(keys[0], keys[1], "words of the two languages")
    folder = os.path.dirname(path)
    used = ""
    for name in os.listdir(folder):
        if name.endswith(".js") and name != "words.js":
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                used += f.read()
    unused = [k for k in sorted(keys[0]) if f'"{k}"' not in used
              and not re.search(rf"\b{k}: \w", used)]
    equal(unused, [], "words that nobody says")


os.makedirs(FOLDER, exist_ok=True)
check_words()
write_dated(380000)
check_big()
check_bytes()
check_looks()
check_languages()
check_rules()
check_empty()
check_one_line()
check_talks()
check_doubtful()
check_many()
check_messages()
check_hostile()
for left in ("dated.jsonl", "exchanges.csv", "big.html", "strict.yaml",
             "old.csv", "new.csv"):
    os.remove(os.path.join(FOLDER, left))
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
