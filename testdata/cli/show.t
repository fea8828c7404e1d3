ofuku show: exchanges as people read them.

  $ cd "$OFUKU_ROOT/testdata/stories"; COLUMNS=80; export COLUMNS
  $ ofuku show wording-drift.jsonl
  --------------------------------------------------------------------------------
  wording-drift, exchange 1: pass (kasuhara)
  wording-drift.jsonl:1, 0:00:00.000 to 0:00:36.000 (36 s); closed_by end
  agent 佐藤, customer 田中, said sue
  presses 1, round trips 2, repetitions 1, near misses 1, unanswered 0
  ! wording-drift fail (warning): 1 answer(s) came near the stock phrase but did
    not say it (言い間違い); the limit is 0.
  
   0:00:00 C 田中  訴えます。
                   ^ round trip 1, press 1, opens: sue 「訴えます」
   0:00:10 A 佐藤  お客様のお気持にご無理を言うわけにもまいりませんので、お任せい
                   たします。
                   ^ round trip 1, repetition 1, similarity 1.000
   0:00:20 C 田中  ふざけるな。
                   ^ round trip 2, goes on: abuse 「ふざけるな」
   0:00:30 A 佐藤  お客様のお気持にご無理を言うわけにもまいりませんので。
                   ^ round trip 2, near miss 1, similarity 0.769: おきゃくさまの
                     おきもちにごむりをいうわけにもまいりませんので[-おまかせいた
                     します-]
                   ^ the exchange is open to the end
                   ! wording-drift
  
  $ ofuku show --verdict=unknown unknown-roles.jsonl
  --------------------------------------------------------------------------------
  unknown-roles, in doubt: unknown (kasuhara)
  unknown-roles.jsonl:2, 0:00:05.000
  said lawyer
  ! roles-unknown unknown (error): a threat by a speaker whose role is not
    known: name the roles (--agent, --customer) and audit again
  
   0:00:05 ? 話者2  弁護士を立てますよ。
                    ! roles-unknown?
  
  $ ofuku show calm-after-four.jsonl | tail -n 12
  calm-after-four, exchange 2: pass (kasuhara)
  calm-after-four.jsonl:11, 0:01:40.000 to 0:01:56.000 (16 s); closed_by end
  agent 佐藤, customer 田中, said lawyer
  presses 1, round trips 1, repetitions 1, near misses 0, unanswered 0
  
   0:01:40 C 田中  弁護士を立てますよ。
                   ^ round trip 1, press 1, opens: lawyer 「弁護士を立てます」
   0:01:50 A 佐藤  お客様のお気持にご無理を言うわけにもまいりませんので、お任せい
                   たします。
                   ^ round trip 1, repetition 1, similarity 1.000
                   ^ the exchange is open to the end
  

The whole conversation, with all its exchanges:

  $ ofuku show --all calm-after-four.jsonl | grep -v '^-'
  calm-after-four, exchange 1: pass (kasuhara)
  calm-after-four.jsonl:1, 0:00:00.000 to 0:00:16.000 (16 s); closed_by calm
  agent 佐藤, customer 田中, said sue
  presses 1, round trips 1, repetitions 1, near misses 0, unanswered 0
  calm-after-four, exchange 2: pass (kasuhara)
  calm-after-four.jsonl:11, 0:01:40.000 to 0:01:56.000 (16 s); closed_by end
  agent 佐藤, customer 田中, said lawyer
  presses 1, round trips 1, repetitions 1, near misses 0, unanswered 0
  
   0:00:00 C 田中  訴えます。
                   ^ exchange 1: round trip 1, press 1, opens: sue 「訴えます」
   0:00:10 A 佐藤  お客様のお気持にご無理を言うわけにもまいりませんので、お任せい
                   たします。
                   ^ exchange 1: round trip 1, repetition 1, similarity 1.000
   0:00:20 C 田中  品番を言います。
   0:00:30 A 佐藤  お願いいたします。
   0:00:40 C 田中  エックスの百番です。
   0:00:50 A 佐藤  承りました。
   0:01:00 C 田中  色は白です。
   0:01:10 A 佐藤  白でございますね。
   0:01:20 C 田中  届けるのは午後がいいです。
                   ^ exchange 1: calm: closes the exchange
   0:01:30 A 佐藤  午後に伺います。
   0:01:40 C 田中  弁護士を立てますよ。
                   ^ exchange 2: round trip 1, press 1, opens: lawyer 「弁護士を
                     立てます」
   0:01:50 A 佐藤  お客様のお気持にご無理を言うわけにもまいりませんので、お任せい
                   たします。
                   ^ exchange 2: round trip 1, repetition 1, similarity 1.000
                   ^ exchange 2: the exchange is open to the end
  

