/* What the files of drafts share. */
#pragma once

#include "service/drafts.h"

/* Fills the notes of a draft that was read, while its plan is still there. */
void draft_notes(struct draft *draft, struct arena *arena);
