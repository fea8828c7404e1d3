#!/bin/sh
# A session on a terminal: the bar, colours, the pager, an interrupt. Waits
# by looking, so that a busy machine only takes longer. Argument: the binary.
set -u
ofuku=$(realpath "$1")
demo=$(realpath testdata/demo/recordings.jsonl)
command -v tmux >/dev/null 2>&1 || {
	echo "tmux is missing: run \`make deps\`" >&2
	exit 1
}
tmp=$(mktemp -d)
passed=0
failed=0
in_tmux() {
	tmux -S "$tmp/socket" -f /dev/null "$@"
}
trap 'in_tmux kill-server 2>/dev/null; rm -rf "$tmp"' EXIT

PATH=$(dirname "$ofuku"):$PATH
LESS=R TERM=xterm-256color LC_ALL=C.UTF-8 PS1='> '
unset NO_COLOR COLUMNS PAGER
export PATH LESS TERM LC_ALL PS1
cd "$tmp" || exit 1
awk 'BEGIN { for (i = 0; i < 20000; i++)
    printf "{\"conversation\":\"c%d\",\"role\":\"agent\",\"text\":\"x\"}\n", i }' \
    >chunk
cat >feed <<'END'
n=$1
while [ "$n" -gt 0 ] && cat chunk 2>/dev/null; do sleep 0.2; n=$((n - 1)); done
END
in_tmux new-session -d -x 100 -y 30 /bin/sh || {
	echo "failed: tmux cannot start" >&2
	echo "0 passed, 1 failed"
	exit 1
}

screen() {
	in_tmux capture-pane -p "$@"
}

# wait_for WHAT PATTERN [-e]: until the screen shows it, two minutes at most
wait_for() {
	what=$1
	pattern=$2
	shift 2
	i=0
	while [ "$i" -lt 1200 ]; do
		if screen "$@" | grep -q -e "$pattern"; then
			passed=$((passed + 1))
			return
		fi
		sleep 0.1
		i=$((i + 1))
	done
	echo "failed: $what" >&2
	screen "$@" >&2
	failed=$((failed + 1))
}

gone() {
	if screen | grep -q -e "$2"; then
		echo "failed: $1" >&2
		screen >&2
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
}

say() {
	in_tmux send-keys -l "$1"
	in_tmux send-keys Enter
}

bar='^audit  .*MiB.*/s  0 findings'
esc=$(printf '\033')
say 'clear; sh feed 15 | ofuku audit -o report.csv; echo status=$?'
wait_for "the bar is shown" "$bar"
wait_for "the run ends" '^status=0'
wait_for "the counts stand" '^ofuku: [0-9]* conversations'
gone "the bar is erased" "$bar"

say 'clear; sh feed 1000 | ofuku audit -o other.csv; echo status=$?'
wait_for "the bar is shown again" "$bar"
in_tmux send-keys C-c
wait_for "an interrupt says so" 'ofuku audit: interrupted'
# shellcheck disable=SC2016 # the session's shell expands it
say 'echo prompt=$(ls -A | grep -c -e other -e "[.]tmp")'
wait_for "nothing is left, and the prompt is back" '^prompt=0'
gone "the bar is erased at an interrupt" "$bar"

say "clear; ofuku grep 弁護士 $demo; echo status=\$?"
wait_for "grep ends" '^status=0'
wait_for "what matched is coloured" "$esc\\[[0-9;]*m弁護士" -e
say "clear; NO_COLOR=1 ofuku grep 弁護士 $demo; echo no=\$?"
wait_for "grep ends without colours" '^no=0'
if screen -e | grep 弁護士 | grep -q "$esc\\[[0-9;]*[1-9]m弁護士"; then
	echo "failed: NO_COLOR" >&2
	failed=$((failed + 1))
else
	passed=$((passed + 1))
fi

say "clear; PAGER='less -R -P pager-prompt' ofuku show $demo; echo status=\$?"
wait_for "the pager stands before it" 'pager-prompt'
wait_for "in colours" "$esc\\[[0-9;]*[1-9]m" -e
in_tmux send-keys q
wait_for "and goes" '^status=0'

say "clear; PAGER=no-such-pager ofuku show --list $demo; echo missing=\$?"
wait_for "a pager that is missing is said" 'no-such-pager.*not found'
wait_for "what it was to show is printed" 'rec-0815, exchange 1'
wait_for "and it is no failure" '^missing=0'
say "clear; PAGER='head -n 3' ofuku show $demo $demo $demo; echo early=\$?"
wait_for "a pager that ends early is no failure" '^early=0'
say "clear; PAGER=false ofuku show --conversation=none $demo; echo none=\$?"
wait_for "the status is the one without it" '^none=1'
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
