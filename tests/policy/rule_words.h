/* A small vocabulary with every kind of word, and rule blocks with every form: what the tests and the fuzzer of parse and
 * print share. Nothing is read from a file. */
#pragma once

#include <stddef.h>

static const char rule_words[] =
    "# Words\n"
    "## People\n"
    "| phrase | id | also called | counts as |\n"
    "|---|---|---|---|\n"
    "| staff | staff | member of staff | |\n"
    "| a teacher | teacher | | staff |\n"
    "| a pupil | pupil | student | |\n"
    "| a former pupil | former-pupil | | |\n"
    "| a parent | parent | carer | |\n"
    "| a colleague | colleague | | |\n"
    "| own child | own-child | | close-family |\n"
    "| close family | close-family | | |\n"
    "| the headteacher | headteacher | | |\n"
    "| the deputy head | deputy | | |\n"
    "| the line manager | line-manager | | |\n"
    "| the designated safeguarding lead | dsl | | |\n"
    "| a director | director | | |\n"
    "| the HR adviser | hr | HR | |\n"
    "| the police | police | | |\n"
    "| the organisation | organisation | school | |\n"
    "| a journalist | journalist | | |\n"
    "| the media | media | | |\n"
    "## Channels\n"
    "| phrase | id | kind | also called | counts as |\n"
    "|---|---|---|---|---|\n"
    "| social media | social-media | service | | |\n"
    "| Facebook | facebook | service | | social-media |\n"
    "| Slack | slack | service | | |\n"
    "| a personal account | personal-account | account | | |\n"
    "| an official account | official-account | account | | |\n"
    "| school email | school-email | account | work email | |\n"
    "| own phone | own-phone | device | | |\n"
    "## Acts\n"
    "| phrase | id | also called | kind | actor | counts as | before it | if refused | joins |\n"
    "|---|---|---|---|---|---|---|---|---|\n"
    "| contact | contact | | act | person | | | | |\n"
    "| befriend | befriend | have as a friend | act | person | contact | | | |\n"
    "| post | post | comment | act | person | | | | |\n"
    "| publish a photo | post-photo | | act | person | post | | | |\n"
    "| send an email | email | | act | person | contact | | | to |\n"
    "| talk about a case | talk-case | raise a concern with | act | person | | | | with |\n"
    "| reply to a media enquiry | reply-media | | act | person | | | | from |\n"
    "| receive a communication | receive | | event | person | | | | from |\n"
    "| open disciplinary action | discipline | | act | organisation | | | | |\n"
    "| run an unofficial account | run | | act | person | | | | |\n"
    "| use a personal phone | use-phone | | act | person | | | | |\n"
    "| tell | tell | inform | duty | person | | | | |\n"
    "| keep the rejection message | keep | | duty | person | | | | |\n"
    "| freeze the case | freeze | | duty | organisation | | | | |\n"
    "| record the incident | record | | duty | person | | | | |\n"
    "## Facts\n"
    "| phrase | id | kind | values | who knows | question | if not known |\n"
    "|---|---|---|---|---|---|---|\n"
    "| age of the other person | other.age | age | years | the register | How old? | treat as "
    "under 18 |\n"
    "| age | age | age | years | the register | How old? | treat as under 18 |\n"
    "| time since leaving | since | duration | months 0..600 | the register | How long? | treat as "
    "0 |\n"
    "| number of readers | readers | count | 0..9999 | the asker | How many? | treat as 0 |\n"
    "| kind of account | account-kind | choice | personal, official | the asker | Which? | treat "
    "as personal |\n"
    "| bedtime | bedtime | time | | the settings | When? | treat as 20:00 |\n"
    "| day of joining | joined | date | | the register | When? | treat as 2020-01-01 |\n"
    "| it is an emergency | emergency | yes/no | | the asker | Is it? | treat as no |\n"
    "| the photo shows a pupil | shows-pupil | yes/no | | the asker | Does it? | treat as yes |\n"
    "| the content is confidential | confidential | yes/no | | the asker | Is it? | treat as yes "
    "|\n"
    "| the headteacher is away | head-away | yes/no | | the calendar | Is she? | treat as no |\n"
    "| the asker is worried | worried | yes/no | | the asker | Are you? | treat as no |\n"
    "| photo consent is in force | photo-consent | per person shown | | the register | Is it? | "
    "treat as no |\n"
    "| a full name is given | full-name | per person shown | | the asker | Is it? | treat as yes "
    "|\n"
    "| approval | approval | record | account | the register | Is there? | treat as no |\n"
    "| advice | advice | record | organisation | the register | Is there? | treat as no |\n"
    "| written photo consent | written-consent | record | each person shown | the register | Is "
    "there? | treat as no |\n"
    "## Readings\n"
    "| phrase | id | adopted | not adopted |\n"
    "|---|---|---|---|\n"
    "| the special clause wins | R1 | it lifts | nothing is lifted |\n"
    "| personal capacity | R4 | private posts | all posts |\n"
    "| numbered beats appendix | R6 | it lifts | both speak |\n";

