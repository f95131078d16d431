/* The routes of the pages of signing; docs/access.md is this table in words. */
#include "page/signing.h"

#define SHOWS(path, name, opens, page)                                                             \
    {                                                                                              \
        METHOD_GET, path, name, SESSION_SIGNED, page, NULL, 0, opens                               \
    }
#define TAKES(path, name, opens, page, fields, count)                                              \
    {                                                                                              \
        METHOD_POST, path, name, SESSION_SIGNED, page, fields, count, opens                        \
    }

const struct route signing_routes[] = {
    SHOWS("/sign", "sign", SIGNED_IN, sign_page),
    TAKES("/sign", "sign", SIGNED_IN, sign_answer, sign_fields, SIGN_FIELDS),
    SHOWS("/sign/done", "sign-done", SIGNED_IN, sign_done_page),
    SHOWS("/certificates/text/*", "certificate-text", SIGNED_IN, certificate_file),
    SHOWS("/certificates/*", "certificate", SIGNED_IN, certificate_page),
    SHOWS("/coverage", "coverage", SEES_COVERAGE, coverage_page),
    SHOWS("/coverage/coverage.csv", "coverage-csv", SEES_COVERAGE, coverage_file),
    SHOWS("/coverage/who/*", "coverage-who", SEES_COVERAGE, coverage_who_page),
    SHOWS("/coverage/sheet/*", "sheet", TO(ACT_RECORD_SHEET), sheet_page),
    TAKES("/coverage/sheet/*", "sheet", TO(ACT_RECORD_SHEET), sheet_answer, sheet_fields,
          SHEET_FIELDS),
    SHOWS("/coverage/training/*", "training", TO(ACT_RECORD_TRAINING), training_page),
    TAKES("/coverage/training/*", "training", TO(ACT_RECORD_TRAINING), training_answer,
          training_fields, TRAINING_FIELDS),
};
const size_t signing_route_count = sizeof signing_routes / sizeof *signing_routes;
