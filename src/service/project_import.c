/* What events about files of people do to the tables. What the files did to people stands in events of their own. */
#include "service/project.h"

#include "service/record_parts.h"
#include "store/keeping.h"
#include "store/uploads.h"

static int64_t count_of(const struct projection *projection, const char *key)
{
    int64_t count = projection_number(projection, key);
    return count == ROW_NOTHING ? 0 : count;
}

static bool put(struct projection *projection, struct slice state, struct error *error)
{
    struct import_row row = {.id = projection_id(projection, "import"),
                             .n = (int64_t)projection->event->n,
                             .brought_by = projection_id(projection, "brought-by"),
                             .format = projection_value(projection, "source"),
                             .state = state,
                             .joiners = count_of(projection, "joiners"),
                             .movers = count_of(projection, "movers"),
                             .leavers = count_of(projection, "leavers"),
                             .upload = projection_value(projection, "file")};
    return import_put(projection->db, &row, error);
}

static bool import_looked_at(struct projection *projection, struct error *error)
{
    return put(projection, SLICE("looked-at"), error);
}

static bool import_waiting(struct projection *projection, struct error *error)
{
    return put(projection, SLICE("waiting"), error);
}

static bool import_applied(struct projection *projection, struct error *error)
{
    return put(projection, SLICE("applied"), error);
}

static bool import_refused(struct projection *projection, struct error *error)
{
    return put(projection, SLICE("refused"), error);
}

/* Line ends are no characters of a field: the lines of a mapping are parted by U+2028. */
static bool mapping_saved(struct projection *projection, struct error *error)
{
    struct mapping_row row = {.name = projection_value(projection, "name"),
                              .n = (int64_t)projection->event->n,
                              .content = projection_value(projection, "content")};
    return mapping_put(projection->db, &row, error);
}

/* kind               fields
 * import-looked-at   import source brought-by joiners movers leavers upload file
 * import-waiting     import source brought-by joiners movers leavers upload? file
 * import-applied     import source brought-by joiners movers leavers keys? upload-gone?
 * import-refused     import source brought-by joiners movers leavers keys upload-gone
 * mapping-saved      name content
 * `upload` is there where the file came with this event, `file` wherever one waits. */
const struct project_kind project_import_kinds[] = {
    {"import-looked-at", import_looked_at}, {"import-waiting", import_waiting},
    {"import-applied", import_applied},     {"import-refused", import_refused},
    {"mapping-saved", mapping_saved},
};
const size_t project_import_kind_count = sizeof project_import_kinds / sizeof *project_import_kinds;
