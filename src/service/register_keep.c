/* The arrays of the register in memory: slots, the pool of text and roles, the order of names, what is found by id, address
 * and role, ties and absences as lists. No table is read here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "service/register_parts.h"

#define BLOCK_SIZE ((size_t)1 << 20)
#define NAMES_LARGEST 4000

void *register_room(void *at, size_t count, size_t *space, size_t size)
{
    if (count < *space) return at;
    *space = *space == 0 ? 64 : *space * 2;
    return memory_grow(at, *space * size);
}

void register_view_stamp(struct register_view *view)
{
    static _Atomic uint64_t stamps;
    view->stamp = ++stamps;
}

struct register_view *register_view_new(void)
{
    struct register_view *view = memory_grow(NULL, sizeof *view);
    memset(view, 0, sizeof *view);
    view->tie_free = view->absence_free = SLOT_NONE;
    view->org_text = arena_new();
    text_init(&view->scratch, NAMES_LARGEST);
    register_view_stamp(view);
    return view;
}

static void pool_free(struct pool_block *block)
{
    while (block != NULL) {
        struct pool_block *next = block->next;
        explicit_bzero(block->bytes, block->used);
        free(block);
        block = next;
    }
}

void register_view_free(struct register_view *view)
{
    if (view == NULL) return;
    pool_free(view->pool);
    for (size_t i = 0; i < ROLES; i++) free(view->holders[i].at);
    free(view->slots);
    free(view->ids.at);
    free(view->emails.at);
    free(view->order.at);
    free(view->orgs);
    free(view->words);
    free(view->ties);
    free(view->absences);
    free(view->deputies);
    arena_free(view->org_text);
    text_clear(&view->scratch);
    free(view);
}

/* ---- the pool ---- */

static char *pool_take(struct register_view *view, size_t size)
{
    struct pool_block *block = view->pool;
    size = (size + 7) & ~(size_t)7;
    if (block == NULL || block->size - block->used < size) {
        size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block = memory_grow(NULL, sizeof *block + room);
        *block = (struct pool_block){.next = view->pool, .size = room};
        view->pool = block;
    }
    char *at = block->bytes + block->used;
    block->used += size;
    view->pool_live += size;
    return at;
}

static void pool_leave(struct register_view *view, struct register_slot *slot)
{
    size_t size = (slot->piece + 7) & ~(size_t)7;
    view->pool_live -= size;
    view->pool_waste += size;
    slot->piece = 0;
}

static struct slice moved(struct slice text, const char *from, const char *to)
{
    return text.length == 0 ? SLICE_EMPTY : (struct slice){to + (text.at - from), text.length};
}

/* A piece begins with the roles; the texts follow. */
static void move_piece(struct register_slot *slot, char *to)
{
    struct registered *person = &slot->person;
    const char *from = (const char *)person->roles;
    memcpy(to, from, slot->piece);
    person->roles = (const struct held_role *)(void *)to;
    person->shown_as = moved(person->shown_as, from, to);
    slot->folded = moved(slot->folded, from, to);
    struct slice *texts[] = {&person->details.given,    &person->details.family,
                             &person->details.known_as, &person->details.email,
                             &person->details.phone,    &person->details.born};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = moved(*texts[i], from, to);
}

void register_pack(struct register_view *view)
{
    struct pool_block *old = view->pool;
    view->pool = NULL;
    view->pool_live = view->pool_waste = 0;
    for (size_t i = 0; i < view->order.count; i++) {
        struct register_slot *slot = &view->slots[view->order.at[i]];
        if (slot->piece > 0) move_piece(slot, pool_take(view, slot->piece));
    }
    pool_free(old);
}

/* ---- found by id and by address ---- */

static uint64_t id_hash(const struct id *id)
{
    uint64_t hash;
    memcpy(&hash, id->at, sizeof hash);
    return hash;
}

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static uint64_t email_hash(struct slice email)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < email.length; i++)
        hash = (hash ^ (unsigned char)small(email.at[i])) * 0x100000001b3u;
    return hash ^ hash >> 29;
}

static bool email_same(struct slice a, struct slice b)
{
    if (a.length != b.length) return false;
    for (size_t i = 0; i < a.length; i++)
        if (small(a.at[i]) != small(b.at[i])) return false;
    return true;
}

static uint64_t slot_hash(const struct register_view *view, const struct slot_index *index,
                          uint32_t slot)
{
    const struct registered *person = &view->slots[slot].person;
    return index == &view->ids ? id_hash(&person->id) : email_hash(person->details.email);
}

static void index_put(const struct register_view *view, struct slot_index *index, uint32_t slot)
{
    size_t at = slot_hash(view, index, slot) & (index->space - 1);
    while (index->at[at] != SLOT_NONE) at = (at + 1) & (index->space - 1);
    index->at[at] = slot;
    index->count++;
}

