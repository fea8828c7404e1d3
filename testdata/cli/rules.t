ofuku rules: check, test, list, show, explain, init.

  $ ofuku rules check
  $ ofuku rules test 2>&1 | sed 's/[0-9][0-9]* examples/N examples/'
  ofuku: N examples, 0 fail
  $ ofuku rules list | cut -f 1 | sort -u
  check
  pattern
  phrase
  policy
  $ ofuku rules list | grep ^policy
  policy	kasuhara	「訴える」「ネットに書く」と言われたときの応対
  $ ofuku rules list | grep '^check.*too-'
  check	too-many-repetitions	error	repetitions max 3
  check	too-many-round-trips	error	round_trips max 3
  check	too-long	error	duration max 1200s
  $ ofuku rules show entrust | head -n 4
  phrase	entrust
  by	agent
  say	お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします
  folded	おきゃくさまのおきもちにごむりをいうわけにもまいりませんのでおまかせいたします	39 code points, up to 7 edits count
  $ ofuku rules show too-long | head -n 2
  check	too-long	error	duration max 1200s
  message	The dispute lasted {measured} from the threat to the last answer; the limit is {limit}.
  $ ofuku rules show lawyr
  ofuku rules show: no pattern, phrase or check "lawyr", did you mean lawyer?: `ofuku rules list` names them
  [2]
  $ ofuku rules show
  ofuku rules show: which id? "ofuku rules list" lists them
  Try: ofuku rules show --help
  [2]

Every mistake, with its place:

  $ cat >wrong.yaml <<EOT
  > ofuku: 1
  > policy: x
  > phrases:
  >   p: {by: agent, say: お任せいたします, tolerance: 2}
  > patterns:
  >   q: {by: custmer, any: ['(']}
  > exchange: {opens_on: [r], answered_by: p}
  > EOT
  $ ofuku rules check wrong.yaml
  wrong.yaml:4:44: "2" has no %: write 2%
  wrong.yaml:6:11: unknown role (agent, customer) "custmer"; did you mean "customer"?
  wrong.yaml:6:26: missing closing parenthesis (at character 2 of the pattern)
  wrong.yaml:7:23: unknown pattern "r"
  ofuku rules check: 4 mistakes in the rules
  [3]
  $ ofuku rules check nowhere.yaml
  nowhere.yaml: cannot be read: No such file or directory
  ofuku rules check: 1 mistake in the rules
  [3]

A policy of one's own, from the one in the program:

  $ ofuku rules init -o ours.yaml
  ofuku: wrote ours.yaml: edit it, then audit with --rules=ours.yaml
  $ ofuku rules init -o ours.yaml
  ofuku rules init: ours.yaml: is there already: --force overwrites it, -o FILE writes elsewhere
  [2]
  $ ofuku rules init -qf -o ours.yaml
  $ ofuku rules init -o - | cmp - ours.yaml
  $ cmp ours.yaml "$OFUKU_ROOT/rules/kasuhara.yaml"
  $ ofuku rules init -q && ofuku rules init -q ja.yaml && ls
  ja.yaml
  kasuhara.yaml
  ours.yaml
  wrong.yaml
  $ ofuku rules init no.yaml
  ofuku rules init: no such file in the program: no.yaml (there are kasuhara.yaml, kiriden.yaml and ja.yaml)
  Try: ofuku rules init --help
  [2]
  $ ofuku rules init -o /dev/full -f
  ofuku rules init: /dev/full: cannot write: No space left on device
  [2]
  $ ofuku rules check ours.yaml
  $ ofuku rules test -q ours.yaml

An example that does not do what it should:

  $ cat >small.yaml <<EOT
  > ofuku: 1
  > policy: small
  > phrases:
  >   thanks:
  >     by: agent
  >     say: ありがとうございます
  > patterns:
  >   sue:
  >     by: customer
  >     any: ['訴え(ます|るぞ)']
  >     examples: {hit: [訴えますよ, 訴状を出します], miss: [痛みを訴える]}
  > exchange: {opens_on: [sue], answered_by: thanks}
  > checks:
  >   too-late: {measure: duration, max: 90s, severity: error, message: '{measured} > {limit}'}
  > EOT
  $ ofuku rules test small.yaml
  small.yaml:11:29: sue: is to be hit and is not: 訴状を出します
      plain	訴状を出します
      words	訴状|を|出し|ます
      none	of 1 alternative matches
      stopped	訴	by alternative 1, before: え(ます|るぞ)
  ofuku: 3 examples, 1 fail
  [1]
  $ OFUKU_RULES=small.yaml ofuku rules list
  policy	small	
  phrase	thanks	agent	ありがとうございます
  pattern	sue	customer	1 alternatives
  check	too-late	error	duration max 90s
  $ ofuku rules list --rules=small.yaml | wc -l
  4

