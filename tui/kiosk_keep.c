/* SPDX-License-Identifier: Apache-2.0
 *
 * The file: one line each, written anew as a whole.
 *     block 2026-11-20 A 901 950 904            day series first last next
 *     given 2026-11-20 A 903 UUID gia|- 2026-11-20T09:41:00+07:00 */
#include "tui/kiosk_keep.h"

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/path.h"
#include "core/base/say.h"

static bool save(const struct kiosk_keep *keep, struct error *err)
{
	struct bytes out = { 0 };
	char day[16], at[40];
	for (int i = 0; i < keep->block_count; i++) {
		const struct keep_block *b = &keep->blocks[i];
		bytes_format(&out, "block %s %s %d %d %d\n", day_write_iso(b->day, day, sizeof day), b->series, b->first, b->last,
		             b->next);
	}
	for (int i = 0; i < keep->given_count; i++) {
		const struct hall_given *g = &keep->given[i];
		bytes_format(&out, "given %s %s %d %s %s %s\n", day_write_iso(g->day, day, sizeof day), g->series, g->number,
		             g->request, *g->priority ? g->priority : "-", moment_write_iso(g->taken_at, at, sizeof at));
	}
	bool good = path_write(keep->path, out.data ? (const char *)out.data : "", out.size, 0600, err);
	bytes_free(&out);
	return good;
}

static bool read_block(struct kiosk_keep *keep, const char *line)
{
	struct keep_block b = { 0 };
	char day[16];
	if (keep->block_count == KEEP_BLOCKS ||
	    sscanf(line, "block %15s %1[A-Z] %d %d %d", day, b.series, &b.first, &b.last, &b.next) != 5)
		return false;
	b.day = day_read_iso(day);
	keep->blocks[keep->block_count++] = b;
	return b.day != DAY_NONE && b.first > 0 && b.last >= b.first && b.next >= b.first && b.next <= b.last + 1;
}

static bool read_given(struct kiosk_keep *keep, const char *line)
{
	struct hall_given g = { 0 };
	char day[16], at[40];
	if (keep->given_count == KEEP_GIVEN ||
	    sscanf(line, "given %15s %1[A-Z] %d %36[0-9a-f-] %20[a-z_-] %39s", day, g.series, &g.number, g.request, g.priority,
	           at) != 6)
		return false;
	if (strcmp(g.priority, "-") == 0)
		g.priority[0] = '\0';
	g.day = day_read_iso(day);
	g.taken_at = moment_read_iso(at);
	keep->given[keep->given_count++] = g;
	return g.day != DAY_NONE && g.taken_at != MOMENT_NONE && strlen(g.request) == 36 && g.number > 0;
}

static bool parse(struct kiosk_keep *keep, char *text)
{
	for (char *line; (line = strsep(&text, "\n"));)
		if (*line && !(strncmp(line, "block ", 6) == 0 ? read_block(keep, line)
		               : strncmp(line, "given ", 6) == 0 && read_given(keep, line)))
			return false;
	return true;
}

bool kiosk_keep_open(struct kiosk_keep *keep, const char *path, struct error *err)
{
	struct arena arena = { 0 };
	char *text;
	*keep = (struct kiosk_keep){ .path = path };
	bool good = !path_read(&arena, path, &text, NULL, NULL) || parse(keep, text);
	if (!good) {
		(void)rename(path, arena_format(&arena, "%s.damaged", path));
		*keep = (struct kiosk_keep){ .path = path };
		fail(err, FAULT_DEVICE, "%s", _("Tệp số dự trữ của máy lấy số bị hỏng, đã cất riêng. Báo người quản trị."));
		because(err, "%s cannot be read", path);
	}
	arena_free(&arena);
	return good;
}

int kiosk_keep_left(const struct kiosk_keep *keep, day_t today, const char *series)
{
	int left = 0;
	for (int i = 0; i < keep->block_count; i++)
		if (keep->blocks[i].day == today && strcmp(keep->blocks[i].series, series) == 0)
			left += keep->blocks[i].last - keep->blocks[i].next + 1;
	return left;
}

static void drop_old(struct kiosk_keep *keep, day_t today)
{
	int kept = 0;
	for (int i = 0; i < keep->block_count; i++)
		if (keep->blocks[i].day >= today && keep->blocks[i].next <= keep->blocks[i].last)
			keep->blocks[kept++] = keep->blocks[i];
	keep->block_count = kept;
}

bool kiosk_keep_add(struct kiosk_keep *keep, day_t today, const struct hall_block *fresh, int count, struct error *err)
{
	drop_old(keep, today);
	for (int i = 0; i < count && keep->block_count < KEEP_BLOCKS; i++) {
		struct keep_block b = { .day = fresh[i].day, .first = fresh[i].first, .last = fresh[i].last,
			.next = fresh[i].first };
		if (fresh[i].series[0] < 'A' || fresh[i].series[0] > 'Z' || b.first < 1 || b.last < b.first)
			continue;
		b.series[0] = fresh[i].series[0];
		keep->blocks[keep->block_count++] = b;
	}
	return save(keep, err);
}

bool kiosk_keep_give(struct kiosk_keep *keep, day_t today, const char *series, const char *priority, const char *request,
                     moment_t now, struct hall_given *out, struct error *err)
{
	struct keep_block *block = NULL;
	for (int i = 0; i < keep->block_count && !block; i++)
		if (keep->blocks[i].day == today && strcmp(keep->blocks[i].series, series) == 0 &&
		    keep->blocks[i].next <= keep->blocks[i].last)
			block = &keep->blocks[i];
	if (!block || keep->given_count == KEEP_GIVEN) {
		fail(err, FAULT_OFFLINE, "%s", _("Máy đang mất kết nối và hết số dự trữ: mời hỏi cán bộ hướng dẫn."));
		return because(err, "no number of %s left for today", series);
	}
	*out = (struct hall_given){ .day = today, .number = block->next, .taken_at = now };
	snprintf(out->request, sizeof out->request, "%s", request);
	snprintf(out->series, sizeof out->series, "%s", series);
	snprintf(out->priority, sizeof out->priority, "%s", priority);
	block->next++;
	keep->given[keep->given_count++] = *out;
	if (save(keep, err))
		return true;
	/* What is not on the disk must not be on paper; nor may it be given again. */
	keep->given_count--;
	return false;
}

bool kiosk_keep_home(struct kiosk_keep *keep, int count, struct error *err)
{
	keep->given_count -= count;
	memmove(keep->given, keep->given + count, (size_t)keep->given_count * sizeof *keep->given);
	return save(keep, err);
}
