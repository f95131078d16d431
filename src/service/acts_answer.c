/* Answers from May I? that their askers keep: each sealed under a key of its own, opened for the asker alone, and shredded when
 * it is thrown away. Clause 5.5. */
#include "service/keeping_parts.h"

#define ANSWER_LARGEST (64u << 10)

/* ---- keep ----------------------------------------------------------------------------------------- */

/* `matter`: a struct slice with the answer, where it is longer than a value may be. */
static struct slice answer_of(const struct desk *desk)
{
    const struct slice *matter = desk->order->matter;
    return matter != NULL ? *matter : order_value(desk->order, "answer");
}

bool facts_keep_answer(struct desk *desk, struct error *error)
{
    struct slice answer = answer_of(desk);
    desk->person = desk->order->actor;
    if (id_is_none(&desk->person))
        return error_set(error, ERROR_REQUEST, "sign in to keep an answer");
    if (answer.length == 0) return error_set(error, ERROR_REQUEST, "there is no answer to keep");
    return answer.length <= ANSWER_LARGEST ||
           error_set(error, ERROR_LIMIT, "the answer is too long to be kept");
}

bool do_keep_answer(struct desk *desk, struct error *error)
{
    struct event *event = desk_event(desk, "answer-kept");
    struct pairs pairs = {0};
    pairs_add(&pairs, desk->arena, "question", order_value(desk->order, "question"));
    pairs_add(&pairs, desk->arena, "answer", answer_of(desk));
    desk_set_id(desk, event, "answer", &event->id);
    desk->outcome->made = event->id;
    return desk_part(desk, event, &event->id, &pairs, error) && desk_emit(desk, event, error);
}

/* ---- open, throw away ----------------------------------------------------------------------------- */

bool facts_own_answer(struct desk *desk, struct error *error)
{
    struct kept_row *row = ARENA_NEW(desk->arena, struct kept_row);
    struct id id;
    bool found, mine = false;
    desk->found = row;
    if (!desk_id(desk, "answer", "the answer", &id, error) ||
        !kept_get(desk->db, &id, desk->arena, row, &found, error) ||
        (found && !desk_is_actor(desk, &row->person, &mine, error)))
        return false;
    /* Of another's answer not even that it is there. */
    if (!mine) return error_set(error, ERROR_REQUEST, "the answer is not one that you kept");
    desk->person = row->person;
    return desk_say(desk, "mine", mine, error);
}

bool do_open_answer(struct desk *desk, struct error *error)
{
    const struct kept_row *row = desk->found;
    struct event *event = desk_event(desk, "opened");
    struct pairs pairs = {0};
    bool there;
    if (!record_part(desk->record, desk->db, (uint64_t)row->n, &row->id, desk->arena, &pairs,
                     &there, error))
        return false;
    desk->outcome->content = there ? pairs_value(&pairs, "answer") : SLICE_EMPTY;
    desk->outcome->sentence = there ? pairs_value(&pairs, "question") : SLICE_EMPTY;
    desk_set(desk, event, "what", SLICE("kept-answer"));
    return desk_emit(desk, event, error);
}

bool do_drop_answer(struct desk *desk, struct error *error)
{
    const struct kept_row *row = desk->found;
    struct shredded shredded = {0};
    struct event *event = desk_event(desk, "answer-dropped");
    if (!shred_find(desk, &row->id, &shredded, error)) return false;
    desk_set_id(desk, event, "answer", &row->id);
    if (shredded.keys.count > 0)
        desk_set(desk, event, "keys", shred_ids(&shredded, 0, SHRED_IDS_LARGEST, desk->arena));
    return desk_emit(desk, event, error) && shred(desk, &shredded, error);
}
