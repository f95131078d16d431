/* A small policy that the tests and the fuzzer of scenarios share: every kind of answer comes out of it. */
#pragma once

#define SCENARIO_WORDS                                                                             \
    "# Words\n\n## People\n\n| phrase | id | also called | counts as |\n|---|---|---|---|\n"       \
    "| staff | staff | member of staff | |\n| a teacher | teacher | | staff |\n"                   \
    "| a pupil | pupil | | |\n| a parent | parent | | |\n| a visitor | visitor | | |\n"            \
    "| the headteacher | headteacher | | staff |\n| the safeguarding lead | lead | | staff |\n"    \
    "| the coordinator | coordinator | | staff |\n| the organisation | organisation | | |\n\n"     \
    "## Channels\n\n| phrase | id | kind | also called | counts as |\n|---|---|---|---|---|\n"     \
    "| a personal account | personal | account | | |\n| a school account | school | account | | "  \
    "|\n\n"                                                                                        \
    "## Acts\n\n| phrase | id | also called | kind | actor | counts as | before it | if refused "  \
    "| joins |\n|---|---|---|---|---|---|---|---|---|\n"                                           \
    "| contact | contact | | act | person | | | | |\n"                                             \
    "| message | message | | act | person | contact | | | |\n"                                     \
    "| publish a photo | photo | | act | person | | | | |\n"                                       \
    "| befriend | befriend | | act | person | | receive a request | decline a request | |\n"       \
    "| decline a request | decline | | act | person | | | | |\n"                                   \
    "| receive a request | request | | event | person | | | | from |\n"                            \
    "| copy an image | copy | | act | person | | | | |\n"                                          \
    "| keep a diary | diary | | act | person | | | | |\n"                                          \
    "| tell | tell | | duty | person | | | | |\n"                                                  \
    "| keep the message | keep | | duty | person | | | | |\n\n"                                    \
    "## Facts\n\n| phrase | id | kind | values | who knows | question | if not known |\n"          \
    "|---|---|---|---|---|---|---|\n"                                                              \
    "| it is an emergency | emergency | yes/no | | the asker | Is it an emergency? | treat as no " \
    "|\n"                                                                                          \
    "| it is a lesson | lesson | yes/no | | the asker | Is it a lesson? | treat as no |\n"         \
    "| the image may be unlawful | unlawful | yes/no | | the asker | May it be? | treat as yes "   \
    "|\n"                                                                                          \
    "| age of the other person | other.age | age | years | the asker | How old? | treat as under " \
    "18 |\n"                                                                                       \
    "| age | age | age | years | the asker | How old? | treat as under 18 |\n"                     \
    "| approval | approval | record | account | the register | Is there approval? | |\n"           \
    "| photo consent | consent | record | each person shown | the register | Is there consent? | " \
    "|\n\n"                                                                                        \
    "## Readings\n\n| phrase | id | adopted | not adopted |\n|---|---|---|---|\n"                  \
    "| the special clause wins | R6 | it lifts | both speak |\n"

#define SCENARIO_LAW                                                                               \
    "---\npolicy: law\ntitle: Law\nversion: 1\nin force from: 2020-01-01\n---\n# Law\n\n"          \
    "## Images {#c-L1}\nThe law.\n\n```rule\nanyone MUST NOT copy an image\n"                      \
    "IF the image may be unlawful\nALWAYS\nSTOP\n```\n"

#define SCENARIO_POLICY                                                                            \
    "---\npolicy: small\ntitle: Small\nversion: 1\nin force from: 2025-01-01\nnorms: n\nreads: "   \
    "R6\n---\n# Small\n\n"                                                                         \
    "## Lines {#c-lines}\nWho and when.\nnorms: n-0, n-0b\n```policy\n"                            \
    "THIS POLICY BINDS staff, pupils [0]\nREVIEW DUE June 2025 [0b]\n"                             \
    "WHEN no clause speaks: ASK the headteacher BEFOREHAND [0]\n```\n\n"                           \
    "## Contact {#c-1}\nNo private contact.\nnorms: n-1, n-1b\n```rule\n"                          \
    "staff SHOULD NOT contact a pupil via a personal account\n"                                    \
    "UNLESS it is an emergency\n"                                                                  \
    "AND THEN the member of staff MUST tell the headteacher WITHIN 2 hours\n```\n\n"               \
    "## Lessons {#c-2}\nLessons are fine.\nnorms: n-2\n```rule\n"                                  \
    "staff MAY message a pupil\nIF it is a lesson\nIF age of the other person is at least 11\n"    \
    "UNDER R6: DESPITE 1\nCLASHES WITH 1\n```\n\n"                                                 \
    "## Photos {#c-3}\nAsk first.\nnorms: n-3\n```rule\n"                                          \
    "anyone NEEDS approval FROM the headteacher or the safeguarding lead TO publish a photo\n\n"   \
    "anyone NEEDS photo consent FROM a parent FOR EVERY pupil shown TO publish a photo\n```\n\n"   \
    "## Friends {#c-4}\nNot with pupils.\nnorms: n-4\n```rule\n"                                   \
    "staff MUST NOT befriend a pupil\nUNLESS the tie is sound\n\n"                                 \
    "the headteacher DECIDES WHETHER \"the tie is sound\"\n```\n\n"                                \
    "## Requests {#c-5}\nTell us.\nnorms: n-5, n-5b\n```rule\n"                                    \
    "WHEN staff receive a request from a pupil\n"                                                  \
    "the member of staff MUST tell the safeguarding lead and the coordinator WITHIN "              \
    "immediately ELSE TELL the headteacher\n"                                                      \
    "the member of staff SHOULD keep the message FOR 3 months IF it is a lesson\n```\n\n"          \
    "## Diaries {#c-7}\nKeep one.\n```rule\nstaff SHOULD keep a diary\nOUTCOMES \"a word with "    \
    "the head\"\n```\n\n"                                                                          \
    "## Saying so {#c-6}\nWords.\nnorms: n-6\n```norule attest policy-library \"Read.\"\n```\n\n"
