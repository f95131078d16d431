/* A small vocabulary and a policy of a few clauses, as a program might hold them. */
#pragma once

static const char words_text[] =
    "# Words\n\n## People\n\n| phrase | id | also called | counts as |\n|---|---|---|---|\n"
    "| staff | staff | | |\n| a teacher | teacher | | staff |\n| a pupil | pupil | | |\n| the "
    "headteacher | headteacher | | staff |\n\n"
    "## Channels\n\n| phrase | id | kind | also called | counts as |\n|---|---|---|---|---|\n"
    "| a personal account | personal | account | | |\n\n"
    "## Acts\n\n| phrase | id | also called | kind | actor | counts as | before it | if refused | "
    "joins |\n"
    "|---|---|---|---|---|---|---|---|---|\n| befriend | befriend | | act | person | | | | |\n"
    "| publish a photo | publish-photo | | act | person | | | | |\n| post | post | | act | person "
    "| | "
    "| | |\n| tell | tell | | duty | person "
    "| | | | |\n\n"
    "## Facts\n\n| phrase | id | kind | values | who knows | question | if not known "
    "|\n|---|---|---|---|---|---|---|\n"
    "| it is a family tie | family | yes/no | | the asker | Are you family? | treat as no |\n"
    "| approval | approval | record | | the asker | Was it approved? | |\n"
    "| a pupil's full name is given | full-name | yes/no | | the asker | Is a pupil named in full? "
    "| "
    "treat as yes |\n\n"
    "## Readings\n\n| phrase | id | adopted | not adopted |\n|---|---|---|---|\n| may be so | R1 | "
    "yes | no |\n";

static const char policy_text[] =
    "---\npolicy: small\ntitle: A small policy\nversion: 2\nin force from: 2026-01-01\nnorms: "
    "small\n---\n# A small policy\n\n"
    "## Friends {#c-1}\nStaff and pupils are not friends online.\nnorms: small-1, small-2\n"
    "```rule\nstaff MUST NOT befriend a pupil\nUNLESS it is a family tie\nTHEN staff MUST tell the "
    "headteacher\n```\n\n"
    "## Photos {#c-2}\nA photo goes out once the headteacher has agreed.\nnorms: small-3\n"
    "```rule\nstaff MAY publish a photo\nNEEDS approval FROM the headteacher\n```\n\n"
    "## Names {#c-3}\nPupils are not named in full in what we post.\nnorms: small-4\n"
    "```rule\nstaff MUST NOT post\nIF a pupil's full name is given\n```\n";
