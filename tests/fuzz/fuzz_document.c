/* Any bytes as a document: read, every problem printed; what is read must lie inside the limits and hold together. */
#include <assert.h>

#include "policy/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_document(const struct document *document)
{
    assert(document->clauses.count <= DOCUMENT_CLAUSES_LARGEST);
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        assert(clause->block.kind == BLOCK_RULE || clause->block.kind == BLOCK_NORULE ||
               clause->block.kind == BLOCK_POLICY);
        assert(document_clause(document, clause->id) == (int)i);
        assert(clause->section < (int)document->sections.count);
        (void)document_in_section(document, (int)i, clause->number);
    }
    for (size_t i = 0; i < document->sections.count; i++)
        assert(document->sections.at[i].parent < (int)i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct slice source = arena_copy(arena, (struct slice){(const char *)data, size});
    struct problems problems;
    struct document document;
    struct text out;
    problems_init(&problems, arena);
    text_init(&out, 1 << 22);
    bool read = document_read(SLICE("fuzz.md"), source, size % 2 == 1, arena, &problems, &document);
    assert(read == (problems.errors == 0));
    if (read) check_document(&document);
    for (size_t i = 0; i < problems.list.count; i++) {
        assert(problems.list.at[i].sentence.length > 0);
        problem_print(&problems.list.at[i], source, &out);
    }
    text_clear(&out);
    arena_free(arena);
    return 0;
}
