/* The screening engine: one text in, findings out. What it screens by never changes and is shared by threads; the work memory is one
 * thread's. Pure: no files, no clock. */
#pragma once

#include "base/text.h"
#include "screen/detect.h"
#include "screen/lexicon.h"
#include "screen/names.h"

struct screen_plan {
    const struct name_index *names; /* any of them may be NULL */
    const struct lexicon *lexicon;
    const struct allow_list *allow;
};

struct screen_work; /* folded text, tokens, findings: kept from text to text */
struct screen_work *screen_work_new(void);
void screen_work_free(struct screen_work *work);

#define SCREEN_TEXT_LARGEST FOLD_TEXT_LARGEST
enum screen_result { SCREEN_DONE, SCREEN_NOT_UTF8, SCREEN_TOO_LONG };
/* The findings stay until the next text, settled and in order. */
enum screen_result screen(const struct screen_plan *plan, struct screen_work *work,
                          struct slice text, const struct findings **ret_findings);

/* The same for a text that is known to be well-formed UTF-8 of at most SCREEN_TEXT_LARGEST bytes. */
void screen_sound(const struct screen_plan *plan, struct screen_work *work, struct slice text,
                  const struct findings **ret_findings);

/* What could stand in its place, appended to `out`: `Ada B` for a full name, nothing where leaving it out is best. False where there is no
 * proposal: a form that gives less than a full name already, namesakes who differ, links, hashtags, wording. */
bool screen_fix(const struct screen_plan *plan, struct slice text, const struct finding *finding,
                struct text *out);
