#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What ippeveprinter runs for each job: keeps the paper beside this script's folder, in the mood that
# the test wrote into MOTCUA_PEERS/mood.
here=$MOTCUA_PEERS
mood=$(cat "$here/mood" 2>/dev/null)
case $mood in
empty)
	echo 'STATE: +media-empty-error' >&2
	read -r _ <"$here/gate" # until paper is put in
	echo 'STATE: -media-empty-error' >&2
	;;
jam)
	echo 'STATE: +media-jam-error' >&2
	read -r _ <"$here/gate" # until somebody has seen it
	exit 1
	;;
esac
cp "$1" "$here/paper.tmp" && env | grep '^IPP_' >"$here/told" && mv "$here/paper.tmp" "$here/paper"
echo 'ATTR: job-impressions-completed=1' >&2