Why a text is hit, or not; the exit status is grep's:

  $ ofuku rules explain --rules=small.yaml sue 訴えますよ
  raw	訴えますよ
  plain	訴えますよ
  words	訴え|ますよ
  hit	訴えます	by alternative 1: 訴え(ます|るぞ)
  $ ofuku rules explain --rules=small.yaml sue 訴状を出します
  raw	訴状を出します
  plain	訴状を出します
  words	訴状|を|出し|ます
  none	of 1 alternative matches
  stopped	訴	by alternative 1, before: え(ます|るぞ)
  [1]
  $ cat >conditions.yaml <<EOT
  > ofuku: 1
  > policy: conditions
  > patterns:
  >   net: {by: customer, any: [ネット, 口コミ], words: true, unless: [見(た|ました)], near: {pattern: 書, within: 2}}
  >   more: {by: customer, any: [もっと], after: net}
  > exchange: {opens_on: [net], continues_on: [more]}
  > checks:
  >   late: {measure: duration, max: 90s, severity: error, message: '{measured} > {limit}'}
  > EOT
  $ ofuku rules explain --rules=conditions.yaml net ネットに書く ネットで見ました ネットはよくない。書くよ インターネットに書く
  raw	ネットに書く
  plain	ネットに書く
  words	ネット|に|書く
  hit	ネット	by alternative 1: ネット
  raw	ネットで見ました
  plain	ネットで見ました
  words	ネット|で|見|ま|した
  dropped	ネット	by alternative 1: ネット
  	unless 1 matches in the sentence: 見(た|ました)
  raw	ネットはよくない。書くよ
  plain	ネットはよくない。書くよ
  words	ネット|は|よく|ない|。|書く|よ
  dropped	ネット	by alternative 1: ネット
  	near 1 does not match within 2 words in the sentence: 書
  raw	インターネットに書く
  plain	インターネットに書く
  words	インターネット|に|書く
  no word	ネット	by alternative 1: ネット
  none	of 2 alternatives matches
  [1]
  $ ofuku rules explain --rules=conditions.yaml more 'ネットに書く。もっと書く' 'もっとネットに書く'
  raw	ネットに書く。もっと書く
  plain	ネットに書く。もっと書く
  words	ネット|に|書く|。|もっと|書く
  hit	もっと	by alternative 1: もっと
  raw	もっとネットに書く
  plain	もっとネットに書く
  words	もっと|ネット|に|書く
  dropped	もっと	by alternative 1: もっと
  	no hit of net stands before it
  [1]
  $ ofuku rules explain entrust 'お客様のお気持ちに無理を言うわけにもまいりませんのでお任せします'
  raw	お客様のお気持ちに無理を言うわけにもまいりませんのでお任せします
  folded	おきゃくさまのおきもちにむりをいうわけにもまいりませんのでおまかせします
  counts	お客様のお気持ちに無理を言うわけにもまいりませんのでお任せします	similarity 0.923, 3 edits of 39
  edits	おきゃくさまのおきもちに[-ご-]むりをいうわけにもまいりませんのでおまかせ[-いた-]します
  $ ofuku rules explain entrust 'お客様のお気持ちにご無理を言うわけにもまいりませんので、お任せできません'
  raw	お客様のお気持ちにご無理を言うわけにもまいりませんので、お任せできません
  folded	おきゃくさまのおきもちにごむりをいうわけにもまいりませんのでおまかせできません
  seen	お客様のお気持ちにご無理を言うわけにもまいりませんので、お任せできま	similarity 0.897, 4 edits of 39
  edits	おきゃくさまのおきもちにごむりをいうわけにもまいりませんのでおまかせ[-いたし-]{+でき+}ま[-す-]
  	keep has no match that begins in it: まかせ(もうしあげ|いたしており|と?させていただき|.{0,2}した(?:く|いと)(?:ぞんじ|おもい)|.{0,2}し)ます(?!か($|どう|[^しえなさらけたつうめんーど])|こと|わけ|よう|とは(もう|申|い[えい]ま)|という)
  [1]
  $ ofuku rules explain entrust 'お客様のお気持にご無理を言うわけにもまいりませんので' | tail -n 3
  seen	お客様のお気持にご無理を言うわけにもまいりませんので	similarity 0.769, 9 edits of 39
  edits	おきゃくさまのおきもちにごむりをいうわけにもまいりませんので[-おまかせいたします-]
  	up to 7 edits count: a near miss
An id may be written as grep has it; what is near is proposed, checks too:

  $ ofuku rules show @sue | head -n 1
  pattern	sue
  $ ofuku rules explain @sue 訴えますよ | tail -n 1 | cut -f1-2
  hit	訴えます
  $ ofuku rules show too-lon phrase-missin
  ofuku rules show: no pattern, phrase or check "too-lon", did you mean too-long?: `ofuku rules list` names them
  ofuku rules show: no pattern, phrase or check "phrase-missin", did you mean phrase-missing?: `ofuku rules list` names them
  [2]
  $ ofuku explain sue 訴えますよ
  ofuku: unknown command "explain": did you mean rules explain?
  Try: ofuku --help
  [2]

