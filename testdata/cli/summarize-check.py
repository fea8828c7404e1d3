#!/usr/bin/env python3
"""The numbers of `ofuku summarize`, reckoned a second time and independently:
counts, rates, Wilson's and Newcombe's intervals, nearest-rank quantiles, over
reports drawn from a seed, whole and in shards. usage: summarize-check.py OFUKU
"""
import csv
import datetime
import io
import itertools
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from decimal import Decimal, ROUND_HALF_UP
from statistics import NormalDist

OFUKU = os.path.abspath(sys.argv[1])
COLUMNS = ('policy rules engine source conversation exchange agent opened_at '
           'duration_s triggers round_trips verdict findings').split()
CHECKS = ['phrase-missing', 'too-long', 'dissuaded', 'wording-drift']
Z = NormalDist().inv_cdf(0.975)
passed = failed = 0


def check(name, got, want):
    global passed, failed
    if got == want:
        passed += 1
    else:
        failed += 1
        print(f'{name}: ofuku says {got}, it should be {want}')


def draw(seed, n, start, rules='a1b2c3d4e5f6'):
    r = random.Random(seed)
    rows = []
    for i in range(n):
        day = datetime.datetime(*start) + datetime.timedelta(
            hours=r.randrange(24 * 45))
        findings = [c + r.choice(['', '', '?']) for c in CHECKS
                    if r.random() < 0.25]
        verdict = ('unknown' if any(f.endswith('?') for f in findings)
                   else 'fail' if findings else 'pass')
        if any(not f.endswith('?') for f in findings):
            verdict = 'fail'
        doubtful = r.random() < 0.05
        ms = r.choice([None, r.randrange(3600000), r.randrange(90) * 1000])
        rows.append({
            'policy': r.choice(['kasuhara', 'other']),
            'rules': rules,
            'engine': 'e',
            'source': f'{r.randrange(4)}.csv',
            'conversation': f'c{i}',
            'exchange': '' if doubtful else '1',
            'agent': ';'.join(r.sample(['佐藤', '鈴木', '=伊藤', 'Ann'],
                                       r.choice([0, 1, 1, 1, 2]))),
            'opened_at': r.choice(['', day.isoformat() + '+09:00',
                                   day.isoformat()]),
            'duration_s': '' if doubtful or ms is None else
                          ('%.3f' % (ms / 1000)).rstrip('0').rstrip('.'),
            'triggers': ';'.join(r.sample(['sue', 'lawyer'],
                                          r.choice([1, 1, 2]))),
            'round_trips': '' if doubtful else str(r.randrange(9)),
            'verdict': 'unknown' if doubtful else verdict,
            'findings': 'roles-unknown?' if doubtful else ';'.join(findings),
        })
    return rows


def write(path, rows):
    with open(path, 'w', encoding='utf-8', newline='') as f:
        w = csv.DictWriter(f, COLUMNS, lineterminator='\n')
        w.writeheader()
        for row in rows:
            agent = row['agent']
            w.writerow(dict(row, agent="'" + agent if agent[:1] == '='
                            else agent))


def thousandth(x):
    return float(Decimal(repr(x)).quantize(Decimal('0.001'), ROUND_HALF_UP))


def wilson(k, n):
    """The two p with |k/n - p| = Z sqrt(p (1 - p) / n), solved for p."""
    a, b, c = n + Z * Z, 2 * k + Z * Z, k * k / n
    root = math.sqrt(b * b - 4 * a * c)
    return (b - root) / (2 * a), (b + root) / (2 * a)


def quantile(values, share):
    """The least value that at least this share of all do not exceed."""
    for v in sorted(values):
        if sum(x <= v for x in values) >= share * len(values) - 1e-9:
            return v
    return None


def date_of(row):
    return (datetime.date.fromisoformat(row['opened_at'][:10])
            if row['opened_at'] else None)


def values(row, key):
    day = date_of(row)
    if key in ('agent', 'trigger'):
        return row['agent' if key == 'agent' else 'triggers'].split(';')
    if key == 'check':
        return [f.rstrip('?') for f in row['findings'].split(';') if f]
    if key in ('source', 'verdict', 'rules'):
        return [row[key]]
    if day is None:
        return ['']
    if key == 'week':
        year, week, _ = day.isocalendar()
        return [f'{year}-W{week:02d}']
    return [day.isoformat()[:7 if key == 'month' else 10]]


def outcome(row, check_id):
    if check_id is None:
        return row['verdict']
    items = row['findings'].split(';')
    if not row['exchange'] or check_id + '?' in items:
        return 'unknown'
    return 'fail' if check_id in items else 'pass'


def summarize(rows, keys):
    """What `ofuku summarize --by keys` should say, by (policy, values...)."""
    others = [k for k in keys if k != 'check']
    base, listed = {}, {}
    for row in rows:
        for combo in itertools.product(*(values(row, k) for k in others)):
            base.setdefault((row['policy'], *combo), []).append(row)
        for combo in itertools.product(*(values(row, k) for k in keys)):
            listed.setdefault((row['policy'], *combo), []).append(row)
    result = {}
    for key, hits in listed.items():
        named = dict(zip(keys, key[1:]))
        check_id = named.get('check')
        of = base[(key[0], *(named[k] for k in others))]
        outcomes = [outcome(r, check_id) for r in of]
        real = [r for r in hits if r['exchange']]
        result[key] = {
            'exchanges': sum(r['exchange'] != '' for r in of),
            'doubtful': sum(r['exchange'] == '' for r in of),
            'pass': outcomes.count('pass'),
            'fail': outcomes.count('fail'),
            'unknown': outcomes.count('unknown'),
            'trips': [int(r['round_trips']) for r in real],
            'times': [float(r['duration_s']) for r in real
                      if r['duration_s']],
        }
    return result


