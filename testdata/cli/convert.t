ofuku convert: any format to one that others read.

Texts with line breaks, quotes, formulas; every kind of clock:

  $ cat >all.jsonl <<'EOF'
  > {"conversation":"c1","speaker":"佐藤","role":"agent","start":12.34,"end":15.8,"text":"はい、\n=1+1 \"quote\", カンマ"}
  > {"conversation":"c1","speaker":"山田: 様","role":"customer","start":16,"text":"注意: これは\r\n\r\n  両端の空白  "}
  > {"conversation":"c2","role":"customer","at":"2026-10-01T10:00+09:00","until":"2026-10-01T10:00:05.120+09:00","text":"-->&<b>\n二行目"}
  > {"conversation":"c2","speaker":"=cmd","at":"2026-10-01T01:01:00Z","text":"'=x\t\r"}
  > {"conversation":"c3","at":"2026-10-01T10:00","text":"a, \"b"}
  > {"conversation":"c3","text":"\"stray"}
  > EOF

To JSON Lines and back is the identity, through CSV too:

  $ ofuku convert all.jsonl >same.jsonl; cmp all.jsonl same.jsonl
  ofuku: 6 utterances written
  $ ofuku convert -q --to=csv all.jsonl >all.csv
  $ ofuku convert -q <all.csv >same.jsonl; cmp all.jsonl same.jsonl
  $ ofuku convert -q -o same.csv all.csv; cmp all.csv same.csv
  $ head -n 3 all.csv
  conversation,speaker,role,start,end,at,until,text
  c1,佐藤,agent,12.34,15.8,,,"はい、
  =1+1 ""quote"", カンマ"

What a target cannot hold is counted:

  $ ofuku convert --to=vtt all.jsonl >all.vtt
  ofuku convert: written as vtt: 3 conversation ids left out, 3 conversations became one, 2 roles left out, 1 role became a name, 4 wall clocks became seconds, 1 unknown start became the one before it, 4 unknown ends became 1 ms after the start, 3 line breaks changed
  ofuku: 6 utterances written
  $ head -n 12 all.vtt
  WEBVTT
  
  NOTE conversation c1
  
  00:00:12.340 --> 00:00:15.800
  <v 佐藤>はい、
  =1+1 "quote", カンマ
  
  00:00:16.000 --> 00:00:16.001
  <v 山田: 様>注意: これは
    両端の空白  
  
  $ ofuku convert -q --to=txt all.jsonl
  [0:00:12.340] 佐藤: はい、
  =1+1 "quote", カンマ
  [0:00:16.000] 山田: 様: 注意: これは
    両端の空白  
  
  [2026-10-01T10:00+09:00] customer: -->&<b>
  二行目
  [2026-10-01T01:01:00Z] =cmd: '=x	
  
  [2026-10-01T10:00] a, "b
  ?: "stray

Subtitles come back as what they hold; the output's name says the target:

  $ cat >call.jsonl <<'EOF'
  > {"speaker":"佐藤","start":1.5,"end":3,"text":"はい、--> と\nお任せします"}
  > {"speaker":"山田","start":360000,"end":360001.25,"text":"<b> & \"c\""}
  > EOF
  $ for t in vtt srt; do
  > ofuku convert -q -o call.$t call.jsonl && ofuku convert -q call.$t
  > done
  {"conversation":"call","speaker":"佐藤","start":1.5,"end":3,"text":"はい、--> と\nお任せします"}
  {"conversation":"call","speaker":"山田","start":360000,"end":360001.25,"text":"<b> & \"c\""}
  {"conversation":"call","speaker":"佐藤","start":1.5,"end":3,"text":"はい、-- > と\nお任せします"}
  {"conversation":"call","speaker":"山田","start":360000,"end":360001.25,"text":"< b> & \"c\""}

A name that says no target is noted:

  $ ofuku convert -o call.srt.gz call.jsonl
  call.srt.gz: .gz names no target: written as jsonl; --to names another
  ofuku: 2 utterances written
  $ ofuku convert -q call.jsonl | cmp - call.srt.gz
  $ ofuku convert -o call.json call.jsonl
  ofuku: 2 utterances written
  $ ofuku convert --to=srt -o call.srt.x call.jsonl 2>&1 | grep -c target
  0
  [1]
  $ rm call.srt.gz call.json call.srt.x

