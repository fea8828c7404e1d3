#!/bin/sh
# The page as C: page_parts[], the text between the places that ofuku fills.
# Style and scripts go into it, and their hashes into its policy.
# usage: embed.sh page.html page.css SCRIPT...
set -eu
html=$1
css=$2
shift 2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

hash() {
	printf 'sha256-'
	sha256sum "$1" | cut -c -64 | tr a-f A-F | basenc --base16 -d | base64
}

cp "$css" "$tmp/style"
{
	echo '"use strict";'
	echo '(() => {'
	cat "$@"
	echo '})();'
} >"$tmp/script"
style=$(hash "$tmp/style")
script=$(hash "$tmp/script")
sed "s|@STYLE-HASH@|$style|; s|@SCRIPT-HASH@|$script|" "$html" |
awk -v dir="$tmp" '
function paste(name, mark,   i, line, file) {
	i = index($0, mark)
	printf "%s", substr($0, 1, i - 1) >out
	file = dir "/" name
	while ((getline line <file) > 0)
		print line >out
	print substr($0, i + length(mark)) >out
}
BEGIN { out = dir "/part0" }
/^@[A-Z]+@$/ { out = dir "/part" ++n; printf "" >out; next }
/@STYLE@/ { paste("style", "@STYLE@"); next }
/@SCRIPT@/ { paste("script", "@SCRIPT@"); next }
{ print >out }'

echo '/* Made by lib/report/page/embed.sh: do not edit. */'
echo '#include "report/page.h"'
for n in 0 1 2 3 4; do
	printf '\nstatic const unsigned char part%d[] = {\n' "$n"
	od -An -v -tx1 "$tmp/part$n" |
	    sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'
	echo '};'
done
printf '\nconst struct span page_parts[] = {\n'
for n in 0 1 2 3 4; do
	printf '\t{(const char *)part%d, sizeof(part%d)},\n' "$n" "$n"
done
echo '};'
