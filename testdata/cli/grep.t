ofuku grep: utterances that match.

  $ cat >net.jsonl <<'END'
  > {"conversation":"c1","speaker":"佐藤","role":"agent","start":0,"text":"お電話ありがとうございます"}
  > {"conversation":"c1","speaker":"田中","role":"customer","start":5,"text":"ネットに書く"}
  > {"conversation":"c2","speaker":"鈴木","role":"customer","at":"2026-10-01T10:00:00+09:00","text":"インターネットに書く"}
  > {"conversation":"c1","speaker":"佐藤","role":"agent","start":9,"text":"ﾈｯﾄでございますか"}
  > {"conversation":"c1","speaker":"田中","role":"customer","start":12,"text":"京都の\nカ\u3099スの件、\u001b[31mSNS"}
  > END

Every spelling is one; what is printed is the text as it was read:

  $ ofuku grep ネット net.jsonl
  net.jsonl:2:c1:0:00:05.000:田中:ネットに書く
  net.jsonl:3:c2:2026-10-01T10:00:00+09:00:鈴木:インターネットに書く
  net.jsonl:4:c1:0:00:09.000:佐藤:ﾈｯﾄでございますか
  $ ofuku grep -hN ﾈｯﾄ net.jsonl
  c1:0:00:05.000:田中:ネットに書く
  c2:2026-10-01T10:00:00+09:00:鈴木:インターネットに書く
  c1:0:00:09.000:佐藤:ﾈｯﾄでございますか
  $ ofuku grep -hNo 'ガス|ｓｎｓ' net.jsonl | od -An -c | tail -n 1
   224 260 344 270 255   :   S   N   S  \n
  $ ofuku grep -c sns net.jsonl
  1
  $ ofuku grep -ic SNS net.jsonl
  1

