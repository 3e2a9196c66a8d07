/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/print_qr.h — The QR codes of a paper, signed with this machine's key. */
#pragma once
#include "tui/print_run.h"

/* Receipts carry the one of their dossier (*qr), sheets printed beforehand each their
 * own (in the fields); other forms none: *qr is NULL.  FAULT_OFFLINE while the key is
 * not registered. */
bool print_qr(const struct print_tools *, struct arena *, const char *form, struct fields *,
              const char **qr, struct error *);
/* Forms that cannot be printed without a registered key. */
bool print_needs_key(const char *form);
