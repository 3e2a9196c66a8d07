/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/printer.h"

#include <string.h>
#include <unistd.h>

#include "core/base/say.h"

#define SECTION "printer \""

struct draft {
	struct printer *printer;
	const char *tongue, *carrier, *dots, *paper;
	const struct config_entry *entry; /* the first one, for messages */
	bool told;                        /* more is said of it than whether it is the default */
	struct draft *next;
};

static bool wrong(struct error *err, const struct config_entry *at, const char *cause)
{
	fail(err, FAULT_INPUT, _("Cấu hình máy in sai: %s, dòng %d, mục [%s], khoá \"%s\"."), at->file,
	     at->line, at->section, at->key);
	return because(err, "%s:%d: %s", at->file, at->line, cause);
}

/* [printer "NAME"] → NAME, or NULL for other sections. */
static const char *section_name(struct arena *arena, const char *section)
{
	size_t n = strlen(section), head = strlen(SECTION);
	if (strncmp(section, SECTION, head) != 0 || n < head + 2 || section[n - 1] != '"')
		return NULL;
	return arena_copy(arena, section + head, n - head - 1);
}

static struct draft *draft_for(struct arena *arena, struct draft **first, const char *name,
                               const struct config_entry *entry)
{
	struct draft **at = first;
	for (; *at; at = &(*at)->next)
		if (strcmp((*at)->printer->name, name) == 0)
			return *at;
	*at = ARENA_NEW(arena, struct draft);
	(*at)->printer = ARENA_NEW(arena, struct printer);
	(*at)->printer->name = name;
	(*at)->entry = entry;
	(*at)->dots = "576";
	(*at)->paper = "a5";
	return *at;
}

static bool is_yes(const char *value)
{
	return strcmp(value, "yes") == 0 || strcmp(value, "true") == 0 || strcmp(value, "1") == 0;
}

static bool take_entry(struct arena *arena, struct draft *draft, const struct config_entry *entry,
                       struct error *err)
{
	const char *value = arena_string(arena, entry->value);
	draft->told |= strcmp(entry->key, "default") != 0;
	if (strcmp(entry->key, "tongue") == 0)
		draft->tongue = value;
	else if (strcmp(entry->key, "carrier") == 0)
		draft->carrier = value;
	else if (strcmp(entry->key, "address") == 0)
		draft->printer->address = value;
	else if (strcmp(entry->key, "dots") == 0)
		draft->dots = value;
	else if (strcmp(entry->key, "paper") == 0)
		draft->paper = value;
	else if (strcmp(entry->key, "default") == 0)
		draft->printer->is_default = is_yes(value);
	else
		return wrong(err, entry, "unknown key");
	return true;
}

static bool choose_output(const struct draft *draft, enum draw_output *out)
{
	static const struct {
		const char *tongue, *which;
		enum draw_output output;
	} outputs[] = {
		{ "raster", "576", DRAW_RASTER_576 }, { "raster", "384", DRAW_RASTER_384 },
		{ "pdf", "a5", DRAW_PDF_A5 }, { "pdf", "a4", DRAW_PDF_A4 },
		{ "plain", "", DRAW_PLAIN_80 },
	};
	for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
		const char *which = strcmp(draft->tongue, "raster") == 0 ? draft->dots : draft->paper;
		if (strcmp(outputs[i].tongue, draft->tongue) == 0 &&
		    (!outputs[i].which[0] || strcmp(outputs[i].which, which) == 0)) {
			*out = outputs[i].output;
			return true;
		}
	}
	return false;
}

static bool prints_sheets(const struct printer *printer)
{
	return printer->output == DRAW_PDF_A5 || printer->output == DRAW_PDF_A4;
}

static bool finish(struct draft *draft, struct error *err)
{
	struct printer *printer = draft->printer;
	printer->carrier = draft->carrier ? carrier_find(draft->carrier) : NULL;
	if (!printer->carrier)
		return wrong(err, draft->entry, "carrier missing or unknown");
	if (!draft->tongue)
		draft->tongue = printer->carrier->sheets ? "pdf" : "raster";
	if (!choose_output(draft, &printer->output))
		return wrong(err, draft->entry, "tongue, dots or paper unknown");
	if (!printer->address)
		return wrong(err, draft->entry, "address missing");
	if (printer->carrier->sheets && !prints_sheets(printer))
		return wrong(err, draft->entry, "this carrier needs tongue = pdf");
	return printer->carrier->check(printer->address, err);
}

/* Entries stand last first; printers stand in the file's order, and a later word counts. */
static bool take_entries(struct arena *arena, struct draft **drafts, const struct config_entry *e, struct error *err)
{
	if (!e)
		return true;
	if (!take_entries(arena, drafts, e->next, err))
		return false;
	const char *name = section_name(arena, e->section);
	return !name || take_entry(arena, draft_for(arena, drafts, name, e), e, err);
}

bool printers_read(const struct config *config, struct arena *arena, const char *helper,
                   struct printer **out, struct error *err)
{
	struct draft *drafts = NULL;
	*out = NULL;
	if (!take_entries(arena, &drafts, config->entries, err))
		return false;
	struct printer **end = out;
	for (struct draft *draft = drafts; draft; draft = draft->next) {
		if (!draft->told)
			continue; /* the default was taken from a printer that is no more */
		if (!finish(draft, err))
			return false;
		draft->printer->helper = helper;
		*end = draft->printer;
		end = &draft->printer->next;
	}
	return true;
}

const struct printer *printer_find(const struct printer *printers, const char *name)
{
	for (const struct printer *p = printers; p; p = p->next)
		if (name ? strcmp(p->name, name) == 0 : p->is_default)
			return p;
	return name ? NULL : printers;
}

const struct printer *printer_of_sheets(const struct printer *printers)
{
	const struct printer *first = printer_find(printers, NULL);
	if (first && prints_sheets(first))
		return first;
	for (const struct printer *p = printers; p; p = p->next)
		if (prints_sheets(p))
			return p;
	return NULL;
}

const struct printer *printer_of_files(const struct printer *printers)
{
	const struct printer *first = printer_find(printers, NULL);
	if (first && first->output == DRAW_PDF_A4)
		return first;
	for (const struct printer *p = printers; p; p = p->next)
		if (p->output == DRAW_PDF_A4)
			return p;
	return printer_of_sheets(printers);
}

const char *printer_device(const struct printer *printer, struct arena *arena)
{
	char host[256] = "";
	if (!printer->carrier->alone)
		return "";
	if (strcmp(printer->carrier->name, "tcp") == 0)
		return arena_format(arena, "tcp %s", carrier_tcp_address(arena, printer->address));
	if (gethostname(host, sizeof host - 1) < 0)
		host[0] = '\0';
	return arena_format(arena, "%s %s %s", printer->carrier->name, host, printer->address);
}

const char *printer_paper(const struct printer *printer)
{
	switch (printer->output) {
	case DRAW_PDF_A5: return "A5";
	case DRAW_PDF_A4: return "A4";
	case DRAW_RASTER_576: return "80 mm";
	case DRAW_RASTER_384: return "58 mm";
	default: return "80 cột";
	}
}

struct carriage printer_trip(const struct printer *printer, const void *data, size_t size)
{
	enum draw_output output = printer->output;
	return (struct carriage){ .data = data ? data : "", .size = size, .look = !data,
		.title = "motcua", .ending = "bin", .helper = printer->helper,
		.media = output == DRAW_PDF_A5 ? "a5" : output == DRAW_PDF_A4 ? "a4" : NULL,
		.escpos = output == DRAW_RASTER_576 || output == DRAW_RASTER_384 };
}
