ofuku audit: transcripts in, a report out.

  $ cat >call.jsonl <<EOT
  > {"conversation":"c1","speaker":"山田","role":"customer","start":0,"end":4,"text":"もう弁護士を立てますよ"}
  > {"conversation":"c1","speaker":"佐藤","role":"agent","start":5,"end":12.5,"text":"お客様のお気持ちにご無理を言うわけにもまいりませんので、お任せいたします"}
  > {"conversation":"c1","speaker":"山田","role":"customer","start":13,"end":14,"text":"わかりました"}
  > {"conversation":"c2","speaker":"鈴木","role":"customer","start":0,"end":3,"text":"消費生活センターに言いますからね"}
  > {"conversation":"c2","speaker":"佐藤","role":"agent","start":4,"end":6,"text":"少々お待ちください"}
  > EOT

The default report, from a file and from a pipe:

  $ fixed() { sed 's/,[0-9a-f]\{12\},ofuku [^,]*,/,RULES,ENGINE,/'; }
  $ ofuku audit call.jsonl >first.csv
  ofuku: 2 conversations, 5 utterances: 2 exchanges, 1 pass, 1 fail, 0 unknown
  [1]
  $ fixed <first.csv; rm first.csv
  policy,rules,engine,source,conversation,exchange,agent,customer,opened_at,closed_at,closed_by,duration_s,triggers,presses,round_trips,repetitions,phrase_hits,near_misses,unanswered,first_reply_s,first_reply_turn,similarity,verdict,findings,evidence
  kasuhara,RULES,ENGINE,call.jsonl,c1,1,佐藤,山田,0:00:00.000,0:00:12.500,end,12.5,lawyer,1,1,1,1,0,0,5,1,1.000,pass,,もう弁護士を立てますよ
  kasuhara,RULES,ENGINE,call.jsonl,c2,1,佐藤,鈴木,0:00:00.000,0:00:06.000,end,6,consumer-center,1,1,0,0,0,1,,,0.103,fail,phrase-missing;unanswered,消費生活センターに言いますからね
  $ cat call.jsonl | ofuku audit --report=conversations | fixed
  ofuku: 2 conversations, 5 utterances: 2 exchanges, 1 pass, 1 fail, 0 unknown
  policy,rules,engine,source,conversation,format,agent,customer,utterances,agent_turns,customer_turns,started_at,ended_at,duration_s,resolution_s,exchanges,hits,verdict
  kasuhara,RULES,ENGINE,-,c1,jsonl,佐藤,山田,3,1,2,0:00:00.000,0:00:14.000,14,0.001,1,lawyer=1,pass
  kasuhara,RULES,ENGINE,-,c2,jsonl,佐藤,鈴木,2,1,1,0:00:00.000,0:00:06.000,6,0.001,1,consumer-center=1,fail
  $ cat call.jsonl | ofuku audit -q - | cut -d, -f4-6,23-25
  source,conversation,exchange,verdict,findings,evidence
  -,c1,1,pass,,もう弁護士を立てますよ
  -,c2,1,fail,phrase-missing;unanswered,消費生活センターに言いますからね

Each report has its header, also without a conversation:

  $ for r in exchanges findings log conversations agents; do
  > ofuku audit -q --report=$r /dev/null; done
  policy,rules,engine,source,conversation,exchange,agent,customer,opened_at,closed_at,closed_by,duration_s,triggers,presses,round_trips,repetitions,phrase_hits,near_misses,unanswered,first_reply_s,first_reply_turn,similarity,verdict,findings,evidence
  ofuku audit: /dev/null:1:1: no utterance: the input is empty
  policy,rules,engine,source,line,conversation,exchange,check,severity,outcome,role,speaker,at,measured,limit,message,evidence
  ofuku audit: /dev/null:1:1: no utterance: the input is empty
  policy,rules,engine,source,line,conversation,exchange,at,role,speaker,event,n,round_trip,pattern,similarity,text
  ofuku audit: /dev/null:1:1: no utterance: the input is empty
  policy,rules,engine,source,conversation,format,agent,customer,utterances,agent_turns,customer_turns,started_at,ended_at,duration_s,resolution_s,exchanges,hits,verdict
  ofuku audit: /dev/null:1:1: no utterance: the input is empty
  policy,rules,engine,agent,conversations,exchanges,pass,fail,unknown,round_trips_max,repetitions_max,duration_max_s,findings
  ofuku audit: /dev/null:1:1: no utterance: the input is empty
  [2]

