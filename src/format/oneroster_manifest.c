/* Any doubt about the manifest refuses the whole set: taken for the wrong thing, a file of changes
 * would read as a school from which everybody else has gone. */
#include "format/oneroster_manifest.h"

#include "base/map.h"
#include "format/csv.h"

#define MANIFEST SLICE("manifest.csv")

/* One manifest on its way: each property once. */
struct reading {
    const struct bundle *bundle;
    struct csv csv;
    struct map seen; /* the properties so far */
    struct arena *arena;
};

static bool refuse(const struct reading *reading, const char *what, struct error *error)
{
    error_set(error, ERROR_MEANING, "The manifest %s.", what);
    error_advise(error, "Export the whole set again as OneRoster 1.1 or 1.2 CSV.");
    return error_at(error, MANIFEST, reading->csv.line, 0);
}

static bool mode_of(struct slice value, enum oneroster_mode *ret_mode)
{
    static const char *const words[] = {"absent", "bulk", "delta"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!slice_is(value, words[i])) continue;
        *ret_mode = (enum oneroster_mode)i;
        return true;
    }
    return false;
}

/* What the manifest says of a file must be what is there. */
static bool take_file(struct reading *reading, struct slice name, struct slice value,
                      struct oneroster_manifest *manifest, struct error *error)
{
    enum oneroster_mode mode;
    if (!mode_of(value, &mode))
        return refuse(reading, "says neither absent, bulk nor delta of a file", error);
    struct slice file = arena_format(reading->arena, "%.*s.csv", SLICE_PRINT(name));
    bool there = bundle_has(reading->bundle, file);
    if (there && mode == ONEROSTER_ABSENT)
        return refuse(reading, "says a file is absent, and it is there", error);
    if (!there && mode != ONEROSTER_ABSENT)
        return refuse(reading, "promises a file that is not there", error);
    const struct {
        const char *name;
        enum oneroster_mode *mode;
    } wanted[] = {{"orgs", &manifest->orgs},
                  {"users", &manifest->users},
                  {"roles", &manifest->roles},
                  {"demographics", &manifest->demographics},
                  {"academicSessions", &manifest->sessions}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (slice_is(name, wanted[i].name)) *wanted[i].mode = mode;
    }
    return true;
}

static bool take_property(struct reading *reading, struct slice name, struct slice value,
                          struct oneroster_manifest *manifest, struct error *error)
{
    if (map_set(&reading->seen, arena_copy(reading->arena, name), 1) >= 0)
        return refuse(reading, "says something twice", error);
    if (slice_starts(name, SLICE("file.")))
        return take_file(reading, slice_part(name, 5, name.length), value, manifest, error);
    if (slice_is(name, "manifest.version")) {
        if (slice_is(value, "1.0")) return true;
        return refuse(reading, "has a version other than 1.0", error);
    }
    if (slice_is(name, "oneroster.version")) {
        manifest->minor = slice_is(value, "1.1") ? 1 : slice_is(value, "1.2") ? 2 : 0;
        if (manifest->minor != 0) return true;
        return refuse(reading, "is of a OneRoster version other than 1.1 and 1.2", error);
    }
    if (slice_starts(name, SLICE("source."))) return true;
    return refuse(reading, "says something that OneRoster does not know", error);
}

static bool read_rows(struct reading *reading, struct oneroster_manifest *manifest,
                      struct error *error)
{
    size_t name;
    size_t value;
    if (!csv_find(&reading->csv, SLICE("propertyName"), &name, error)) return false;
    if (!csv_find(&reading->csv, SLICE("value"), &value, error)) return false;
    if (name == CSV_NONE || value == CSV_NONE)
        return refuse(reading, "has no columns propertyName and value", error);
    enum csv_step step;
    while ((step = csv_next(&reading->csv, error)) == CSV_ROW) {
        if (reading->csv.fault != CSV_SOUND)
            return refuse(reading, "has a line that cannot be read", error);
        if (!take_property(reading, slice_trim(csv_cell(&reading->csv, name)),
                           slice_trim(csv_cell(&reading->csv, value)), manifest, error))
            return false;
    }
    return step == CSV_DONE;
}

static bool check_needed(struct reading *reading, const struct oneroster_manifest *manifest,
                         struct error *error)
{
    reading->csv.line = 0;
    if (map_get(&reading->seen, SLICE("manifest.version")) < 0)
        return refuse(reading, "does not say its own version", error);
    if (manifest->minor == 0) return refuse(reading, "does not say its OneRoster version", error);
    if (manifest->users == ONEROSTER_ABSENT)
        return refuse(reading, "says there are no users, and they are what is read", error);
    bool bulk = manifest->users == ONEROSTER_BULK;
    if (bulk && manifest->orgs != ONEROSTER_BULK)
        return refuse(reading, "has all users without all organisations", error);
    if (manifest->minor == 2 && bulk && manifest->roles != ONEROSTER_BULK)
        return refuse(reading, "has all users without all their roles", error);
    if (manifest->minor == 2 && !bulk && manifest->roles == ONEROSTER_BULK)
        return refuse(reading, "has all roles with only some of their users", error);
    return true;
}

bool oneroster_manifest_read(const struct bundle *bundle, struct arena *arena,
                             struct oneroster_manifest *ret_manifest, struct error *error)
{
    struct reading reading = {.bundle = bundle, .arena = arena};
    map_init(&reading.seen, arena);
    struct oneroster_manifest manifest = {0};
    AUTO_CLOSE struct bundle_open open = {0};
    if (!bundle_open(bundle, MANIFEST, &open, error)) return false;
    if (!csv_open(&reading.csv, MANIFEST, open.bytes, false, arena, error)) return false;
    if (!read_rows(&reading, &manifest, error)) return false;
    if (!check_needed(&reading, &manifest, error)) return false;
    *ret_manifest = manifest;
    return true;
}