static void index_add(const struct register_view *view, struct slot_index *index, uint32_t slot)
{
    if ((index->count + 1) * 2 > index->space) {
        struct slot_index old = *index;
        index->space = old.space == 0 ? 256 : old.space * 2;
        index->at = memory_grow(NULL, index->space * sizeof *index->at);
        index->count = 0;
        memset(index->at, 0xFF, index->space * sizeof *index->at);
        for (size_t i = 0; i < old.space; i++)
            if (old.at[i] != SLOT_NONE) index_put(view, index, old.at[i]);
        free(old.at);
    }
    index_put(view, index, slot);
}

/* What stands behind the gap and could have stood in it moves up. */
static void index_drop(const struct register_view *view, struct slot_index *index, uint32_t slot)
{
    if (index->space == 0) return;
    size_t mask = index->space - 1;
    size_t gap = slot_hash(view, index, slot) & mask;
    while (index->at[gap] != slot) {
        if (index->at[gap] == SLOT_NONE) return;
        gap = (gap + 1) & mask;
    }
    for (size_t at = (gap + 1) & mask; index->at[at] != SLOT_NONE; at = (at + 1) & mask) {
        size_t home = slot_hash(view, index, index->at[at]) & mask;
        if (((at - home) & mask) < ((at - gap) & mask)) continue;
        index->at[gap] = index->at[at];
        gap = at;
    }
    index->at[gap] = SLOT_NONE;
    index->count--;
}

uint32_t register_slot_of(const struct register_view *view, const struct id *id)
{
    size_t mask = view->ids.space - 1;
    if (view->ids.space == 0) return SLOT_NONE;
    for (size_t at = id_hash(id) & mask;; at = (at + 1) & mask) {
        uint32_t slot = view->ids.at[at];
        if (slot == SLOT_NONE || id_same(&view->slots[slot].person.id, id)) return slot;
    }
}

uint32_t register_slot_of_email(const struct register_view *view, struct slice email)
{
    size_t mask = view->emails.space - 1;
    if (view->emails.space == 0 || email.length == 0) return SLOT_NONE;
    for (size_t at = email_hash(email) & mask;; at = (at + 1) & mask) {
        uint32_t slot = view->emails.at[at];
        if (slot == SLOT_NONE || email_same(view->slots[slot].person.details.email, email))
            return slot;
    }
}

uint32_t register_slot_add(struct register_view *view, const struct id *id)
{
    view->slots = register_room(view->slots, view->count, &view->space, sizeof *view->slots);
    uint32_t slot = (uint32_t)view->count++;
    view->slots[slot] = (struct register_slot){.person = {.id = *id, .shown_as = SLICE_EMPTY},
                                               .folded = SLICE_EMPTY,
                                               .details = ROW_NOTHING,
                                               .child_ties = SLOT_NONE,
                                               .parent_ties = SLOT_NONE,
                                               .absences = SLOT_NONE,
                                               .same = slot};
    index_add(view, &view->ids, slot);
    return slot;
}

/* ---- who holds a role ---- */

static bool held_before(const struct registered *person, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (person->roles[i].role == person->roles[index].role) return true;
    return false;
}

static void holders_add(struct register_view *view, uint32_t slot)
{
    const struct registered *person = &view->slots[slot].person;
    for (size_t i = 0; i < person->role_count; i++) {
        struct slot_list *list = &view->holders[person->roles[i].role];
        if (held_before(person, i)) continue;
        list->at = register_room(list->at, list->count, &list->space, sizeof *list->at);
        list->at[list->count++] = slot;
    }
}

static void holders_drop(struct register_view *view, uint32_t slot)
{
    const struct registered *person = &view->slots[slot].person;
    for (size_t i = 0; i < person->role_count; i++) {
        struct slot_list *list = &view->holders[person->roles[i].role];
        size_t at = 0;
        while (at < list->count && list->at[at] != slot) at++;
        if (at < list->count) list->at[at] = list->at[--list->count];
    }
}

/* ---- what a person is called and holds ---- */

/* `Person 1f3a`, for one whose details are sealed for good. */
static struct slice unnamed(const struct id *id, char ret_text[16])
{
    char hex[2 * ID_SIZE + 1];
    id_hex(id, hex);
    (void)snprintf(ret_text, 16, "Person %.4s", hex);
    return slice_of(ret_text);
}

static void add_shown(struct text *out, struct slice family, struct slice given)
{
    text_add(out, family);
    if (family.length > 0 && given.length > 0) text_add_string(out, ", ");
    text_add(out, given);
}

static void add_folded(struct text *out, struct slice name, bool last)
{
    size_t before = out->length;
    fold_add(out, name);
    while (out->length > before && out->at[out->length - 1] == ' ') text_cut(out, out->length - 1);
    if (!last) text_add_char(out, FOLDED_END);
}

static struct slice piece_add(char **at, struct slice text)
{
    struct slice copy = {*at, text.length};
    if (text.length == 0) return SLICE_EMPTY;
    memcpy(*at, text.at, text.length);
    *at += text.length;
    return copy;
}

