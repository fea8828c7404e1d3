ofuku summarize: reports in, the month on one page.

  $ names() { echo policy,rules,engine,source,conversation,exchange,agent,opened_at,duration_s,triggers,round_trips,verdict,findings,evidence; }
  $ names >a.csv
  $ cat >>a.csv <<EOT
  > k,aaaaaaaaaaaa,e,x,c1,1,佐藤,2026-09-28T10:00:00+09:00,60,lawyer,1,pass,,弁護士を立てます
  > k,aaaaaaaaaaaa,e,x,c2,1,佐藤,2026-10-04T23:59:00+09:00,1200.5,lawyer;sue,4,fail,unanswered;too-long,訴えます
  > k,aaaaaaaaaaaa,e,x,c3,1,'=鈴木,2026-10-05T00:00,90,sue,2,pass,evasive,訴えます
  > k,aaaaaaaaaaaa,e,x,c4,1,佐藤;高橋,2026-12-31T10:00,30,sue,1,unknown,too-long?,訴えます
  > k,aaaaaaaaaaaa,e,x,c5,,,0:00:05.000,,sue,,unknown,roles-unknown?,訴えます
  > EOT

A line for each policy; rows without an exchange number are doubtful, which
is unknown:

  $ ofuku summarize a.csv
  policy,rules,exchanges,doubtful,pass,fail,unknown,fail_rate,fail_rate_low,fail_rate_high,round_trips_median,round_trips_p90,round_trips_max,duration_median_s,duration_p90_s,duration_max_s
  k,aaaaaaaaaaaa,4,1,2,1,2,0.333,0.061,0.792,1,4,4,60,1200.5,1200.5
  $ ofuku summarize --output-format=table a.csv
                                        fail rate, 95 % round trips         duration
  policy exch. doubt. pass fail unkn.  rate   low  high med p90 max  med   p90   max
  k          4      1    2    1     2 0.333 0.061 0.792   1   4   4 1:00 20:01 20:01

By agent: an exchange of two counts for each, and the guard before what a
spreadsheet would run is no part of a name (it comes back on the way out):

  $ ofuku summarize --by agent a.csv | cut -d, -f3-8
  agent,exchanges,doubtful,pass,fail,unknown
  ,0,1,0,0,1
  '=鈴木,1,0,1,0,0
  佐藤,3,0,1,1,1
  高橋,1,0,0,0,1
  $ ofuku summarize --output-format=table --by agent a.csv
                                       fail rate, 95 % round trips         duration
  agent exch. doubt. pass fail unkn.  rate   low  high med p90 max  med   p90   max
  -         0      1    0    0     1     -     -     -   -   -   -    -     -     -
  =鈴木     1      0    1    0     0 0.000 0.000 0.793   2   2   2 1:30  1:30  1:30
  佐藤      3      0    1    1     1 0.500 0.095 0.905   1   4   4 1:00 20:01 20:01
  高橋      1      0    0    0     1     -     -     -   1   1   1 0:30  0:30  0:30

Weeks are ISO weeks of the local date, months and days are as printed:

  $ ofuku summarize --by week,day,month a.csv | cut -d, -f3-6
  week,day,month,exchanges
  ,,,0
  2026-W40,2026-09-28,2026-09,1
  2026-W40,2026-10-04,2026-10,1
  2026-W41,2026-10-05,2026-10,1
  2026-W53,2026-12-31,2026-12,1

