/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/store_private.h"

/* ---- copying ---- */

static bool continues(const char *text, size_t i, size_t n)
{
	return i < n && ((unsigned char)text[i] & 0xC0) == 0x80;
}

/* Printable ASCII and the letters of Vietnamese as they are stored nearly
 * always: U+00A0–U+01BF and U+1E80–U+1EFF.  Such text is composed already and
 * holds no control, no mark and no direction; anything else goes the long way,
 * which for a whole catalogue takes a tenth of a second. */
static bool plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n;) {
		unsigned char c = (unsigned char)text[i];
		unsigned char next = i + 1 < n ? (unsigned char)text[i + 1] : 0;
		if (c >= 0x20 && c <= 0x7E)
			i++;
		else if (((c >= 0xC3 && c <= 0xC6) || (c == 0xC2 && next >= 0xA0)) &&
		         continues(text, i + 1, n))
			i += 2;
		else if (c == 0xE1 && (next == 0xBA || next == 0xBB) && continues(text, i + 2, n))
			i += 3;
		else
			return false;
	}
	return true;
}

/* What others wrote is foreign text: it must not reach a terminal as it is. */
static const char *take(struct arena *arena, const char *text, size_t n)
{
	const char *taken;
	if (plain(text, n))
		return arena_copy(arena, text, n);
	if (text_take_lines(arena, text, n, &taken, NULL))
		return taken;
	return text_mend(arena, text, n);
}

void reply_copy(struct reply *reply, const PGresult *result, struct arena *arena, bool binary,
                bool verbatim)
{
	int rows = PQntuples(result), columns = PQnfields(result);
	const char **names = ARENA_MANY(arena, const char *, columns + 1);
	for (int c = 0; c < columns; c++)
		names[c] = arena_string(arena, PQfname(result, c));
	struct cell *cells = ARENA_MANY(arena, struct cell, (size_t)rows * (size_t)columns + 1);
	for (int i = 0; i < rows * columns; i++) {
		int row = i / columns, column = i % columns;
		if (PQgetisnull(result, row, column))
			continue;
		const char *value = PQgetvalue(result, row, column);
		size_t n = (size_t)PQgetlength(result, row, column);
		if (binary || verbatim) {
			cells[i] = (struct cell){ arena_copy(arena, value, n), n };
		} else {
			cells[i].text = take(arena, value, n);
			cells[i].size = strlen(cells[i].text);
		}
	}
	*reply = (struct reply){ .rows = rows, .columns = columns, .names = names, .cells = cells,
		.affected = atol(PQcmdTuples((PGresult *)result)),
		.missing = ARENA_NEW(arena, const char *) };
}

/* ---- reading ---- */

const struct cell *reply_cell(const struct reply *reply, int row, const char *column)
{
	static const struct cell NOTHING = { 0 };
	for (int c = 0; c < reply->columns; c++)
		if (strcmp(reply->names[c], column) == 0)
			return row >= 0 && row < reply->rows
			               ? &reply->cells[(size_t)row * (size_t)reply->columns +
			                               (size_t)c]
			               : &NOTHING;
	if (!*reply->missing)
		*reply->missing = column;
	return &NOTHING;
}

bool reply_null(const struct reply *reply, int row, const char *column)
{
	return !reply_cell(reply, row, column)->text;
}

const char *reply_text(const struct reply *reply, int row, const char *column)
{
	const char *text = reply_cell(reply, row, column)->text;
	return text ? text : "";
}

int64_t reply_number(const struct reply *reply, int row, const char *column, int64_t fallback)
{
	const char *text = reply_cell(reply, row, column)->text;
	return text && *text ? strtoll(text, NULL, 10) : fallback;
}

bool reply_flag(const struct reply *reply, int row, const char *column)
{
	const char *text = reply_cell(reply, row, column)->text;
	return text && *text == 't';
}

moment_t reply_moment(const struct reply *reply, int row, const char *column)
{
	const char *text = reply_cell(reply, row, column)->text;
	return text ? moment_read_iso(text) : MOMENT_NONE;
}

day_t reply_day(const struct reply *reply, int row, const char *column)
{
	const char *text = reply_cell(reply, row, column)->text;
	return text ? day_read_iso(text) : DAY_NONE;
}

bool reply_whole(const struct reply *reply, struct error *err)
{
	if (!*reply->missing)
		return true;
	fail(err, FAULT_BUG, "%s",
	     _("Chương trình và cơ sở dữ liệu không khớp phiên bản. Báo người quản trị."));
	return because(err, "the reply has no column %s", *reply->missing);
}

/* ---- errors ---- */

static enum fault fault_of(const char *state)
{
	static const struct {
		const char *prefix;
		enum fault fault;
	} FAULTS[] = {
		{ "MC001", FAULT_CONFLICT }, { "MC002", FAULT_CONFLICT },
		{ "MC006", FAULT_CONFLICT }, { "MC003", FAULT_INPUT },
		{ "MC005", FAULT_INPUT },    { "MC008", FAULT_INPUT },
		{ "MC004", FAULT_DENIED },   { "42501", FAULT_DENIED },
		{ "28", FAULT_DENIED },      { "40", FAULT_CONFLICT },
		{ "55P03", FAULT_CONFLICT }, { "08", FAULT_OFFLINE },
		{ "57", FAULT_OFFLINE },     { "53", FAULT_OFFLINE },
		{ "25006", FAULT_OFFLINE },
	};
	for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++)
		if (strncmp(state, FAULTS[i].prefix, strlen(FAULTS[i].prefix)) == 0)
			return FAULTS[i].fault;
	return FAULT_BUG;
}