def line(g):
    n = g['fail'] + g['pass']
    low, high = wilson(g['fail'], n) if n else (None, None)
    want = {k: g[k] for k in
            ('exchanges', 'doubtful', 'pass', 'fail', 'unknown')}
    want['fail_rate'] = thousandth(g['fail'] / n) if n else None
    want['fail_rate_low'] = thousandth(max(low, 0.0)) if n else None
    want['fail_rate_high'] = thousandth(min(high, 1.0)) if n else None
    for name, unit, of in (('round_trips', '', g['trips']),
                           ('duration', '_s', g['times'])):
        for label, share in (('median', 0.5), ('p90', 0.9), ('max', 1.0)):
            want[f'{name}_{label}{unit}'] = quantile(of, share)
    return want


def run(*args):
    out = subprocess.run([OFUKU, 'summarize', *args], capture_output=True,
                         text=True, encoding='utf-8', check=False)
    if out.returncode not in (0, 1):
        print(out.stderr)
    return out


def lines(keys, *args):
    found = {}
    for text in run('--output-format=jsonl', *args).stdout.splitlines():
        row = json.loads(text)
        key = (row['policy'], *(row[k] or '' for k in keys if k != 'rules'))
        found[key] = row
    return found


def same_summary(name, rows, keys, *files):
    want = summarize(rows, keys)
    got = lines(keys, *(['--by', ','.join(keys)] if keys else []), *files)
    check(f'{name}: keys', sorted(got), sorted(want))
    for key in want:
        told = {k: got.get(key, {}).get(k) for k in line(want[key])}
        check(f'{name} {key}', told, line(want[key]))


def newcombe(old, new):
    n, m = old['fail'] + old['pass'], new['fail'] + new['pass']
    if not n or not m:
        return None, None, None
    p, q = old['fail'] / n, new['fail'] / m
    (l, u), (l2, u2) = wilson(old['fail'], n), wilson(new['fail'], m)
    d = q - p
    return (d, d - math.sqrt((q - max(l2, 0)) ** 2 + (min(u, 1) - p) ** 2),
            d + math.sqrt((min(u2, 1) - q) ** 2 + (p - max(l, 0)) ** 2))


def same_comparison(old, new, keys, *files):
    a, b = summarize(old, keys), summarize(new, keys)
    got = lines(keys, '--compare', '--by', ','.join(keys), *files)
    check(f'compare {keys}: keys', sorted(got), sorted({*a, *b}))
    for key in {*a, *b}:
        if key not in a or key not in b:
            continue
        row = got.get(key, {})
        told = [row.get(k) for k in ('change', 'change_low', 'change_high')]
        want = newcombe(a[key], b[key])
        near = all(x is None and y is None or
                   x is not None and y is not None and abs(x - y) < 0.00051
                   for x, y in zip(told, want))
        check(f'compare {keys} {key} {told} {want}', near, True)
        check(f'compare {keys} {key}',
              [row.get('old_fail'), row.get('new_fail')],
              [a[key]['fail'], b[key]['fail']])


def main():
    rows = draw(5, 400, (2026, 9, 20))
    later = draw(6, 300, (2026, 11, 20))
    with tempfile.TemporaryDirectory() as tmp:
        def path(name):
            return os.path.join(tmp, name)
        write(path('all.csv'), rows)
        write(path('later.csv'), later)
        os.mkdir(path('shards'))
        for i in range(7):
            write(path(f'shards/{i}.csv'), rows[i::7])
        ways = [[]] + [[k] for k in ('agent', 'day', 'week', 'month',
                                     'trigger', 'check', 'source', 'verdict')]
        ways += [['agent', 'month'], ['check', 'agent'], ['week', 'trigger'],
                 ['agent', 'check', 'month'], ['source', 'verdict', 'agent']]
        for keys in ways:
            same_summary(f'by {keys}', rows, keys, path('all.csv'))
        same_summary('shards', rows, ['agent', 'week'], path('shards'))
        same_summary('twice', rows, ['check'], path('all.csv'),
                     path('shards'))
        for keys in (['agent'], ['trigger', 'agent'], ['verdict']):
            same_comparison(rows, later, keys, path('all.csv'),
                            path('later.csv'))
        # An older rule set: apart as it stands, together where that is asked.
        older = draw(7, 100, (2026, 8, 1), 'ffffffffffff')
        write(path('older.csv'), older)
        apart = run(path('all.csv'), path('older.csv'))
        check('rule sets are named', all(
            h in apart.stderr for h in ('a1b2c3d4e5f6', 'ffffffffffff')),
            True)
        counted = sorted((r['policy'], r['rules'], int(r['exchanges']))
                         for r in csv.DictReader(io.StringIO(apart.stdout)))
        check('rule sets apart', counted, sorted(
            (p, h, sum(r['policy'] == p and r['exchange'] != '' for r in x))
            for p in ('kasuhara', 'other')
            for h, x in (('a1b2c3d4e5f6', rows), ('ffffffffffff', older))))
        both = [dict(r, conversation=r['conversation'] + r['rules'])
                for r in rows + older]
        same_summary('mixed', both, ['agent'], '--mix', path('all.csv'),
                     path('older.csv'))


main()
print(f'{passed} passed, {failed} failed')
sys.exit(failed > 0)
