Reports in Japanese.

  $ cat >call.csv <<EOT
  > 通話ID,話者,開始日時,発話
  > A-1,お客様,2026-10-01 10:00:00,弁護士を立てますよ。
  > A-1,担当 佐藤,2026-10-01 10:00:12,それは困ります。やめてください。
  > A-1,お客様,2026-10-01 10:00:40,もういいです。
  > A-2,お客様,2026-10-01 10:00:00,弁護士を立てますよ。
  > A-2,担当 佐藤,2026-10-01 10:00:12,お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします。
  > EOT
  $ ofuku audit -q --lang=ja -o ja.csv call.csv; echo $?
  1
  $ cut -d, -f5,9-18,23,24 ja.csv
  会話ID,開始日時,終了日時,終わり方,所要時間(秒),きっかけ,きっかけの発言数,往復数,決まり文句の回数,決まり文句の出現数,言い間違い,判定,守られなかった点
  A-1,2026-10-01T10:00:00,2026-10-01T10:00:12,会話の終わり,12,lawyer,1,1,0,0,0,違反,phrase-missing;unanswered;dissuaded
  A-2,2026-10-01T10:00:00,2026-10-01T10:00:12,会話の終わり,12,lawyer,1,1,1,1,0,合格,
  $ ofuku audit -q --lang=ja --report=findings call.csv | cut -d, -f5,8-12,16
  行,点検項目,重要度,結果,役割,話者,説明
  2,phrase-missing,重大,違反,お客様,お客様,決まり文句(お任せいたします)は0回でした。1回以上言う必要があります。
  3,unanswered,重大,違反,担当者,担当 佐藤,最初の訴えのうち1件に、決まり文句(お任せいたします)で応えていません。上限は0件です。
  3,dissuaded,重大,違反,担当者,担当 佐藤,お客様を止める発言が1回ありました。上限は0回です。
  $ ofuku audit -q --lang=ja --report=log call.csv | cut -d, -f5,9-14
  行,役割,話者,出来事,何回目,往復,当たった表現
  2,お客様,お客様,きっかけ,1,1,lawyer
  3,担当者,担当 佐藤,応答,1,1,
  3,担当者,担当 佐藤,終わり,1,,end
  5,お客様,お客様,きっかけ,1,1,lawyer
  6,担当者,担当 佐藤,決まり文句,1,1,entrust
  6,担当者,担当 佐藤,終わり,1,,end

JSON Lines keep their names, for programs; only messages are for people:

  $ ofuku audit -q --lang=ja --output-format=jsonl --report=findings call.csv |
  > head -n 1 | jq -c '[.check, .outcome, .message]'
  ["phrase-missing","fail","決まり文句(お任せいたします)は0回でした。1回以上言う必要があります。"]

Summaries read either language, and write either:

  $ ofuku audit -q -o en.csv call.csv
  [1]
  $ ofuku summarize --by=verdict en.csv >a; ofuku summarize --by=verdict ja.csv | cmp - a
  $ ofuku summarize --by=verdict --lang=ja en.csv | cut -d, -f3-9
  判定,やりとり数,話者不明,合格,違反,判定不能,違反率
  違反,1,0,0,1,0,1.000
  合格,1,0,1,0,0,0.000
  $ ofuku summarize --by=verdict --lang=ja --output-format=table ja.csv
  判定 やりとり数 合格 違反 違反率 違反率の下限(95%) 違反率の上限(95%) 往復数の中央値 往復数の90%点 往復数の最大 所要時間の中央値 所要時間の90%点 所要時間の最大
  違反          1    0    1  1.000             0.207             1.000              1             1            1             0:12            0:12           0:12
  合格          1    1    0  0.000             0.000             0.793              1             1            1             0:12            0:12           0:12
  $ ofuku summarize --compare --lang=ja en.csv ja.csv
  方針,ファイル,会話ID,やりとり番号,開始日時,変化,前の判定,後の判定,増えた点,消えた点,該当する発言
  ofuku summarize: 2 in both: 2 alike, 0 with other findings; 0 removed, 0 added

In doubt:

  $ printf '%s\n' '{"text":"訴えます"}' | ofuku audit -q --lang=ja --report=findings - | cut -d, -f 8-10,16
  点検項目,重要度,結果,説明
  roles-unknown,重大,判定不能,役割の分からない話者の訴えです。--agent と --customer で役割を指定して、もう一度点検してください。
  $ printf '%s\n' '{"role":"customer","text":"訴えます"}' '{"role":"agent","text":"お任せします"}' |
  > ofuku audit -q --lang=ja --report=findings - | cut -d, -f 8-10,16
  点検項目,重要度,結果,説明
  phrase-missing,重大,違反,決まり文句(お任せいたします)は0回でした。1回以上言う必要があります。
  unanswered,重大,違反,最初の訴えのうち1件に、決まり文句(お任せいたします)で応えていません。上限は0件です。
  too-long,重大,判定不能,所要時間が上限 20:00 を守っているか判定できません: 時刻がありません

Rules say it in their own words, in one language or both:

  $ cat >rules.yaml <<EOT
  > ofuku: 1
  > policy: p
  > uses: [ja]
  > patterns:
  >   x: {by: customer, any: [訴え]}
  > exchange: {opens_on: [x]}
  > checks:
  >   one: {measure: presses, max: 0, message: {ja: '{measured}回'}}
  >   two: {measure: presses, max: 0, message: {en: '{measured} times', ja: '{measured}度'}}
  >   three: {measure: presses, max: 0}
  >   four: {measure: presses, max: 0, message: '{measured} in both'}
  > EOT
  $ echo '{"role":"customer","text":"訴えます"}' >one.jsonl
  $ for l in en ja; do ofuku audit -q --lang=$l --rules=rules.yaml --report=findings one.jsonl |
  > sed -n 2,5p | cut -d, -f8,16- | sed "s/,訴えます\$//"; done
  one,1回
  two,1 times
  three,"presses is 1, the limit is 0"
  four,1 in both
  one,1回
  two,1度
  three,きっかけの発言数は1、基準は0です。
  four,1 in both
  $ ofuku audit --lang=de call.csv
  ofuku audit: --lang: unknown name "de": write en or ja
  Try: ofuku audit --help
  [2]

Shown, with what it is for in Japanese:

  $ COLUMNS=120 ofuku show --lang=ja --no-pager --conversation=A-1 call.csv | sed 1d
  A-1, やりとり1: 違反 (kasuhara)
  call.csv:2, 2026-10-01T10:00:00〜2026-10-01T10:00:12 (12秒)、会話の終わり
  担当者 担当 佐藤, お客様 お客様, きっかけ lawyer
  きっかけの発言数 1、往復数 1、決まり文句の回数 0、言い間違い 0、文句のない応答 1
  ! phrase-missing 違反 (重大): 決まり文句(お任せいたします)は0回でした。1回以上言う必要があります。
  ! unanswered 違反 (重大): 最初の訴えのうち1件に、決まり文句(お任せいたします)で応えていません。上限は0件です。
  ! dissuaded 違反 (重大): お客様を止める発言が1回ありました。上限は0回です。
  
  10:00:00 C お客様     弁護士を立てますよ。
                        ^ 1往復目、きっかけ1回目、始まり: lawyer 「弁護士を立てます」
                        ! phrase-missing
  10:00:12 A 担当 佐藤  それは困ります。やめてください。
                        ^ 1往復目、文句のない応答
                        ^ 終わらないまま会話の終わり
                        ! unanswered
                        ! dissuaded
  
