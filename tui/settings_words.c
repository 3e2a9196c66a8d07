/* SPDX-License-Identifier: Apache-2.0
 *
 * Settings as a clerk reads them, and what is asked when one is changed. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/settings_own.h"

const struct setting_kind setting_kinds[] = {
	{ "tell_order", N_("Thứ tự kênh báo tin"), "", N_("Kênh nào trước? Gõ sms, zalo, email theo thứ tự muốn dùng:"), NULL },
	{ "tell_sms", N_("Cổng nhắn tin SMS"), "", N_("Nhắn tin SMS qua cổng nào?"), NULL },
	{ "tell_zalo", N_("Cổng Zalo"), "", N_("Nhắn Zalo qua cổng nào?"), NULL },
	{ "tell_email", N_("Cổng thư điện tử"), "", N_("Gửi thư điện tử qua cổng nào?"), NULL },
	{ "result_wait_days", N_("Vào danh sách chờ trả sau"), N_("ngày"), N_("Kết quả chờ bao nhiêu ngày thì vào danh sách chờ trả?"), NULL },
	{ "message_days", N_("Xoá tin đã báo sau"), N_("ngày"), N_("Tin đã báo xong giữ bao nhiêu ngày rồi xoá số điện thoại, nội dung? (từ 30)"), NULL },
	{ "filing_days", N_("Xoá hồ sơ không nhận sau"), N_("ngày"), N_("Hồ sơ trực tuyến không tiếp nhận giữ bao nhiêu ngày rồi xoá nội dung? (từ 30)"), NULL },
	{ "policy", N_("Hàng đợi: số ưu tiên"), "", N_("Gọi số ưu tiên thế nào?"), NULL },
	{ "transfer_place", N_("Hàng đợi: số chuyển quầy"), "", N_("Số chuyển từ quầy khác đứng ở đâu?"), NULL },
	{ "every_n", N_("Hàng đợi: sau một số ưu tiên"), N_("số thường"), N_("Sau mỗi số ưu tiên gọi bao nhiêu số thường?"), NULL },
	{ "grace_minutes", N_("Hàng đợi: giữ số hẹn giờ"), N_("phút"), N_("Người hẹn giờ đến muộn bao nhiêu phút vẫn giữ lượt?"), NULL },
	{ "calls_most", N_("Hàng đợi: gọi nhiều nhất"), N_("lần"), N_("Gọi một số nhiều nhất mấy lần?"), NULL },
	{ "recall_seconds", N_("Hàng đợi: giữa hai lần gọi"), N_("giây"), N_("Gọi lại cùng một số sau ít nhất bao nhiêu giây?"), NULL },
	{ "back_after", N_("Hàng đợi: người vắng trở lại"), N_("số sau"), N_("Người vắng trở lại chờ sau bao nhiêu số?"), NULL },
	{ "target_minutes", N_("Hàng đợi: chờ mong muốn"), N_("phút"), N_("Mong công dân chờ nhiều nhất bao nhiêu phút?"), NULL },
	{ "slot_minutes", N_("Hàng đợi: một khung hẹn"), N_("phút"), N_("Một khung giờ hẹn dài bao nhiêu phút?"), NULL },
	{ "slot_places", N_("Hàng đợi: chỗ một khung hẹn"), N_("người"), N_("Mỗi khung giờ nhận hẹn bao nhiêu người (một dãy)?"), NULL },
	{ "series", N_("Dãy số"), "", N_("Tên dãy số (in trên phiếu, bảng gọi):"), N_("Lĩnh vực nào lấy số dãy này? (cách nhau bằng dấu chấm phẩy; để trống: lĩnh vực còn lại)") },
	{ "counter", N_("Quầy"), "", N_("Quầy gọi các dãy nào? (A B; để trống: mọi dãy)"), N_("Hết việc thì đỡ thêm dãy nào? (để trống: không)") },
	{ "group", N_("Nhóm ưu tiên"), "", N_("Tên nhóm ưu tiên (như đã niêm yết):"), N_("Căn cứ: văn bản nào cho nhóm này được ưu tiên?") },
};
enum { KINDS = sizeof setting_kinds / sizeof setting_kinds[0] };

const struct setting_code setting_codes[] = {
	{ "policy", "interleaved", N_("xen kẽ với số thường") },
	{ "policy", "strict", N_("luôn gọi trước") },
	{ "transfer_place", "keep", N_("theo giờ đã lấy số") },
	{ "transfer_place", "first", N_("đứng đầu") },
	{ "transfer_place", "end", N_("đứng cuối") },
	{ 0 },
};

int setting_kind_of(const char *key)
{
	for (int i = 0; i < KINDS; i++)
		if (strcmp(setting_kinds[i].key, key) == 0)
			return i;
	return -1;
}

bool setting_is(const struct setting_row *row, const char *key)
{
	return strcmp(row->key, key) == 0;
}

/* The words of a line "value<TAB>words"; out is overwritten. */
static const char *option_words(const struct setting_row *row, const char *value, char *out, size_t room)
{
	size_t n = strlen(value);
	for (const char *line = row->options; *value && *line;) {
		size_t size = strcspn(line, "\n");
		if (size > n && strncmp(line, value, n) == 0 && line[n] == '\t') {
			snprintf(out, room, "%.*s", (int)(size - n - 1), line + n + 1);
			return out;
		}
		line += size + (line[size] == '\n');
	}
	return *value ? value : _("không dùng");
}

/* "sms zalo" → "SMS, Zalo"; out is overwritten. */
static const char *channel_words(const char *order, char *out, size_t room)
{
	size_t used = 0;
	*out = '\0';
	for (const char *at = order; *at && used < room;) {
		size_t n = strcspn(at, " ");
		const char *word = n == 3 && strncmp(at, "sms", n) == 0 ? "SMS" : n == 4 && strncmp(at, "zalo", n) == 0 ? "Zalo" : _("thư điện tử");
		used += (size_t)snprintf(out + used, room - used, "%s%s", used ? ", " : "", word);
		at += n + strspn(at + n, " ");
	}
	return out;
}

const char *setting_value(const struct setting_row *row, char *out, size_t room)
{
	int kind = setting_kind_of(row->key);
	for (int i = 0; setting_codes[i].key; i++)
		if (setting_is(row, setting_codes[i].key) && strcmp(setting_codes[i].value, row->v1) == 0)
			return _(setting_codes[i].words);
	if (*row->options || strncmp(row->key, "tell_", 5) == 0)
		return setting_is(row, "tell_order") ? channel_words(row->v1, out, room) : option_words(row, row->v1, out, room);
	if (setting_is(row, "series"))
		snprintf(out, room, "%s · %s%s", row->v1, *row->v2 ? row->v2 : _("lĩnh vực còn lại"), *row->v3 == '1' ? _(" · làn nhanh") : "");
	else if (setting_is(row, "counter"))
		snprintf(out, room, "%s%s%s", *row->v1 ? row->v1 : *row->v2 ? "—" : _("mọi dãy"), *row->v2 ? _(" · đỡ ") : "", row->v2);
	else if (setting_is(row, "group"))
		snprintf(out, room, "%s · %s", row->v1, row->v2);
	else
		snprintf(out, room, "%s %s", row->v1, kind >= 0 && *setting_kinds[kind].unit ? _(setting_kinds[kind].unit) : "");
	return out;
}