By check: how often that check failed, of all exchanges:

  $ ofuku summarize --by check a.csv | cut -d, -f3-9
  check,exchanges,doubtful,pass,fail,unknown,fail_rate
  evasive,4,1,3,1,1,0.250
  roles-unknown,4,1,4,0,1,0.000
  too-long,4,1,2,1,2,0.333
  unanswered,4,1,3,1,1,0.250
  $ ofuku summarize --by trigger,verdict a.csv | cut -d, -f3-5
  trigger,verdict,exchanges
  lawyer,fail,1
  lawyer,pass,1
  sue,fail,1
  sue,pass,1
  sue,unknown,1
  $ ofuku summarize --by source --output-format=jsonl a.csv | cut -d, -f1-4
  {"policy":"k","rules":["aaaaaaaaaaaa"],"source":"x","exchanges":4
  $ ofuku summarize --by agnt a.csv
  ofuku summarize: --by: no key "agnt": the keys are agent, day, week, month, trigger, check, source, verdict, rules
  [2]
  $ ofuku summarize --by agent,agent a.csv
  ofuku summarize: --by: agent stands there twice
  [2]

What whole conversations failed is counted where there is a findings report;
exchanges and who passed are not of it, and a row that stands twice counts once:

  $ cat >f.csv <<'END'
  > policy,rules,engine,source,line,conversation,exchange,check,severity,outcome,role,speaker,at,measured,limit,message,evidence
  > k,aaaaaaaaaaaa,e,x,1,c1,1,too-long,error,fail,agent,佐藤,2026-09-28T10:00:00,9,5,m,e
  > k,aaaaaaaaaaaa,e,x,2,c1,,apologies,error,fail,agent,佐藤,2026-09-28T10:00:00,9,5,m,e
  > k,aaaaaaaaaaaa,e,x,3,c2,,apologies,error,fail,agent,佐藤,2026-10-04T10:00:00,6,5,m,e
  > k,aaaaaaaaaaaa,e,x,4,c3,,apologies,error,unknown,agent,鈴木,2026-10-05T10:00:00,,5,m,e
  > k,aaaaaaaaaaaa,e,x,5,c3,,roles-unknown,error,unknown,,,2026-10-05T10:00:00,,,m,e
  > END
  $ cp f.csv g.csv
  $ ofuku summarize --by check a.csv f.csv g.csv | cut -d, -f3-9
  check,exchanges,doubtful,pass,fail,unknown,fail_rate
  apologies,,,,2,1,
  evasive,4,1,3,1,1,0.250
  roles-unknown,4,1,4,0,1,0.000
  too-long,4,1,2,1,2,0.333
  unanswered,4,1,3,1,1,0.250
  $ ofuku summarize --by agent,check,month f.csv | cut -d, -f3-9
  agent,check,month,exchanges,doubtful,pass,fail
  佐藤,apologies,2026-09,,,,1
  佐藤,apologies,2026-10,,,,1
  鈴木,apologies,2026-10,,,,0

Of nights the finding that is read last counts; a conversation without a wall
clock is another one each night:

  $ mkdir w1 w2
  $ sed '1p; /c3,,apologies/!d' f.csv >w1/findings.csv
  $ sed '1!s/,unknown,/,fail,/' w1/findings.csv >w2/findings.csv
  $ sed '1!s/2026-10-05T/0:/' w1/findings.csv | tail -n 1 | tee -a w1/findings.csv >>w2/findings.csv
  $ ofuku summarize --latest --by check,month w1 w2 | cut -d, -f3-8
  check,month,exchanges,doubtful,pass,fail
  apologies,,,,,0
  apologies,2026-10,,,,1
  $ ofuku summarize --latest --by check w1 w2 | cut -d, -f3,7,8
  check,fail,unknown
  apologies,1,2

What audit writes is read in every shape, also as Excel has it, and packed:

  $ s=$OFUKU_ROOT/testdata/stories
  $ ofuku audit -q -o r.csv $s/dissuaded.jsonl $s/encouraged.jsonl
  [1]
  $ ofuku audit -q --output-format=jsonl -o r.jsonl $s/dissuaded.jsonl $s/encouraged.jsonl
  [1]
  $ ofuku audit -q --output-format=tsv --excel -o r.tsv $s/dissuaded.jsonl $s/encouraged.jsonl
  [1]
  $ gzip -c r.tsv >r.gz
  $ for f in r.csv r.jsonl r.tsv r.gz; do
  > ofuku summarize --by check $f | cut -d, -f3-8; done | sort | uniq -c | sed 's/^ *//'
  4 check,exchanges,doubtful,pass,fail,unknown
  4 dissuaded,2,0,1,1,0
  4 encouraged,2,0,1,1,0

A row that stands in two reports is counted once:

  $ ofuku summarize r.csv r.jsonl r.tsv | cut -d, -f3
  note: 4 rows stand in more than one report: counted once
  exchanges
  2
  $ for f in csv jsonl; do ofuku audit -q -O both --output-format $f "$OFUKU_ROOT/testdata/demo"; done
  [1]
  $ ofuku summarize --by agent both | cut -d, -f3,4
  note: 5 rows stand in more than one report: counted once
  agent,exchanges
  オペレーター 佐藤,1
  オペレーター 鈴木,1
  中村,1
  伊藤,1
  窓口担当 加藤,1
  $ sed 's/,佐藤,/,田中,/' a.csv | cat - >b.csv
  $ ofuku summarize a.csv b.csv | cut -d, -f3
  note: 3 rows stand in more than one report: counted once
  note: 2 exchanges have the source, conversation and number of another that was found otherwise: each is counted; of nights' reports --latest counts the later
  exchanges
  6

Texts that look as if they were guarded come back as they were, too:

  $ for c in "=A" "'=A" "''=A"; do
  > printf '{"conversation":"%s","speaker":"%s","role":"agent","text":"はい"}\n' "$c" "$c"
  > printf '{"conversation":"%s","role":"customer","text":"訴えます"}\n' "$c"; done >quotes
  $ ofuku audit -q -o quotes.csv quotes
  [1]
  $ ofuku audit -q -o quotes.jsonl --output-format=jsonl quotes
  [1]
  $ ofuku summarize --by agent --output-format=jsonl quotes.csv quotes.jsonl | cut -d, -f3-4
  note: 3 rows stand in more than one report: counted once
  "agent":"''=A","exchanges":1
  "agent":"'=A","exchanges":1
  "agent":"=A","exchanges":1

A name with a semicolon is one name:

  $ cat >semicolon.jsonl <<EOT
  > {"role":"customer","text":"訴えます"}
  > {"speaker":"佐藤;東京","role":"agent","text":"お調べします"}
  > EOT
  $ ofuku audit -q --report=agents semicolon.jsonl | cut -d, -f4
  agent
  佐藤;東京
  $ for f in csv jsonl; do ofuku audit -q --output-format=$f -o semi.$f semicolon.jsonl; done
  [1]
  $ tail -n 1 semi.csv | cut -d, -f7
  佐藤；東京
  $ grep -o '"agent":[^]]*]' semi.jsonl
  "agent":["佐藤;東京"]
  $ ofuku summarize --by agent semi.csv semi.jsonl | cut -d, -f3-4
  note: 1 row stands in more than one report: counted once
  agent,exchanges
  佐藤；東京,1

Rule sets are not mixed unless that is asked for:

  $ sed 's/aaaaaaaaaaaa/bbbbbbbbbbbb/; s/,fail,unanswered;too-long/,pass,/; /c3/d; /c1/s/,pass,,/,pass,evasive,/' a.csv >n.csv
  $ ofuku summarize a.csv n.csv
  note: 2 rule sets are counted apart: aaaaaaaaaaaa (5 rows, first in a.csv), bbbbbbbbbbbb (4 rows, first in n.csv); --mix counts them together, --compare says what changed
  policy,rules,exchanges,doubtful,pass,fail,unknown,fail_rate,fail_rate_low,fail_rate_high,round_trips_median,round_trips_p90,round_trips_max,duration_median_s,duration_p90_s,duration_max_s
  k,aaaaaaaaaaaa,4,1,2,1,2,0.333,0.061,0.792,1,4,4,60,1200.5,1200.5
  k,bbbbbbbbbbbb,3,1,2,0,2,0.000,0.000,0.658,1,4,4,60,1200.5,1200.5
  $ ofuku summarize --mix a.csv n.csv | cut -d, -f2-7
  note: 2 rule sets are counted together: aaaaaaaaaaaa (5 rows, first in a.csv), bbbbbbbbbbbb (4 rows, first in n.csv)
  rules,exchanges,doubtful,pass,fail,unknown
  aaaaaaaaaaaa;bbbbbbbbbbbb,7,2,4,1,4
  $ ofuku summarize --by rules a.csv n.csv | cut -d, -f2-4
  rules,exchanges,doubtful
  aaaaaaaaaaaa,4,1
  bbbbbbbbbbbb,3,1

What changed, and why; exit status 1 says that something did:

  $ ofuku summarize --compare a.csv n.csv
  policy,source,conversation,exchange,opened_at,change,old_verdict,new_verdict,findings_added,findings_removed,evidence
  k,x,c1,1,2026-09-28T10:00:00+09:00,findings,pass,pass,evasive,,弁護士を立てます
  k,x,c2,1,2026-10-04T23:59:00+09:00,verdict,fail,pass,,unanswered;too-long,訴えます
  k,x,c3,1,2026-10-05T00:00,removed,pass,,,evasive,訴えます
  ofuku summarize: 4 in both: 2 alike, 1 fail to pass, 1 with other findings; 1 removed, 0 added
  [1]
  $ ofuku summarize --compare --output-format=table a.csv n.csv 2>&1 | head -n 2
  source  conversation  no.  change    old   new   added    removed
  x       c1            1    findings  pass  pass  evasive  -
  $ ofuku summarize -q --compare a.csv a.csv | wc -l
  1

Before and after side by side, also of other exchanges, by key; the interval of
the change is Newcombe's:

  $ sed -e 's/2026-09-28/2026-11-02/; s/2026-10/2026-11/; s/,x,c/,y,d/' -e '/d1/s/,pass,,/,fail,too-long,/' a.csv >later.csv
  $ ofuku summarize --compare --by agent a.csv later.csv
  policy,old_rules,new_rules,agent,old_exchanges,new_exchanges,old_fail,new_fail,old_unknown,new_unknown,old_fail_rate,new_fail_rate,change,change_low,change_high,old_round_trips_median,new_round_trips_median,old_duration_median_s,new_duration_median_s
  k,aaaaaaaaaaaa,aaaaaaaaaaaa,,0,0,0,0,1,1,,,,,,,,,
  k,aaaaaaaaaaaa,aaaaaaaaaaaa,'=鈴木,1,1,0,0,0,0,0.000,0.000,0.000,-0.793,0.793,2,2,90,90
  k,aaaaaaaaaaaa,aaaaaaaaaaaa,佐藤,3,3,1,2,1,1,0.500,1.000,0.500,-0.273,0.905,1,1,60,60
  k,aaaaaaaaaaaa,aaaaaaaaaaaa,高橋,1,1,0,0,1,1,,,,,,1,1,30,30
  $ ofuku summarize --compare --by agent --output-format=table a.csv later.csv
        exchanges    fail unknown   fail rate         change, 95 % round trips  duration
  agent old   new old new old new   old   new   rate    low   high old     new  old  new
  -       0     0   0   0   1   1     -     -      -      -      -   -       -    -    -
  =鈴木   1     1   0   0   0   0 0.000 0.000 +0.000 -0.793 +0.793   2       2 1:30 1:30
  佐藤    3     3   1   2   1   1 0.500 1.000 +0.500 -0.273 +0.905   1       1 1:00 1:00
  高橋    1     1   0   0   1   1     -     -      -      -      -   1       1 0:30 0:30
  $ ofuku summarize --compare --by check a.csv n.csv | cut -d, -f1-6,9-12
  note: the old report is of the rules aaaaaaaaaaaa, the new one of bbbbbbbbbbbb: what changed may be the rules
  policy,old_rules,new_rules,check,old_exchanges,new_exchanges,old_unknown,new_unknown,old_fail_rate,new_fail_rate
  k,aaaaaaaaaaaa,bbbbbbbbbbbb,evasive,4,3,1,1,0.250,0.333
  k,aaaaaaaaaaaa,bbbbbbbbbbbb,roles-unknown,4,3,1,1,0.000,0.000
  k,aaaaaaaaaaaa,bbbbbbbbbbbb,too-long,4,3,2,2,0.333,0.000
  k,aaaaaaaaaaaa,bbbbbbbbbbbb,unanswered,4,3,1,1,0.250,0.000
  $ ofuku summarize --compare --by agent,verdict --output-format=jsonl a.csv later.csv | head -n 1
  {"policy":"k","old_rules":["aaaaaaaaaaaa"],"new_rules":["aaaaaaaaaaaa"],"agent":null,"verdict":"unknown","old_exchanges":0,"new_exchanges":0,"old_fail":0,"new_fail":0,"old_unknown":1,"new_unknown":1,"old_fail_rate":null,"new_fail_rate":null,"change":null,"change_low":null,"change_high":null,"old_round_trips_median":null,"new_round_trips_median":null,"old_duration_median_s":null,"new_duration_median_s":null}
  $ ofuku summarize --compare --by agnt a.csv later.csv
  ofuku summarize: --by: no key "agnt": the keys are agent, day, week, month, trigger, check, source, verdict, rules
  [2]
  $ ofuku summarize --compare --mix a.csv later.csv
  ofuku summarize: --compare counts each report as it is: leave out --mix
  Try: ofuku summarize --help
  [2]
  $ ofuku summarize --compare a.csv
  ofuku summarize: --compare wants two reports: OLD NEW
  Try: ofuku summarize --help
  [2]

Nothing is lost in silence:

  $ ofuku audit -q -O all $s/dissuaded.jsonl
  [1]
  $ cut -d, -f1-9 all/exchanges.csv >all/cut.csv
  $ ofuku summarize all | cut -d, -f3
  all/cut.csv: note: no exchanges report: skipped (name it to see why)
  exchanges
  1
  $ ofuku summarize -v all 2>&1 >/dev/null | grep skipped
  all/agents.csv: another report of an audit: skipped
  all/conversations.csv: another report of an audit: skipped
  all/cut.csv: note: no exchanges report: skipped (name it to see why)
  all/findings.csv: another report of an audit: skipped
  all/log.csv: another report of an audit: skipped
  $ rm all/cut.csv
  $ ofuku audit -q --output-format=jsonl -O jl $s/dissuaded.jsonl
  [1]
  $ ofuku summarize jl | cut -d, -f3
  exchanges
  1
  $ ofuku audit -q -O all --output-format=xlsx --html all/page.html --manifest all/m.json --rejects all/rejects.csv $s/dissuaded.jsonl
  [1]
  $ ofuku summarize all | cut -d, -f3
  exchanges
  1
  $ ofuku summarize all/reports.xlsx
  ofuku summarize: all/reports.xlsx: no exchanges report: it is an Excel workbook (.xlsx); reports are CSV, TSV or JSON Lines: save it as CSV (UTF-8) and read that
  policy,rules,exchanges,doubtful,pass,fail,unknown,fail_rate,fail_rate_low,fail_rate_high,round_trips_median,round_trips_p90,round_trips_max,duration_median_s,duration_p90_s,duration_max_s
  [2]
  $ ofuku summarize all/page.html 2>&1 | head -n 1
  ofuku summarize: all/page.html: no exchanges report: it is an HTML page; reports are CSV, TSV or JSON Lines
  $ mkdir calm && echo '{"conversation":"a","role":"customer","text":"こんにちは"}' >calm.jsonl
  $ ofuku audit -q --output-format=jsonl -O calm calm.jsonl
  $ ofuku summarize -v calm 2>&1 | sed '/sandbox/d; s/^policy,.*/policy,…/'
  calm/agents.jsonl: another report of an audit: skipped
  calm/conversations.jsonl: another report of an audit: skipped
  calm/exchanges.jsonl: a report without rows
  calm/findings.jsonl: another report of an audit: skipped
  calm/log.jsonl: another report of an audit: skipped
  policy,…
  $ mkdir nothing books
  $ ofuku summarize nothing | wc -l
  ofuku summarize: nothing: no exchanges report in it: name a file to see why it is none; a workbook is none: audit with --output-format csv or jsonl, too
  1
  $ ofuku audit -q --output-format=xlsx -O books calm.jsonl
  $ ofuku summarize books >/dev/null 2>&1
  [2]
  $ ofuku summarize -q --html=page.html books
  ofuku summarize: books: no exchanges report in it: name a file to see why it is none; a workbook is none: audit with --output-format csv or jsonl, too
  [2]
  $ ofuku summarize -q --compare all nothing | wc -l
  ofuku summarize: nothing: no exchanges report in it: name a file to see why it is none; a workbook is none: audit with --output-format csv or jsonl, too
  2
  $ ofuku summarize nothing all | cut -d, -f3
  exchanges
  1
  $ printf '{\n "a": 1\n}\n' >calm/other.json
  $ ofuku summarize calm | cut -d, -f1
  calm/other.json: note: no exchanges report: skipped (name it to see why)
  policy
  $ head -c 19 r.jsonl >calm/cut.jsonl
  $ ofuku summarize calm | cut -d, -f1
  calm/cut.jsonl:1: not valid JSON, column 11: the string that begins here is not closed
  calm/other.json: note: no exchanges report: skipped (name it to see why)
  policy
  $ ofuku summarize -q all/findings.csv
  ofuku summarize: all/findings.csv:1: no column "verdict": is this an exchanges report?
  policy,rules,exchanges,doubtful,pass,fail,unknown,fail_rate,fail_rate_low,fail_rate_high,round_trips_median,round_trips_p90,round_trips_max,duration_median_s,duration_p90_s,duration_max_s
  [2]
  $ sed '3s/,fail,/,fial,/; 4s/,90,/,soon,/; 5s/,訴え/,"訴え/' a.csv >bad.csv
  $ ofuku summarize bad.csv | cut -d, -f3
  bad.csv:3: verdict is none of pass, fail, unknown
  bad.csv:4: duration_s is no number of seconds
  bad.csv:5: the quote opened in line 5 is not closed
  exchanges
  1
  $ ofuku summarize bad.csv >/dev/null 2>&1
  [2]

Times that a spreadsheet wrote in its own way are times as long as they can be
one only:

  $ at() { names; echo "k,aaaaaaaaaaaa,e,x,c1,1,佐藤,$1,60,lawyer,1,pass,,訴えます"; }
  $ for t in 2026/10/1\ 10:02 2026-10-01\ 10:02:00 0:00:05 00:05.0 -0:00:05.000 ""; do
  > at "$t" | ofuku summarize --by day | tail -n 1 | cut -d, -f3,4; done
  2026-10-01,1
  2026-10-01,1
  ,1
  ,1
  ,1
  ,1
  $ for t in 10/1/2026\ 10:02 45931.4180555556 yesterday 2026-13-01\ 10:02; do
  > at "$t" | ofuku summarize --by day; done 2>&1 | grep -v ^policy
  -:2: opened_at is no time as reports have it, such as 2026-10-01 10:02:00
  -:2: opened_at is no time as reports have it, such as 2026-10-01 10:02:00
  -:2: opened_at is no time as reports have it, such as 2026-10-01 10:02:00
  -:2: opened_at is no time as reports have it, such as 2026-10-01 10:02:00
  $ at 10/1/2026 | ofuku summarize >/dev/null 2>&1
  [2]

Columns that are not needed may be missing:

  $ cut -d, -f1-7,9- a.csv >short.csv
  $ ofuku summarize short.csv | cut -d, -f3
  exchanges
  4
  $ ofuku summarize -o out.csv --by week short.csv; cut -d, -f1-4 out.csv
  ofuku summarize: short.csv:1: no column "opened_at": is this an exchanges report?
  policy,rules,week,exchanges
  $ ofuku summarize </dev/null >out.csv
  ofuku summarize: -: the report is empty, even its header is missing
  [2]
  $ ofuku summarize nowhere.csv >out.csv
  ofuku summarize: nowhere.csv: No such file or directory: check the path and its permissions
  [2]
  $ ofuku summarize -o /dev/full a.csv
  ofuku summarize: /dev/full: cannot write: No space left on device
  [2]

Where some of a conversation arrives behind its night, exchanges are reported
anew: --latest counts of each the row that is read last, also where what was
two exchanges is one now:

  $ mkdir n1 n2 && names >n1/exchanges.csv && cp n1/exchanges.csv n2
  $ cat >>n1/exchanges.csv <<EOT
  > k,aaaaaaaaaaaa,e,x,c1,1,佐藤,2026-10-01T10:00:00,60,lawyer,1,pass,,弁護士を立てます
  > k,aaaaaaaaaaaa,e,x,c1,2,佐藤,2026-10-01T10:10:00,60,lawyer,1,pass,,弁護士を立てます
  > k,aaaaaaaaaaaa,e,x,c1,3,佐藤,2026-10-01T12:00:00,60,lawyer,1,pass,,弁護士を立てます
  > k,aaaaaaaaaaaa,e,x,c2,1,佐藤,0:00:05,60,lawyer,1,pass,,弁護士を立てます
  > EOT
  $ cat >>n2/exchanges.csv <<EOT
  > k,aaaaaaaaaaaa,e,x,c1,1,佐藤,2026-10-01T10:00:00,660,lawyer,4,fail,too-long,弁護士を立てます
  > k,aaaaaaaaaaaa,e,y,c2,1,佐藤,0:00:05,60,lawyer,1,pass,,弁護士を立てます
  > EOT
  $ ofuku summarize n1 n2 | cut -d, -f3-6
  note: 1 exchange has the source, conversation and number of another that was found otherwise: each is counted; of nights' reports --latest counts the later
  exchanges,doubtful,pass,fail
  6,0,5,1
  $ ofuku summarize --latest n1 n2 | cut -d, -f3-6
  note: 1 row was written again later: the later counts
  exchanges,doubtful,pass,fail
  5,0,4,1
  $ for f in n1 n2; do awk -F, -v OFS=, 'NR == 1 { print $0, "closed_at" } NR > 1 { print $0, $5 == "c1" && $9 == 660 ? "2026-10-01T10:11:00" : "" }' $f/exchanges.csv >t && mv t $f/exchanges.csv; done
  $ ofuku summarize --latest n1 n2 | cut -d, -f3-6
  note: 2 rows were written again later: the later counts
  exchanges,doubtful,pass,fail
  4,0,3,1
  $ ofuku summarize --latest --compare n1 n2
  ofuku summarize: --compare counts each report as it is: leave out --latest
  Try: ofuku summarize --help
  [2]

The examples of the manual:

  $ mkdir examples && cd examples && cp -R "$OFUKU_ROOT/testdata/demo" .
  $ sh "$OFUKU_ROOT/testdata/cli/examples" "$OFUKU_ROOT/man/ofuku-summarize.1"
