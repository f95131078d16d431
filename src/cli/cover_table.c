/* lanyard cover's tables: see cover_table.h. */
#include "cli/cover_table.h"

#include "base/file.h"
#include "base/map.h"

#define AGAINST_LARGEST (16u << 20)
#define CELL_LARGEST 24

static void print_groups(const struct cover *cover)
{
    printf("%-10s %-22s %5s %5s %6s %7s\n", "mechanism", "feature", "norms", "rule", "norule",
           "missing");
    for (size_t i = 0; i < cover->groups.count; i++) {
        const struct cover_group *group = &cover->groups.at[i];
        printf("%-10.*s %-22.*s %5zu %5zu %6zu %7zu\n", SLICE_PRINT(group->mechanism),
               SLICE_PRINT(group->feature), group->norms, group->rules, group->norules,
               group->missing);
    }
}

static void print_norms(const struct cover *cover, bool missing_only)
{
    static const char *const words[] = {"missing", "norule", "rule"};
    for (size_t i = 0; i < cover->norms.count; i++) {
        const struct norm *norm = &cover->norms.at[i];
        if (missing_only && norm->served != SERVED_NOT) continue;
        struct slice clause = norm->clause != NULL ? norm->clause->id : SLICE("-");
        printf("%.*s\t%.*s\t%.*s\t%.*s\t%s\t%.*s\n", SLICE_PRINT(norm->id),
               SLICE_PRINT(norm->modality), SLICE_PRINT(norm->mechanism),
               SLICE_PRINT(norm->feature), words[norm->served], SLICE_PRINT(clause));
    }
}

static void print_rules(const struct cover *cover)
{
    printf(
        "rules: %zu of %zu decide norms that forbid, permit or require; %zu of %zu notify norms\n",
        cover->decide_rules, cover->decide, cover->notify_rules, cover->notify);
}

/* ---- several side by side ------------------------------------------------------------------------- */

struct table {
    const struct covered *list;
    size_t count;
    struct cover groups; /* the groups of all policies, for their order */
};

static const struct cover_group *group_of(const struct cover *cover, const struct cover_group *like)
{
    for (size_t i = 0; i < cover->groups.count; i++) {
        const struct cover_group *group = &cover->groups.at[i];
        if (slice_equal(group->mechanism, like->mechanism) &&
            slice_equal(group->feature, like->feature))
            return group;
    }
    return NULL;
}

/* Behind the last group of the same mechanism. */
static void add_group(struct table *table, const struct cover_group *group)
{
    struct cover *groups = &table->groups;
    size_t place = groups->groups.count;
    if (group_of(groups, group) != NULL) return;
    while (place > 0 && !slice_equal(groups->groups.at[place - 1].mechanism, group->mechanism))
        place--;
    place = place == 0 ? groups->groups.count : place;
    (void)LIST_ADD(groups->arena, &groups->groups);
    for (size_t i = groups->groups.count - 1; i > place; i--)
        groups->groups.at[i] = groups->groups.at[i - 1];
    groups->groups.at[place] = *group;
}

/* `5+2`: by rules and by norules; `!1` behind it: by nothing. */
static void print_cell(const struct cover_group *group)
{
    struct text cell AUTO_TEXT;
    text_init(&cell, CELL_LARGEST);
    if (group == NULL)
        text_add_string(&cell, "-");
    else
        text_format(&cell, "%zu+%zu", group->rules, group->norules);
    if (group != NULL && group->missing > 0) text_format(&cell, "!%zu", group->missing);
    printf(" %15s", cell.at);
}

static void print_table(struct table *table)
{
    printf("Norms served by rules + by norules (! by nothing)\n%-10s %-22s", "mechanism",
           "feature");
    for (size_t k = 0; k < table->count; k++) {
        struct slice name = several_name(table->list[k].opened);
        printf(" %15.*s", SLICE_PRINT(name));
    }
    putchar('\n');
    for (size_t i = 0; i < table->groups.groups.count; i++) {
        const struct cover_group *group = &table->groups.groups.at[i];
        printf("%-10.*s %-22.*s", SLICE_PRINT(group->mechanism), SLICE_PRINT(group->feature));
        for (size_t k = 0; k < table->count; k++)
            print_cell(group_of(&table->list[k].cover, group));
        putchar('\n');
    }
}

static void print_several(const struct covered *list, size_t count, struct arena *arena)
{
    struct table table = {.list = list, .count = count, .groups = {.arena = arena}};
    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < list[k].cover.groups.count; i++)
            add_group(&table, &list[k].cover.groups.at[i]);
    }
    print_table(&table);
    for (size_t k = 0; k < count; k++) {
        struct slice name = several_name(list[k].opened);
        const struct cover *cover = &list[k].cover;
        printf("%.*s: %zu of %zu norms; ", SLICE_PRINT(name), cover->norms.count - cover->missing,
               cover->norms.count);
        print_rules(cover);
    }
}

/* ---- a list of ids -------------------------------------------------------------------------------- */

static void collect_ids(const struct covered *list, size_t count, struct map *ids)
{
    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < list[k].cover.norms.count; i++)
            (void)map_set(ids, list[k].cover.norms.at[i].id, 1);
    }
}

/* How many ids of the list's first column, its head left out, no policy has; each is named. */
static bool count_strangers(const struct covered *list, size_t count, const char *against,
                            struct arena *arena, size_t *ret_strangers)
{
    struct slice text, line;
    struct error error = {0};
    struct map ids;
    size_t strangers = 0, listed = 0;
    if (!file_read(against, AGAINST_LARGEST, arena, &text, &error)) {
        (void)cli_fail("cover", &error);
        return false;
    }
    map_init(&ids, arena);
    collect_ids(list, count, &ids);
    (void)slice_line(&text, &line); /* the head */
    while (slice_line(&text, &line)) {
        struct slice id = slice_trim(slice_part(line, 0, slice_find(line, '\t')));
        if (id.length == 0) continue;
        listed++;
        if (map_get(&ids, id) >= 0) continue;
        strangers++;
        printf("%.*s\tis in no norms.tsv\n", SLICE_PRINT(id));
    }
    printf("%s: %zu of %zu ids found\n", against, listed - strangers, listed);
    *ret_strangers = strangers;
    return true;
}

int cover_print(const struct covered *list, size_t count, bool verbose, const char *against)
{
    AUTO(arena) struct arena *arena = arena_new();
    size_t norms = 0, missing = 0, strangers = 0;
    for (size_t k = 0; k < count; k++) {
        print_norms(&list[k].cover, !verbose);
        norms += list[k].cover.norms.count;
        missing += list[k].cover.missing;
    }
    if (count == 1) {
        print_groups(&list[0].cover);
        print_rules(&list[0].cover);
    } else {
        print_several(list, count, arena);
    }
    if (against != NULL && !count_strangers(list, count, against, arena, &strangers))
        return EXIT_READ;
    printf("%zu of %zu norms, %zu missing\n", norms - missing, norms, missing);
    return missing + strangers > 0 ? EXIT_FOUND : EXIT_DONE;
}
