/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/code.h"

#include <stdio.h>
#include <string.h>

#define UPPER_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#define EID_MOST 35

bool code_plausible(const char *code)
{
	size_t length = strlen(code);
	size_t unit = strspn(code, UPPER_DIGITS ".");
	if (!unit || length > CODE_MOST || code[unit] != '-')
		return false;
	const char *date = code + unit + 1;
	size_t days = strspn(date, "0123456789");
	if ((days != 6 && days != 8) || date[days] != '-')
		return false;
	const char *number = date + days + 1;
	size_t digits = strspn(number, "0123456789");
	return digits >= 4 && digits <= 9 && !number[digits];
}

bool code_tidy(const char *typed, char out[CODE_ROOM])
{
	size_t n = 0;
	for (const char *at = typed; *at; at++) {
		char c = *at;
		if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (!strchr(UPPER_DIGITS ".-/", c) || n == CODE_MOST)
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return n > 0;
}

bool code_inside(const char *scanned, char out[CODE_ROOM])
{
	static const char letters[] = UPPER_DIGITS "abcdefghijklmnopqrstuvwxyz.-";
	for (const char *at = scanned; *at;) {
		char one[CODE_ROOM];
		size_t n = strspn(at, letters);
		if (n && n <= CODE_MOST) {
			snprintf(one, sizeof one, "%.*s", (int)n, at);
			if (code_tidy(one, out) && code_plausible(out))
				return true;
		}
		at += n ? n : 1;
	}
	return false;
}

bool code_foreign(const char *scanned)
{
	static const char letters[] = UPPER_DIGITS "abcdefghijklmnopqrstuvwxyz._/-";
	size_t n = strlen(scanned);
	return n >= 6 && n <= CODE_MOST && strspn(scanned, letters) == n &&
	       strcspn(scanned, "0123456789") < n;
}

bool code_make(const char *eid, day_t day, int seq, char out[CODE_ROOM])
{
	size_t length = strlen(eid);
	if (!length || length > EID_MOST || strspn(eid, UPPER_DIGITS ".") != length || seq < 1)
		return false;
	struct date date = day_date(day);
	snprintf(out, CODE_ROOM, "%s-%02d%02d%02d-%04d", eid, date.year % 100, date.month, date.day,
	         seq);
	return true;
}
