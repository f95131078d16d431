/* See line.h. */
#include "line.h"

#include <string.h>

size_t line_split(char *line, char **parts, size_t largest)
{
    size_t count = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; at != NULL && count < largest;) {
        parts[count++] = strsep(&at, "\t");
    }
    parts[count] = NULL;
    return count;
}
