/* The page of a demo on which anybody comes in as one of its made-up people. Its routes exist in no other record. */
#pragma once

#include "page/here.h"

enum { DEMO_PERSON, DEMO_FIELDS };
extern const struct field demo_fields[];
extern const struct route demo_routes[];
extern const size_t demo_route_count;

void demo_page(struct visit *visit);
void demo_answer(struct visit *visit);
