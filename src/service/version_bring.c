/* A new version on its way in: what was sent, with whatever it shares with the version before, through the compiler; see
 * versions.h. Nothing is kept here. */
#include "service/versions.h"

#include "format/zip.h"
#include "service/record_parts.h"
#include "store/policies.h"

/* ---- what it shares with the version before ---- */

struct newest {
    struct record *record;
    int64_t today;
    struct version_row row;
    bool found, in_force;
};

/* Newest approved first: that of today, else the first one to come. */
static bool look_at(void *context, const void *row, struct error *error)
{
    struct newest *newest = context;
    const struct version_row *version = row;
    (void)error;
    if (newest->in_force) return true;
    newest->row = *version;
    newest->found = true;
    newest->in_force = version->in_force <= newest->today;
    return true;
}

static bool read_before(struct record *record, struct arena *arena,
                        struct policy_sources *ret_sources, struct error *error)
{
    struct newest newest = {.record = record, .today = record_today(record)};
    struct db *db = record_read(record, error);
    *ret_sources = (struct policy_sources){0};
    if (db == NULL) return false;
    bool read = versions_approved(db, arena, look_at, &newest, error);
    record_read_done(record, db);
    return read &&
           (!newest.found || record_policy_sources(record, &newest.row, arena, ret_sources, error));
}

/* ---- out of a ZIP ---- */

static bool no_policy_in_it(struct error *error)
{
    error_set(error, ERROR_SYNTAX, "this is a Word file, or a ZIP without a policy.md at its top");
    return error_advise(error, "docs/publishing.md tells how to come from a Word file to one");
}

static bool unpack_one(const struct zip *zip, const struct zip_entry *entry, struct arena *arena,
                       struct slice *ret_text, struct error *error)
{
    if (entry->size > DOCUMENT_SIZE_LARGEST)
        return error_set(error, ERROR_LIMIT, "%.*s in the ZIP is larger than 1 MB",
                         SLICE_PRINT(entry->name));
    char *bytes = arena_take(arena, entry->size + 1, 1);
    *ret_text = (struct slice){bytes, entry->size};
    return zip_unpack(zip, entry, bytes, error);
}

static struct slice *place_in(struct version_sent *sent, struct slice name)
{
    if (slice_is(name, "policy.md")) return &sent->policy;
    if (slice_is(name, "words.md")) return &sent->words;
    return slice_is(name, "law.md") ? &sent->law : NULL;
}

bool version_unpack(struct slice file, struct slice bytes, struct arena *arena,
                    struct version_sent *ret_sent, struct error *error)
{
    struct zip zip;
    *ret_sent = (struct version_sent){bytes, SLICE_EMPTY, SLICE_EMPTY};
    if (!zip_looks_like(bytes)) return true;
    ret_sent->policy = SLICE_EMPTY;
    if (!zip_open(file, bytes, arena, &zip, error)) return no_policy_in_it(error);
    for (size_t i = 0; i < zip.count; i++) {
        struct slice *place = place_in(ret_sent, zip.entries[i].name);
        if (place != NULL && !unpack_one(&zip, &zip.entries[i], arena, place, error)) return false;
    }
    return ret_sent->policy.length > 0 || no_policy_in_it(error);
}

/* ---- what was sent ---- */

/* What the compiler could only call unreadable: the file as the word processor has it. */
static bool check_plain(struct slice text, struct error *error)
{
    if (!slice_starts(text, SLICE("PK\x03\x04")) && !slice_starts(text, SLICE("%PDF")) &&
        !slice_starts(text, SLICE("\xD0\xCF\x11\xE0")))
        return true;
    error_set(error, ERROR_SYNTAX, "this is a Word or PDF file, and a policy is a Markdown file");
    return error_advise(error, "docs/publishing.md tells how to come from the one to the other");
}

/* Line ends as a form or another system sends them. */
static struct slice unix_lines(struct slice text, struct arena *arena)
{
    char *out = arena_take(arena, text.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] != '\r' || i + 1 == text.length || text.at[i + 1] != '\n')
            out[length++] = text.at[i];
    return (struct slice){out, length};
}

static struct policy_source source_of(const char *file, struct slice sent, struct slice otherwise,
                                      struct arena *arena)
{
    struct slice text = sent.length > 0 ? unix_lines(sent, arena) : otherwise;
    return (struct policy_source){slice_of(file), text};
}

static bool set_sources(struct record *record, const struct version_sent *sent,
                        struct version_brought *brought, struct error *error)
{
    struct policy_sources before, *sources = &brought->sources;
    if (slice_trim(sent->policy).length == 0)
        return error_set(error, ERROR_REQUEST, "the policy itself is missing: policy.md");
    if (!check_plain(sent->policy, error) || !check_plain(sent->words, error) ||
        !check_plain(sent->law, error) || !read_before(record, brought->arena, &before, error))
        return false;
    sources->policy = source_of("policy.md", sent->policy, SLICE_EMPTY, brought->arena);
    sources->words = source_of("words.md", sent->words, before.words.text, brought->arena);
    sources->law = source_of("law.md", sent->law, before.law.text, brought->arena);
    sources->base = source_of("base.md", SLICE_EMPTY, before.base.text, brought->arena);
    if (sources->words.text.length > 0) return true;
    error_set(error, ERROR_REQUEST, "the vocabulary is missing: words.md");
    return error_advise(error, "The first version of a policy brings its words.md along; the next "
                               "ones need it only where it changes");
}

bool version_read(struct record *record, const struct version_sent *sent,
                  struct version_brought *ret_brought, struct error *error)
{
    *ret_brought = (struct version_brought){.arena = arena_new()};
    problems_init(&ret_brought->problems, ret_brought->arena);
    if (!set_sources(record, sent, ret_brought, error)) {
        version_brought_clear(ret_brought);
        return false;
    }
    ret_brought->policy = policy_new(&ret_brought->sources, &ret_brought->problems);
    return true;
}

void version_brought_clear(struct version_brought *brought)
{
    policy_free(brought->policy);
    arena_free(brought->arena);
    *brought = (struct version_brought){.policy = NULL};
}

struct slice version_source(const struct version_brought *brought, struct slice file)
{
    const struct policy_source *known[] = {&brought->sources.policy, &brought->sources.words,
                                           &brought->sources.law, &brought->sources.base};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_equal(known[i]->file, file)) return known[i]->text;
    return SLICE_EMPTY;
}
