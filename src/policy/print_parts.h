/* What the two prints share: lists of phrases, verbs that agree with their subject, times and dates. Inside the room only. */
#pragma once

#include "policy/print.h"

struct slice phrase_of(const struct words *words, enum word_place place, int index);
/* Without its article. */
struct slice bare_phrase(struct slice phrase);
/* `a, b or c`; `and` where each is meant. */
void print_roles(const struct words *words, const struct roles *roles, struct text *out);
/* The same without articles: `another director`, `no volunteer`. */
void print_bare_roles(const struct words *words, const struct roles *roles, struct text *out);
void print_channels(const struct words *words, const struct channels *channels, struct text *out);
void print_who(const struct words *words, const struct who *who, struct text *out);
/* Whether the verb takes its -s: `a pupil posts`, `staff post`. */
bool who_singular(const struct words *words, const struct who *who);
/* The act's phrase; `agrees`: with the -s of a single subject, where reading knows it again. */
void print_verb(const struct words *words, int act, bool agrees, struct text *out);
/* Acts, their object behind its preposition, and the channels. */
void print_acts(const struct words *words, const struct acts *acts, bool agrees, struct text *out);
void print_object(const struct words *words, int act, const struct roles *object, bool anyone,
                  struct text *out);
void print_clock(int64_t minute, struct text *out);
/* The fact's value in a choice; empty where there is none. */
struct slice value_of(const struct fact *fact, int64_t value);