A conversation without an exchange, where a check of the conversation failed:

  $ ofuku show --check=apologies apologies-without-exchange.jsonl | head -n 5
  --------------------------------------------------------------------------------
  apologies-without-exchange, no exchange: pass (kasuhara)
  apologies-without-exchange.jsonl:1
  ! apologies fail (info): The agent apologised (申し訳ございません) 6 times;
    more than 5 irritates the customer.

What is chosen; the exit status says whether there was something:

  $ ofuku show --conversation=wording-drift . 2>/dev/null | grep -c exchange
  2
  $ ofuku show -q --conversation=nobody wording-drift.jsonl
  [1]
  $ ofuku show --verdict=fail wording-drift.jsonl
  [1]
  $ ofuku show --of-agent=佐藤 wording-drift.jsonl | sed -n 2p
  wording-drift, exchange 1: pass (kasuhara)
  $ ofuku show --agent=佐 wording-drift.jsonl | sed -n 2p
  wording-drift, exchange 1: pass (kasuhara)
  $ ofuku show --agent=高橋 wording-drift.jsonl
  [1]
  $ ofuku show --agent=話者1 unknown-roles.jsonl | sed -n '2,4p'
  unknown-roles, exchange 1: pass (kasuhara)
  unknown-roles.jsonl:2, 0:00:05.000 to 0:00:18.000 (13 s); closed_by end
  agent 話者1, customer 話者2, said lawyer
  $ ofuku show --of-agent=高橋 wording-drift.jsonl
  [1]
  $ ofuku show --check=dissuadd wording-drift.jsonl
  ofuku show: --check dissuadd: no such check, did you mean dissuaded?: `ofuku rules list` names them
  [2]
  $ ofuku show --verdict=failed wording-drift.jsonl
  ofuku show: --verdict: unknown name "failed": did you mean fail?
  Try: ofuku show --help
  [2]
  $ ofuku show nowhere.jsonl
  ofuku show: nowhere.jsonl: No such file or directory: check the path and its permissions
  [2]

