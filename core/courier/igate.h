/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/igate.h — The platform of six ministries and most provinces:
 * a number is reserved, each file is uploaded once, the dossier that quotes
 * both is created, then its progress and its status are told.  A ministry and
 * a province differ in paths and names only, which are the profile's:
 *
 *   paths  {call: "METHOD /path"} with {procedure} {agency} {pattern} {number}
 *          {id} {from} {to} {size} in it; a call without a path does not exist
 *          there ("procedure" and "update" may be missing)
 *   found  {finding: path or [paths] in the reply}: pattern, number, file
 *          (object of one upload), id, view, list, item (of a list of fates)
 *   names  {name here: name there} where it is not the ministry's
 *   fields {call: {name there: template}} (template.h) put over what is written
 *   own_code  the member that carries our code; "" none
 *   max_file_bytes, forbidden_files ([".exe"]), list_size
 *   maps   owner_kind ("person" "organisation:tax" "organisation"), paper_kind
 *          ("original" "copy" "electronic"), status, fee_paid
 *
 * Three spellings of one id (IDHoSo, IdHoSo, idHoSo) and three spellings of
 * moments in one interface: written exactly, read in any case. */
#pragma once
#include "core/courier/connector.h"

/* The room's own: igate_fields.c.  New references; NULL with FAULT_INPUT when a
 * mandatory fact is missing or a code has no map. */
json_t *igate_dossier(const struct profile *, const struct call_facts *, struct error *);
json_t *igate_progress(const struct profile *, const struct call_facts *, struct error *);
json_t *igate_status(const struct profile *, const struct call_facts *, struct error *);
/* The name there of a member. */
const char *igate_name(const struct profile *, const char *name);
/* What was reserved, "" before; the dossier's id there; a file's {id, hash}. */
const char *igate_number(const struct call_facts *);
const char *igate_id(const struct call_facts *);
const json_t *igate_file(const struct call_facts *, const json_t *file);
/* Whoever receives: the profile's code, else the dossier's own unit. */
const char *igate_agency(const struct profile *, const struct call_facts *);

/* igate_read.c */
/* The first of the finding's paths that leads somewhere; a new reference. */
json_t *igate_found(const struct profile *, const char *finding, const json_t *root);
void igate_read_view(const struct profile *, const struct answer *, const char *code,
                     struct peer_view *);
bool igate_read_list(const struct profile *, const struct answer *, struct peer_list *);
json_t *igate_read_filings(const struct profile *, const struct answer *, bool *more);
json_t *igate_read_filing(const struct profile *, const struct answer *, const char *code);
json_t *igate_read_reply(const struct profile *, enum call_kind, const struct answer *,
                         struct error *);
