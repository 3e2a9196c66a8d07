/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/report.h"

static const struct {
	const char *word, *say;
} periods[] = {
#define X(name, word, say) { word, say },
	REPORT_PERIODS(X)
#undef X
};

const char *report_period_name(enum report_period period)
{
	return period < PERIOD_COUNT ? periods[period].say : N_("từ ngày – đến ngày");
}

bool report_period_find(const char *word, enum report_period *period)
{
	for (int i = 0; i < PERIOD_COUNT; i++)
		if (strcmp(periods[i].word, word) == 0) {
			*period = (enum report_period)i;
			return true;
		}
	return false;
}

/* Months since year 0, and the first day of such a month. */
static int month_of(day_t day)
{
	struct date d = day_date(day);
	return d.year * 12 + d.month - 1;
}

static day_t first_of(int month)
{
	return day_of(month / 12, month % 12 + 1, 1);
}

void report_period_days(enum report_period period, day_t day, int by, day_t *from, day_t *to)
{
	static const int months[PERIOD_COUNT] = { [PERIOD_MONTH] = 1, [PERIOD_QUARTER] = 3, [PERIOD_YEAR] = 12,
		[PERIOD_MONTH_LEGAL] = 1, [PERIOD_QUARTER_LEGAL] = 3, [PERIOD_YEAR_LEGAL] = 12 };
	bool legal = period >= PERIOD_MONTH_LEGAL && period < PERIOD_COUNT;
	if (period == PERIOD_WEEK || period >= PERIOD_COUNT) {
		*from = day - (day_weekday(day) - 1) + 7 * by;
		*to = *from + 6;
		return;
	}
	/* What begins on the 15th belongs to the month after it. */
	int size = months[period], month = month_of(day);
	if (legal && day_date(day).day >= 15)
		month++;
	int first = (month / size + by) * size;
	*from = legal ? first_of(first - 1) + 14 : first_of(first);
	*to = legal ? first_of(first + size - 1) + 13 : first_of(first + size) - 1;
}
