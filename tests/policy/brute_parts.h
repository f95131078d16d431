/* What the files of brute force share. */
#pragma once

#include "base/random.h"
#include "brute.h"

#define LARGEST ((size_t)1 << 20)
#define CHOICES_LARGEST 64
#define DUTIES_LARGEST 32

/* One thing that a question says: a key of section 17 and the values to try, as people write them. */
struct choice {
    struct slice key;
    LIST(struct slice) values;
    bool focus; /* named in what was changed */
};
struct choices {
    LIST(struct choice) list;
};

/* Words named in the statements about one act. */
struct words_named {
    LIST(struct slice) list;
};

struct asking {
    struct brute *brute;
    const struct policy *policies[2];
    struct decider *deciders[2];
    struct arena *arena, *scratch, *frame;
    struct request requests[2];
    struct random random;
    struct text about, focus; /* statements about the act; those that only one version has */
    struct slice act;
    struct words_named people, others, channels;
    struct choices choices;
    struct map
        answered; /* on the act at hand: as what the actor counts -> whether something differs */
    size_t dones,
        shown;       /* 2 where it matters whether it is done; ways in which somebody is shown */
    bool own, named; /* of the last question: the actor's part differs; a duty by name does */
    struct words_named bearers;
};

/* Who acts is given as phrases with commas between; empty: nobody. */
struct put {
    struct slice actor, other, via, shown;
    bool done;
    size_t at[CHOICES_LARGEST];
};

/* brute_words.c: what the versions say of the act at hand. */
bool words_said_in(struct slice text, struct slice phrase);
void words_about(struct asking *asking, int s, struct text *out);
void words_keep(struct asking *asking, struct words_named *list, struct slice phrase);
void words_find_place(struct asking *asking, enum word_place place, struct slice text,
                      struct words_named *list);
void words_find_choices(struct asking *asking);

/* brute_answer.c: a question put, its answers laid side by side. */
void answer_start(struct asking *asking, const struct put *put);
void answer_choose(struct asking *asking, const struct put *put, size_t number);
void answer_compare(struct asking *asking);
/* Whether a role is somebody: counts as it, or stands in the list of what it INCLUDES or MEANS. */
bool answer_is_somebody(const struct policy *policy, int role, int other, unsigned depth);
