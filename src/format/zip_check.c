/* What a ZIP's entry may be called and may be: the part of the reader that says no. Names are
 * judged as any system would take them, so a backslash or a drive letter counts everywhere. */
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "format/zip_part.h"

#define FLAG_ENCRYPTED 0x0001u
#define FLAG_PATCHED 0x0020u
#define FLAG_STRONG 0x0040u
#define FLAG_MASKED 0x2000u
#define METHOD_STORED 0u
#define METHOD_DEFLATED 8u
#define METHOD_AES 99u
#define KIND_MASK 0170000u /* of a UNIX mode, in the attributes' upper half */
#define KIND_FILE 0100000u
#define KIND_LINK 0120000u
#define DOS_FOLDER 0x10u

uint64_t zip_number(struct slice bytes, size_t at, size_t width)
{
    uint64_t number = 0;
    for (size_t i = width; i-- > 0;) number = number << 8 | (unsigned char)bytes.at[at + i];
    return number;
}

/* A name is shown only where nothing in it could deceive the reader of a message. */
static bool is_showable(struct slice name)
{
    if (name.length == 0 || name.length > ZIP_NAME_LARGEST) return false;
    for (size_t i = 0; i < name.length; i++) {
        if (name.at[i] < ' ' || name.at[i] > '~') return false;
    }
    return true;
}

bool zip_refuse(struct slice file, struct slice name, enum error_code code, const char *what,
                const char *advice, struct error *error)
{
    if (is_showable(name))
        error_set(error, code, "\"%.*s\" in the ZIP %s.", SLICE_PRINT(name), what);
    else if (name.length > 0)
        error_set(error, code, "A file in the ZIP %s.", what);
    else
        error_set(error, code, "The ZIP %s.", what);
    error_advise(error, "%s", advice);
    return error_at(error, file, 0, 0);
}

static bool has_control(struct slice name)
{
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.at[i];
        if (c < 0x20 || c == 0x7F) return true;
        if (c == 0xC2 && i + 1 < name.length && (unsigned char)name.at[i + 1] < 0xA0) return true;
    }
    return false;
}

static bool is_archive(struct slice name)
{
    static const char *const endings[] = {".zip", ".gz",  ".tgz", ".bz2", ".xz",  ".7z",
                                          ".rar", ".tar", ".zst", ".jar", ".cab", ".lz"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(endings[i]);
        if (name.length >= length &&
            strncasecmp(name.at + name.length - length, endings[i], length) == 0)
            return true;
    }
    return false;
}

/* What is wrong with a name, or NULL. */
static const char *wrong_name(struct slice name)
{
    if (name.length == 0) return "has no name";
    if (name.length > ZIP_NAME_LARGEST) return "has a name longer than 200 bytes";
    if (utf8_check(name) != name.length || has_control(name))
        return "has a name with control characters or bytes that are no UTF-8";
    bool drive = name.length > 1 && name.at[1] == ':';
    if (name.at[0] == '/' || name.at[0] == '\\' || drive) return "has an absolute path";
    if (slice_search(name, SLICE("..")) < name.length) return "has a name with \"..\"";
    if (slice_find(name, '\\') < name.length) return "has a name with a backslash";
    if (slice_find(name, '/') < name.length) return "lies in a folder";
    if (slice_find(name, ':') < name.length) return "has a name with a colon";
    if (slice_is(name, ".")) return "has no name";
    return NULL;
}

static bool check_kind(struct slice file, const struct zip_record *record, struct error *error)
{
    uint32_t kind = record->attributes >> 16 & KIND_MASK;
    if (kind == KIND_LINK)
        return zip_refuse(file, record->name, ERROR_SYNTAX, "is a symbolic link",
                          "Zip the file it points to.", error);
    if ((kind != 0 && kind != KIND_FILE) || (record->attributes & DOS_FOLDER) != 0)
        return zip_refuse(file, record->name, ERROR_SYNTAX, "is no ordinary file",
                          "Zip the files alone.", error);
    if ((record->flags & (FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED)) != 0 ||
        record->method == METHOD_AES)
        return zip_refuse(file, record->name, ERROR_SYNTAX, "is encrypted",
                          "Zip it without a password.", error);
    if ((record->flags & FLAG_PATCHED) != 0 ||
        (record->method != METHOD_STORED && record->method != METHOD_DEFLATED))
        return zip_refuse(file, record->name, ERROR_SYNTAX,
                          "is packed in a way that is not read here",
                          "Zip it with the usual method, deflate.", error);
    return true;
}

static bool check_sizes(struct slice file, const struct zip_record *record, struct error *error)
{
    if (record->size > ZIP_FILE_LARGEST)
        return zip_refuse(file, record->name, ERROR_LIMIT, "is larger than 256 MiB unpacked",
                          "Leave out what is not needed.", error);
    if (record->size > ZIP_RATIO_FREE && record->size / ZIP_RATIO_LARGEST > record->packed)
        return zip_refuse(file, record->name, ERROR_LIMIT,
                          "unpacks to more than 200 times its size",
                          "No roster does; look at where the file came from.", error);
    if (record->method == METHOD_STORED && record->size != record->packed)
        return zip_refuse(file, record->name, ERROR_SYNTAX, "has two sizes", "Zip the files again.",
                          error);
    return true;
}

bool zip_check_record(struct slice file, const struct zip_record *record, struct error *error)
{
    const char *wrong = wrong_name(record->name);
    if (wrong != NULL)
        return zip_refuse(file, record->name, ERROR_SYNTAX, wrong,
                          "Zip the files themselves, not a folder that holds them.", error);
    if (is_archive(record->name))
        return zip_refuse(file, record->name, ERROR_SYNTAX, "is an archive in an archive",
                          "Unpack it and zip the files themselves.", error);
    return check_kind(file, record, error) && check_sizes(file, record, error);
}

bool zip_widen(struct zip_record *record)
{
    struct slice left = record->extra;
    uint64_t *const wide[] = {&record->size, &record->packed, &record->header};
    bool missing =
        record->size == UINT32_MAX || record->packed == UINT32_MAX || record->header == UINT32_MAX;
    while (left.length >= 4) {
        size_t length = (size_t)zip_number(left, 2, 2);
        if (length > left.length - 4) return false;
        struct slice field = slice_part(left, 4, 4 + length);
        bool is_zip64 = zip_number(left, 0, 2) == 1;
        left = slice_part(left, 4 + length, left.length);
        if (!is_zip64) continue;
        for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
            if (*wide[i] != UINT32_MAX) continue;
            if (field.length < 8) return false;
            *wide[i] = zip_number(field, 0, 8);
            field = slice_part(field, 8, field.length);
        }
        missing = false;
    }
    return !missing;
}