Conversations that audit keeps apart stay apart:

  $ mkdir a b; echo '{"start":1,"text":"x"}' | tee a/call.jsonl >b/call.jsonl
  $ ofuku convert a b
  {"conversation":"call","start":1,"text":"x"}
  {"conversation":"call~2","start":1,"text":"x"}
  ofuku convert: written as jsonl: 1 conversation id got a number: another file has it too
  ofuku: 2 utterances written

--since selects whole conversations, --tz gives naive clocks an offset:

  $ ofuku convert --since=2026-10-01 --until=2026-10-01T10:00:01+09:00 \
  > --tz=Asia/Tokyo -o since.jsonl all.jsonl
  all.jsonl: note: conversation "c1" has no wall clock: --since and --until keep it, and all like it
  ofuku: 6 utterances written
  $ grep c3 since.jsonl
  {"conversation":"c3","at":"2026-10-01T10:00+09:00","text":"a, \"b"}
  {"conversation":"c3","text":"\"stray"}

Rejected records count as in an audit:

  $ printf '{"text":"a"}\n{"text":1}\n' >bad.jsonl
  $ ofuku convert --stats --rejects=rej.csv bad.jsonl
  bad.jsonl:2: "text" is the number 1: wanted a string
  {"conversation":"bad","text":"a"}
  records read 2 = written 1 + skipped 0 + filtered 0 + rejected 1
  ofuku: 1 utterance written, 1 record rejected
  [2]
  $ cat rej.csv
  source,line,byte,reason,excerpt
  bad.jsonl,2,13,"""text"" is the number 1: wanted a string","{""text"":1}"
  $ ofuku convert -q --max-rejects=50% bad.jsonl 2>&1
  bad.jsonl:2: "text" is the number 1: wanted a string
  {"conversation":"bad","text":"a"}

CP932, with a stated substitution; JSON Lines escape instead:

  $ printf '{"conversation":"c","text":"𠮷野家〜‖−¢£¬é𠮷"}\n' >cp.jsonl
  $ ofuku convert --to=csv --output-encoding=CP932 cp.jsonl >cp.csv
  ofuku convert: 3 characters of 2 kinds (𠮷, é) are not in CP932: written as 〓
  ofuku: 1 utterance written
  $ ofuku convert -q cp.csv
  {"conversation":"c","text":"〓野家～∥－￠￡￢〓〓"}
  $ ofuku convert -q cp.csv | ofuku convert -q --to=csv --output-encoding=CP932 |
  > cmp - cp.csv
  $ ofuku convert -q --output-encoding=CP932 cp.jsonl | iconv -f CP932 -t UTF-8
  {"conversation":"c","text":"\ud842\udfb7野家～∥－￠￡￢\u00e9\ud842\udfb7"}
  $ ofuku audit -q --output-encoding=CP932 --report=conversations cp.csv |
  > head -c 6
  policy (no-eol)
  $ ofuku convert --to=vtt --output-encoding=CP932 cp.jsonl
  ofuku convert: --output-encoding CP932: a vtt file is UTF-8: choose --to srt or another
  [2]
  $ ofuku convert --output-encoding=CP93 cp.jsonl
  ofuku convert: --output-encoding: unknown encoding "CP93": did you mean CP932, cp913 or cp923? Else name another of ICU's converters
  [2]

Clocks with and without an offset in one conversation:

  $ cat >mix.jsonl <<'EOF'
  > {"conversation":"m","role":"customer","at":"2026-10-01 10:00:00","text":"弁護士を立てますよ"}
  > {"conversation":"m","role":"agent","at":"2026-10-01T01:02:00Z","text":"はい、承知しました"}
  > EOF
  $ ofuku audit --output-format=jsonl --report=conversations \
  > -o mix.out mix.jsonl
  mix.jsonl:1: note: conversation "m" has times with and without an offset: those without are read as +09:00 (--tz names another zone)
  ofuku: 1 conversation, 2 utterances: 1 exchange, 0 pass, 1 fail, 0 unknown
  [1]
  $ jq -c '[.started_at, .duration_s]' mix.out
  ["2026-10-01T10:00:00+09:00",120]
  $ ofuku audit -q --tz=-01:00 --output-format=jsonl --report=conversations \
  > mix.jsonl | jq -c .duration_s
  35880
  $ ofuku audit --tz=Tokyo mix.jsonl
  ofuku audit: --tz: unknown time zone "Tokyo": write an offset such as +09:00 or a name such as Asia/Tokyo
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  [2]
