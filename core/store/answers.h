/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/answers.h — What the other side answered, as counters see it: the
 * tasks that come of it, their own words of a dossier, what a word of theirs
 * means. */
#pragma once
#include "core/store/store.h"

struct task_row {
	int64_t problem_id, dossier_id;
	const char *code, *system, *system_name, *said;
	const char *kind;     /* "refused" "disagreed" "supplement" "payment" "extension"
	                       * "result" "word" "missing" …                    */
	const char *key;      /* of a word: the word                            */
	moment_t at;
};
struct tasks_ask {
	void (*done)(struct tasks_ask *, const struct task_row *, int count, const struct error *);
	struct arena *into;   /* required */
	void *owner;
	struct ask ask;       /* answers.c's own */
};
void tasks_read(struct store *, struct scope *, struct tasks_ask *, int most);

struct answer_ask {
	void (*done)(struct answer_ask *, const struct error *);
	void *owner;
	struct ask ask;       /* answers.c's own */
};
/* What was asked is done; solution says how. */
void task_done(struct store *, struct scope *, struct answer_ask *, int64_t problem,
               const char *solution);
/* What a word of theirs means (1..10; 0: it is no status), by whose word.  A
 * supervisor's. */
void word_map(struct store *, struct scope *, struct answer_ask *, const char *system,
              const char *word, int status, const char *basis);
/* The courier asks that system about the dossier before others. */
void dossier_ask_again(struct store *, struct scope *, struct answer_ask *, int64_t dossier,
                       const char *system);
/* The courier tries to fetch a result's file now; key: the task's. */
void result_fetch_now(struct store *, struct scope *, struct answer_ask *, int64_t dossier,
                      const char *system, const char *key);

/* Their own words of a dossier, newest first. */
struct dossier_word {
	const char *system, *system_name, *word, *said, *raw;
	moment_t at, kept_at;
	int status;           /* 0: none, or a word without a meaning here       */
	bool used;            /* our status followed it                          */
};
struct words_ask {
	void (*done)(struct words_ask *, const struct dossier_word *, int count, const struct error *);
	struct arena *into;   /* required */
	void *owner;
	struct ask ask;       /* answers.c's own */
};
void words_read(struct store *, struct scope *, struct words_ask *, int64_t dossier);
