/* The lines that the scripts of a benchmark send to its driver: a command and its parts, tabs between them. */
#pragma once

#include <stddef.h>

/* Cuts the line into at most `largest` parts, of which there is room for one more, NULL, behind them; gives how many. */
size_t line_split(char *line, char **parts, size_t largest);
