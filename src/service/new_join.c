/* A policy and its base as one text: see new_join.h. What is taken over from whom is policy/inherit.c's. */
#include "service/new_join.h"

#include "base/map.h"
#include "policy/scenario.h"
#include "service/new_text.h"

struct joining {
    const struct folder *folder;
    struct arena *arena;
    struct text *out;
    struct new_text base; /* scenarios of the base: which of them the policy has put others for */
};

/* ---- scenarios that the policy put in place of its base's ----------------------------------------- */

static struct map *own_names(struct folder *folder, struct arena *arena)
{
    struct scenarios scenarios;
    struct map *names = ARENA_NEW(arena, struct map);
    map_init(names, arena);
    if (!scenarios_read(folder->policy, arena, &folder->problems, &scenarios)) {
        return names;
    }
    for (size_t i = 0; i < scenarios.list.count; i++) {
        if (!scenarios.list.at[i].inherited) {
            (void)map_set(names, scenarios.list.at[i].name, 1);
        }
    }
    return names;
}

/* ---- the document --------------------------------------------------------------------------------- */

static void add_heading(struct joining *joining, size_t level, struct slice number,
                        struct slice title)
{
    for (size_t i = 0; i < level; i++) {
        text_add_char(joining->out, '#');
    }
    text_format(joining->out, " %.*s%s%.*s", SLICE_PRINT(number), number.length > 0 ? " " : "",
                SLICE_PRINT(title));
}

static void add_block(struct text *out, const char *kind, struct slice info, struct slice text)
{
    struct slice ticks =
        slice_search(text, SLICE("```")) < text.length ? SLICE("````") : SLICE("```");
    text_format(out, "%.*s%s%s%.*s\n", SLICE_PRINT(ticks), kind, info.length > 0 ? " " : "",
                SLICE_PRINT(info));
    text_add(out, text);
    if (text.length > 0 && text.at[text.length - 1] != '\n') {
        text_add_char(out, '\n');
    }
    text_format(out, "%.*s\n", SLICE_PRINT(ticks));
}

static void add_scenarios(struct joining *joining, int clause)
{
    const struct document *document = &joining->folder->policy->document;
    for (size_t i = 0; i < document->scenarios.count; i++) {
        const struct block *block = &document->scenarios.at[i];
        if (block->clause != clause) {
            continue;
        }
        const char *kind = block->kind == BLOCK_SCENARIO ? "scenario" : "scenarios";
        struct text whole AUTO_TEXT;
        text_init(&whole, (size_t)2 * DOCUMENT_SIZE_LARGEST);
        add_block(&whole, kind, block->info, block->text);
        if (block->inherited) {
            new_text_document(&joining->base, text_slice(&whole), joining->out);
        } else {
            text_add(joining->out, text_slice(&whole));
        }
    }
}

/* Whether this line of the base's policy block still says something: no line of the policy's own took its place. */
static bool stands(const struct document *document, const struct clause *clause, size_t line)
{
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct policy_line *known = &document->lines.at[i];
        if (known->inherited && known->line == line &&
            slice_equal(known->file, clause->base_lines.file)) {
            return true;
        }
    }
    return false;
}

/* The policy's own lines, then those of the base that go on; a list goes with the line above it. */
static struct slice policy_lines(struct joining *joining, const struct clause *clause)
{
    struct text both AUTO_TEXT;
    struct slice rest = clause->base_lines.text, line;
    bool kept = false;
    text_init(&both, (size_t)2 * DOCUMENT_SIZE_LARGEST);
    text_add(&both, clause->block.text);
    for (size_t number = clause->base_lines.line; slice_line(&rest, &line); number++) {
        kept = slice_starts(slice_trim(line), SLICE("-"))
                   ? kept
                   : stands(&joining->folder->policy->document, clause, number);
        if (kept) {
            text_format(&both, "%.*s\n", SLICE_PRINT(line));
        }
    }
    return arena_copy(joining->arena, text_slice(&both));
}

static void add_rules(struct joining *joining, const struct clause *clause)
{
    static const char *const kinds[] = {
        [BLOCK_RULE] = "rule", [BLOCK_NORULE] = "norule", [BLOCK_POLICY] = "policy"};
    const struct block *block = &clause->block;
    bool joined = clause->base_lines.kind == BLOCK_POLICY;
    if (block->kind >= BLOCK_RULE && block->kind <= BLOCK_POLICY) {
        add_block(joining->out, kinds[block->kind], block->info,
                  joined ? policy_lines(joining, clause) : block->text);
    }
}

