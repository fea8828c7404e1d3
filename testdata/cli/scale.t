Parts of an archive, judged by runs of their own and joined again.

  $ t=$OFUKU_ROOT/testdata
  $ q() { ofuku audit -q --fail-on=never --output-format=jsonl "$@"; }

The shards' rows are the single run's, in every report of a row a conversation
or less, over files of many formats, over records of one file and over
standard input:

  $ for r in exchanges findings log conversations; do
  > q --report=$r "$t/demo" "$t/formats/webvtt" "$t/formats/srt" 2>/dev/null |
  > sort >single
  > for i in 1 2 3 4 5; do
  > q --report=$r --shard=$i/5 "$t/demo" "$t/formats/webvtt" "$t/formats/srt" \
  > 2>/dev/null; done | sort | cmp - single; test -s single || echo nothing
  > done
  $ for i in 1 2 3; do cat "$t"/demo/recordings.jsonl |
  > q --shard $i/3 -; done | jq -r .conversation | sort
  rec-0815
  rec-0816

A shard is found from the id alone, as the manual says:

  $ sed -n '/^def shard/,/^    return/p' "$OFUKU_ROOT/man/ofuku-scale.7" >f.py
  $ echo 'for c in ("T-1001", "rec-0815", "rec-0816"): print(c, shard(c, 7))' \
  > >>f.py
  $ python3 f.py >want; wc -l <want
  3
  $ while read -r c i; do q --report=conversations --shard=$i/7 "$t/demo" |
  > jq -r .conversation | grep -x "$c"; done <want
  T-1001
  rec-0815
  rec-0816

A conversation over two files is one shard's, whichever file a run meets it in:

  $ echo '{"conversation":"c1","role":"customer","start":0,"text":"訴えますよ"}' >a.jsonl
  $ echo '{"conversation":"c1","role":"agent","start":9,"text":"はあ、それは"}' >b.jsonl
  $ for i in 1 2; do ofuku audit --shard=$i/2 --stats a.jsonl b.jsonl 2>&1 |
  > grep -v ^policy | sed 's/^kasuhara.*/a row/'; done | sort
  a row
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown, 2 records filtered
  ofuku: 1 conversation, 2 utterances: 1 exchange, 0 pass, 1 fail, 0 unknown
  records read 2 = audited 0 + skipped 0 + filtered 2 + rejected 0
  records read 2 = audited 2 + skipped 0 + filtered 0 + rejected 0

What cannot be read is said by every shard:

  $ echo '{"conversation":' >>b.jsonl
  $ for i in 1 2; do q --shard=$i/2 a.jsonl b.jsonl 2>&1 >/dev/null; echo $?; done
  b.jsonl:2: not valid JSON, column 17: the text ends where a value was expected
  2
  b.jsonl:2: not valid JSON, column 17: the text ends where a value was expected
  2

Other commands take it, too:

  $ for i in 1 2; do ofuku convert -q --shard=$i/2 a.jsonl; done | jq -r .text
  訴えますよ
  $ for i in 1 2 3; do ofuku grep --shard=$i/3 -c . "$t/demo/recordings.jsonl"
  > done | awk '{ n += $1 } END { print n }'
  22

What is no shard:

  $ ofuku audit --shard=0/3 a.jsonl | wc -l
  ofuku audit: --shard 0/3: shards count from 1: 1/3 is the first, 3/3 the last
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  0
  $ ofuku audit -q --shard=4/3 a.jsonl
  ofuku audit: --shard 4/3: shards count from 1: 1/3 is the first, 3/3 the last
  [2]
  $ for s in 3 1/0 1/3x -1/3 ' 1/3' 1/ /3 ''; do
  > ofuku audit --shard="$s" a.jsonl 2>&1 | head -n 1; done
  ofuku audit: --shard wants I/N, not "3": write 1/4 for the first of four
  ofuku audit: --shard wants I/N, not "1/0": write 1/4 for the first of four
  ofuku audit: --shard wants I/N, not "1/3x": write 1/4 for the first of four
  ofuku audit: --shard wants I/N, not "-1/3": write 1/4 for the first of four
  ofuku audit: --shard wants I/N, not " 1/3": write 1/4 for the first of four
  ofuku audit: --shard wants I/N, not "1/": write 1/4 for the first of four
  ofuku audit: --shard wants I/N, not "/3": write 1/4 for the first of four
  ofuku audit: --shard wants I/N, not "": write 1/4 for the first of four
