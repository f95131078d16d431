/* The vocabulary: people, channels, acts, facts, records and readings, as words.md declares them (grammar.md section 6),
 * and how a phrase of a rule finds its word (section 7). A policy works on a copy to which its own phrases are added. */
#pragma once

#include "base/map.h"
#include "policy/problem.h"

#define WORDS_LARGEST 512       /* rows of one table, own phrases included */
#define PHRASE_WORDS_LARGEST 12 /* words of one phrase */

/* A grammatical place: the same words may name one thing in each. */
enum word_place {
    WORD_PERSON,
    WORD_CHANNEL,
    WORD_ACT,
    WORD_FACT,
    WORD_RECORD,
    WORD_NAME,
    WORD_PLACES
};

struct word {
    struct slice phrase;     /* as the table spells it, article included */
    struct slice id;         /* permanent; of a policy's own phrase: its words joined by '-' */
    LIST(struct slice) also; /* synonyms */
    LIST(int) counts_as;     /* direct, indexes of the same table */
    size_t line;             /* in words.md or the policy */
    bool own;                /* added by the policy (MEANS, DECIDES WHETHER) */
};

struct person {
    struct word word;
};

enum channel_kind { CHANNEL_SERVICE, CHANNEL_ACCOUNT, CHANNEL_DEVICE };

struct channel {
    struct word word;
    enum channel_kind kind;
};

enum act_kind { ACT_ACT, ACT_EVENT, ACT_DUTY };
enum act_actor { ACTOR_PERSON, ACTOR_ANYONE, ACTOR_ORGANISATION, ACTOR_OFFICE };

struct act {
    struct word word;
    enum act_kind kind;
    enum act_actor actor;
    LIST(int) before;   /* events that must have happened */
    int refused;        /* the act done instead, or -1 */
    struct slice joins; /* the preposition before the object; may be empty */
};

enum fact_kind {
    FACT_YES_NO,
    FACT_CHOICE,
    FACT_NUMBER, /* age, count, number and duration: see `unit` */
    FACT_TIME,
    FACT_DATE,
    FACT_PERSONAL, /* yes/no about one person shown */
    FACT_RECORD
};
enum fact_source {
    KNOWS_ASKER,
    KNOWS_REGISTER,
    KNOWS_SCREENING,
    KNOWS_CALENDAR,
    KNOWS_SETTINGS,
    KNOWS_CATALOGUE,
    KNOWS_CASE,
    KNOWS_APPLICATION
};
enum record_about {
    ABOUT_UNSAID,
    ABOUT_ACTOR,
    ABOUT_OTHER,
    ABOUT_SHOWN,
    ABOUT_ACCOUNT,
    ABOUT_ORGANISATION
};

/* What stands in for a fact that somebody does not know. */
enum unknown_kind { UNKNOWN_WORST, UNKNOWN_VALUE, UNKNOWN_UNDER, UNKNOWN_REFER };
struct unknown {
    enum unknown_kind kind;
    int64_t value; /* yes 1, no 0; a choice's index; a number; the bound of `under` */
    int role;      /* UNKNOWN_REFER: a person */
};

struct fact {
    struct word word;
    enum fact_kind kind;
    LIST(struct slice) values; /* a choice's */
    struct slice unit;         /* years, months ...; may be empty */
    bool age;                  /* kind `age`: may be given as a date of birth */
    int64_t low, high;         /* numbers; 0..120 unless said */
    enum fact_source source;
    struct slice question; /* may be empty: then the phrase is put as a question */
    struct unknown unknown;
    bool unknown_empty;      /* the cell was empty (a warning) */
    enum record_about about; /* records */
};

struct reading {
    struct slice phrase, id, adopted, not_adopted;
    unsigned number; /* R6 is 6; 1..31 */
    size_t line;
};

/* A policy's own phrase for a condition (MEANS) or for a judgement (DECIDES WHETHER). */
struct name {
    struct word word;
    bool judgement;
};

/* A phrase or an id as it was entered in a map, kept so that a copy can enter it again. */
struct word_key {
    struct slice key;
    enum word_place place;
    bool id;
    int index;
};

struct words {
    struct arena *arena;
    struct slice file, source;
    LIST(struct person) people;
    LIST(struct channel) channels;
    LIST(struct act) acts;
    LIST(struct fact) facts; /* records among them */
    LIST(struct reading) readings;
    LIST(struct name) names; /* empty in the shared vocabulary */
    struct map
        phrases[WORD_PLACES]; /* stemmed words joined by a blank -> index in the place's table */
    struct map ids[WORD_PLACES];
    LIST(struct word_key) keys;
    size_t longest[WORD_PLACES]; /* words of the place's longest phrase */
};

/* Reads words.md. `source` must outlive the words. False where problems gained an error. */
MUST_USE bool words_read(struct slice file, struct slice source, struct arena *arena,
                         struct problems *problems, struct words *ret_words);
/* Words without any row. */
void words_init(struct words *words, struct slice file, struct slice source, struct arena *arena);
/* A copy for one policy: its tables can grow without touching the shared ones. */
void words_copy(const struct words *shared, struct arena *arena, struct words *ret_words);
/* Adds a policy's own phrase; fails (problem added) where the place has it already. Gives its index, or -1. */
int words_add(struct words *words, enum word_place place, struct slice phrase, bool judgement,
              struct slice file, size_t line, size_t column, struct problems *problems);

/* The word-by-word form under which phrases are compared (section 7): lower case, 's, plural and third-person endings and
 * articles cut. Frozen: tests/policy/stem.tsv holds its table. */
struct slice words_stem(struct slice word, struct arena *arena);
/* The longest phrase of the place that `text` begins with. Gives its index and how many bytes it took; -1 where none. */
int words_match(const struct words *words, enum word_place place, struct slice text,
                size_t *ret_length);
/* A whole text that is one phrase or one id of the place, or -1. */
int words_find(const struct words *words, enum word_place place, struct slice text);
/* The word of exactly this id, or -1. */
int words_find_id(const struct words *words, enum word_place place, struct slice id);
/* The phrase of the place that shares most words with `text`, or empty: for `did you mean`. */
struct slice words_nearest(const struct words *words, enum word_place place, struct slice text);
const struct word *words_word(const struct words *words, enum word_place place, int index);
/* How many rows the place's table has; facts and records share one. */
size_t words_count(const struct words *words, enum word_place place);
/* Enters a phrase of the word `index`; `ret_other` gets the word that has it already (then false), or -1 (false) where the
 * phrase is no phrase: no word, too many, or a sign that ends one. */
bool words_enter_phrase(struct words *words, enum word_place place, struct slice phrase, int index,
                        int *ret_other);
/* Enters its id; gives the word that has it already, or -1. */
int words_enter_id(struct words *words, enum word_place place, struct slice id, int index);
