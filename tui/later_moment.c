/* SPDX-License-Identifier: Apache-2.0
 *
 * A moment as people type it: "0815", "8h15", "08:15 20/11/2026". */
#include <string.h>

#include "tui/later_entry.h"

moment_t later_moment_read(const char *text, day_t day)
{
	int digits[4], n = 0, split = -1;
	const char *at = text + strspn(text, " ");
	for (; n < 4 && *at && *at != ' '; at++) {
		if (*at >= '0' && *at <= '9')
			digits[n++] = *at - '0';
		else if (strchr(":.hHgG", *at) && n > 0 && split < 0)
			split = n;
		else
			return MOMENT_NONE;
	}
	if (n < 3 || (*at && *at != ' ') || split > 2 || (split > 0 && n - split != 2))
		return MOMENT_NONE;
	int hour = n == 3 ? digits[0] : digits[0] * 10 + digits[1];
	int minute = digits[n - 2] * 10 + digits[n - 1];
	at += strspn(at, " ");
	if (*at)
		day = day_read(at);
	if (hour > 23 || minute > 59 || day == DAY_NONE)
		return MOMENT_NONE;
	return moment_of(day, hour, minute, 0);
}