The other reports:

  $ ofuku audit -q --report=findings call.jsonl | cut -d, -f5-
  line,conversation,exchange,check,severity,outcome,role,speaker,at,measured,limit,message,evidence
  4,c2,1,phrase-missing,error,fail,customer,鈴木,0:00:00.000,0,1,The stock phrase (お任せいたします) was said 0 times; it has to be said at least 1 time(s).,消費生活センターに言いますからね
  5,c2,1,unanswered,error,fail,agent,佐藤,0:00:04.000,1,0,1 of the first threats were answered without the stock phrase (お任せいたします); limit 0.,少々お待ちください
  $ ofuku audit -q --report=log call.jsonl | cut -d, -f5-
  line,conversation,exchange,at,role,speaker,event,n,round_trip,pattern,similarity,text
  1,c1,1,0:00:00.000,customer,山田,press,1,1,lawyer,,もう弁護士を立てますよ
  2,c1,1,0:00:05.000,agent,佐藤,repetition,1,1,entrust,1.000,お客様のお気持ちにご無理を言うわけにもまいりませんので、お任せいたします
  2,c1,1,0:00:05.000,agent,佐藤,closing,1,,end,,
  4,c2,1,0:00:00.000,customer,鈴木,press,1,1,consumer-center,,消費生活センターに言いますからね
  5,c2,1,0:00:04.000,agent,佐藤,answer,1,1,,,少々お待ちください
  5,c2,1,0:00:04.000,agent,佐藤,closing,1,,end,,
  $ ofuku audit -q --report=agents call.jsonl | cut -d, -f4-
  agent,conversations,exchanges,pass,fail,unknown,round_trips_max,repetitions_max,duration_max_s,findings
  佐藤,2,2,1,1,0,1,1,12.5,2

As JSON Lines numbers are numbers, lists arrays, and what is unknown null:

  $ ofuku audit -q --output-format=jsonl call.jsonl | jq -c '[.conversation, .exchange, .duration_s, .triggers, .first_reply_s, .similarity, .verdict, .findings]'
  ["c1",1,12.5,["lawyer"],5,1,"pass",[]]
  ["c2",1,6,["consumer-center"],null,0.103,"fail",["phrase-missing","unanswered"]]

TSV, and what Excel reads:

  $ ofuku audit -q --output-format=tsv call.jsonl | cut -f 5,6,23
  conversation	exchange	verdict
  c1	1	pass
  c2	1	fail
  $ ofuku audit -q --excel call.jsonl | head -n 1 | cut -c 1-20 | od -An -c | head -n 1
   357 273 277   p   o   l   i   c   y   ,   r   u   l   e   s   ,
  $ ofuku audit -q --excel call.jsonl | grep -c "$(printf '\r')"
  3

Texts that a spreadsheet would run:

  $ cat >formula.jsonl <<EOT
  > {"conversation":"=1+1","speaker":"=cmd","role":"customer","text":"＝訴えます"}
  > {"conversation":"=1+1","speaker":"@佐藤","role":"agent","text":"はい、承知しました"}
  > EOT
  $ ofuku audit -q formula.jsonl | tail -n 1 | cut -d, -f 4-8,25
  formula.jsonl,'=1+1,1,'@佐藤,'=cmd,'＝訴えます
  $ ofuku audit -q --raw formula.jsonl | tail -n 1 | cut -d, -f 4-8,25
  formula.jsonl,=1+1,1,@佐藤,=cmd,＝訴えます