static void add_clause(struct joining *joining, int index)
{
    const struct clause *clause = &joining->folder->policy->document.clauses.at[index];
    struct text *out = joining->out;
    add_heading(joining, clause->level, clause->number, clause->title);
    text_format(out, " {#c-%.*s}\n", SLICE_PRINT(clause->id));
    if (clause->prose.length > 0) {
        text_format(out, "%.*s\n", SLICE_PRINT(clause->prose));
    }
    for (size_t i = 0; i < clause->norms.count; i++) {
        text_format(out, "%s%.*s", i == 0 ? "norms: " : ", ", SLICE_PRINT(clause->norms.at[i]));
    }
    text_add_string(out, clause->norms.count > 0 ? "\n" : "");
    add_rules(joining, clause);
    for (size_t i = 0; i < clause->notes.count; i++) {
        add_block(out, "note", SLICE_EMPTY, clause->notes.at[i]);
    }
    add_scenarios(joining, index);
    text_add_char(out, '\n');
}

static void add_section(struct joining *joining, const struct section *section)
{
    add_heading(joining, section->level, section->number, section->title);
    text_add_string(joining->out, "\n\n");
    if (section->prose.length > 0) {
        text_format(joining->out, "%.*s\n\n", SLICE_PRINT(section->prose));
    }
}

static struct joining joining_of(struct folder *folder, struct arena *arena, struct text *out)
{
    struct joining joining = {.folder = folder, .arena = arena, .out = out};
    joining.base.arena = joining.base.prose.arena = arena;
    joining.base.plain.arena = joining.base.ids.arena = arena;
    joining.base.replaced = own_names(folder, arena);
    return joining;
}

void new_join_document(struct folder *folder, struct arena *arena, struct text *out)
{
    const struct document *document = &folder->policy->document;
    struct joining joining = joining_of(folder, arena, out);
    size_t section = 0;
    if (document->preamble.length > 0) {
        text_format(out, "%.*s\n\n", SLICE_PRINT(document->preamble));
    }
    add_scenarios(&joining, -1);
    for (size_t i = 0; i <= document->clauses.count; i++) {
        for (; section < document->sections.count &&
               document->sections.at[section].first_clause <= (int)i;
             section++) {
            add_section(&joining, &document->sections.at[section]);
        }
        if (i < document->clauses.count) {
            add_clause(&joining, (int)i);
        }
    }
}

/* ---- files of scenarios --------------------------------------------------------------------------- */

static struct slice file_name(struct slice path)
{
    size_t start = path.length;
    while (start > 0 && path.at[start - 1] != '/') {
        start--;
    }
    return slice_part(path, start, path.length);
}

static struct slice with_hyphen(struct arena *arena, struct slice prefix)
{
    return prefix.length == 0 ? prefix : arena_format(arena, "%.*s-", SLICE_PRINT(prefix));
}

/* How the base's files are read: with the policy's names and prefix. */
static bool base_reading(struct joining *joining, struct error *error)
{
    const struct policy_source *source = &joining->folder->sources.base;
    const struct document *own = &joining->folder->policy->document;
    struct problems problems;
    struct document base;
    problems_init(&problems, joining->arena);
    if (!document_read(source->file, source->text, false, joining->arena, &problems, &base)) {
        return error_set(error, ERROR_INTERNAL, "the base of the policy cannot be read twice");
    }
    struct renaming renaming = {.arena = joining->arena,
                                .names = own->names.at,
                                .count = own->names.count,
                                .old_prefix = with_hyphen(joining->arena, base.norms_prefix),
                                .new_prefix = with_hyphen(joining->arena, own->norms_prefix)};
    joining->base.prose = joining->base.plain = joining->base.ids = renaming;
    joining->base.ids.count = 0;
    return true;
}

static struct slice base_text(struct joining *joining, struct slice text)
{
    struct text out AUTO_TEXT;
    text_init(&out, (size_t)4 * DOCUMENT_SIZE_LARGEST);
    new_text_document(&joining->base, text, &out);
    return arena_copy(joining->arena, text_slice(&out));
}

/* Puts the text into the file of that name, behind what stands there. */
static void put_file(struct joining *joining, struct slice name, struct slice text,
                     struct new_file *files, size_t *count)
{
    for (size_t i = 0; i < *count; i++) {
        if (slice_equal(files[i].name, name)) {
            files[i].text = arena_format(joining->arena, "%.*s\n%.*s", SLICE_PRINT(files[i].text),
                                         SLICE_PRINT(text));
            return;
        }
    }
    files[(*count)++] = (struct new_file){name, text};
}

bool new_join_scenarios(struct folder *folder, struct arena *arena, struct new_file *ret_files,
                        size_t *ret_count, struct error *error)
{
    const struct policy_sources *sources = &folder->sources;
    struct joining joining = joining_of(folder, arena, NULL);
    size_t count = 0;
    if (sources->base_scenario_count > 0 && !base_reading(&joining, error)) {
        return false;
    }
    for (size_t i = 0; i < sources->base_scenario_count; i++) {
        const struct policy_source *source = &sources->base_scenarios[i];
        put_file(&joining, file_name(source->file), base_text(&joining, source->text), ret_files,
                 &count);
    }
    for (size_t i = 0; i < sources->scenario_count; i++) {
        const struct policy_source *source = &sources->scenarios[i];
        put_file(&joining, file_name(source->file), source->text, ret_files, &count);
    }
    *ret_count = count;
    return true;
}
