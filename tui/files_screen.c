/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/files_screen.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/files_own.h"

static const char *own_folder(void)
{
	const char *home = getenv("HOME");
	return home && *home == '/' ? home : "/";
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct files *files = OWNER_OF(listener, struct files, listener);
	(void)id;
	if (files->inbox && strcmp(what, "inbox") == 0)
		files_open_inbox(files);
}

static void files_open(struct screen *screen, const void *argument)
{
	const struct files_plan *plan = argument;
	struct files *files = screen->state;
	struct duty *duty = duty_of(screen);
	*files = (struct files){ .screen = screen, .asker = plan->asker, .inbox = plan->inbox,
		.single = plan->single, .pages = plan->pages, .then = plan->then, .data = plan->data };
	field_init(&files->query, &screen->arena, &screen->desk->composer);
	files->query.max = 80;
	files_list_start(files);
	if (files->inbox)
		screen->title = _("TỆP CỦA MÁY QUÉT MẠNG");
	files->listener.heard = on_heard;
	duty_listen(duty, &screen->scope, &files->listener);
	if (files->inbox)
		files_open_inbox(files);
	else
		files_open_folder(files, duty->folder ? duty->folder : own_folder());
}

static void files_close(struct screen *screen)
{
	struct files *files = screen->state;
	folder_clear(&files->job);
	arena_free(&files->memory);
}

/* ---- choosing ---- */

static struct file_row *here(const struct files *files)
{
	return files->list.count ? &files->rows[files->visible[files->list.at]] : NULL;
}

/* The asker gets them when this screen has gone; its memory lives until the next wait. */
static void give(struct files *files, const char *folder, const struct folder_entry *entries, size_t count,
                 bool pages)
{
	struct screen *asker = files->asker;
	void (*then)(struct screen *, const struct files_chosen *) = files->then;
	void *data = files->data;
	struct arena arena = { 0 };
	struct folder_entry *copies = ARENA_MANY(&arena, struct folder_entry, count);
	for (size_t i = 0; i < count; i++) {
		copies[i] = entries[i];
		copies[i].name = arena_string(&arena, entries[i].name);
	}
	folder = arena_string(&arena, folder);
	screen_pop(files->screen);
	then(asker, &(struct files_chosen){ folder, copies, count, pages, data });
	arena_free(&arena);
}

/* Those marked, else the one under the cursor; the oldest drop first, as they were scanned. */
static void take(struct files *files, bool pages)
{
	struct folder_entry chosen[FILES_MOST];
	size_t count = 0, marked = 0;
	for (size_t i = 0; i < files->count; i++)
		marked += files->rows[i].marked;
	if (marked > FILES_MOST) {
		desk_say(files->screen->desk, FAULT_INPUT, _("Mỗi lần lấy nhiều nhất %d tệp."), FILES_MOST);
		return;
	}
	for (size_t i = files->count; marked && i-- > 0;)
		if (files->rows[i].marked)
			chosen[count++] = files->rows[i].entry;
	if (!count && here(files) && !here(files)->entry.folder)
		chosen[count++] = here(files)->entry;
	if (!count)
		desk_say(files->screen->desk, FAULT_INPUT, "%s", _("Chọn một tệp trong danh sách trước."));
	else
		give(files, files->inbox ? files->here : duty_of(files->screen)->folder, chosen, count, pages);
}

static void mark(struct files *files)
{
	struct file_row *row = here(files);
	if (!row || row->entry.folder || files->single)
		return;
	row->marked = !row->marked;
	if (files->list.at + 1 < files->list.count)
		files->list.at++;
}

static void enter(struct files *files)
{
	struct file_row *row = here(files);
	struct arena arena = { 0 };
	if (row && row->entry.folder) {
		const char *above = duty_of(files->screen)->folder;
		files_open_folder(files, path_join(&arena, above[1] ? above : "", row->entry.name));
	} else {
		take(files, false);
	}
	arena_free(&arena);
}

/* ---- a path typed, other places ---- */

static void on_path(struct screen *screen, const char *path, void *data)
{
	struct files *files = screen->state;
	struct arena arena = { 0 };
	const char *slash = path ? strrchr(path, '/') : NULL;
	(void)data;
	if (slash && !slash[1]) {
		files_open_folder(files, path);
	} else if (slash) {
		const char *folder = slash == path ? "/" : arena_copy(&arena, path, (size_t)(slash - path));
		struct folder_entry entry = { .name = slash + 1 };
		give(files, folder, &entry, 1, false);
	}
	arena_free(&arena);
}

