/* A decision as text for a person at a terminal. */
#pragma once

#include "policy/decision.h"

void answer_print(const struct decision *decision, const struct request *request,
                  struct arena *arena, struct text *out);
/* ask's exit code for a verdict. */
int answer_exit(enum verdict verdict);
