/* A text as the detectors' machines read it: full-width and mathematical signs, digits in circles
 * and of other scripts as plain ones, every blank a blank, every dash a hyphen, nothing invisible, HTML
 * entities as what they say.
 * Made only where a text has any of these; all else stays byte for byte. */
#pragma once

#include "screen/detect.h"

/* From `view` on up to the next run the view is the original from `original` on; or, where `step`
 * is not 0, one byte stands for that one character of `step` bytes. */
struct detect_run {
    uint32_t view, original, step;
};

/* Whether the character of several bytes at `i` makes a view worth its time. */
bool view_wanted(struct slice text, size_t i);
void view_make(struct detect_work *work, struct slice text);
/* Where the byte of the view came from, and where the character that ends before `end` ends. */
size_t view_start(const struct detect_work *work, size_t at);
size_t view_end(const struct detect_work *work, size_t end);
