Reports that people may read: --redact and --pseudonymize.

  $ cat >call-0815.jsonl <<'.'
  > {"speaker":"オペレーター 佐藤","start":0,"end":4,"text":"お電話ありがとうございます、オペレーターの佐藤と申します。"}
  > {"speaker":"お客様 山田","start":5,"end":9,"text":"山田太郎と申します。０９０－１２３４－５６７８です。訴えますよ。"}
  > {"speaker":"オペレーター 佐藤","start":10,"end":15,"text":"山田様のお気持にご無理を言うわけにもまいりませんので、お任せいたします。"}
  > {"speaker":"お客様 山田","start":16,"end":20,"text":"弁護士を立てますよ。返事はtaro@example.comへ。"}
  > {"speaker":"オペレーター 佐藤","start":21,"end":24,"text":"お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします。"}
  > .
  $ head -c 32 /dev/zero | tr '\0' 'a' >same.key
  $ printf 'a key that nobody else has: 17\n' >key; chmod 600 key

Masks in every report; verdicts, counts and similarities stay:

  $ ofuku audit -q --redact --report log call-0815.jsonl | cut -d, -f6-12,16
  conversation,exchange,at,role,speaker,event,n,text
  call-0815,1,0:00:05.000,customer,お客様 山田,press,1,[氏名]と申します。[電話番号]です。訴えますよ。
  call-0815,1,0:00:10.000,agent,オペレーター 佐藤,repetition,1,[氏名]様のお気持にご無理を言うわけにもまいりませんので、お任せいたします。
  call-0815,1,0:00:16.000,customer,お客様 山田,press,2,弁護士を立てますよ。返事は[メール]へ。
  call-0815,1,0:00:21.000,agent,オペレーター 佐藤,repetition,2,お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします。
  call-0815,1,0:00:21.000,agent,オペレーター 佐藤,closing,1,
  $ ofuku audit -q call-0815.jsonl | cut -d, -f12-24 >plain
  $ ofuku audit -q --redact call-0815.jsonl | cut -d, -f12-24 | cmp - plain
  $ ofuku audit -q --redact call-0815.jsonl | cut -d, -f25
  evidence
  [氏名]と申します。[電話番号]です。訴えますよ。

grep finds what was said and shows what may be shown:

  $ ofuku grep -h --redact 1234 call-0815.jsonl
  2:call-0815:0:00:05.000:お客様 山田:[氏名]と申します。[電話番号]です。訴えますよ。
  $ ofuku grep -o --redact 1234 call-0815.jsonl
  call-0815.jsonl:2:call-0815:0:00:05.000:お客様 山田:[電話番号]
  $ ofuku grep --json --redact '訴え' call-0815.jsonl | jq -c '[.text, .match.start, .match.end, .match.text]'
  ["[氏名]と申します。[電話番号]です。訴えますよ。",49,55,"訴え"]
  $ ofuku grep --kwic=8 --redact '訴え' call-0815.jsonl | cut -c1-40
   ]です。 訴え ますよ。  call-08

show, its remarks too:

  $ ofuku show --no-pager --redact call-0815.jsonl
  --------------------------------------------------------------------------------
  call-0815, exchange 1: pass (kasuhara)
  call-0815.jsonl:2, 0:00:05.000 to 0:00:24.000 (19 s); closed_by end
  agent オペレーター 佐藤, customer お客様 山田, said sue;lawyer
  presses 2, round trips 2, repetitions 2, near misses 0, unanswered 0
  
   0:00:05 C お客様 山田        [氏名]と申します。[電話番号]です。訴えますよ。
                                ^ round trip 1, press 1, opens: sue 「訴えます」
   0:00:10 A オペレーター 佐藤  [氏名]様のお気持にご無理を言うわけにもまいりません
                                ので、お任せいたします。
                                ^ round trip 1, repetition 1, similarity 0.846:
                                  [氏名]様のお気持にご無理を言うわけにもまいりませ
                                  んので、お任せいたします
   0:00:16 C お客様 山田        弁護士を立てますよ。返事は[メール]へ。
                                ^ round trip 2, press 2: lawyer 「弁護士を立てま
                                  す」
   0:00:21 A オペレーター 佐藤  お客様のお気持にご無理を言うわけにもまいりませんの
                                で、お任せいたします。
                                ^ round trip 2, repetition 2, similarity 1.000
                                ^ the exchange is open to the end
  

