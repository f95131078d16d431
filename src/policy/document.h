/* policy.md and law.md read into clauses and blocks (grammar.md section 2): front matter, headings with permanent ids,
 * prose, the norms line, fences. Knows lines and places, not what a rule means; parse.c reads the blocks. */
#pragma once

#include "policy/rule.h"

#define DOCUMENT_SIZE_LARGEST (1u << 20)
#define DOCUMENT_LINE_LARGEST 4000
#define DOCUMENT_CLAUSES_LARGEST 1000

enum block_kind {
    BLOCK_NONE,
    BLOCK_RULE,
    BLOCK_NORULE,
    BLOCK_POLICY,
    BLOCK_NOTE,
    BLOCK_SCENARIO,
    BLOCK_SCENARIOS,
    BLOCK_OTHER
};

struct block {
    enum block_kind kind;
    struct slice
        info; /* the fence's info string after its first word: norule's mechanism, a scenario's name */
    struct slice text; /* the lines between the fences */
    size_t line;       /* of the first line of text */
    int clause;        /* index, or -1 before the first clause */
    struct slice file; /* it stands in: the document's, or that of the one it is based on */
    bool inherited;    /* taken over from the base */
};

struct clause {
    struct slice file;   /* it stands in: the document's, or that of the one it is based on */
    bool inherited;      /* taken over from the base */
    struct slice id;     /* without `c-` */
    struct slice number; /* printed number of the heading, may be empty */
    struct slice title;  /* heading without number and id */
    size_t level;        /* of the heading, 1..6 */
    int section;         /* the section it stands in, or -1 */
    struct slice
        prose; /* Markdown between heading and block, norms line taken out: two runs may be needed, so it is copied */
    LIST(struct slice) norms; /* full ids, in order */
    size_t norms_line;
    struct block block; /* rule, norule or policy; kind BLOCK_NONE is an error */
    struct block
        base_lines; /* the base's policy block that this one is put upon; BLOCK_NONE: none */
    struct slice mechanism, feature, reason; /* norule */
    LIST(struct slice) notes;                /* texts of its note blocks */
    LIST(struct statement) statements;       /* of a rule block, filled by parse.c */
    size_t line;                             /* of the heading */
};

struct section {
    struct slice number, title;
    size_t level, line;
    int parent;         /* section it stands in, or -1 */
    int first_clause;   /* index of the first clause below it */
    struct slice prose; /* prose directly under the heading */
};

/* A name of the base and what stands for it here. */
struct naming {
    struct slice from, to;
};

struct document {
    struct arena *arena;
    struct slice file, source;
    struct slice policy, title, version, norms_prefix, based_on, words, law;
    size_t based_line; /* of `based on`, 0: none */
    LIST(struct naming) names;
    LIST(struct slice) organisation; /* what the text calls it; may be empty */
    struct date in_force;
    bool in_force_month;
    uint32_t reads;        /* bit n: reading Rn adopted */
    struct slice preamble; /* prose before the first heading with an id or section */
    LIST(struct clause) clauses;
    struct map ids; /* clause id -> index */
    LIST(struct section) sections;
    LIST(struct block) scenarios;   /* every scenario and scenarios block, in order */
    LIST(struct policy_line) lines; /* filled by parse.c */
};

/* Reads the text; `file` is how problems name it; both must outlive the document. False where problems gained an error. A
 * document without front matter is allowed where `scenarios_only` (a file of scenarios beside a policy). */
MUST_USE bool document_read(struct slice file, struct slice source, bool scenarios_only,
                            struct arena *arena, struct problems *problems,
                            struct document *ret_document);
/* The clause of an id, or -1. */
int document_clause(const struct document *document, struct slice id);
/* Whether the clause stands (at any depth) below a heading whose number is `number`. */
bool document_in_section(const struct document *document, int clause, struct slice number);