/* A block, and what the canonical print makes of it (NULL: the same text). */
struct rule_sample {
    const char *block, *printed;
};

static const struct rule_sample rule_samples[] = {
    {"staff SHOULD NOT befriend a pupil via a personal account\n", NULL},
    {"   Member of staff, teachers or the school   MUST NOT\tcontact students, former pupils or a "
     "carer via Facebook, "
     "Slack or work email -- why\n",
     "staff, a teacher or the organisation MUST NOT contact a pupil, a former pupil or a parent "
     "via Facebook, Slack or "
     "school email\n"},
    {"anyone MAY send an email, post to anyone via own phone\n",
     "anyone MAY send an email or post anyone via own phone\n"},
    {"staff SHOULD raise a concern with the line manager\n",
     "staff SHOULD talk about a case with the line manager\n"},
    {"staff ADVISED NOT TO contact a former pupil\nIF age of the other person is at least 18 "
     "years\n"
     "NOT KNOWN age of the other person: treat as under 18\n",
     "staff ADVISED NOT TO contact a former pupil\nIF age of the other person is at least 18\n"
     "NOT KNOWN age of the other person: treat as under 18\n"},
    {"staff MUST NOT post\nSTOP\nALWAYS\nSUBJECT TO 4.4\nCLASHES WITH app1-14, section 4\n"
     "DESPITE every clause, law L1\nNOT KNOWN kind of account: treat as official\nOUTCOMES \"up to "
     "dismissal\"\n"
     "REMIND \"Think -- twice.\"\nIF the headteacher is away: TELL the deputy head WITHIN 2 hours "
     "INSTEAD\n"
     "TELL the headteacher AFTERWARDS\nTHEN staff MUST record the incident\nNEEDS approval FROM a "
     "director\n"
     "UNLESS it is an emergency\nAND THEN staff MUST tell the headteacher WITHIN immediately\n"
     "UNLESS the other person is close family\nIF the content is confidential\n",
     "staff MUST NOT post\nIF the content is confidential\nUNLESS it is an emergency\n"
     "AND THEN staff MUST tell the headteacher WITHIN immediately\nUNLESS the other person is "
     "close family\n"
     "NEEDS approval FROM a director\nTELL the headteacher AFTERWARDS\nTHEN staff MUST record the "
     "incident\n"
     "IF the headteacher is away: TELL the deputy head WITHIN 2 hours INSTEAD\nREMIND \"Think -- "
     "twice.\"\n"
     "OUTCOMES \"up to dismissal\"\nNOT KNOWN kind of account: treat as official\nDESPITE every "
     "clause, law L1\n"
     "CLASHES WITH app1-14, section 4\nSUBJECT TO 4.4\nALWAYS\nSTOP\n"},
    {"staff MAY use a personal phone\nONLY IF all of:\n- it is an emergency\n- NOT the photo shows "
     "a pupil\n"
     "ONLY THROUGH own phone, Slack\nNEEDS approval FROM another director or the headteacher "
     "UNLESS it is an emergency\n"
     "NEEDS advice IF the asker is worried\n",
     "staff MAY use a personal phone\nONLY IF all of:\n- it is an emergency\n- NOT the photo shows "
     "a pupil\n"
     "ONLY THROUGH own phone or Slack\nNEEDS approval FROM another director or headteacher UNLESS "
     "it is an emergency\n"
     "NEEDS advice IF the asker is worried\n"},
    {"anyone MUST post\nIF any of:\n- the actor is not a teacher\n- the other person is a pupil\n"
     "- NOT the other person is not a parent\n- the channel is Slack\n- the channel is not social "
     "media\n"
     "- the act is done\n- the act is planned\n- NOT the act is planned\n- kind of account is "
     "personal\n"
     "- kind of account is not official\n- time since leaving is under 12 months\n- time since "
     "leaving is over 1 month\n"
     "- NOT number of readers is at most 30\n- the time is between 18:00 and 07:30\n- bedtime is "
     "between 19:00 and 21:15\n"
     "- day of joining is before 2024-03-15\n- day of joining is on or after 2024-03-15\n"
     "- approval FROM a director or the headteacher is on record\n- NOT advice is refused\n- it is "
     "an emergency is yes\n"
     "- it is an emergency is no\n- for every pupil shown: photo consent is in force\n",
     "anyone MUST post\nIF any of:\n- the actor is not a teacher\n- the other person is a pupil\n"
     "- the other person is a parent\n- the channel is Slack\n- the channel is not social media\n"
     "- the act is done\n- the act is planned\n- the act is done\n- kind of account is personal\n"
     "- kind of account is not official\n- time since leaving is under 12 months\n- time since "
     "leaving is over 1 months\n"
     "- NOT number of readers is at most 30\n- the time is between 18:00 and 07:30\n- bedtime is "
     "between 19:00 and 21:15\n"
     "- day of joining is before 2024-03-15\n- day of joining is on or after 2024-03-15\n"
     "- approval FROM a director or the headteacher is on record\n- NOT advice is refused\n- it is "
     "an emergency\n"
     "- NOT it is an emergency\n- for every pupil shown: photo consent is in force\n"},
    {"staff MAY publish a photo\nIF for every pupil shown: photo consent is in force and NOT a "
     "full name is given\n",
     "staff MAY publish a photo\nIF for every pupil shown: all of:\n- photo consent is in force\n"
     "- NOT a full name is given\n"},
    {"staff MAY publish a photo\nUNLESS for every pupil shown: any of:\n- photo consent is in "
     "force\n"
     "- a full name is given\nIF none of:\n- it is an emergency\n- the content is confidential\n",
     "staff MAY publish a photo\nIF none of:\n- it is an emergency\n- the content is confidential\n"
     "UNLESS for every pupil shown: any of:\n- photo consent is in force\n- a full name is "
     "given\n"},
    {"staff MAY post\nIF any of:\n- it is an emergency\nUNLESS none of:\n- the content is "
     "confidential\n"
     "ONLY IF none of:\n- for every pupil shown: photo consent is in force\n",
     "staff MAY post\nIF it is an emergency\nUNLESS NOT the content is confidential\n"
     "ONLY IF none of:\n- for every pupil shown: photo consent is in force\n"},
    {"WHEN anyone runs an unofficial account or replies to a media enquiry from the media\n"
     "IF the asker is worried\n"
     "the member of staff SHOULD tell the headteacher and the designated safeguarding lead WITHIN "
     "2 school days once "
     "ELSE TELL the police\n"
     "UNDER R4: staff MUST keep the rejection message FOR 3 years\n"
     "UNDER NOT R4: staff MAY tell HR AFTERWARDS IF the headteacher is away\n"
     "the organisation MUST freeze the case BEFOREHAND UNTIL advice FROM HR is on record\n"
     "staff MUST inform the headteacher via school email WITHIN the same school day FOR 1 month\n",
     "WHEN anyone runs an unofficial account or replies to a media enquiry from the media\n"
     "IF the asker is worried\n"
     "staff SHOULD tell the headteacher and the designated safeguarding lead once WITHIN 2 school "
     "days "
     "ELSE TELL the police\n"
     "UNDER R4: staff MUST keep the rejection message FOR 3 years\n"
     "UNDER NOT R4: staff MAY tell the HR adviser AFTERWARDS IF the headteacher is away\n"
     "the organisation MUST freeze the case BEFOREHAND UNTIL advice FROM HR is on record\n"
     "staff MUST tell the headteacher via school email WITHIN the same school day FOR 1 month\n"},
    {"WHEN staff receive a communication from pupils\nREMIND \"Who else could read it?\"\n"
     "staff NEED approval FROM the headteacher TO post, publish a photo via Facebook\n"
     "a parent NEEDS written photo consent FROM a parent FOR EVERY pupil shown TO publish a photo\n"
     "IF the photo shows a pupil\nTELL the headteacher, the deputy head BEFOREHAND\n",
     "WHEN staff receive a communication from a pupil\nREMIND \"Who else could read it?\"\n"
     "\nstaff NEED approval FROM the headteacher TO post or publish a photo via Facebook\n"
     "\na parent NEEDS written photo consent FROM a parent FOR EVERY pupil shown TO publish a "
     "photo\n"
     "IF the photo shows a pupil\nTELL the headteacher or the deputy head BEFOREHAND\n"},
    {"the headteacher DECIDES WHETHER \"the tie is proper\"\nASK \"Would it exist "
     "anyway?\"\nRECORD who ruled, when, why\n"
     "a known person MEANS any of:\n- a pupil\n- NOT a former pupil\n"
     "a child MEANS all of:\n- a known person\n- age is under 18\n- the other person is not a "
     "colleague\n"
     "our channel MEANS all of:\n- Slack\n- NOT own phone\n- the channel is not Facebook\n"
     "a good tie MEANS all of:\n- the tie is proper\n- NOT the content is confidential\n"
     "the media INCLUDES a journalist\n"
     "staff SHOULD NOT contact a child via our channel\nUNLESS a good tie is yes\n",
     "the headteacher DECIDES WHETHER \"the tie is proper\"\nASK \"Would it exist "
     "anyway?\"\nRECORD who ruled, when, why\n"
     "\na known person MEANS any of:\n- a pupil\n- NOT a former pupil\n"
     "\na child MEANS all of:\n- a known person\n- age is under 18\n- the other person is not a "
     "colleague\n"
     "\nour channel MEANS all of:\n- Slack\n- NOT own phone\n- the channel is not Facebook\n"
     "\na good tie MEANS all of:\n- the tie is proper\n- NOT the content is confidential\n"
     "\nthe media INCLUDES a journalist\n"
     "\nstaff SHOULD NOT contact a child via our channel\nUNLESS a good tie\n"},
    {"UNDER R6: staff MAY post\nUNDER NOT R1: IF it is an emergency\nUNDER R1: UNLESS any of:\n- "
     "it is an emergency\n"
     "- the asker is worried\nUNDER R1: AND THEN staff MAY tell the headteacher\nAND THEN staff "
     "MUST record the incident\n",
     NULL},
    {"staff MAY post\nNOT KNOWN time since leaving: treat as 3 months\nNOT KNOWN bedtime: treat as "
     "20:30\n"
     "NOT KNOWN day of joining: treat as 2024-01-31\nNOT KNOWN it is an emergency: treat as yes\n"
     "NOT KNOWN a full name is given: treat as no\nNOT KNOWN the asker is worried: refer to the "
     "headteacher\n",
     "staff MAY post\nNOT KNOWN time since leaving: treat as 3\nNOT KNOWN bedtime: treat as 20:30\n"
     "NOT KNOWN day of joining: treat as 2024-01-31\nNOT KNOWN it is an emergency: treat as yes\n"
     "NOT KNOWN a full name is given: treat as no\nNOT KNOWN the asker is worried: refer to the "
     "headteacher\n"},
    {"staff MUST NOT befriend a pupil via a personal account\n"
     "THEN staff MUST tell HR WITHIN 1 hour\nTHEN staff MUST tell HR WITHIN 3 days\n"
     "THEN staff MUST tell HR WITHIN 1 working day\nTHEN staff MUST tell HR WITHIN 1 week\n"
     "THEN staff MUST tell HR FOR 18 months\n",
     "staff MUST NOT befriend a pupil via a personal account\n"
     "THEN staff MUST tell the HR adviser WITHIN 1 hour\nTHEN staff MUST tell the HR adviser "
     "WITHIN 3 days\n"
     "THEN staff MUST tell the HR adviser WITHIN 1 working day\nTHEN staff MUST tell the HR "
     "adviser WITHIN 1 week\n"
     "THEN staff MUST tell the HR adviser FOR 18 months\n"},
    {"", NULL},
    {"-- nothing but a comment\n\n", ""},
};
#define RULE_SAMPLES (sizeof rule_samples / sizeof *rule_samples)
