/* Training: the courses, and who has had which; see signoff.h. */
#include "service/people.h"
#include "service/signoff.h"

static const struct {
    const char *code, *words;
} courses[COURSES] = {
    [COURSE_POLICY] = {"policy", "This policy"},
    [COURSE_ONLINE_SAFETY] = {"online-safety", "Online safety"},
    [COURSE_SAFEGUARDING] = {"safeguarding", "Safeguarding"},
    [COURSE_OTHER] = {"other", "Other training"},
};

struct slice course_code(enum course course)
{
    return slice_of(courses[course].code);
}

struct slice course_words(enum course course)
{
    return slice_of(courses[course].words);
}

enum course course_of(struct slice code)
{
    for (int course = 0; course < COURSES; course++)
        if (slice_is(code, courses[course].code)) return (enum course)course;
    return COURSES;
}

struct gathering {
    struct arena *arena;
    struct trainings *trainings;
};

/* Newest first: those done on one day by what was recorded last. */
static bool gather(void *context, const void *row, struct error *error)
{
    struct gathering *gathering = context;
    const struct training_row *training = row;
    struct trained trained = {training->id, course_of(training->course), training->done,
                              training->until == ROW_NOTHING ? INT64_MAX : training->until,
                              training->n};
    (void)error;
    if (trained.course == COURSES) trained.course = COURSE_OTHER;
    struct trainings *trainings = gathering->trainings;
    LIST_PUSH(gathering->arena, &trainings->list, trained);
    for (size_t i = trainings->list.count - 1; i > 0; i--) {
        struct trained *before = &trainings->list.at[i - 1];
        if (before->done > trained.done || (before->done == trained.done && before->n > trained.n))
            break;
        trainings->list.at[i] = *before;
        *before = trained;
    }
    return true;
}

static bool gather_all(struct db *db, const struct id *person, struct gathering *gathering,
                       struct error *error)
{
    struct id *ids;
    size_t count;
    if (!people_linked(db, person, gathering->arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!trainings_of(db, &ids[i], gathering->arena, gather, gathering, error)) return false;
    return true;
}

bool trainings_here(struct record *record, const struct id *person, struct arena *arena,
                    struct trainings *ret_trainings, struct error *error)
{
    struct gathering gathering = {arena, ret_trainings};
    *ret_trainings = (struct trainings){0};
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool done = gather_all(db, person, &gathering, error);
    record_read_done(record, db);
    return done;
}

bool trained_on(struct record *record, const struct id *person, enum course course, int64_t day)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error ignored = {.code = ERROR_NONE};
    struct trainings trainings;
    if (!trainings_here(record, person, arena, &trainings, &ignored)) return false;
    for (size_t i = 0; i < trainings.list.count; i++) {
        const struct trained *trained = &trainings.list.at[i];
        if (trained->course == course && trained->done <= day && day <= trained->until) return true;
    }
    return false;
}
