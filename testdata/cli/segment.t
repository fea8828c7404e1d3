ofuku segment: what rules see of a text.

  $ ofuku segment -t 'お気持ちに、ご無理を言う訳にも参りません'
  raw	お気持ちに、ご無理を言う訳にも参りません
  plain	お気持ちに、ご無理を言う訳にも参りません
  folded	おきもちにごむりをいうわけにもまいりません
  words	お|気持ち|に|、|ご|無理|を|言う|訳|に|も|参|り|ま|せん
  
  $ ofuku segment --text='ｾﾝﾀｰ　へ ＳＮＳ' -t 'えーと、うーん'
  raw	ｾﾝﾀｰ　へ ＳＮＳ
  plain	センターへ sns
  folded	せんたへsns
  words	センター|へ| |sns
  
  raw	えーと、うーん
  plain	えーと、うーん
  folded	
  words	えーと|、|うーん
  
  $ ofuku segment --json -t '弁護士を立てる' | jq -c .
  {"raw":"弁護士を立てる","plain":"弁護士を立てる","folded":"弁護士を立てる","words":["弁護士","を","立てる"]}
  $ ofuku segment -t ''
  raw	
  plain	
  folded	
  words	
  

Controls are escaped, so that a view is a line and moves no cursor; a \ is
doubled, so that an escape can be told from text:

  $ ofuku segment -t "$(printf 'a\tb\nc')" | head -n 1
  raw	a\tb\nc
  $ ofuku segment -t 'a\nb' | head -n 1
  raw	a\\nb
  $ ofuku segment -t "$(printf 'a\033[31mb\302\233c\342\200\256d')" |
  >     head -n 1
  raw	a\u001b[31mb\u009bc\u202ed

What is not UTF-8 is no text:

  $ ofuku segment -t "$(printf '\377')"
  ofuku segment: the text is not UTF-8: byte 1 does not decode
  [2]

Transcripts, every utterance:

  $ printf '担当: はい\nお客様: 訴えますよ\n' >a.txt
  $ ofuku segment a.txt
  raw	はい
  plain	はい
  folded	はい
  words	はい
  
  raw	訴えますよ
  plain	訴えますよ
  folded	訴えますよ
  words	訴え|ますよ
  
  $ ofuku segment --json <a.txt | jq -r '.folded'
  はい
  訴えますよ
  $ ofuku segment nowhere.txt
  ofuku segment: nowhere.txt: No such file or directory: check the path and its permissions
  [2]
  $ ofuku segment a.txt >/dev/full
  ofuku segment: standard output: cannot write: No space left on device
  [2]

The example of the manual:

  $ ofuku segment -t 'お気持ちに、ご無理を' | grep folded
  folded	おきもちにごむりを

A text where a file is named:

  $ ofuku segment お気持ち
  ofuku segment: お気持ち: No such file or directory: check the path and its permissions
  ofuku segment: a text, and not a file, stands behind -t: ofuku segment -t TEXT
  [2]
