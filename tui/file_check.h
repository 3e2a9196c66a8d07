/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/file_check.h — Before a file goes with a paper: does the system it travels to take it,
 * and is it whole; what the clerk should know of it. */
#pragma once
#include "core/base/config.h"
#include "core/base/path.h"
#include "core/sign/check.h"
#include "core/store/store.h"

struct file_check {
	/* err NULL: it may go; else nothing else is set. */
	void (*done)(struct file_check *, const struct error *err);
	void (*kept)(struct file_check *, const struct error *err); /* after file_check_keep; may be NULL */
	void *owner;
	struct loop *loop;
	struct scope *scope;
	struct store *store;
	const struct paths *paths;
	const struct config *config;
	/* For done, until file_check_clear: */
	const char *words;     /* one line: pages, signatures       */
	int pages;             /* 0: an image                       */
	int signs;             /* signatures in a PDF               */
	bool doubtful;         /* something that must not be passed over */
	/* file_check.c's own: */
	struct ask ask;
	struct check_job job;
	int fd;
};

/* fd stays open until done; system: where the dossier travels, "" while it is not known. */
void file_check_start(struct file_check *, int fd, const char *name, const char *system);
/* Keeps what was found with the kept file. */
void file_check_keep(struct file_check *, int64_t file_id);
void file_check_clear(struct file_check *);
