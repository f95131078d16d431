/* Pages of files of people: bringing one, looking at what it would change, deciding, mappings. */
#pragma once

#include "page/keeping.h"
#include "service/import.h"

#define IMPORTS SLICE("/imports")
#define IMPORT_FILE_FIELD "people"

enum { IMPORT_NEW_ORDER, IMPORT_NEW_FORMAT, IMPORT_NEW_MAPPING, IMPORT_NEW_FIELDS };
enum { IMPORT_ONE_ORDER, IMPORT_ONE_ID, IMPORT_ONE_FIELDS };
enum { MAPPING_ORDER, MAPPING_NAME, MAPPING_TEXT, MAPPING_FIELDS_COUNT };
extern const struct field import_new_fields[], import_one_fields[], import_mapping_fields[];

void imports_page(struct visit *visit);
void import_new_page(struct visit *visit);
void import_new_answer(struct visit *visit);
void import_page(struct visit *visit);
void import_bring_answer(struct visit *visit);
void import_accept_answer(struct visit *visit);
void import_refuse_answer(struct visit *visit);
void import_mappings_page(struct visit *visit);
void import_mappings_answer(struct visit *visit);

/* `is looked at`, `waits for a yes`, `was brought in`, `was thrown away` */
struct slice import_state_words(struct slice state);
/* What a source is called. */
struct slice import_source_words(struct slice source, struct arena *arena);
/* What is wrong with a file, as a sentence for the page, with the place in it where that is known. */
struct slice import_said(struct visit *visit, const struct error *error);