A text with escape codes is shown, not obeyed:

  $ ofuku rules explain lawyer "$(printf '弁護士\033[31m')" | head -n 1
  raw	弁護士\u001b[31m
  $ sed 's/miss: .*/miss: ["訴えます\\e[31m"]}/' small.yaml >escape.yaml
  $ ofuku rules test -q escape.yaml | tail -n 4 | head -n 2
  escape.yaml:11:46: sue: is to be missed and is hit: 訴えます\u001b[31m
      plain	訴えます\u001b[31m

What an editor has not saved is checked from standard input:

  $ printf 'ofuku: 2\npolicy: p\n' | ofuku rules check -
  -:1:8: this ofuku reads rule files of version 1: write ofuku: 1
  ofuku rules check: 1 mistake in the rules
  [3]
  $ ofuku rules check - <small.yaml
  -:4:3: warning: phrase "thanks" has no examples: `ofuku rules test` cannot try it

A byte order mark, as editors of Windows write it, is nothing, and places are
those that the editor counts:

  $ printf '\357\273\277ofuku: 1\r\npolicy: p\r\n' >mark.yaml
  $ ofuku rules list mark.yaml
  policy	p	
  $ printf '\357\273\277ofuku: 2\npolicy: p\n' >mark.yaml
  $ ofuku rules check mark.yaml 2>&1 | head -n 1
  mark.yaml:1:8: this ofuku reads rule files of version 1: write ofuku: 1

  $ ofuku rules explain lawyr x
  ofuku rules explain: no pattern or phrase "lawyr", did you mean lawyer?: `ofuku rules list` names them
  [2]
  $ ofuku rules explain lawyer
  ofuku rules explain: which id, and which text?
  Try: ofuku rules explain --help
  [2]

What is no mistake, and yet hardly meant:

  $ cat >doubtful.yaml <<EOT
  > ofuku: 1
  > policy: doubtful
  > patterns:
  >   sue:
  >     by: customer
  >     any: ['\b訴える', '(訴え?)+ます', '(え+)+', '[0-9]{3}']
  >     unless: ['(.*、)*と言']
  >     near: {pattern: '\bネット', within: 3}
  >     examples: {hit: [出ます], miss: [痛みを訴える]}
  > exchange: {opens_on: [sue]}
  > checks:
  >   late: {measure: first_reply, max: 90s, severity: error, message: '{measured} > {limit}'}
  > EOT
  $ ofuku rules check doubtful.yaml
  doubtful.yaml:4:3: warning: pattern "sue" matches none of its examples: `ofuku rules test` says more
  doubtful.yaml:6:11: warning: \b in Japanese: kana and kanji are all word characters, none is between them; words: true asks for whole words
  doubtful.yaml:6:32: warning: nested quantifiers: a text that nearly matches can take for ever; make one of them possessive (a++) or bounded (a{1,20})
  doubtful.yaml:6:41: warning: no text is sure to stand in a match: the pattern is tried on every utterance, which is slow
  doubtful.yaml:7:14: warning: nested quantifiers: a text that nearly matches can take for ever; make one of them possessive (a++) or bounded (a{1,20})
  doubtful.yaml:8:11: warning: \b in Japanese: kana and kanji are all word characters, none is between them; words: true asks for whole words
  doubtful.yaml:10:11: warning: the exchange names no phrase in answered_by: nothing repeats

Two policies are in the program:

  $ mkdir init && cd init
  $ ofuku rules init --policy=kiriden
  ofuku: wrote kiriden.yaml: edit it, then audit with --rules=kiriden.yaml
  $ ofuku rules check kiriden.yaml && ofuku rules list -q kiriden.yaml | grep -c ^check
  4
  $ ofuku rules list --rules=builtin:kiriden | cmp - - && ofuku rules list --rules=builtin:kiriden | grep ^check
  check	not-refused	warning	until(refuses) max 900s
  check	not-announced	error	until(announces) max 1800s
  check	too-long	error	duration max 3600s
  check	ended-unannounced	error	hits(ends-call) max 0 before announces
  $ ofuku rules init --policy=kiriden ja.yaml
  ofuku rules init: --policy names the file already: leave out ja.yaml
  Try: ofuku rules init --help
  [2]
  $ ofuku rules check builtin:kiridem
  builtin:kiridem: is not in the program: `ofuku rules init --help` names what is
  ofuku rules check: 1 mistake in the rules
  [3]
  $ cat >before.yaml <<END
  > ofuku: 1
  > policy: p
  > patterns:
  >   a: {by: agent, any: [あ]}
  > checks:
  >   x: {measure: until(b), max: 1m}
  >   y: {measure: until, max: 1m}
  >   z: {measure: duration, max: 1m, before: a}
  >   w: {measure: until(a), max: 3}
  >   v: {measure: until(a), max: 3m, scope: conversation}
  > END
  $ ofuku rules check before.yaml 2>&1 | grep -v warning
  before.yaml:6:22: unknown pattern "b"
  before.yaml:7:16: until of which pattern? write until(ID)
  before.yaml:8:43: before: only hits(ID) can be narrowed
  before.yaml:9:31: "3" has no unit: write 3s, 3m or 3h
  before.yaml:10:42: scope conversation: until is measured in exchanges only; duration and hits(ID) in both
  ofuku rules check: 5 mistakes in the rules
