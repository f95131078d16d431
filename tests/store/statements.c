/* Prints the schema's scripts and every statement of the store, for the test that puts them to another database: each as a
 * kind (`script`, `statement`), a name and the text, with a NUL after each of the three. */
#include <stdio.h>

#include "store/db.h"

/* The linker gives the ends of a section whose name is a word. */
extern const struct db_statement *const __start_db_statements[];
extern const struct db_statement *const __stop_db_statements[];

static bool put(const char *kind, const char *name, const char *text)
{
    return printf("%s%c%s%c%s%c", kind, 0, name, 0, text, 0) > 0;
}

int main(void)
{
    bool good = true;
    for (size_t i = 0; db_schema(i) != NULL; i++) {
        char name[24];
        snprintf(name, sizeof name, "script %zu", i + 1);
        good = good && put("script", name, db_schema(i));
    }
    for (const struct db_statement *const *at = __start_db_statements; at < __stop_db_statements;
         at++)
        good = good && put("statement", (*at)->name, (*at)->text);
    return good && fflush(stdout) == 0 ? 0 : 1;
}