convert, and what it writes can be converted again without change:

  $ ofuku convert -q --redact call-0815.jsonl | tee masked.jsonl | jq -r .text
  お電話ありがとうございます、オペレーターの[氏名]と申します。
  [氏名]と申します。[電話番号]です。訴えますよ。
  [氏名]様のお気持にご無理を言うわけにもまいりませんので、お任せいたします。
  弁護士を立てますよ。返事は[メール]へ。
  お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします。
  $ ofuku convert -q --redact masked.jsonl | cmp - masked.jsonl

Excerpts of rejected records:

  $ echo '{"text":"電話は090-1234-5678",' | ofuku convert --format jsonl -q --redact --rejects rejects.csv
  *JSON* (glob)
  [2]
  $ cut -d, -f5- rejects.csv
  excerpt
   column 28: the text ends where a key in double quotes was expected","{""text"":""電話は[電話番号]"","

JSON may escape what it says, and be in JSON; what does not decode is not shown:

  $ cat >escaped.jsonl <<'.'
  > {"text":"\u4f50\u85e4\u69d8 tanaka\u0040example.com",
  > {"text":"0904417\u002d2036",
  > {"text":"090\n4417\n2036",
  > {"text":"{\"text\":\"090\\u002d4417-2036\"}",
  > .
  $ ofuku convert --format jsonl -q --redact --rejects rejects.csv escaped.jsonl 2>errors
  [2]
  $ grep -c JSON errors
  4
  $ sed 's/.*expected",//' rejects.csv
  source,line,byte,reason,excerpt
  "{""text"":""[氏名]様 [メール]"","
  "{""text"":""[電話番号]"","
  "{""text"":""[電話番号]"","
  "{""text"":""{""text"":""[電話番号]""}"","

A role may hold what a text may, and a mask is told once by --json:

  $ printf '%s\n' '{"role":"090-4417-2036","text":"080-4417-2036"}' >role.jsonl
  $ ofuku convert -q --redact role.jsonl
  {"conversation":"role","role":"[電話番号]","text":"[電話番号]"}
  $ ofuku grep --redact --json -e 0 -e 8 -e 4 role.jsonl | jq -c .match
  {"start":0,"end":14,"text":"[電話番号]","pattern":"0"}

A number that is cut in two is masked in both, with what is said again of it,
and so is what was asked for, whatever shows it:

  $ cat >cut.jsonl <<'.'
  > {"role":"customer","text":"訴えますよ。電話は090の1234の"}
  > {"role":"agent","text":"はい、1234の"}
  > {"role":"customer","text":"5678です。"}
  > {"role":"agent","text":"お名前をお願いします。"}
  > {"role":"customer","text":"千葉です。"}
  > .
  $ ofuku convert -q --redact cut.jsonl | jq -r .text
  訴えますよ。電話は[電話番号]
  はい、[電話番号]の
  [電話番号]です。
  お名前をお願いします。
  [氏名]です。
  $ ofuku grep -h --redact -e 090 -e 5678 -e 千葉 cut.jsonl
  1:cut:::訴えますよ。電話は[電話番号]
  3:cut:::[電話番号]です。
  5:cut:::[氏名]です。
  $ ofuku grep -o -h --redact 5678 cut.jsonl
  3:cut:::[電話番号]
  $ ofuku show --no-pager --redact cut.jsonl | grep '^ *[AC] '
           C 訴えますよ。電話は[電話番号]
           A はい、[電話番号]の
  $ ofuku audit -q --redact cut.jsonl | cut -d, -f25
  evidence
  訴えますよ。電話は[電話番号]
  $ ofuku audit -q --redact --report log cut.jsonl | grep press | cut -d, -f16
  訴えますよ。電話は[電話番号]

Notices of a chat program name nobody, with pseudonyms either:

  $ cat >talk.txt <<'.'
  > [LINE] けんたとのトーク履歴
  > 保存日時：2026/10/02 09:00
  > 
  > 2026/10/01(木)
  > 10:00	けんた	訴えますよ
  > 10:02	けんたがゆう☆を招待しました。
  > 10:03	ゆう☆が退出しました。
  > 10:04	メッセージの送信を取り消しました
  > .
  $ ofuku convert -q --redact talk.txt | jq -r '[.speaker, .text] | join(" ")'
  けんた 訴えますよ
   [氏名]が[氏名]を招待しました。
   [氏名]が退出しました。
   メッセージの送信を取り消しました
  $ ofuku convert -q --pseudonymize key talk.txt | jq -r .text
  訴えますよ
  [氏名]が[氏名]を招待しました。
  [氏名]が退出しました。
  メッセージの送信を取り消しました
  $ ofuku grep -h --pseudonymize key けんた talk.txt | cut -d: -f5-
  :[氏名]が[氏名]を招待しました。

Pseudonyms: the same for the same key, in every report, and on every night:

  $ ofuku audit -q --pseudonymize key call-0815.jsonl | cut -d, -f4-8
  source,conversation,exchange,agent,customer
  ddzel6bijnykg6is.jsonl,ddzel6bijnykg6is,1,vqdl3jm4d7emfwlv,mzezfvha2v5257fy
  $ ofuku audit -q --pseudonymize key --report agents call-0815.jsonl | cut -d, -f4-6
  agent,conversations,exchanges
  vqdl3jm4d7emfwlv,1,1
  $ ofuku audit -q --pseudonymize key --report log call-0815.jsonl | cut -d, -f4,6,10 | head -3
  source,conversation,speaker
  ddzel6bijnykg6is.jsonl,ddzel6bijnykg6is,mzezfvha2v5257fy
  ddzel6bijnykg6is.jsonl,ddzel6bijnykg6is,vqdl3jm4d7emfwlv
  $ ofuku grep --pseudonymize key 弁護士 call-0815.jsonl
  ddzel6bijnykg6is.jsonl:4:ddzel6bijnykg6is:0:00:16.000:mzezfvha2v5257fy:弁護士を立てますよ。返事はtaro@example.comへ。
  $ ofuku convert -q --pseudonymize key call-0815.jsonl | head -2
  {"conversation":"ddzel6bijnykg6is","speaker":"vqdl3jm4d7emfwlv","role":"agent","start":0,"end":4,"text":"お電話ありがとうございます、オペレーターの佐藤と申します。"}
  {"conversation":"ddzel6bijnykg6is","speaker":"mzezfvha2v5257fy","role":"customer","start":5,"end":9,"text":"山田太郎と申します。０９０－１２３４－５６７８です。訴えますよ。"}
  $ ofuku convert -q --pseudonymize key call-0815.jsonl | ofuku audit -q - | cut -d, -f5-24 >again
  $ ofuku audit -q --pseudonymize key call-0815.jsonl | cut -d, -f5-24 | cmp - again

Anybody with the key can compute them:

  $ python3 - <<'.'
  > import base64, hashlib
  > key = open("key", "rb").read()
  > for text in "conversation:call-0815", "speaker:オペレーター 佐藤":
  >     h = hashlib.blake2b(text.encode(), key=key, digest_size=16).digest()
  >     print(base64.b32encode(h[:10]).decode().lower())
  > .
  ddzel6bijnykg6is
  vqdl3jm4d7emfwlv

Filters take names and ids as they are, and pseudonyms too:

  $ ofuku show --list --pseudonymize key --conversation call-0815 call-0815.jsonl
  ddzel6bijnykg6is, exchange 1: pass (kasuhara), agent vqdl3jm4d7emfwlv
    ddzel6bijnykg6is.jsonl:2, 0:00:05.000: mzezfvha2v5257fy「山田太郎と申します。
    ０９０－１２３４－５６７８です。訴えますよ。」
  $ ofuku show --list --pseudonymize key --of-agent 佐藤 call-0815.jsonl | head -1
  ddzel6bijnykg6is, exchange 1: pass (kasuhara), agent vqdl3jm4d7emfwlv
  $ ofuku show --list --pseudonymize key --agent 佐藤 call-0815.jsonl | head -1
  ddzel6bijnykg6is, exchange 1: pass (kasuhara), agent vqdl3jm4d7emfwlv
  $ ofuku show --list --pseudonymize key --of-agent 鈴木 call-0815.jsonl
  [1]
  $ ofuku grep -c --pseudonymize key --speaker 佐藤 . call-0815.jsonl
  3

Keys that are none:

  $ printf short >short.key
  $ for k in short.key same.key missing.key . /dev/null; do
  > ofuku audit --pseudonymize $k call-0815.jsonl; echo $?; done
  ofuku audit: --pseudonymize short.key: 5 bytes are no key, it takes 16: make one with `head -c 32 /dev/urandom`
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  2
  ofuku audit: --pseudonymize same.key: one byte again and again is no key: make one with `head -c 32 /dev/urandom`
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  2
  ofuku audit: --pseudonymize missing.key: No such file or directory: name a file that holds the key
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  2
  ofuku audit: --pseudonymize .: Is a directory: name a file that holds the key
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  2
  ofuku audit: --pseudonymize /dev/null: 0 bytes are no key, it takes 16: make one with `head -c 32 /dev/urandom`
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  2
  $ chmod 644 key; ofuku audit --pseudonymize key call-0815.jsonl >/dev/null
  key: note: others may read the key: `chmod 600` it
  ofuku: 1 conversation, 5 utterances: 1 exchange, 1 pass, 0 fail, 0 unknown

Messages do not say what an input holds, as a cell may hold anything:

  $ printf 'abcdefghijklmnopqrstuvwxyz012345' >key2 && chmod 600 key2
  $ printf '会話ID,話者,日時,発話\nT1,田中,2026-10-01 10:00:00,はい\nT1,余分,Tanaka 090-1234-5678,2026-10-01 10:00:00,はい\n' >shifted.csv
  $ printf '{"conversation":"x","at":"Tanaka","text":"b"}\n{"start":-9012345678,"text":"b"}\n' >when.jsonl
  $ printf 'Tanaka,090-1234-5678\nx,y\n' >headless.csv
  $ for o in --redact --pseudonymize=key2; do
  > for f in shifted.csv when.jsonl headless.csv; do
  > ofuku audit -q $o --rejects=rejects.csv $f 2>&1 | grep -ciE 'tanaka|090|9012|余分'
  > cut -d, -f4 rejects.csv | grep -ciE 'tanaka|090-1234|9012'; done; done | sort | uniq -c | sed 's/^ *//'
  12 0
  $ ofuku audit -q --redact shifted.csv 2>&1 >/dev/null
  shifted.csv:3: at is "…": wanted a number of seconds, H:MM:SS, or a date and time
  [2]
  $ printf '%s\n' '{"conversation":"TANAKA-1","text":"a"}' '{"conversation":"b","text":"a"}' '{"conversation":"TANAKA-1","text":"a"}' >apart.jsonl
  $ ofuku audit -q --pseudonymize=key2 --order=grouped apart.jsonl 2>&1 >/dev/null | grep -c TANAKA
  0
  [1]
