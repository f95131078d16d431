/* A QR code as an inline picture. */
#pragma once

#include "web/html.h"

/* Draws `words` (at most some hundred bytes), `label` for who cannot see it. False where they do not fit. */
MUST_USE bool qr_write(struct text *out, struct slice words, struct slice label);
