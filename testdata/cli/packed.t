Packed inputs: gzip and zstd, by content, also on standard input.

  $ records() { for i in $(seq "$1" "$2"); do
  > printf '{"conversation":"c1","speaker":"担当","role":"agent","start":%d,"text":"はい、%d番です"}\n' "$i" "$i"; done; }
  $ records 1 3000 >a
  $ records 3001 4000 >b
  $ read_as() { ofuku audit --stats --report=conversations --output-format=jsonl "$@" 2>err |
  >   jq -r '"\(.source) \(.utterances)"'; sed -n 's/^ofuku audit: //p; s/^records read/read/p' err; }
  $ gzip -nc a >a.gz; zstd -qc a >a.zst; gzip -nc b >b.gz; zstd -qc b >b.zst

A name says nothing; members and frames follow one another:

  $ cp a.gz a.txt
  $ read_as a.txt
  a.txt 3000
  read 3000 = audited 3000 + skipped 0 + filtered 0 + rejected 0
  $ cat a.gz b.gz >two.gz; cat a.zst b.zst >two.zst
  $ for f in two.gz two.zst; do read_as $f; read_as - <$f; done
  two.gz 4000
  read 4000 = audited 4000 + skipped 0 + filtered 0 + rejected 0
  - 4000
  read 4000 = audited 4000 + skipped 0 + filtered 0 + rejected 0
  two.zst 4000
  read 4000 = audited 4000 + skipped 0 + filtered 0 + rejected 0
  - 4000
  read 4000 = audited 4000 + skipped 0 + filtered 0 + rejected 0

Cut off, damaged, or followed by something else: a message names the byte, and
what is read is not taken for the whole.

  $ head -c "$(($(wc -c <a.gz) / 2))" a.gz >cut.gz
  $ head -c 1000 a.zst >cut.zst
  $ { cat a.gz; head -c 9 b.gz; } >second.gz
  $ { cat a.gz; echo more; } >more.gz
  $ { cat a.zst; echo more; } >more.zst
  $ cat a.gz b.zst >mixed
  $ { head -c -4 a.gz; printf '\1\2\3\4'; } >length.gz
  $ gzip -c a.gz >twice.gz
  $ : | gzip >empty.gz
  $ for f in cut.gz cut.zst second.gz more.gz more.zst mixed length.gz twice.gz empty.gz; do
  > read_as $f | sed 's/at byte [0-9]*/at byte N/; s/it begins.*/…/; s/^read [12][0-9]* = .*/read some/; s/ [12][0-9][0-9][0-9]$/ some/'
  > ofuku audit -q $f >out 2>err || echo "status $?"; done
  cut.gz some
  cut.gz: gzip data at byte N: cut off: the rest is missing
  read some
  status 2
  cut.zst: zstd data at byte N: cut off: the rest is missing
  read 0 = audited 0 + skipped 0 + filtered 0 + rejected 0
  status 2
  second.gz 3000
  second.gz: gzip data at byte N: cut off: the rest is missing
  read 3000 = audited 3000 + skipped 0 + filtered 0 + rejected 0
  status 2
  more.gz 3000
  more.gz: gzip data at byte N: what follows the packed data does not belong to it: cut it off, or pack the file again
  read 3000 = audited 3000 + skipped 0 + filtered 0 + rejected 0
  status 2
  more.zst 3000
  more.zst: zstd data at byte N: what follows the packed data does not belong to it: cut it off, or pack the file again
  read 3000 = audited 3000 + skipped 0 + filtered 0 + rejected 0
  status 2
  mixed 3000
  mixed: gzip data at byte N: what follows the packed data does not belong to it: cut it off, or pack the file again
  read 3000 = audited 3000 + skipped 0 + filtered 0 + rejected 0
  status 2
  length.gz some
  length.gz: gzip data at byte N: incorrect length check
  read some
  status 2
  twice.gz:1:1: no known transcript format: it is gzip data within packed data: unpack it once; \xe2\x80\xa6 (esc)
  read 0 = audited 0 + skipped 0 + filtered 0 + rejected 0
  status 2
  empty.gz:1:1: no utterance: the input is empty
  read 0 = audited 0 + skipped 0 + filtered 0 + rejected 0
  status 2

A bomb takes no memory (512 MiB of zeros, and one endless line of text):

  $ head -c 512M /dev/zero | zstd -q >zeros.zst
  $ { echo '{"text":"a"}'; printf '{"text":"'; head -c 512M /dev/zero | tr '\0' a; } | zstd -q >line.zst
  $ (ulimit -v 1500000; ofuku audit -q -j1 zeros.zst) 2>&1 >/dev/null | sed 's/; .*//'
  ofuku audit: zeros.zst:1:1: no known transcript format: it begins "\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\xe2\x80\xa6" (esc)
  $ (ulimit -v 1500000; ofuku audit -q -j1 --max-record=1M --max-ratio=1000000 line.zst) 2>&1 >/dev/null
  ofuku audit: line.zst:2: the line is longer than 1048576 bytes: --max-record raises the limit
  [2]

Folders hold formats side by side, packed or not:

  $ mkdir -p mix/deep
  $ head -n 2 a | gzip >mix/1.dat
  $ printf '話者,内容\n担当,はい\n' >mix/2.txt
  $ printf 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v 担当>はい\n' | zstd -q >mix/deep/3
  $ printf '1\n00:00:01,000 --> 00:00:02,000\n担当: はい\n' | iconv -f UTF-8 -t CP932 >mix/deep/4.srt
  $ printf '[{"text":"はい","speaker":"担当"}]' | iconv -f UTF-8 -t UTF-16 >mix/deep/5.json
  $ printf '%%PDF-1.7' >mix/deep/6.pdf
  $ printf '{\n"a" 1}' >mix/deep/7.json
  $ ofuku audit --report=conversations --output-format=jsonl mix 2>err | jq -c '[.source,.format,.agent,.utterances]'
  ["mix/1.dat","jsonl",["\xe6\x8b\x85\xe5\xbd\x93"],2] (esc)
  ["mix/2.txt","csv",["\xe6\x8b\x85\xe5\xbd\x93"],1] (esc)
  ["mix/deep/3","webvtt",["\xe6\x8b\x85\xe5\xbd\x93"],1] (esc)
  ["mix/deep/4.srt","srt",["\xe6\x8b\x85\xe5\xbd\x93"],1] (esc)
  ["mix/deep/5.json","json",["\xe6\x8b\x85\xe5\xbd\x93"],1] (esc)
  $ sed 's/; it begins.*//' err
  mix/deep/6.pdf: note: no transcript in any known format: skipped (name it to see why)
  ofuku audit: mix/deep/7.json:2:5: no known transcript format: not valid JSON: expected : after a key, saw '1'
  ofuku: 5 conversations, 6 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