static void ask_path(struct files *files, const char *typed)
{
	ask_for_text(files->screen, &(struct ask_text){ .question = _("Đường dẫn tệp, hoặc thư mục có dấu / ở cuối:"),
		.initial = typed, .plain = true, .max = 400 }, on_path, NULL);
}

enum { PLACE_HOME, PLACE_STICK, PLACE_ROOT, PLACE_TYPED, PLACES };

/* Where sticks and cards are mounted; what lies in it is looked at by the helper only. */
static const char *sticks(struct arena *arena)
{
	const char *login = getenv("USER");
	const char *run = arena_format(arena, "/run/media/%s", login ? login : "root");
	const char *media = arena_format(arena, "/media/%s", login ? login : "root");
	return access(run, X_OK) == 0 ? run : access(media, X_OK) == 0 ? media : "/media";
}

static void on_place(struct screen *screen, int choice, void *data)
{
	struct files *files = screen->state;
	struct arena arena = { 0 };
	(void)data;
	switch (choice) {
	case PLACE_HOME:  files_open_folder(files, own_folder()); break;
	case PLACE_STICK: files_open_folder(files, sticks(&arena)); break;
	case PLACE_ROOT:  files_open_folder(files, "/"); break;
	case PLACE_TYPED: ask_path(files, "/"); break;
	default: break;
	}
	arena_free(&arena);
}

/* ---- keys ---- */

/* No name holds a "/": it begins a path. */
static bool begins_path(const struct files *files, const struct event *event)
{
	return !files->inbox && (event->kind == EVENT_TEXT || event->kind == EVENT_PASTE) && *event->text == '/' &&
	       field_empty(&files->query);
}

static bool files_handle(struct screen *screen, const struct event *event)
{
	struct files *files = screen->state;
	bool editing = event_is(event, K_HOME, 0) || event_is(event, K_END, 0);
	if (!editing && list_handle(&files->list, event))
		;
	else if (begins_path(files, event))
		ask_path(files, event->text);
	else if (event_is(event, K_ENTER, 0))
		enter(files);
	else if (event->kind == EVENT_TEXT && strcmp(event->text, " ") == 0)
		mark(files);
	else if (event_is(event, K_BACKSPACE, 0) && field_empty(&files->query))
		files_parent(files);
	else if (field_handle(&files->query, event))
		files_filter(files);
	else
		return false;
	files->query.changed = false;
	screen_dirty(screen);
	return true;
}

static bool may_take(const struct screen *screen)
{
	return ((const struct files *)screen->state)->list.count > 0;
}

static bool may_pages(const struct screen *screen)
{
	return ((const struct files *)screen->state)->pages && may_take(screen);
}

static bool may_go(const struct screen *screen)
{
	return !((const struct files *)screen->state)->inbox;
}

static void run_take(struct screen *screen)
{
	take(screen->state, false);
}

static void run_pages(struct screen *screen)
{
	take(screen->state, true);
}

static void run_places(struct screen *screen)
{
	const char *places[PLACES] = { _("Thư mục riêng của tài khoản"), _("USB, thẻ nhớ"), _("Cả máy (/)"),
		_("Gõ đường dẫn…") };
	ask_choice(screen, _("Tìm tệp ở đâu?"), places, PLACES, PLACE_STICK, on_place, NULL);
}

static const struct action actions[] = {
	{ "files-pages", "F5", N_("Xem trang"), N_("Tách tệp thành từng trang để xem, xoay, bỏ, chia cho các giấy tờ."), may_pages, run_pages },
	{ "files-places", "F6", N_("Nơi khác"), N_("Thư mục riêng, USB, hoặc gõ đường dẫn."), may_go, run_places },
	{ "files-take", "F9", N_("Lấy"), N_("Lấy các tệp đã đánh dấu, hoặc tệp đang chọn."), may_take, run_take },
	{ 0 },
};

const struct screen_kind files_screen = {
	.name = "files",
	.title = N_("CHỌN TỆP"),
	.help = N_("Enter lấy tệp đang chọn hoặc mở thư mục; Dấu cách đánh dấu nhiều tệp rồi F9 lấy tất cả.\n"
	           "Gõ chữ để lọc theo tên; gõ / để nhập cả đường dẫn; Backspace lên thư mục trên; F6 tới USB.\n"
	           "F5 tách tệp thành từng trang, xem như vừa quét: xoay, bỏ trang trắng, chia theo tờ phân cách."),
	.actions = actions,
	.size = sizeof(struct files),
	.open = files_open,
	.draw = files_draw,
	.handle = files_handle,
	.close = files_close,
};
