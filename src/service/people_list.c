/* Pages of people; see people_list.h. One pass over the register finds where every page of a list begins. */
#include "service/people_list.h"

#include <pthread.h>
#include <stdlib.h>

#include "service/register_parts.h"

#define KEPT 32

/* ---- who is in a list ---- */

static bool has_kind(const struct viewer *viewer, const struct registered *person,
                     enum people_kind kind)
{
    for (size_t i = 0; i < person->role_count; i++) {
        const struct held_role *held = &person->roles[i];
        const struct role_row *row = role_row(held->role);
        if (held->since > viewer->today || held->until < viewer->today) continue;
        if (kind == PEOPLE_PUPILS && row->kind == ROLE_KIND_PUPIL) return true;
        if (kind == PEOPLE_PARENTS && row->kind == ROLE_KIND_PARENT) return true;
        if (kind == PEOPLE_STAFF && (row->kind == ROLE_KIND_STAFF || row->trusted)) return true;
    }
    return false;
}

static bool at_org(const struct viewer *viewer, const struct registered *person,
                   const struct id *org)
{
    if (id_same(&person->org, org)) return true;
    for (size_t i = 0; i < person->role_count; i++)
        if (person->roles[i].until >= viewer->today && id_same(&person->roles[i].org, org))
            return true;
    return false;
}

static bool is_in(const struct viewer *viewer, const struct people_filter *filter,
                  const struct registered *person)
{
    if (person->erased || person->here == (filter->kind == PEOPLE_LEFT)) return false;
    if (!id_is_none(&filter->org) && !at_org(viewer, person, &filter->org)) return false;
    if (filter->kind != PEOPLE_HERE && filter->kind != PEOPLE_LEFT &&
        !has_kind(viewer, person, filter->kind))
        return false;
    return viewer_sees_listed(viewer, person) != 0;
}

/* ---- where pages begin ---- */

struct starts {
    uint64_t stamp, mark, filter; /* of the register, the viewer, the filter and the day */
    uint64_t used;
    size_t total, count, space;
    uint32_t *at; /* place of each page's first row */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct starts kept[KEPT];
static uint64_t uses;

static struct starts wanted_of(const struct viewer *viewer, const struct people_filter *filter)
{
    struct {
        struct id org;
        int64_t kind, today;
    } key = {filter->org, (int64_t)filter->kind, viewer->today};
    return (struct starts){.stamp = register_stamp(viewer->view),
                           .mark = viewer->mark,
                           .filter = slice_hash((struct slice){(const char *)&key, sizeof key})};
}

static bool same_list(const struct starts *a, const struct starts *b)
{
    return a->stamp == b->stamp && a->mark == b->mark && a->filter == b->filter;
}

static size_t page_of(const struct starts *starts, size_t page)
{
    size_t last = starts->count > 0 ? starts->count : 1;
    return page < 1 ? 1 : page > last ? last : page;
}

static void give(const struct starts *starts, size_t page, struct people_page *ret_page,
                 size_t *ret_start)
{
    ret_page->page = page_of(starts, page);
    ret_page->pages = starts->count > 0 ? starts->count : 1;
    ret_page->total = starts->total;
    *ret_start = starts->count > 0 ? starts->at[ret_page->page - 1] : 0;
}

static bool remembered(const struct starts *wanted, size_t page, struct people_page *ret_page,
                       size_t *ret_start)
{
    bool found = false;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; !found && i < KEPT; i++) {
        if (kept[i].used == 0 || !same_list(&kept[i], wanted)) continue;
        kept[i].used = ++uses;
        give(&kept[i], page, ret_page, ret_start);
        found = true;
    }
    pthread_mutex_unlock(&lock);
    return found;
}

static void find_starts(const struct viewer *viewer, const struct people_filter *filter,
                        struct starts *starts)
{
    size_t count = register_count(viewer->view);
    for (size_t place = 0; place < count; place++) {
        if (!is_in(viewer, filter, register_at(viewer->view, place))) continue;
        if (starts->total++ % PEOPLE_LIST_ROWS != 0) continue;
        starts->at = register_room(starts->at, starts->count, &starts->space, sizeof *starts->at);
        starts->at[starts->count++] = (uint32_t)place;
    }
}

/* In place of what was used longest ago. */
static void remember(struct starts *starts)
{
    size_t oldest = 0;
    pthread_mutex_lock(&lock);
    for (size_t i = 1; i < KEPT; i++)
        if (kept[i].used < kept[oldest].used) oldest = i;
    free(kept[oldest].at);
    starts->used = ++uses;
    kept[oldest] = *starts;
    pthread_mutex_unlock(&lock);
}

void people_list(const struct viewer *viewer, const struct people_filter *filter, size_t page,
                 struct people_page *ret_page)
{
    struct starts starts = wanted_of(viewer, filter);
    size_t start, count = register_count(viewer->view);
    *ret_page = (struct people_page){0};
    if (!remembered(&starts, page, ret_page, &start)) {
        find_starts(viewer, filter, &starts);
        give(&starts, page, ret_page, &start);
        remember(&starts);
    }
    for (size_t place = start; place < count && ret_page->count < PEOPLE_LIST_ROWS; place++) {
        const struct registered *person = register_at(viewer->view, place);
        if (is_in(viewer, filter, person)) ret_page->at[ret_page->count++] = person;
    }
}

struct finding {
    const struct viewer *viewer;
    const struct people_filter *filter;
};

static bool keep(const void *context, const struct registered *person)
{
    const struct finding *finding = context;
    return is_in(finding->viewer, finding->filter, person);
}

size_t people_find(const struct viewer *viewer, const struct people_filter *filter,
                   struct slice words, struct arena *arena, const struct registered ***ret_found,
                   size_t most)
{
    struct finding finding = {viewer, filter};
    return register_search_kept(viewer->view, words, keep, &finding, arena, ret_found, most);
}
