/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/printer_file.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/base/text.h"

enum { NAME_MOST = 30 };

#define HEAD                                                                             \
	"; Máy in thêm ở màn hình Máy in; chương trình ghi lại cả tệp mỗi lần đổi.\n" \
	"; Printers added at the screen; the whole file is written anew at each change.\n"

const char *printer_name_wrong(const char *name, const struct printer *all)
{
	if (!*name || *name == ' ' || name[strlen(name) - 1] == ' ')
		return _("Đặt cho máy in một tên, không có dấu cách ở hai đầu.");
	if (text_count(name) > NAME_MOST)
		return _("Tên máy in dài quá 30 chữ.");
	for (const unsigned char *at = (const unsigned char *)name; *at; at++)
		if (*at < 0x80 && !strchr(" -_.()/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", *at))
			return _("Tên máy in chỉ gồm chữ, số, dấu cách và - _ . ( ) /");
	if (printer_find(all, name))
		return _("Đã có máy in tên này. Đặt tên khác.");
	return NULL;
}

/* ---- sections ---- */

static const char *section_of(struct arena *arena, const char *name)
{
	return arena_format(arena, "printer \"%s\"", name);
}

/* The last word on it; entries stand last first. */
static const char *last(const struct config *own, const char *section, const char *key)
{
	for (const struct config_entry *e = own->entries; e; e = e->next)
		if (strcmp(e->section, section) == 0 && strcmp(e->key, key) == 0)
			return e->value;
	return NULL;
}

bool printer_file_has(const struct config *own, const char *name)
{
	struct arena arena = { 0 };
	bool has = last(own, section_of(&arena, name), "carrier");
	arena_free(&arena);
	return has;
}

static const char *const keys[] = { "tongue", "carrier", "address", "dots", "paper" };

struct sections {
	struct bytes text;
	const struct config *own;
	const char *without; /* section left out, or NULL */
	bool defaults;       /* keep what is said of defaults */
};

static void put(struct bytes *text, const char *key, const char *value)
{
	bytes_format(text, "%s = %s\n", key, value);
}

/* Every section once, in the file's order. */
static void put_sections(struct sections *s, const struct config_entry *e)
{
	if (!e)
		return;
	put_sections(s, e->next);
	for (const struct config_entry *before = e->next; before; before = before->next)
		if (strcmp(before->section, e->section) == 0)
			return;
	if (s->without && strcmp(e->section, s->without) == 0)
		return;
	const char *is_default = s->defaults ? last(s->own, e->section, "default") : NULL;
	if (!is_default && !last(s->own, e->section, "carrier"))
		return; /* it only told which one was the default */
	bytes_format(&s->text, "\n[%s]\n", e->section);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (last(s->own, e->section, keys[i]))
			put(&s->text, keys[i], last(s->own, e->section, keys[i]));
	if (is_default)
		put(&s->text, "default", is_default);
}

/* Of every one: a word of motcua.ini must not come back. */
static void put_defaults(struct sections *s, struct arena *arena, const struct printer *all, const char *name)
{
	for (const struct printer *p = all; p; p = p->next)
		bytes_format(&s->text, "\n[%s]\ndefault = %s\n", section_of(arena, p->name),
		             strcmp(p->name, name) == 0 ? "yes" : "no");
}

/* Read back as the next start will. */
static bool done(struct sections *s, struct arena *arena, const char **out, const char *name, struct error *err)
{
	struct config config = { 0 };
	struct arena memory = { 0 };
	struct printer *printers;
	const char *text = arena_format(arena, HEAD "%s", bytes_string(&s->text));
	bool ok = config_parse(&config, text, "printers.ini", err);
	if (ok && name) {
		ok = printers_read(&config, &memory, "", &printers, err);
		ok = ok && (printer_find(printers, name) || fail(err, FAULT_INPUT, _("Không ghi được máy in như vậy.")));
	}
	if (ok)
		*out = text;
	config_free(&config);
	arena_free(&memory);
	bytes_free(&s->text);
	return ok;
}

static void put_plan(struct sections *s, struct arena *arena, const struct printer_plan *plan)
{
	bool thermal = plan->paper[0] != 'a';
	bytes_format(&s->text, "\n[%s]\n", section_of(arena, plan->name));
	put(&s->text, "tongue", thermal ? "raster" : "pdf");
	put(&s->text, "carrier", plan->carrier);
	put(&s->text, "address", plan->address);
	if (thermal)
		put(&s->text, "dots", strcmp(plan->paper, "58") == 0 ? "384" : "576");
	else
		put(&s->text, "paper", plan->paper);
}

bool printer_file_add(struct arena *arena, const struct config *own, const struct printer *all,
                      const struct printer_plan *plan, const char **text, struct error *err)
{
	struct sections s = { .own = own, .defaults = !plan->is_default }, alone = { .own = own };
	const char *ignored;
	/* Address and name are foreign text: nothing in them may end a line, a value or a section. */
	if (printer_name_wrong(plan->name, all))
		return fail(err, FAULT_INPUT, "%s", printer_name_wrong(plan->name, all));
	if (strpbrk(plan->address, "\n\r;#\"") || !text_valid(plan->address, strlen(plan->address)) || strlen(plan->address) > 200)
		return fail(err, FAULT_INPUT, _("Địa chỉ máy in không được có dấu ; # \" hay dài quá 200 ký tự."));
	/* Alone: sections that only speak of printers of motcua.ini cannot be read without it. */
	put_plan(&alone, arena, plan);
	if (!done(&alone, arena, &ignored, plan->name, err))
		return false;
	put_sections(&s, own->entries);
	put_plan(&s, arena, plan);
	if (plan->is_default) {
		put(&s.text, "default", "yes");
		put_defaults(&s, arena, all, plan->name);
	}
	return done(&s, arena, text, NULL, err);
}

bool printer_file_default(struct arena *arena, const struct config *own, const struct printer *all, const char *name,
                          const char **text, struct error *err)
{
	struct sections s = { .own = own };
	put_sections(&s, own->entries);
	put_defaults(&s, arena, all, name);
	return done(&s, arena, text, NULL, err);
}

bool printer_file_remove(struct arena *arena, const struct config *own, const char *name, const char **text, struct error *err)
{
	const char *section = section_of(arena, name), *was = last(own, section, "default");
	/* The default one goes: motcua.ini's word counts again. */
	struct sections s = { .own = own, .without = section, .defaults = !was || strcmp(was, "yes") != 0 };
	put_sections(&s, own->entries);
	return done(&s, arena, text, NULL, err);
}