static const char *sentence_of(const char *state, enum fault fault)
{
	if (strcmp(state, "57014") == 0)
		return _("Máy chủ làm việc này quá lâu nên đã dừng lại. Thử lại sau giây lát.");
	if (strcmp(state, "53100") == 0)
		return _("Ổ đĩa của máy chủ cơ sở dữ liệu đã đầy. Báo ngay người quản trị.");
	if (strcmp(state, "25006") == 0)
		return _("Máy chủ này chỉ cho đọc. Đang chờ máy chủ chính.");
	switch (fault) {
	case FAULT_DENIED: return _("Tài khoản này không có quyền làm việc này.");
	case FAULT_CONFLICT: return _("Có người khác đang sửa cùng lúc. Thử lại.");
	case FAULT_OFFLINE: return _("Cơ sở dữ liệu chưa phục vụ được. Thử lại sau giây lát.");
	case FAULT_NONE:
	case FAULT_INPUT:
	case FAULT_DEVICE:
	case FAULT_BUG: break;
	}
	return _("Cơ sở dữ liệu báo lỗi. Đã ghi nhật ký; báo người quản trị nếu còn lặp lại.");
}

static const char *field(const PGresult *result, int code)
{
	const char *text = PQresultErrorField(result, code);
	return text ? text : "";
}

/* A foreign line into a fixed buffer: no control characters. */
static void copy_line(char *out, size_t room, const char *text)
{
	struct arena arena = { 0 };
	const char *line = text_mend(&arena, text, strlen(text));
	size_t n = strlen(line);
	if (n >= room)
		for (n = room - 1; n > 0 && ((unsigned char)line[n] & 0xC0) == 0x80; n--)
			;
	memcpy(out, line, n);
	out[n] = '\0';
	arena_free(&arena);
}

bool reply_error(const PGresult *result, struct error *err, char hint[64])
{
	const char *state = field(result, PG_DIAG_SQLSTATE);
	const char *message = field(result, PG_DIAG_MESSAGE_PRIMARY);
	const char *detail = field(result, PG_DIAG_MESSAGE_DETAIL);
	bool ours = strncmp(state, "MC", 2) == 0;
	enum fault fault = fault_of(state);
	if (ours) {
		char say[sizeof err->say];
		copy_line(say, sizeof say, message);
		fail(err, fault, "%s", say);
		because(err, "%s", *detail ? detail : state);
	} else {
		fail(err, fault, "%s", sentence_of(state, fault));
		because(err, "%s %s %s",
		        *state ? state : PQresStatus(PQresultStatus(result)),
		        *message ? message : PQresultErrorMessage(result), detail);
	}
	memcpy(err->code, state, strnlen(state, sizeof err->code - 1));
	err->code[strnlen(state, sizeof err->code - 1)] = '\0';
	copy_line(hint, 64, field(result, PG_DIAG_MESSAGE_HINT));
	/* Shut down, crashed, dropped: the connection ends with this result. */
	return *state && strncmp(state, "57P", 3) != 0 && strncmp(state, "08", 2) != 0;
}

/* ---- connecting: libpq gives a text only, asked to hold the SQLSTATE ---- */

static bool find_state(const char *text, char state[6])
{
	for (const char *at = strstr(text, ":  "); at; at = strstr(at + 1, ":  ")) {
		const char *code = at + 3;
		if (strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5 && code[5] == ':') {
			memcpy(state, code, 5);
			state[5] = '\0';
			return true;
		}
	}
	return false;
}

void connect_error(PGconn *conn, struct error *err)
{
	const char *text = PQerrorMessage(conn);
	char state[6] = "";
	find_state(text, state);
	if (!*state && PQconnectionNeedsPassword(conn))
		memcpy(state, "28P01", 6);
	if (strcmp(state, "28P01") == 0)
		fail(err, FAULT_DENIED, "%s", _("Sai tên đăng nhập hoặc mật khẩu."));
	else if (strcmp(state, "28000") == 0)
		fail(err, FAULT_DENIED, "%s",
		     _("Tài khoản bị khoá, hoặc không được vào từ máy này: nhờ người phụ trách."));
	else if (strcmp(state, "3D000") == 0)
		fail(err, FAULT_INPUT, "%s",
		     _("Máy chủ không có cơ sở dữ liệu này. Người quản trị xem lại cấu hình."));
	else if (strcmp(state, "57P03") == 0)
		fail(err, FAULT_OFFLINE, "%s", _("Cơ sở dữ liệu đang khởi động, chờ giây lát."));
	else if (strcmp(state, "53300") == 0)
		fail(err, FAULT_OFFLINE, "%s", _("Máy chủ đang có quá nhiều kết nối, đang thử lại."));
	else
		fail(err, FAULT_OFFLINE, "%s", _("Không kết nối được cơ sở dữ liệu, đang thử lại."));
	char line[sizeof err->log];
	copy_line(line, sizeof line, text);
	because(err, "connect: %s", line);
	memcpy(err->code, state, 6);
}