static void fill_piece(struct register_view *view, struct register_slot *slot,
                       const struct pairs *pairs, const struct held_role *roles, size_t shown,
                       bool named)
{
    static const char *const keys[] = {"known-as", "email", "phone", "born"};
    struct registered *person = &slot->person;
    struct slice *texts[] = {&person->details.known_as, &person->details.email,
                             &person->details.phone, &person->details.born};
    struct slice both = text_slice(&view->scratch);
    size_t size = person->role_count * sizeof *roles + both.length;
    for (size_t i = 0; i < 4; i++) size += pairs_value(pairs, keys[i]).length;
    char *at = pool_take(view, size);
    slot->piece = size;
    person->roles = (const struct held_role *)(void *)at;
    if (person->role_count > 0) memcpy(at, roles, person->role_count * sizeof *roles);
    at += person->role_count * sizeof *roles;
    person->shown_as = piece_add(&at, slice_part(both, 0, shown));
    slot->folded = piece_add(&at, slice_part(both, shown, both.length));
    size_t family = pairs_value(pairs, "family").length, given = pairs_value(pairs, "given").length;
    if (named && family > 0) person->details.family = slice_part(person->shown_as, 0, family);
    if (named && given > 0)
        person->details.given = slice_part(person->shown_as, shown - given, shown);
    for (size_t i = 0; i < 4; i++) *texts[i] = piece_add(&at, pairs_value(pairs, keys[i]));
}

void register_fill(struct register_view *view, uint32_t place, const struct pairs *details,
                   const struct held_role *roles, size_t role_count)
{
    struct register_slot *slot = &view->slots[place];
    struct registered *person = &slot->person;
    struct slice family = pairs_value(details, "family"), given = pairs_value(details, "given");
    bool named = family.length + given.length > 0;
    if (person->details.email.length > 0) index_drop(view, &view->emails, place);
    holders_drop(view, place);
    pool_leave(view, slot);
    person->details = (struct details){SLICE_EMPTY, SLICE_EMPTY, SLICE_EMPTY,
                                       SLICE_EMPTY, SLICE_EMPTY, SLICE_EMPTY};
    person->role_count = role_count;
    text_cut(&view->scratch, 0);
    char text[16];
    struct slice nameless = unnamed(&person->id, text);
    add_shown(&view->scratch, named ? family : nameless, given);
    size_t shown = view->scratch.length;
    add_folded(&view->scratch, named ? family : nameless, false);
    add_folded(&view->scratch, given, false);
    add_folded(&view->scratch, pairs_value(details, "known-as"), true);
    fill_piece(view, slot, details, roles, shown, named);
    if (person->details.email.length > 0) index_add(view, &view->emails, place);
    holders_add(view, place);
}

/* ---- the order of names ---- */

int register_compare(const struct register_view *view, uint32_t a, uint32_t b)
{
    int by_name = slice_compare(view->slots[a].folded, view->slots[b].folded);
    if (by_name != 0 || a == b) return by_name;
    return memcmp(view->slots[a].person.id.at, view->slots[b].person.id.at, ID_SIZE);
}

/* The first place that does not stand before the slot. */
static size_t place_of(const struct register_view *view, uint32_t slot)
{
    size_t low = 0, high = view->order.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (register_compare(view, view->order.at[middle], slot) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void register_place(struct register_view *view, uint32_t slot)
{
    struct slot_list *order = &view->order;
    order->at = register_room(order->at, order->count, &order->space, sizeof *order->at);
    size_t at = place_of(view, slot);
    memmove(order->at + at + 1, order->at + at, (order->count - at) * sizeof *order->at);
    order->at[at] = slot;
    order->count++;
}

void register_unplace(struct register_view *view, uint32_t slot)
{
    struct slot_list *order = &view->order;
    size_t at = place_of(view, slot);
    if (at == order->count || order->at[at] != slot) return;
    order->count--;
    memmove(order->at + at, order->at + at + 1, (order->count - at) * sizeof *order->at);
}

struct sorted {
    uint64_t head; /* first eight bytes, the greater the later */
    const struct register_view *view;
    uint32_t slot;
};

static uint64_t head_of(struct slice text)
{
    uint64_t head = 0;
    for (size_t i = 0; i < 8; i++)
        head = head << 8 | (i < text.length ? (unsigned char)text.at[i] : 0);
    return head;
}

static int by_name(const void *a, const void *b)
{
    const struct sorted *one = a, *other = b;
    if (one->head != other->head) return one->head < other->head ? -1 : 1;
    return register_compare(one->view, one->slot, other->slot);
}

void register_sort(struct register_view *view)
{
    struct slot_list *order = &view->order;
    struct sorted *sorted = memory_grow(NULL, (view->count + 1) * sizeof *sorted);
    for (size_t i = 0; i < view->count; i++)
        sorted[i] = (struct sorted){head_of(view->slots[i].folded), view, (uint32_t)i};
    qsort(sorted, view->count, sizeof *sorted, by_name);
    free(order->at);
    *order = (struct slot_list){.space = view->count + 64};
    order->at = memory_grow(NULL, order->space * sizeof *order->at);
    for (size_t i = 0; i < view->count; i++) order->at[order->count++] = sorted[i].slot;
    free(sorted);
}