Control characters do not reach a terminal; an utterance is a line:

  $ ofuku grep --bare 京都 net.jsonl
  京都の ガスの件、�[31mSNS
  $ ofuku grep --json 京都 net.jsonl | jq -c .text
  "京都の\nガスの件、\u001b[31mSNS"
  $ ofuku grep --json 京都 net.jsonl | jq -c '.match'
  {"start":0,"end":6,"text":"京都","pattern":"京都"}

Words:

  $ ofuku grep -w ネット net.jsonl
  net.jsonl:2:c1:0:00:05.000:田中:ネットに書く
  net.jsonl:4:c1:0:00:09.000:佐藤:ﾈｯﾄでございますか
  $ ofuku grep -w 都 net.jsonl
  [1]
  $ ofuku grep -c 都 net.jsonl
  1

Texts, approximate texts, patterns from files:

  $ ofuku grep -F 'a.c' net.jsonl
  [1]
  $ ofuku grep --fuzzy -c お電話ありがとうございました net.jsonl
  1
  $ ofuku grep --fuzzy=10% -c お電話ありがとうございました net.jsonl
  0
  [1]
  $ printf '\357\273\277京都\r\n電話\n' >patterns
  $ ofuku grep --bare -f patterns net.jsonl
  お電話ありがとうございます
  京都の ガスの件、�[31mSNS
  $ ofuku grep --bare -e 電話 -e 'インター' net.jsonl
  お電話ありがとうございます
  インターネットに書く
  $ ofuku grep -f nowhere net.jsonl
  ofuku grep: nowhere: No such file or directory
  [2]

A pattern that can match nothing selects what it matches nothing in:

  $ ofuku grep -c '' net.jsonl
  5
  $ ofuku grep -n '(?=インター)' net.jsonl
  net.jsonl:3:c2:2026-10-01T10:00:00+09:00:鈴木:インターネットに書く
  $ ofuku grep -o '' net.jsonl

Near:

  $ ofuku grep --near 2 書 ネット net.jsonl
  net.jsonl:2:c1:0:00:05.000:田中:ネットに書く
  net.jsonl:3:c2:2026-10-01T10:00:00+09:00:鈴木:インターネットに書く
  $ ofuku grep --near=2 書 -hN ネット net.jsonl
  c1:0:00:05.000:田中:ネットに書く
  c2:2026-10-01T10:00:00+09:00:鈴木:インターネットに書く
  $ ofuku grep --near 2:書 -hN ネット net.jsonl
  c1:0:00:05.000:田中:ネットに書く
  c2:2026-10-01T10:00:00+09:00:鈴木:インターネットに書く
  $ ofuku grep --near=1 書 --near 1 イン -hN ネット net.jsonl
  [1]
  $ ofuku grep --near 0 書 ネット net.jsonl
  [1]
  $ ofuku grep ネット net.jsonl --near 2
  ofuku grep: --near wants a value: N PATTERN
  Try: ofuku grep --help
  [2]
  $ ofuku grep --near 書 ネット net.jsonl
  ofuku grep: --near 書: write N PATTERN, as in 5 弁護士, N up to 1000
  [2]

What moves the cursor or turns the direction of writing is printed as U+FFFD:

  $ printf '{"text":"a\\u202eネット\\u200e\\u001b"}\n' >turn.jsonl
  $ ofuku grep --bare ネット turn.jsonl
  a�ネット��

Whole utterances:

  $ printf '{"text":"%s"}\n' はい はい。 はいはい a．b axb 弁護士を立てます >x.jsonl
  $ ofuku grep -x --bare はい x.jsonl
  はい
  $ ofuku grep -x --bare 'はい|はいはい' x.jsonl
  はい
  はいはい
  $ ofuku grep -xF --bare a.b x.jsonl
  a．b
  $ ofuku grep -x '' x.jsonl
  [1]
  $ ofuku grep -x --bare --fuzzy はい x.jsonl
  はい
  はい。
  $ ofuku grep -x --bare @lawyer x.jsonl
  弁護士を立てます
  $ ofuku grep -cx 'ます' x.jsonl
  0
  [1]
  $ ofuku grep -x --json はい x.jsonl | jq -c .match.pattern
  "はい"
  $ ofuku grep -x 'a(b' x.jsonl
  ofuku grep: pattern "a(b": missing closing parenthesis, at character 4
  [2]

What the hands add:

  $ ofuku grep -rREP -1 --line-buffered --color --colour -h はいはい x.jsonl
  2-x---はい。
  3:x:::はいはい
  4-x---a．b
  $ ofuku grep --colour=always --bare a x.jsonl | head -n 1 | tr '\033' E
  E[1;31maE[m．b
  $ ofuku grep --include='*.csv' はい .
  ofuku grep: no option --include: name the files, as in *.csv, or with find; --exclude leaves some out
  Try: ofuku grep --help
  [2]

The rule set's patterns and phrases:

  $ cd "$OFUKU_ROOT/testdata"
  $ ofuku grep @lawyer demo
  demo/calls.csv:23:T-1002:2026-10-01T10:31:41:お客様:お任せって何だ。弁護士を立てるぞ。
  demo/recordings.jsonl:4:rec-0815:0:00:25.500:契約者:前にも言いました。返事がないなら弁護士を立てますよ。
  $ ofuku grep -c @entrust demo
  demo/calls.csv:6
  demo/counter-1001.txt:0
  demo/recordings.jsonl:6
  $ ofuku grep @lawyr demo
  ofuku grep: @lawyr: the rule set has no such pattern or phrase: did you mean @lawyer?
  [2]
  $ ofuku grep @xyzzy demo
  ofuku grep: @xyzzy: the rule set has no such pattern or phrase: `ofuku rules list` names them; to look for the text, write \@xyzzy
  [2]
  $ ofuku grep -F @lawyer demo
  [1]
  $ ofuku grep --near 3:立て @entrust demo
  ofuku grep: --near is for patterns, not for phrases: leave out @entrust
  [2]
  $ ofuku grep --near 5 @lawyer 立てる demo
  demo/calls.csv:23:T-1002:2026-10-01T10:31:41:お客様:お任せって何だ。弁護士を立てるぞ。
  $ ofuku grep --near=0:@lawyer どこ demo
  [1]
  $ ofuku grep -F --near 5 @lawyer 立てる demo
  [1]
  $ ofuku grep --near 5 @lawyr 立てる demo
  ofuku grep: @lawyr: the rule set has no such pattern or phrase: did you mean @lawyer?
  [2]
  $ ofuku grep --near 5 @entrust 立てる demo
  ofuku grep: --near wants a pattern, and @entrust is a phrase: name a pattern of the rule set, or write one
  [2]
  $ cd "$OLDPWD"

Who and when:

  $ ofuku grep --role agent ネット net.jsonl
  net.jsonl:4:c1:0:00:09.000:佐藤:ﾈｯﾄでございますか
  $ ofuku grep --speaker '^鈴' ネット net.jsonl
  net.jsonl:3:c2:2026-10-01T10:00:00+09:00:鈴木:インターネットに書く
  $ ofuku grep --speaker '鈴(' ネット net.jsonl
  ofuku grep: --speaker: missing closing parenthesis, at byte 5 of 鈴(
  [2]
  $ printf '窓口 鈴木: 京 都 です\nお客様: はい\n' >talk.txt
  $ ofuku grep --speaker '窓口 鈴木' '京 都' talk.txt
  talk.txt:1:talk::窓口 鈴木:京 都 です
  $ ofuku grep --since 2026-10-02 ネット net.jsonl 2>/dev/null
  net.jsonl:2:c1:0:00:05.000:田中:ネットに書く
  net.jsonl:4:c1:0:00:09.000:佐藤:ﾈｯﾄでございますか
  $ for t in 2026-10-01 2026-10-01T10:00:00+09:00 2026-10-01T01:00:01Z 2026-09-30; do
  > echo "$t $(ofuku grep -s -c --speaker 鈴木 --since $t . net.jsonl) $(ofuku grep -s -c --speaker 鈴木 --until $t . net.jsonl)"; done
  2026-10-01 1 1
  2026-10-01T10:00:00+09:00 1 0
  2026-10-01T01:00:01Z 0 1
  2026-09-30 1 0
  $ ofuku grep -v --role customer ネット net.jsonl
  net.jsonl:5:c1:0:00:12.000:田中:京都の ガスの件、�[31mSNS

Counts, files, quiet; -m:

  $ printf '{"text":"はい"}\n' >yes.jsonl
  $ ofuku grep -c ネット net.jsonl yes.jsonl
  net.jsonl:3
  yes.jsonl:0
  $ ofuku grep -c --role agent ネット net.jsonl yes.jsonl
  net.jsonl:1
  yes.jsonl:0
  $ ofuku grep -l ネット net.jsonl yes.jsonl
  net.jsonl
  $ ofuku grep -L ネット net.jsonl yes.jsonl
  yes.jsonl
  $ ofuku grep -q ネット net.jsonl yes.jsonl
  $ ofuku grep -q ネットワーク net.jsonl yes.jsonl
  [1]
  $ ofuku grep -m 1 ネット net.jsonl yes.jsonl
  net.jsonl:2:c1:0:00:05.000:田中:ネットに書く
  $ ofuku grep -m1 . net.jsonl yes.jsonl
  net.jsonl:1:c1:0:00:00.000:佐藤:お電話ありがとうございます
  yes.jsonl:1:yes:::はい
  $ ofuku grep -h -m1 . net.jsonl yes.jsonl
  1:c1:0:00:00.000:佐藤:お電話ありがとうございます
  1:yes:::はい
  $ ofuku grep はい <yes.jsonl
  -:1:stdin:::はい
  $ ofuku grep --stats -c ネット net.jsonl
  utterances that match 3, matches 3, inputs 1
  records read 5 = searched 5 + skipped 0 + filtered 0 + rejected 0
  3

Context stays in its conversation:

  $ ofuku grep -C1 書く net.jsonl
  net.jsonl-1-c1-0:00:00.000-佐藤-お電話ありがとうございます
  net.jsonl:2:c1:0:00:05.000:田中:ネットに書く
  net.jsonl-4-c1-0:00:09.000-佐藤-ﾈｯﾄでございますか
  --
  net.jsonl:3:c2:2026-10-01T10:00:00+09:00:鈴木:インターネットに書く
  $ ofuku grep -A1 ありがとう net.jsonl
  net.jsonl:1:c1:0:00:00.000:佐藤:お電話ありがとうございます
  net.jsonl-2-c1-0:00:05.000-田中-ネットに書く
  $ ofuku grep -B9 京都 net.jsonl
  net.jsonl-1-c1-0:00:00.000-佐藤-お電話ありがとうございます
  net.jsonl-2-c1-0:00:05.000-田中-ネットに書く
  net.jsonl-4-c1-0:00:09.000-佐藤-ﾈｯﾄでございますか
  net.jsonl:5:c1:0:00:12.000:田中:京都の ガスの件、�[31mSNS

Colours mark the raw text:

  $ ofuku grep --color=always --bare ガ net.jsonl | sed 's/\x1b/ESC/g'
  京都の ESC[1;31mガESC[mスの件、�[31mSNS
  $ ofuku grep --color=always -h ネット net.jsonl | sed 's/\x1b/ESC/g' | head -n 1
  ESC[32m2ESC[mESC[36m:ESC[mc1ESC[36m:ESC[m0:00:05.000ESC[36m:ESC[mESC[1m田中ESC[mESC[36m:ESC[mESC[1;31mネットESC[mに書く
  $ ofuku grep --color always -h ネット net.jsonl | sed 's/\x1b/ESC/g' | head -n 1
  ESC[32m2ESC[mESC[36m:ESC[mc1ESC[36m:ESC[m0:00:05.000ESC[36m:ESC[mESC[1m田中ESC[mESC[36m:ESC[mESC[1;31mネットESC[mに書く
  $ ofuku grep --color=always --no-color --bare ガ net.jsonl | tr '\033' E
  京都の ガスの件、�[31mSNS
  $ ofuku grep ネット net.jsonl | grep -c "$(printf '\033')"
  0
  [1]

A concordance:

  $ ofuku grep -hN --kwic=8 ネット net.jsonl
           ネット に書く    c1:0:00:05.000:田中
  インター ネット に書く    c2:2026-10-01T10:00:00+09:00:鈴木
           ﾈｯﾄ でござい  c1:0:00:09.000:佐藤
  $ ofuku grep --kwic=3 --bare ネット net.jsonl
      ネット に
   ー ネット に
      ﾈｯﾄ で

JSON:

  $ ofuku grep --json 書く net.jsonl
  {"source":"net.jsonl","line":2,"conversation":"c1","role":"customer","speaker":"田中","start":5,"text":"ネットに書く","match":{"start":12,"end":18,"text":"書く","pattern":"書く"}}
  {"source":"net.jsonl","line":3,"conversation":"c2","role":"customer","speaker":"鈴木","at":"2026-10-01T10:00:00+09:00","text":"インターネットに書く","match":{"start":24,"end":30,"text":"書く","pattern":"書く"}}
  $ ofuku grep --json 電話 net.jsonl | ofuku grep --bare -o 電話
  電話

An object for each match; without one, of what does not match:

  $ ofuku grep --json 'ま|か' net.jsonl | jq -c '[.line, .match.start, .match.end, .match.text]'
  [1,33,36,"ま"]
  [4,21,24,"ま"]
  [4,27,30,"か"]
  $ ofuku grep --json -v 書く net.jsonl | jq -c '[.line, .match]'
  [1,null]
  [4,null]
  [5,null]

The bytes are of the raw text: decomposed and half-width spellings are longer:

  $ ofuku grep --json 'ガス|ネット' net.jsonl | jq -c '[.text, .match.start, .match.end]'
  ["ネットに書く",0,9]
  ["ﾈｯﾄでございますか",0,9]
  ["京都の\nガスの件、\u001b[31mSNS",10,19]
  ["インターネットに書く",12,21]
  $ ofuku grep --json --fuzzy お電話ありがとうございました net.jsonl | jq -c .match
  {"start":0,"end":36,"text":"お電話ありがとうございま","pattern":"お電話ありがとうございました","similarity":0.857}

Before and after something is said, conversation by conversation:

  $ ofuku grep -hN --before 書く . net.jsonl
  c1:0:00:00.000:佐藤:お電話ありがとうございます
  $ ofuku grep -hN --after ありがとう . net.jsonl
  c1:0:00:05.000:田中:ネットに書く
  c1:0:00:09.000:佐藤:ﾈｯﾄでございますか
  c1:0:00:12.000:田中:京都の ガスの件、�[31mSNS
  $ ofuku grep -hN --after ありがとう --before 京都 . net.jsonl
  c1:0:00:05.000:田中:ネットに書く
  c1:0:00:09.000:佐藤:ﾈｯﾄでございますか
  $ ofuku grep --before パソコン . net.jsonl
  [1]
  $ ofuku grep -c --after @entrust . "$OFUKU_ROOT/testdata/demo/recordings.jsonl"
  14
  $ ofuku grep --before @entrst . net.jsonl
  ofuku grep: @entrst: the rule set has no such pattern or phrase: did you mean @entrust?
  [2]
  $ ofuku grep --stats -c --before 書く . net.jsonl
  utterances that match 1, matches 13, inputs 1
  records read 5 = searched 1 + skipped 0 + filtered 4 + rejected 0
  1

What comes near a phrase, and how it differs:

  $ cat >say.jsonl <<'END'
  > {"conversation":"c1","role":"agent","speaker":"佐藤","start":1,"text":"えー、お客様のお気持ちにご無理を言うわけにもまいりませんので、お任せいたします。"}
  > {"conversation":"c1","role":"agent","speaker":"佐藤","start":2,"text":"お気持ちに無理は言えませんので、お任せいたします。"}
  > {"conversation":"c1","role":"agent","speaker":"佐藤","start":3,"text":"お客様のお気持ちに無理を申し上げるわけにもまいりませんので、お任せします。"}
  > {"conversation":"c1","role":"agent","speaker":"佐藤","start":4,"text":"お客様のお気持ちにご無理を言うわけにもまいりませんので。"}
  > {"conversation":"c1","role":"agent","speaker":"佐藤","start":5,"text":"少々お待ちください。"}
  > END
  $ ofuku grep -h --drift @entrust say.jsonl
  1:c1:0:00:01.000:佐藤:1.000:お客様のお気持ちにご無理を言うわけにもまいりませんので、お任せいたします
  3:c1:0:00:03.000:佐藤:0.795:おきゃくさまのおきもちに[-ご-]むりを[-い-]{+も+}う{+しあげる+}わけにもまいりませんのでおまかせ[-いた-]します
  4:c1:0:00:04.000:佐藤:0.769:おきゃくさまのおきもちにごむりをいうわけにもまいりませんので[-おまかせいたします-]
  $ ofuku grep --bare --near-misses @entrust say.jsonl
  お客様のお気持ちに無理を申し上げるわけにもまいりませんので、お任せします。
  お客様のお気持ちにご無理を言うわけにもまいりませんので。
  $ ofuku grep --bare --near-misses --drift @entrust say.jsonl
  0.795:おきゃくさまのおきもちに[-ご-]むりを[-い-]{+も+}う{+しあげる+}わけにもまいりませんのでおまかせ[-いた-]します
  0.769:おきゃくさまのおきもちにごむりをいうわけにもまいりませんので[-おまかせいたします-]
  $ ofuku grep -c --near-misses @entrust say.jsonl
  2
  $ ofuku grep --bare --near-misses --fuzzy=5% お任せします say.jsonl
  えー、お客様のお気持ちにご無理を言うわけにもまいりませんので、お任せいたします。
  お気持ちに無理は言えませんので、お任せいたします。
  $ ofuku grep --drift @lawyer say.jsonl
  ofuku grep: --drift is for phrases: name one of the rule set, as in @entrust, or give --fuzzy
  [2]
  $ ofuku grep --near-misses お任せ say.jsonl
  ofuku grep: --near-misses is for phrases: name one of the rule set, as in @entrust, or give --fuzzy
  [2]

What goes wrong:

  $ ofuku grep
  ofuku grep: what to look for?
  Try: ofuku grep --help
  [2]
  $ ofuku grep 'a(b' net.jsonl
  ofuku grep: pattern "a(b": missing closing parenthesis, at character 4
  [2]
  $ ofuku grep '弁[護' net.jsonl
  ofuku grep: pattern "弁[護": missing terminating ] for character class, at character 4
  [2]
  $ ofuku grep --fuzzy '。。' net.jsonl
  ofuku grep: --fuzzy: nothing is left of "。。" when it is folded
  [2]
  $ ofuku grep --fuzzy=60% あ net.jsonl
  ofuku grep: --fuzzy wants N% from 0% to 50%, not "60%"
  Try: ofuku grep --help
  [2]
  $ for o in -m99999999999999999999 --kwic=99999 -Ax --match-limit=0; do
  > ofuku grep $o あ net.jsonl 2>&1 | head -n 1; done
  ofuku grep: --max-count wants NUM from 0 to 18446744073709551615, not "99999999999999999999"
  ofuku grep: --kwic wants N from 0 to 10000, not "99999"
  ofuku grep: --after-context wants NUM from 0 to 18446744073709551615, not "x"
  ofuku grep: --match-limit wants N from 1 to 4294967295, not "0"
  $ for o in -H -n; do ofuku grep --bare $o あ net.jsonl 2>&1 | head -n 1; done
  ofuku grep: --bare prints no place: not with --with-filename or --line-number
  ofuku grep: --bare prints no place: not with --with-filename or --line-number
  $ ofuku grep -F --fuzzy あ net.jsonl
  ofuku grep: --fixed-strings and --fuzzy exclude each other
  Try: ofuku grep --help
  [2]
  $ ofuku grep -o --json あ net.jsonl
  ofuku grep: --only-matching, --kwic, --drift and --json exclude one another
  Try: ofuku grep --help
  [2]
  $ ofuku grep ネット nowhere net.jsonl
  ofuku grep: nowhere: No such file or directory: check the path and its permissions
  net.jsonl:2:c1:0:00:05.000:田中:ネットに書く
  net.jsonl:3:c2:2026-10-01T10:00:00+09:00:鈴木:インターネットに書く
  net.jsonl:4:c1:0:00:09.000:佐藤:ﾈｯﾄでございますか
  [2]
  $ ofuku grep -q ネット nowhere net.jsonl
  ofuku grep: nowhere: No such file or directory: check the path and its permissions
  $ ofuku grep -s ネット nowhere yes.jsonl
  [2]
  $ printf '{"text":"ネット"}\n{"text":\n' | ofuku grep ネット
  -:2: not valid JSON, column 9: the text ends where a value was expected
  -:1:stdin:::ネット
  [2]
  $ awk 'BEGIN { printf "{\"text\":\"";
  > for (i = 0; i < 40; i++) printf "a"; print ", b, c\"}" }' >long.jsonl
  $ ofuku grep '(a+)+(a+)+b\b|(a|aa)+c' long.jsonl
  ofuku grep: long.jsonl:1: pattern of the search: "(a+)+(a+)+b\b" takes more than 5000000 steps on one text: bound its repeats, or say what they may not pass
  [2]
  $ ofuku grep . net.jsonl >/dev/full
  ofuku grep: standard output: cannot write: No space left on device
  [2]

As grep has it, a count and the lists are what they are without -o, and what
does not match has no match to print:

  $ ofuku grep -co ネット net.jsonl
  3
  $ ofuku grep -lo ネット net.jsonl
  net.jsonl
  $ ofuku grep -vo ネット net.jsonl
  $ ofuku grep -c --until=2026-10-01 --since=2026-10-01 ネット net.jsonl 2>/dev/null
  3

The examples of the manual; each of the five questions is one command:

  $ cd "$OFUKU_ROOT/testdata"
  $ sh cli/examples ../man/ofuku-grep.1
  $ sed -n '/^Five questions/,/^How often/p' ../man/ofuku-grep.1 | grep -c '^\$ ofuku'
  5
  $ sed -n '/^Five questions/,/^How often/p' ../man/ofuku-grep.1 | grep '^[$>]' | grep -e '|' -e ';'
  [1]