What an encoding leaves out, or writes as a sign, hides no formula:

  $ cat >hidden.jsonl <<EOT
  > {"conversation":"a","role":"customer","speaker":"\u2212 1","text":"\u200b=HYPERLINK(0) 訴えます"}
  > {"conversation":"a","role":"agent","speaker":"\ufeff\u00ad+b","text":"お任せいたします"}
  > EOT
  $ ofuku audit -q --excel --output-encoding=CP932 hidden.jsonl | iconv -f CP932 -t UTF-8 | tail -n 1 | cut -d, -f7,8,25 | tr -d '\r'
  '+b,'－ 1,'=HYPERLINK(0) 訴えます
  $ ofuku audit -q hidden.jsonl | tail -n 1 | cut -d, -f7,8,25
  '\xef\xbb\xbf\xc2\xad+b,'\xe2\x88\x92 1,'\xe2\x80\x8b=HYPERLINK(0) \xe8\xa8\xb4\xe3\x81\x88\xe3\x81\xbe\xe3\x81\x99 (esc)

Into a file, in one step; all reports into a folder:

  $ ofuku audit -o out.csv call.jsonl
  ofuku: 2 conversations, 5 utterances: 2 exchanges, 1 pass, 1 fail, 0 unknown
  [1]
  $ ofuku audit call.jsonl -q >std.csv; cmp out.csv std.csv; ls -A
  call.jsonl
  formula.jsonl
  hidden.jsonl
  out.csv
  std.csv
  $ mkdir reports && ofuku audit -q -O reports call.jsonl; ls -A reports
  agents.csv
  conversations.csv
  exchanges.csv
  findings.csv
  log.csv
  $ cmp reports/exchanges.csv std.csv
  $ ofuku audit -q -o nowhere/out.csv call.jsonl
  ofuku audit: nowhere/out.csv: cannot create a file in its folder: No such file or directory
  [2]
  $ ofuku audit -q -o reports call.jsonl
  ofuku audit: reports: is a directory: name a file in it
  [2]

A file that could not be written is left as it was, and nothing beside it:

  $ echo old >kept.csv
  $ ofuku audit -q -o kept.csv --rejects=/dev/full call.jsonl nowhere; cat kept.csv; ls -A | grep tmp
  ofuku audit: nowhere: No such file or directory: check the path and its permissions
  ofuku audit: /dev/full: cannot write: No space left on device
  old
  [1]

Output that does not get out:

  $ ofuku audit -q call.jsonl >/dev/full
  ofuku audit: standard output: cannot write: No space left on device
  [2]
  $ ofuku audit -q call.jsonl >&-
  ofuku audit: standard output: cannot write: Bad file descriptor
  [2]
  $ ofuku audit -q call.jsonl | true

The exit status:

  $ ofuku audit -q --fail-on=never call.jsonl >/dev/null
  $ sed -n 1,3p call.jsonl >pass.jsonl
  $ ofuku audit pass.jsonl | tail -n +2 | cut -d, -f5-
  ofuku: 1 conversation, 3 utterances: 1 exchange, 1 pass, 0 fail, 0 unknown
  c1,1,佐藤,山田,0:00:00.000,0:00:12.500,end,12.5,lawyer,1,1,1,1,0,0,5,1,1.000,pass,,もう弁護士を立てますよ
  $ printf '客: 訴えます\n担当: はい\n' >plain.txt
  $ ofuku audit --fail-on=error plain.txt >/dev/null
  ofuku: 1 conversation, 2 utterances: 1 exchange, 0 pass, 0 fail, 1 unknown
  $ ofuku audit --fail-on=unknown plain.txt >/dev/null
  ofuku: 1 conversation, 2 utterances: 1 exchange, 0 pass, 0 fail, 1 unknown
  [1]

