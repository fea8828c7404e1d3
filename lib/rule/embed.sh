#!/bin/sh
# The rule files named, as C: rules_builtins[] and rules_nbuiltins.
# usage: embed.sh FILE...
set -eu

echo '/* Made by lib/rule/embed.sh: do not edit. */'
echo '#include "rule/rules.h"'
n=0
for file; do
	printf '\nstatic const unsigned char file%d[] = {\n' "$n"
	od -An -v -tx1 "$file" | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'
	echo '};'
	n=$((n + 1))
done
printf '\nconst struct rule_file rules_builtins[] = {\n'
n=0
for file; do
	name=builtin:${file##*/}
	printf '\t{{"%s", %d},\n' "$name" "${#name}"
	printf '\t    {(const char *)file%d, sizeof(file%d)}},\n' "$n" "$n"
	n=$((n + 1))
done
echo '};'
printf 'const size_t rules_nbuiltins = %d;\n' "$n"
