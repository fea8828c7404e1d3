#!/bin/sh
# `ofuku grep` against ripgrep, over the stories and, if they are named, more
# transcripts: on the plain views that `segment` prints both select the same
# lines; on the raw texts ofuku selects at least those of rg. 200 patterns are
# drawn from the texts. usage: grep-rg.sh OFUKU [FILE...]
set -u
ofuku=$1
shift
for tool in rg jq shuf; do
	command -v "$tool" >/dev/null ||
	    { echo "$tool is missing: make deps" >&2; exit 1; }
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
found=0

# One transcript of utterances with a line number as their conversation, so
# that a selected line says which it is; line breaks would be two to rg.
here=$(dirname "$0")
[ $# -gt 0 ] || set -- "$here"/../demo/* "$here"/../stories/*.jsonl
"$ofuku" dump --stage=records "$@" 2>/dev/null |
    jq -c 'select(.text | test("[\n\r\u000b\u000c\u0085\u2028\u2029]") | not)
        | {conversation: "c", text}' |
    awk '{ sub(/"c"/, "\"" NR "\""); print }' >"$work/all.jsonl"
jq -r .text "$work/all.jsonl" >"$work/raw"
"$ofuku" segment --json "$work/all.jsonl" | jq -r .plain >"$work/plain"
[ "$(wc -l <"$work/raw")" -eq "$(wc -l <"$work/plain")" ] || {
	echo "segment does not print a view for each text" >&2
	failed=$((failed + 1))
}

# Pieces of the texts, each of one run of letters, and patterns made of them.
# Both engines read them, so
# whatever has a meaning in a pattern is left out of the pieces.
same_bytes() {
	yes "$1" | head -c 1048576
}
same_bytes ofuku >"$work/random"
shuf --random-source="$work/random" -n 400 "$work/plain" |
    jq -rR 'scan("[\\p{Han}\\p{Hiragana}\\p{Katakana}ー]{4,}")
        | .[0:2], .[1:4], .[-3:],
          .[0:1] + "." + .[2:3],
          .[0:2] + "|" + .[-2:],
          .[0:1] + "[ぁ-ん一-龠]{1,3}" + .[2:3],
          "^" + .[0:1], .[-1:] + "$",
          .[0:1] + ".*" + .[-2:],
          "(?:" + .[1:2] + "|" + .[2:4] + ")[^" + .[0:1] + "]"' |
    sort -u | shuf --random-source="$work/random" -n 200 >"$work/patterns"
[ "$(wc -l <"$work/patterns")" -eq 200 ] || {
	echo "fewer than 200 patterns" >&2
	failed=$((failed + 1))
}

wrong() {
	printf 'pattern %s: %s\n' "$1" "$2" >&2
	failed=$((failed + 1))
}

numbers() {
	cut -d: -f1 | sort
}

while IFS= read -r pattern; do
	"$ofuku" grep -hN -e "$pattern" "$work/all.jsonl" | numbers >"$work/ours"
	rg -n --no-config -e "$pattern" "$work/plain" | numbers >"$work/theirs"
	rg -n --no-config -e "$pattern" "$work/raw" | numbers >"$work/rawer"
	if ! cmp -s "$work/ours" "$work/theirs"; then
		wrong "$pattern" "$(diff "$work/ours" "$work/theirs" | head -3)"
	else
		passed=$((passed + 1))
	fi
	[ ! -s "$work/ours" ] || found=$((found + 1))
	# A blank or mark that the view drops is something to . and to [^x].
	case $pattern in
	*'.'* | *'$' | *'[^'*) continue ;;
	esac
	if [ -n "$(comm -13 "$work/ours" "$work/rawer")" ]; then
		wrong "$pattern" "rg finds more in the raw texts"
	else
		passed=$((passed + 1))
	fi
done <"$work/patterns"

[ "$found" -ge 180 ] || wrong "$found of 200" "have a match at all"

# Half-width and decomposed spellings: found by ofuku, not by rg.
printf '%s\n' '{"text":"ﾈｯﾄに書く"}' '{"text":"ネットに書く"}' \
    '{"text":"カ\u3099スの件"}' '{"text":"ガスの件"}' >"$work/spelt.jsonl"
jq -r .text "$work/spelt.jsonl" >"$work/spelt"
for word in ネット ガス; do
	if [ "$("$ofuku" grep -c "$word" "$work/spelt.jsonl")" -eq 2 ] &&
	    [ "$(rg -c "$word" "$work/spelt")" -eq 1 ]; then
		passed=$((passed + 1))
	else
		wrong "$word" "not a superset of what rg finds"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
