/* A compiled policy: its words, the documents it came from (law first), the rules that are awake under its readings, and
 * the program that decides. Made whole or not at all; never changed afterwards, so that any number of threads may read it. */
#pragma once

#include "policy/document.h"

struct program; /* program.h: inside the room only */

/* A source text and how problems name it. */
struct policy_source {
    struct slice file, text;
};

struct policy_sources {
    struct policy_source words, policy, law; /* law.text may be empty: none */
    const struct policy_source
        *scenarios; /* further *.md files of the folder: scenario blocks only */
    size_t scenario_count;
    struct policy_source base; /* the policy that `based on` names; text empty: none was found */
    const struct policy_source *base_scenarios;
    size_t base_scenario_count;
    bool unhashed; /* leave the hashes empty: for one answer that nobody keeps */
};

#define HASH_SIZE 65 /* 64 hexadecimal digits and the NUL */
struct policy_hashes {
    char prose[HASH_SIZE]; /* what people read: front matter, headings, prose */
    char meaning
        [HASH_SIZE]; /* what the program enforces: the canonical print of rules and policy lines */
    char words[HASH_SIZE];
    char law_prose[HASH_SIZE], law_meaning[HASH_SIZE];
};

/* A statement that is awake under the readings, in document order, law first. */
struct rule {
    const struct statement *statement;
    const struct clause *clause;
    const struct document *document;
    bool law;
};

struct policy {
    struct arena *arena; /* owns everything below */
    struct words words;  /* the policy's own copy, its phrases added */
    struct document law, document;
    bool has_law;
    LIST(struct document) scenarios;
    uint32_t reads; /* readings adopted */
    LIST(struct rule) rules;
    const uint64_t *counts[WORD_PLACES],
        *reaches[WORD_PLACES]; /* policy_counts and policy_reaches, a row of bits a word */
    struct policy_hashes hashes;
    struct program *program;
};

/* Compiles. The sources must outlive the policy. NULL where problems gained an error; warnings do not hinder. */
struct policy *policy_new(const struct policy_sources *sources, struct problems *problems);
void policy_free(struct policy *policy);
/* A copy that shares words, law and documents with `policy`, which must outlive it, and has no program yet: its document's
 * statements may be exchanged before policy_recompile makes one. For those who try changes (mutate.c). */
struct policy *policy_derive(const struct policy *policy);
/* The rules listed and compiled anew; hashes stay those of the first policy. False where problems gained an error. */
MUST_USE bool policy_recompile(struct policy *policy, struct problems *problems);
static inline void policy_cleanup(struct policy **policy)
{
    policy_free(*policy);
}
/* Whether a reading tag (UNDER Rn / UNDER NOT Rn; 0: none) leaves its line awake. */
bool policy_awake(uint32_t reads, unsigned reading, bool not_reading);
/* Whether role (channel, act) a is b or counts as it, by the vocabulary and the policy's DOES NOT COUNT AS lines;
 * definitions are left aside. */
bool policy_counts(const struct policy *policy, enum word_place place, int a, int b);
/* The same, but no path passes a word that the policy defines with MEANS (docs/semantics.md 13): its definition decides. */
bool policy_reaches(const struct policy *policy, enum word_place place, int a, int b);
