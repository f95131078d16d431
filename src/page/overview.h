/* How it stands, for those who lead: one page, and the same as a table to download. */
#pragma once

#include "page/people.h"

void overview_page(struct visit *visit);
void overview_file(struct visit *visit);