A list says where; then show prints one:

  $ ofuku show --list ../demo
  T-1001, exchange 1: pass (kasuhara), agent オペレーター 佐藤
    ../demo/calls.csv:7, 2026-10-01T10:02:54: お客様「もういいです、消費生活セン
    ターに言いますよ。」
  T-1002, exchange 1: fail (kasuhara), agent オペレーター 鈴木
    too-many-repetitions, too-many-round-trips
    ../demo/calls.csv:21, 2026-10-01T10:31:24: お客様「名前はいいから直せ。直さな
    いなら訴えるぞ。」
  counter-1001, exchange 1: fail (kasuhara), agent 窓口担当 加藤
    phrase-missing, unanswered, too-long?, dissuaded, evasive
    ../demo/counter-1001.txt:4, time unknown: お客様「だったらネットに書き込むぞ。
    写真も撮ってある。」
  rec-0815, exchange 1: fail (kasuhara), agent 伊藤
    too-long
    ../demo/recordings.jsonl:4, 0:00:25.500: 契約者「前にも言いました。返事がない
    なら弁護士を立てますよ。」
  rec-0816, exchange 1: pass (kasuhara), agent 中村
    ../demo/recordings.jsonl:15, 0:00:05.600: 宿泊のお客様「写真と全然違う部屋でし
    た。口コミに全部書いてやる。」
  $ ofuku show --list --verdict=unknown unknown-roles.jsonl customer-leaves.jsonl
  unknown-roles, in doubt: unknown (kasuhara)
    roles-unknown?
    unknown-roles.jsonl:2, 0:00:05.000: 話者2「弁護士を立てますよ。」
  customer-leaves, exchange 1: unknown (kasuhara), agent 佐藤
    phrase-missing?, unanswered?, too-many-repetitions?
    customer-leaves.jsonl:2, 0:00:10.000: 田中「訴えます。」
  $ ofuku show --list --check=apologies apologies-without-exchange.jsonl
  apologies-without-exchange, no exchange: pass (kasuhara), agent 佐藤
    apologies
    apologies-without-exchange.jsonl:12, 0:01:50.000: 佐藤「申し訳ございません。」
  $ ofuku show --list --all wording-drift.jsonl
  ofuku show: --list and --all exclude each other
  Try: ofuku show --help
  [2]
  $ ofuku show --list --color=always --check=too-long ../demo | tr '\033' E | head -n 2
  E[1mcounter-1001, exchange 1: fail (kasuhara), agent 窓口担当 加藤E[m
    E[1;35mphrase-missing, unanswered, too-long?, dissuaded, evasiveE[m

A line is as wide as asked, wide characters counted two, no 。 at its start:

  $ COLUMNS=44 ofuku show wording-drift.jsonl | tail -n +8
  ! wording-drift fail (warning): 1
    answer(s) came near the stock phrase but
    did not say it (言い間違い); the limit is
    0.
  
   0:00:00 C 田中  訴えます。
                   ^ round trip 1, press 1,
                     opens: sue 「訴えます」
   0:00:10 A 佐藤  お客様のお気持にご無理を言
                   うわけにもまいりませんの
                   で、お任せいたします。
                   ^ round trip 1,
                     repetition 1, similarity
                     1.000
   0:00:20 C 田中  ふざけるな。
                   ^ round trip 2, goes on:
                     abuse 「ふざけるな」
   0:00:30 A 佐藤  お客様のお気持にご無理を言
                   うわけにもまいりませんの
                   で。
                   ^ round trip 2, near miss
                     1, similarity 0.769: お
                     きゃくさまのおきもちにご
                     むりをいうわけにもまいり
                     ませんので[-おまかせいた
                     します-]
                   ^ the exchange is open to
                     the end
                   ! wording-drift
  
  $ for w in 40 57 80 120; do COLUMNS=$w ofuku show dissuaded-twice.jsonl |
  > LC_ALL=C.UTF-8 grep '^ *[。、]'; done
  [1]

Colour where it is asked for; NO_COLOR is for auto:

  $ ofuku show --color=always wording-drift.jsonl | sed -n '2p; /opens/p' | tr '\033' E
  E[1mwording-drift, exchange 1: pass (kasuhara)E[m
                   E[1;31m^ round trip 1, press 1, opens: sue 「訴えます」E[m
  $ ofuku show --no-color --color=always wording-drift.jsonl | tr '\033' E | grep -c 'E\['
  0
  [1]
  $ NO_COLOR=1 ofuku show wording-drift.jsonl | tr '\033' E | grep -c 'E\['
  0
  [1]

Nothing in a transcript moves the cursor:

  $ printf '{"role":"customer","speaker":"\\u001b[31m田中","start":0,"text":"\\u001b]0;x\\u0007訴えます\\u202e。\\nもう\\tいい\\r"}\n' >"$CRAMTMP/esc.jsonl"
  $ ofuku show "$CRAMTMP/esc.jsonl" | sed -n "s/^ 0/0/p; /もう/p"
  0:00:00 C �[31m田…  �]0;x�訴えます�。
                       もう いい
  $ ofuku show "$CRAMTMP/esc.jsonl" | tr -d '[:print:]\n' | tr -d '\200-\377' | wc -c
  0

An id fakes no line, and no other name does:

  $ printf '{"conversation":"c1\\nc2, exchange 1: pass\\u001b[31m","role":"customer","speaker":"田中\\nx","text":"訴えます。"}\n' >"$CRAMTMP/fake.jsonl"
  $ cd "$CRAMTMP"; ofuku show --list fake.jsonl | sed 2d
  c1 c2, exchange 1: pass�[31m, exchange 1: unknown (kasuhara)
    fake.jsonl:1, time unknown: 田中 x「訴えます。」
  $ ofuku show fake.jsonl | sed -n 2,4p
  c1 c2, exchange 1: pass�[31m, exchange 1: unknown (kasuhara)
  fake.jsonl:1, time unknown; closed_by end
  customer 田中 x, said sue

The examples of the manual:

  $ cd "$OFUKU_ROOT/testdata" && sh cli/examples ../man/ofuku-show.1
