/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/told.h — What a system of the practice world tells of the
 * dossiers it has, in the vocabulary of the national portal: one dossier, the
 * list of some days, files of results; and the dial that makes it ask for
 * supplements and money, give results, use strange words, lose, double and
 * alter dossiers. */
#pragma once
#include "core/base/bytes.h"
#include "core/practice/world.h"

/* One dossier as TraCuuHoSo answers it; a new reference. */
json_t *told_item(const struct world_system *, const char *code, const json_t *kept);
/* Those received from…to (yyyy-MM-dd, both included), hidden ones left out. */
json_t *told_list(const struct world_system *, const char *from, const char *to);
/* What they asked and an update answers (its DanhSachHoSoBoSung) is asked no more. */
void told_answered(json_t *kept, const json_t *answers);
/* A step of theirs, and the status it leads to (0: a word, no status). */
void told_step(const struct world_system *, const char *code, json_t *kept, const char *status,
               const char *say, moment_t now);
/* They know that we keep the result; false: no such dossier. */
bool told_taken(struct world *, struct world_system *, const char *code);
/* POST /practice/tell; false: nothing in it is understood, or no such dossier. */
bool told_turn(struct world *, struct world_system *, const json_t *request, moment_t now);
/* Bytes as base64, added. */
void told_base64(struct bytes *out, const struct bytes *in);
/* The bytes of a result by the id in its link; base64: as text. */
bool told_file(const struct world_system *, const char *id, struct bytes *out, bool *base64);
