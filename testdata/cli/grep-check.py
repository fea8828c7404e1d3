#!/usr/bin/env python3
"""`ofuku grep` over every readable format: what it finds, where it says it is
and which bytes it names, against the records that `dump` prints, searched
here. usage: grep-check.py OFUKU [FORMATS]
"""
import glob
import json
import os
import re
import subprocess
import sys
import unicodedata

OFUKU = os.path.abspath(sys.argv[1])
FORMATS = sys.argv[2] if len(sys.argv) > 2 else os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'formats')
passed = failed = 0


def check(name, got, want):
    global passed, failed
    if got == want:
        passed += 1
    else:
        failed += 1
        print(f'{name}:\n  ofuku: {got}\n  here:  {want}')


def run(*args):
    return subprocess.run([OFUKU, *args], capture_output=True, check=False)


def lines(*args):
    return run(*args).stdout.decode().split('\n')[:-1]


def objects(*args):
    return [json.loads(line) for line in lines(*args)]


def wide(text):
    """Columns: 2 for East Asian wide and full-width, 0 for what combines."""
    return sum(0 if unicodedata.category(c) in ('Mn', 'Me', 'Cf') else
               2 if unicodedata.east_asian_width(c) in 'WF' else 1
               for c in text)


def pieces(views):
    """Texts to look for: two characters from each view."""
    found = []
    for view in views:
        found += re.findall(r'[^\W\d_]{2}', view)[:3]
    return sorted(set(found))[:1]


def printed(text):
    """A line of a terminal: no control character reaches it."""
    text = re.sub('[\r\n\t\u2028\u2029]', ' ', text)
    return re.sub('[\x00-\x1f\x7f-\x9f]', '\ufffd', text)


def place(match):
    return match['line'], match['text']


def one_pattern(name, path, records, views, piece):
    want = [(r['line'], r['text']) for r, v in zip(records, views)
            if piece in v]
    found = objects('grep', '--json', piece, path)
    seen = list(dict.fromkeys(place(m) for m in found))
    check(f'{name}: -- {piece}', sorted(seen), sorted(set(want)))
    for m in found:
        raw = m['text'].encode()
        at = m['match']
        check(f'{name}: bytes of {piece}',
              raw[at['start']:at['end']].decode(), at['text'])
        check(f'{name}: {piece} is {at["text"]}',
              piece in unicodedata.normalize('NFKC', at['text'])
              .casefold().replace(' ', ''), True)
    check(f'{name}: matches of {piece}', len(found),
          sum(v.count(piece) for v in views))
    check(f'{name}: -vc {piece}', lines('grep', '-vc', piece, path),
          [str(len(records) - len(want))])
    concordance(name, path, piece)


def concordance(name, path, piece):
    """Matches stand below one another, 12 columns from the left."""
    for line, m in zip(lines('grep', '--kwic=12', '--bare', piece, path),
                       lines('grep', '-o', '--bare', piece, path)):
        columns = [i for i in range(len(line) + 1)
                   if wide(line[:i]) == 13 and line.startswith(m, i)]
        check(f'{name}: --kwic {piece}: {line!r}', len(columns) > 0, True)


def one_file(path):
    name = os.path.relpath(path, FORMATS)
    records = [r for r in objects('dump', '--stage=records', path)
               if r.get('text')]
    if not records:
        return
    shown = lines('grep', '', path)
    check(f'{name}: lines', len(shown), len(records))
    for x, r in zip(shown, records):
        check(f'{name}: line', (x.startswith(f'{path}:{r["line"]}:'),
                                x.endswith(f':{printed(r["speaker"] or "")}:'
                                           f'{printed(r["text"])}')),
              (True, True))
    if '/typical' not in path:
        return
    views = [o['plain'] for o in objects('segment', '--json', path)]
    check(f'{name}: views', len(views), len(records))
    for piece in pieces(views):
        one_pattern(name, path, records, views, piece)
    one_speaker(name, path, objects('grep', '--json', '', path))


def one_speaker(name, path, whole):
    last = whole[-1]
    check(f'{name}: --role', lines('grep', '-c', '--role', last['role'], '',
                                   path),
          [str(sum(x['role'] == last['role'] for x in whole))])
    if re.fullmatch(r'[\w ]+', last.get('speaker', '')):
        check(f'{name}: --speaker', lines(
            'grep', '-c', f'--speaker=^{last["speaker"]}$', '', path),
            [str(sum(x.get('speaker') == last['speaker'] for x in whole))])


for folder in sorted(glob.glob(os.path.join(FORMATS, '*', ''))):
    for path in sorted(glob.glob(folder + '*')):
        if re.search(r'/(typical|ugly)\.(?!expected|ignore)', path):
            one_file(os.path.relpath(path))
print(f'{passed} passed, {failed} failed')
sys.exit(failed > 0)
