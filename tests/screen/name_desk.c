/* See name_desk.h. */
#include "name_desk.h"

#include "base/file.h"
#include "base/utf8.h"

struct slice desk_file(struct arena *arena, const char *name)
{
    const char *top = getenv("LANYARD_SOURCE");
    struct slice path = arena_format(arena, "%s/tests/screen/%s", top != NULL ? top : ".", name),
                 all;
    struct error error;
    if (!file_read(path.at, 1 << 20, arena, &all, &error)) fail_msg("%s", error.sentence);
    return all;
}

void desk_open(struct desk *desk, struct slice csv, bool full_only)
{
    struct error error = {0};
    *desk = (struct desk){.arena = arena_new()};
    if (!names_read(csv, desk->arena, &desk->people, &error)) fail_msg("%s", error.sentence);
    struct name_plan plan = {desk->people.list.at, desk->people.list.count, full_only};
    desk->index = names_build(&plan, &error);
    assert_non_null(desk->index);
}

void desk_close(struct desk *desk)
{
    names_free(desk->index);
    fold_clear(&desk->folded);
    tokens_clear(&desk->tokens);
    findings_clear(&desk->findings);
    arena_free(desk->arena);
}

void desk_find_in(struct desk *desk, const struct name_index *index, struct slice text)
{
    assert_int_equal(utf8_check(text), text.length);
    fold_text(&desk->folded, text);
    tokens_find(&desk->tokens, &desk->folded);
    desk->findings.count = 0;
    desk->findings.full = false;
    names_find(index, &desk->folded, &desk->tokens, &desk->findings);
}

void desk_find(struct desk *desk, struct slice text)
{
    desk_find_in(desk, desk->index, text);
}

void desk_show(const struct desk *desk, const struct name_index *index, struct text *out)
{
    text_cut(out, 0);
    for (size_t i = 0; i < desk->findings.count; i++) {
        const struct finding *finding = &desk->findings.at[i];
        if (i > 0) text_add_char(out, ' ');
        text_format(out, "%s:", finding_form_name(finding->form));
        for (uint16_t k = 0; k < finding->who_count; k++) {
            if (k > 0) text_add_char(out, ',');
            text_add(out, names_id(index, finding->who[k]));
        }
        if (finding->more) text_add_char(out, '+');
    }
}
