/* Fuzzes the reading of forms. Promises: no crash; what gets through is declared, clean and within its limits. */
#include <stdlib.h>

#include "base/utf8.h"
#include "web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct field fields[] = {
    {"who", form_is_id, 40, 8}, {"answer", form_is_line, 200, 1}, {"token", form_is_hex, 64, 1}};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct slice body = arena_copy(arena, (struct slice){(const char *)data, size});
    struct form form;
    struct error error = {0};
    if (form_read(body, fields, 3, arena, &form, &error)) {
        for (size_t field = 0; field < 3; field++) {
            if (form.at[field].values.count > fields[field].most) abort();
            for (size_t at = 0; at < form.at[field].values.count; at++) {
                struct slice value = form.at[field].values.at[at];
                if (value.length == 0 || value.length > fields[field].largest) abort();
                if (utf8_check(value) != value.length || !fields[field].valid(value)) abort();
            }
        }
    } else if (error.code == ERROR_NONE) {
        abort();
    }
    arena_free(arena);
    return 0;
}
