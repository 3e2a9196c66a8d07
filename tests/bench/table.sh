# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034
#
# What rows share; they source it.
set -euo pipefail

# The middle one of the numbers on stdin.
median() {
	LC_ALL=C sort -n | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)]; else exit 1 }'
}

# pairs OURS OTHER: runs two functions in turn, RUNS times; sets ours, other (medians of what they
# print) and ratio (median of the pairs').
pairs() {
	local a b as='' bs='' rs='' i
	for ((i = 0; i < RUNS; i++)); do
		a=$("$1")
		b=$("$2")
		as+="$a"$'\n' bs+="$b"$'\n'
		rs+=$(awk -v a="$a" -v b="$b" 'BEGIN { printf "%.3f", a / b }')$'\n'
	done
	ours=$(printf %s "$as" | median)
	other=$(printf %s "$bs" | median)
	ratio=$(printf %s "$rs" | median)
}

# line WHAT VALUE UNIT REFERENCE RATIO BUDGET TEST: one row of the table.  TEST is an awk condition
# over value and ratio, or empty where there is no budget.
line() {
	local verdict=''
	[ -z "$7" ] || verdict=$(awk -v value="$2" -v ratio="${5:-0}" "BEGIN { print ($7) ? \"yes\" : \"NO\" }")
	printf '%s|%s|%s|%s|%s|%s\n' "$1" "$2${3:+ $3}" "$4" "$5" "$6" "$verdict"
}

# Milliseconds that a command takes.
took() {
	local start end
	start=$(date +%s%N)
	"$@" >/dev/null 2>&1 || return 1
	end=$(date +%s%N)
	awk -v ns=$((end - start)) 'BEGIN { printf "%.1f", ns / 1e6 }'
}

motcua() {
	"$BIN/motcua" --practice "$@"
}

ready() {
	motcua setup >/dev/null
	PGHOST=$MOTCUA_HOME/run
	export PGHOST PGDATABASE=motcua PGUSER=motcua_admin PGTZ=Asia/Ho_Chi_Minh
	server=$(psql -XAtc 'SHOW data_directory')
	bin=$(readlink -f "/proc/$(head -n 1 "$server/postmaster.pid")/exe")
	PATH=$PATH:${bin%/*}
}

sql() {
	psql -XAtq -v ON_ERROR_STOP=1 "$@"
}

# The clerk's own connection, as a counter has it.
as_clerk() {
	PGUSER=man PGPASSWORD=motcua-tap-duyet PGOPTIONS='-c jit=off' "$@"
}

# Nothing half done, so that a reception begins empty.
drafts_away() {
	rm -rf "$MOTCUA_HOME"/data/*draft*
}

# To the log-in screen, through it, and to an empty reception form.
home_steps='motcua-tap-duyet|man\r|man|motcua-tap-duyet\r\r|thủ tục tiếp nhận tại đây'
receive_steps="$home_steps"'|\eOQ|TIẾP NHẬN HỒ SƠ|'