Rejected records:

  $ cat pass.jsonl - >bad.jsonl <<EOT
  > {"conversation":"c1","speaker":"山田","role":"customer",
  > {"conversation":"c1","speaker":"山田","role":"customer","text":5}
  > 
  > {"conversation":"c1","role":"agent","start":20,"text":"ありがとうございました"}
  > EOT
  $ ofuku audit --stats --rejects=rejects.csv bad.jsonl | cut -d, -f5-
  bad.jsonl:4: not valid JSON, column 55: the text ends where a key in double quotes was expected
  bad.jsonl:5: "text" is the number 5: wanted a string
  records read 6 = audited 4 + skipped 0 + filtered 0 + rejected 2
  ofuku: 1 conversation, 4 utterances: 1 exchange, 1 pass, 0 fail, 0 unknown, 2 records rejected
  conversation,exchange,agent,customer,opened_at,closed_at,closed_by,duration_s,triggers,presses,round_trips,repetitions,phrase_hits,near_misses,unanswered,first_reply_s,first_reply_turn,similarity,verdict,findings,evidence
  c1,1,佐藤,山田,0:00:00.000,0:00:12.500,end,12.5,lawyer,1,1,1,1,0,0,5,1,1.000,pass,,もう弁護士を立てますよ
  $ cat rejects.csv
  source,line,byte,reason,excerpt
  bad.jsonl,4,422,"not valid JSON, column 55: the text ends where a key in double quotes was expected","{""conversation"":""c1"",""speaker"":""山田"",""role"":""customer"","
  bad.jsonl,5,481,"""text"" is the number 5: wanted a string","{""conversation"":""c1"",""speaker"":""山田"",""role"":""customer"",""text"":5}"
  $ ofuku audit -q --max-rejects=2 bad.jsonl >/dev/null
  bad.jsonl:4: not valid JSON, column 55: the text ends where a key in double quotes was expected
  bad.jsonl:5: "text" is the number 5: wanted a string
  $ ofuku audit -q --max-rejects=20% bad.jsonl >/dev/null
  bad.jsonl:4: not valid JSON, column 55: the text ends where a key in double quotes was expected
  bad.jsonl:5: "text" is the number 5: wanted a string
  [2]
  $ ofuku audit -q --max-rejects=50% bad.jsonl >/dev/null
  bad.jsonl:4: not valid JSON, column 55: the text ends where a key in double quotes was expected
  bad.jsonl:5: "text" is the number 5: wanted a string

The first ten are said, then how many more:

  $ (cat pass.jsonl; yes '{"text":' | head -n 13) >broken.jsonl
  $ ofuku audit broken.jsonl >/dev/null
  broken.jsonl:4: not valid JSON, column 9: the text ends where a value was expected
  broken.jsonl:5: not valid JSON, column 9: the text ends where a value was expected
  broken.jsonl:6: not valid JSON, column 9: the text ends where a value was expected
  broken.jsonl:7: not valid JSON, column 9: the text ends where a value was expected
  broken.jsonl:8: not valid JSON, column 9: the text ends where a value was expected
  broken.jsonl:9: not valid JSON, column 9: the text ends where a value was expected
  broken.jsonl:10: not valid JSON, column 9: the text ends where a value was expected
  broken.jsonl:11: not valid JSON, column 9: the text ends where a value was expected
  broken.jsonl:12: not valid JSON, column 9: the text ends where a value was expected
  broken.jsonl:13: not valid JSON, column 9: the text ends where a value was expected
  ofuku: 3 more rejected: -v shows them, --rejects=FILE keeps them
  ofuku: 1 conversation, 3 utterances: 1 exchange, 1 pass, 0 fail, 0 unknown, 13 records rejected
  [2]
  $ ofuku audit -v broken.jsonl 2>&1 >/dev/null | grep -c broken.jsonl:
  14
  $ ofuku audit -q broken.jsonl 2>&1 >/dev/null | wc -l
  11

Inputs that are not there, or hold nothing:

  $ ofuku audit nowhere.jsonl
  ofuku audit: nowhere.jsonl: No such file or directory: check the path and its permissions
  policy,rules,engine,source,conversation,exchange,agent,customer,opened_at,closed_at,closed_by,duration_s,triggers,presses,round_trips,repetitions,phrase_hits,near_misses,unanswered,first_reply_s,first_reply_turn,similarity,verdict,findings,evidence
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  [2]
  $ mkdir empty; ofuku audit empty
  policy,rules,engine,source,conversation,exchange,agent,customer,opened_at,closed_at,closed_by,duration_s,triggers,presses,round_trips,repetitions,phrase_hits,near_misses,unanswered,first_reply_s,first_reply_turn,similarity,verdict,findings,evidence
  ofuku audit: empty: no transcript in it: name a file to see why it is none, or give --format
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  [2]
  $ : >nothing; ofuku audit nothing | wc -l
  ofuku audit: nothing:1:1: no utterance: the input is empty
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  1

Folders are walked in byte order, and a file is read once:

  $ mkdir -p calls/b calls/.hidden; cp pass.jsonl calls/b/2.jsonl
  $ cp pass.jsonl calls/a.jsonl; cp pass.jsonl calls/.hidden/x.jsonl
  $ ofuku audit --ids=file calls calls/a.jsonl | cut -d, -f4-6
  calls/a.jsonl: note: given twice: read once
  ofuku: 2 conversations, 6 utterances: 2 exchanges, 2 pass, 0 fail, 0 unknown
  source,conversation,exchange
  calls/a.jsonl,c1,1
  calls/b/2.jsonl,c1,1
  $ ofuku audit -q --ids=file --exclude=b calls | cut -d, -f4-6
  source,conversation,exchange
  calls/a.jsonl,c1,1

Who is who:

  $ cat >names.csv <<EOT
  > 通話ID,話者,開始,発話
  > k1,A,0,訴えますよ
  > k1,B,4,はい
  > EOT
  $ ofuku audit -q names.csv | cut -d, -f5-8,23-24
  conversation,exchange,agent,customer,verdict,findings
  k1,,,,unknown,roles-unknown?
  $ ofuku audit -q --agent='^b$' --customer='^a$' names.csv | cut -d, -f5-8,23-24
  conversation,exchange,agent,customer,verdict,findings
  k1,1,B,A,unknown,phrase-missing?;unanswered?;too-many-repetitions?

Codes in a role column, where no speaker is named:

  $ cat >codes.csv <<'EOT'
  > 通話ID,役割,発話
  > k1,OP,お電話ありがとうございます。
  > k1,CU,弁護士を立てますよ。
  > k1,OP,お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします。
  > EOT
  $ ofuku audit -q codes.csv | cut -d, -f5-8,23-24
  conversation,exchange,agent,customer,verdict,findings
  k1,,,,unknown,roles-unknown?
  $ ofuku audit -q --agent='^OP$' --customer='^CU$' codes.csv | cut -d, -f5-8,19,23
  conversation,exchange,agent,customer,unanswered,verdict
  k1,1,,,0,unknown
  $ ofuku audit -q --agent='(' names.csv
  ofuku audit: --agent: missing closing parenthesis, at byte 2 of (
  [2]

Columns and encodings:

  $ iconv -f UTF-8 -t CP932 names.csv >sjis.csv
  $ ofuku audit -q --agent=B sjis.csv | cut -d, -f5-8,23-24
  conversation,exchange,agent,customer,verdict,findings
  k1,1,B,A,unknown,phrase-missing?;unanswered?;too-many-repetitions?
  $ printf 'k1\tA\t訴えますよ\nk1\tB\tはい\n' >bare.tsv
  $ ofuku audit -q --no-header --map=conversation=1,speaker=2,text=3 --agent=B bare.tsv | cut -d, -f5-8,23-24
  conversation,exchange,agent,customer,verdict,findings
  k1,1,B,A,unknown,phrase-missing?;unanswered?;too-many-repetitions?;too-long?
  $ printf 'a,b\n1,2\n' >columns.csv
  $ ofuku audit --format=csv columns.csv
  policy,rules,engine,source,conversation,exchange,agent,customer,opened_at,closed_at,closed_by,duration_s,triggers,presses,round_trips,repetitions,phrase_hits,near_misses,unanswered,first_reply_s,first_reply_turn,similarity,verdict,findings,evidence
  ofuku audit: columns.csv:1: no column holds the text; columns seen: 1 a, 2 b; name it: --map text=NAME (and conversation=, speaker=, role=, start=, end=, at=, until=; a number counts columns from 1)
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  [2]

Only some times:

  $ cat >dated.jsonl <<EOT
  > {"conversation":"d1","role":"customer","at":"2026-10-01T10:00:00+09:00","text":"訴えます"}
  > {"conversation":"d2","role":"customer","at":"2026-10-02T10:00:00+09:00","text":"訴えます"}
  > EOT
  $ ofuku audit --since=2026-10-02T00:00:00+09:00 dated.jsonl | cut -d, -f5,9
  ofuku: 1 conversation, 1 utterance: 1 exchange, 0 pass, 0 fail, 1 unknown, 1 record filtered
  conversation,opened_at
  d2,2026-10-02T10:00:00+09:00
  $ ofuku audit -q --since=yesterday dated.jsonl
  ofuku audit: --since yesterday: no date: write 2026-10-01 or 2026-10-01T09:00:00+09:00
  [2]
  $ ofuku audit -q --excel dated.jsonl | cut -d, -f5,9
  conversation,opened_at
  d1,2026-10-01 10:00:00
  d2,2026-10-02 10:00:00

What Excel does not take of a CSV is said; a workbook says its own:

  $ python3 -c 'import json; print(json.dumps({"conversation": "a", "role": "customer", "text": "訴えます" + "あ" * 32764}))' >long.jsonl
  $ ofuku audit --excel --report=log -o long.csv long.jsonl 2>&1 | head -n 1
  ofuku audit: Excel does not show all of what --excel wrote: a text is longer than a cell may be (32,767 characters): --output-format xlsx writes what it opens
  $ ofuku audit --report=log -o long.csv long.jsonl
  ofuku: 1 conversation, 1 utterance: 1 exchange, 0 pass, 0 fail, 1 unknown
  [1]
  $ ofuku audit --excel -o long.csv long.jsonl
  ofuku: 1 conversation, 1 utterance: 1 exchange, 0 pass, 0 fail, 1 unknown
  [1]

Lists:

  $ ofuku audit --list-reports
  exchanges       one row an exchange: its measures, verdict and evidence
  findings        one row a check that failed or is unknown, with the utterance
  log             one row a press, answer, repetition, …: what was said, when
  conversations   one row a conversation, whether or not it holds an exchange
  agents          one row an agent: exchanges by verdict, and the longest
  $ ofuku audit --list-formats | cut -d ' ' -f 1 | head -n 5
  jsonl
  json
  csv
  text
  contactlens

An export that stopped is no clean night; the report is written all the same:

  $ ofuku audit -q --expect 20 -o expected.csv call.jsonl
  ofuku audit: --expect 20: only 2 conversations audited: see whether the export is complete
  [2]
  $ cmp expected.csv std.csv
  $ ofuku audit -q --expect=1 --fail-on never call.jsonl >/dev/null
  $ ofuku audit --expect=x call.jsonl 2>&1 | head -n 1
  ofuku audit: --expect wants N, not "x": write a whole number

Rules that are wrong win over all else:

  $ printf 'ofuku: 1\npolicy: x\nphrasez: {}\n' >wrong.yaml
  $ ofuku audit --rules=wrong.yaml nowhere.jsonl
  wrong.yaml:3:1: unknown key of a policy "phrasez"; did you mean "phrases"?
  ofuku audit: 1 mistake in the rules
  [3]
  $ OFUKU_RULES=wrong.yaml ofuku audit nowhere.jsonl 2>&1 | tail -n 1
  ofuku audit: 1 mistake in the rules

The same under any locale:

  $ LC_ALL=C ofuku audit -q call.jsonl | cmp - std.csv
  $ LC_ALL=ja_JP.eucJP ofuku audit -q --no-jit call.jsonl | cmp - std.csv

A conversation lasted longer than its known times where the first or the last
utterance has none:

  $ cat >long.yaml <<EOT
  > ofuku: 1
  > policy: p
  > uses: [ja]
  > patterns:
  >   sues: {by: customer, any: ['訴え']}
  >   greets: {by: agent, any: ['お電話ありがとうございます']}
  > exchange: {opens_on: [sues]}
  > checks:
  >   long: {measure: duration, scope: conversation, max: 10m, message: long}
  >   late: {measure: hits(greets), scope: conversation, first: 5s, min: 1, message: late}
  > EOT
  $ cat >a.jsonl <<EOT
  > {"conversation":"a","role":"agent","text":"お電話ありがとうございます","end":2}
  > {"conversation":"a","role":"agent","text":"お電話ありがとうございます","start":3}
  > {"conversation":"a","role":"customer","text":"はい"}
  > EOT
  $ ofuku audit -q --rules=long.yaml --report=findings a.jsonl | cut -d, -f8,10,16
  check,outcome,message
  long,unknown,cannot tell whether duration keeps max 10:00: a time is missing
  $ ofuku audit -q --rules=long.yaml --report=conversations a.jsonl | cut -d, -f12-14
  started_at,ended_at,duration_s
  0:00:02.000,0:00:03.000,
  $ sed 's/お電話ありがとうございます","start":3/お電話ありがとうございます"/' a.jsonl >b.jsonl
  $ ofuku audit -q --rules=long.yaml --report=findings b.jsonl | cut -d, -f8,10,16
  check,outcome,message
  long,unknown,cannot tell whether duration keeps max 10:00: a time is missing
  late,unknown,cannot tell whether hits(greets) keeps min 1: a time is missing

The log has each answer within an exchange, those to calm turns without a round
trip:

  $ cat >calm.jsonl <<EOT
  > {"conversation":"a","role":"customer","text":"訴えます"}
  > {"conversation":"a","role":"agent","text":"さようでございますか、承知しました"}
  > {"conversation":"a","role":"customer","text":"ところで今日は何曜日ですか"}
  > {"conversation":"a","role":"agent","text":"本日は木曜日でございます"}
  > {"conversation":"a","role":"customer","text":"やはり訴えます"}
  > {"conversation":"a","role":"agent","text":"かしこまりました、お調べします"}
  > EOT
  $ ofuku audit -q --report=log calm.jsonl | cut -d, -f5,11-13,16
  line,event,n,round_trip,text
  1,press,1,1,訴えます
  2,answer,1,1,さようでございますか、承知しました
  4,answer,2,,本日は木曜日でございます
  5,press,2,2,やはり訴えます
  6,answer,3,2,かしこまりました、お調べします
  6,closing,1,,

A flush of a state needs nothing new:

  $ cd "$CRAMTMP"
  $ printf '{"conversation":"w1","role":"customer","at":"2026-10-01T10:00:00Z","text":"訴えます。"}\n' >w.jsonl
  $ ofuku audit -q --state=w.state w.jsonl | wc -l
  1
  $ ofuku audit -q --state=w.state --flush </dev/null | cut -d, -f5,6,23
  conversation,exchange,verdict
  w1,1,unknown
  $ : | ofuku audit -q --state=w.state --flush | wc -l
  1
