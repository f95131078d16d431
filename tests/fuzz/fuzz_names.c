/* Any bytes as a roster, a line end and a text: the roster is read or refused with a line, and every name found lies on whole characters of
 * the text, in order. */
#include <stdlib.h>

#include "base/utf8.h"
#include "screen/names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct folded folded;
static struct tokens tokens;
static struct findings findings;

static void require(bool kept)
{
    if (!kept) abort();
}

static bool boundary(struct slice text, size_t at)
{
    return at == text.length || (text.at[at] & 0xC0) != 0x80;
}

static void look(const struct name_index *index, struct slice text)
{
    fold_text(&folded, text);
    tokens_find(&tokens, &folded);
    findings.count = 0;
    findings.full = false;
    names_find(index, &folded, &tokens, &findings);
    uint32_t before = 0;
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.at[i];
        require(finding->start >= before && finding->start < finding->end);
        require(finding->end <= text.length && boundary(text, finding->start));
        require(boundary(text, finding->end) && finding->form != FORM_NONE);
        require(finding->who_count > 0 && finding->who_count <= FINDING_WHO_LARGEST);
        for (uint16_t k = 0; k < finding->who_count; k++)
            require(finding->who[k] < names_count(index));
        before = finding->end;
        (void)names_exempts(&findings, finding->start, finding->end);
    }
}

/* The index straight from the file has the same people, or is refused as well. */
static void load_too(struct slice roster, const struct name_people *people)
{
    struct error error = {0};
    struct name_index *index = names_load(roster, &error);
    require((index != NULL) == (people != NULL));
    if (index != NULL) require(names_count(index) == people->list.count);
    for (uint32_t i = 0; index != NULL && i < people->list.count; i++) {
        struct name_person person = names_person(index, i);
        require(slice_equal(person.id, people->list.at[i].id));
        require(slice_equal(person.family, people->list.at[i].family));
    }
    names_free(index);
}

static void screen_by(struct slice roster, struct slice text, bool full_only)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {0};
    struct name_people people;
    if (!names_read(roster, arena, &people, &error)) {
        require(error.code != ERROR_NONE && error.line > 0);
        load_too(roster, NULL);
        return;
    }
    load_too(roster, &people);
    struct name_plan plan = {people.list.at, people.list.count, full_only};
    struct name_index *index = names_build(&plan, &error);
    require(index != NULL);
    look(index, text);
    for (size_t i = 0; i < people.list.count && i < 50; i++) look(index, people.list.at[i].given);
    names_free(index);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) return 0;
    struct slice all = {size == 0 ? "" : (const char *)data, size};
    size_t middle = slice_search(all, SLICE("\n\n"));
    struct slice text = slice_part(all, middle, all.length);
    text.length = utf8_check(text);
    screen_by(slice_part(all, 0, middle), text, size % 4 == 0);
    return 0;
}
