/* A made-up mail server behind the worker, and what the tests of mail ask of a record. */
#pragma once

#include <pthread.h>

#include "school.h"
#include "service/mail_queue.h"
#include "service/mail_worker.h"

#define SENT_LARGEST 200
#define SITE "https://policy.hill.example/"

struct taken {
    char id[40], to[100], subject[200], body[1000];
};
struct post {
    pthread_mutex_t lock;
    enum mail_result result; /* of the next ones */
    bool server;
    size_t good_after; /* from this try on they are taken over; 0: by `result` alone */
    size_t tries, count, rests;
    struct taken sent[SENT_LARGEST];
    struct mail_way way;
};

struct counting {
    const char *kind;
    size_t count;
    struct slice person, reason;
    struct arena *arena;
};

extern const struct mail_pace quick;

void post_open(struct post *post, enum mail_result result, bool server);
void nap(void);
size_t tries_of(struct post *post);
void queue_at(struct school *school, struct id person, enum mail_kind kind, int64_t at);
void queue(struct school *school, struct id person, enum mail_kind kind);
void queue_task(struct school *school, struct id actor, struct task_plan plan);
bool row_of(struct school *school, struct id person, enum mail_kind kind,
            struct outbox_row *ret_row);
bool is_state(struct school *school, struct id person, enum mail_kind kind, const char *state);
int64_t waiting(struct school *school);
void wait_until_empty(struct school *school);
struct counting events_of(struct school *school, const char *kind);
size_t tasks_of(struct school *school, struct id reader, const char *kind);
void give_address(struct school *school, struct id person, const char *given, const char *address);
const char *today(struct school *school);
void begin(struct school *school);
struct mail_worker *work(struct school *school, struct post *post);
void empty(struct school *school, struct post *post);
