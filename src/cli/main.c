/* lanyard: the table of commands, one a file. Help, the manual page and the completion are printed from it. */
#include "cli/cli.h"
#include "cli/serve_help.h"
#include "policy/phrase.h"

#include <string.h>

const struct command cli_commands[] = {
    {"check", "POLICY...", "Compile policies and say what is wrong or doubtful in them",
     command_check,
     "  --quiet   errors only, no warnings\n"
     "  --notes   instead: clauses that collide, with a case, and the notes on them\n"
     "  --short   of those, only which clauses\n"
     "\nwords.md is checked for phrases that could be one, and its phrases that one policy alone "
     "uses\nare listed; law.md is checked for what stands in it.\n"
     "\nExits 0 where every policy compiles, 3 where one does not.\n"
     "\n  lanyard check policies/early-life\n  lanyard check policies/*\n"
     "  lanyard check --notes policies/early-life\n"},
    {"fmt", "[--check | --print] FILE...",
     "Put the rule blocks of policies into their canonical form, prose untouched", command_fmt,
     "  --check   write nothing; exit 1 where a file would change\n"
     "  --print   write to standard output instead of the file\n"
     "\n  lanyard fmt policies/early-life/policy.md\n"},
    {"ask", "POLICY [--act ACT] [--fact 'KEY=VALUE']...", "Put a question to a policy", command_ask,
     "  --act ACT           what is to be done: a phrase or id of the vocabulary\n"
     "  --acts              list the acts that can be asked about\n"
     "  --fact 'KEY=VALUE'  one thing that is known: actor=a teacher, other=a pupil, via=a "
     "personal account,\n"
     "                      on=2026-09-01, done=yes, fact age of the other person=14,\n"
     "                      record approval=given 2026-01-10 FROM the headteacher,\n"
     "                      shown Ana=a pupil; fact age 9, world=closed; don't know is a value\n"
     "  --json              read one request as JSON from standard input where no --act or --fact "
     "is given,\n"
     "                      answer in JSON\n"
     "  --text FILE         the words that it is about, - for standard input: what is found in "
     "them "
     "answers\n                      facts, and is shown with its place\n"
     "  --roster FILE       with --text: people, as lanyard screen takes them\n"
     "  --allow FILE        with --text: sites and hashtags that are let through\n"
     "  --words FILE        with --text: wording of your own\n"
     "\nAt a terminal it asks for what it needs, one question at a time; elsewhere it names the "
     "next question.\n"
     "Exits 0 allowed, 10 allowed-if, 11 advised-against, 12 refer, 13 not-allowed, 14 no-clause, "
     "15 stop,\n"
     "16 need-answer; 2 wrong use, 3 a document that does not compile.\n"
     "\n  lanyard ask policies/early-life --act 'accept a friend request' --fact 'actor=a teacher' "
     "\\\n"
     "      --fact 'other=a pupil of ours' --fact 'via=a personal account'\n"
     "  lanyard ask policies/early-life --act publish --fact 'actor=a teacher' \\\n"
     "      --fact 'via=a personal account' --text draft.txt --roster people.csv\n"},
    {"explain", "POLICY CLAUSE",
     "Show a clause: its words, its norms, what it lifts and what lifts it", command_explain,
     "CLAUSE is the id in a heading of the policy or its law, or a norm's id.\n"
     "\n  lanyard explain policies/early-life 5.2c\n"},
    {"test", "POLICY... [--rows | --mutate]", "Run the scenarios that stand beside policies",
     command_test,
     "  --rows    a line for each row of the shared scenarios: name, policy, verdict, pass or "
     "fail\n"
     "  --mutate  change every rule in every way that fits and count the changes that a scenario "
     "notices\n"
     "\nAmong several policies words.md and law.md are passed over: they are tested with each.\n"
     "Exits 1 where a scenario fails.\n"
     "\n  lanyard test policies/early-life\n  lanyard test policies/*\n"},
    {"cover", "POLICY... [--shown FILE]",
     "Count the norms that policies serve, by mechanism and feature", command_cover,
     "  --shown FILE    count the norms that came out of the running program in tests\n"
     "  --against FILE  name the ids in FILE's first column that no policy's norms.tsv has\n"
     "  --verbose       list each norm\n"
     "  --take-out      take each shown clause out in turn and check that its test fails "
     "(minutes)\n"
     "\nSeveral policies stand side by side in one table, a column each.\n"
     "Exits 1 where a norm has no clause.\n"
     "\n  lanyard cover policies/early-life\n  lanyard cover policies/*\n"},
    {"compare", "POLICY... [--act ACT] [--fact 'KEY=VALUE']...",
     "Put one question to several policies and show the answers side by side", command_compare,
     "  --act ACT           what is to be done: a phrase or id of the vocabulary\n"
     "  --fact 'KEY=VALUE'  one thing that is known, as for `ask`\n"
     "  --json              answer in JSON\n"
     "\nWithout --act a table of all acts: each policy's verdict in words and with a sign, and a "
     "star where\nthey differ. There, what is not said is no; without any --fact a teacher acts, "
     "and a pupil of ours\nis the other person.\n"
     "\n  lanyard compare policies/early-life policies/qegsmat --act 'accept a friend request' \\\n"
     "      --fact 'actor=a teacher' --fact 'other=a pupil of ours' --fact 'via=a personal "
     "account'\n"
     "  lanyard compare policies/* --fact 'actor=a teacher' --fact 'other=a parent'\n"},
    {"changes", "OLD NEW", "Show what a new version of a policy changes, and for whom",
     command_changes,
     "  --json  answer in JSON\n"
     "\nOLD and NEW are folders of policies. By role: each statement that is not what it was, its "
     "clause, what\nit said and says, and a case in which the answers differ. Prose, numbers and "
     "order never count.\nExits 1 where something changes.\n"
     "\n  lanyard changes policies/early-life drafts/early-life\n"},
    {"show", "POLICY", "Print a policy as one HTML page to read, print and sign", command_show,
     "The page needs no network and no other file.\n"
     "\n  lanyard show policies/early-life > policy.html\n"},
    {"new", "DIR --from POLICY --name NAME [--role 'ROLE=NAME']...",
     "Make a policy folder of your own out of another policy", command_new,
     "  --from POLICY       the policy to start from: its name, or a folder\n"
     "  --name NAME         what your organisation is called; put wherever the policy names its "
     "own\n"
     "  --role 'ROLE=NAME'  what you call a role: 'the headteacher=the principal'; as often as "
     "needed\n"
     "\nDIR gets a policy.md that is in force from today, its scenarios, norms.tsv, and its own "
     "words.md and\n"
     "law.md unless the same stand one folder up. Dates and reviews of the other organisation are "
     "left out\n"
     "and named. At a terminal it asks for the names of roles where no --role is given. What it "
     "makes compiles\n"
     "and passes its own scenarios, or nothing is made.\n"
     "\n  lanyard new policies/oak-lane --from qegsmat --name 'Oak Lane School' \\\n"
     "      --role 'the headteacher=the principal'\n"},
    {"init", "DIR [--name NAME | --demo] [OPTIONS]",
     "Make a data folder: a record of people and acts", command_init,
     "  --name NAME      what the organisation is called\n"
     "  --kind KIND      trust, school or charity (school)\n"
     "  --policy POLICY  the folder of the policy that it adopts\n"
     "  --given NAME     the first administrator's given name\n"
     "  --family NAME    and family name\n"
     "  --email ADDRESS  and e-mail address\n"
     "  --key FILE       where the key is kept ($CREDENTIALS_DIRECTORY/lanyard.key, else DIR.key)\n"
     "  --demo           instead of names: a made-up trust of three academies to try things on. It "
     "answers\n                   this computer alone, lets anybody in as anybody, and stays a "
     "demo for good\n"
     "\nAt a terminal it asks for what is missing. It prints a link that works once, within three "
     "days, by which\nthe first administrator comes in. The key opens everything that is kept: "
     "copy it to a safe place apart\nfrom the backups. A key that is lost cannot be made again.\n"
     "\n  lanyard init oak-lane --name 'Oak Lane School' --policy policies/early-life \\\n"
     "      --given Ann --family Lee --email ann.lee@school.example\n"
     "  lanyard init try-out --demo\n"},
    {"first", "DIR --role ROLE --given NAME --family NAME --email ADDRESS",
     "Put one of the first three people of trust into a record", command_first,
     "  --role ROLE      headteacher, dsl, chair, governor, administrator or another role of "
     "trust\n"
     "  --given NAME     the person's given name\n"
     "  --family NAME    and family name\n"
     "  --email ADDRESS  and e-mail address, with which they sign in\n"
     "  --key FILE       the record's key, where it is not DIR.key\n"
     "\nA role of trust is proposed by one person and confirmed by two others. A new record has "
     "nobody who could,\nso whoever keeps the machine puts the first three in. It prints the link "
     "by which they come in.\n"
     "\n  lanyard first oak-lane --role headteacher --given Bo --family Marsh --email "
     "bo.marsh@school.example\n"},
    {"serve", SERVE_ARGUMENTS, SERVE_SUMMARY, command_serve, SERVE_HELP},
    {"verify", "FOLDER|BUNDLE|--certificate FILE [--vkey KEY] [--since FILE]",
     "Check that nothing in a record was changed, with no key and no server", command_verify,
     "  --vkey KEY    the log's public verifier key, kept elsewhere (checkpoint --vkey prints it)\n"
     "  --since FILE  a checkpoint kept elsewhere: what was there then must be there still\n"
     "  --certificate  FILE is a certificate of a signature, checked by itself\n"
     "\nNames every event, checkpoint and upload that was changed, moved, taken out or put in.\n"
     "Exits 0 where the record is whole and tied to a key and a checkpoint from elsewhere, 4 where "
     "it "
     "is\nwhole and not tied, 1 where something is wrong.\n"
     "\n  lanyard verify school\n"
     "  lanyard verify school --vkey \"$(cat kept/vkey)\" --since kept/checkpoint\n"
     "  lanyard verify --certificate signed.txt --vkey \"$(cat kept/vkey)\"\n"},
    {"checkpoint", "FOLDER [--vkey]",
     "Print the newest signed checkpoint of a record, to be kept elsewhere", command_checkpoint,
     "  --vkey  instead: the log's public verifier key, which stays the same\n"
     "\nSend it to somebody who does not keep this machine: with it `lanyard verify --since` sees\n"
     "whether newer entries were cut off later, or the whole record was made anew.\n"
     "\n  lanyard checkpoint school > kept/checkpoint\n"},
    {"rebuild", "FOLDER --check [--key FILE]",
     "Make every table of a record again from its events and compare", command_rebuild,
     "  --check     compare and change nothing\n"
     "  --key FILE  where the root key lies (else FOLDER.key)\n"
     "\nNames the table and row of every difference, and every person's key that is damaged or is "
     "another's.\nExits 1 where there is one.\n"
     "\n  lanyard rebuild school --check\n"},
    {"export", "FOLDER FILE",
     "Write a record's events, checkpoints and uploads into one file to verify", command_export,
     "What is sealed stays sealed: the file holds no key.\n"
     "\n  lanyard export school school.bundle\n  lanyard verify school.bundle\n"},
    {"backup", "FOLDER BACKUP [--keys FILE] [--key FILE]",
     "Copy a record while it is in use, its wrapped keys into a second file", command_backup,
     "  --keys FILE  the second file (else BACKUP.keys)\n"
     "  --key FILE   where the root key lies (else FOLDER.key)\n"
     "\nBACKUP gets the events, checkpoints, tables and uploads, and no key. The second file is of "
     "use "
     "only with\nthe root key. Keep the three apart, and beside them the newest FOLDER.erased.\n"
     "\n  lanyard backup school /mnt/backup/school-2026-11-21 --keys "
     "/mnt/keys/school-2026-11-21\n"},
    {"restore", "BACKUP FOLDER (--erased FILE | --without-erased-list)...",
     "Bring a backup back as a new data folder, without what was erased since", command_restore,
     "  --erased FILE          the list of erased keys that stood beside the data folder\n"
     "  --without-erased-list  there is none any more: what was erased may come back, and this is "
     "recorded\n"
     "  --keys FILE            the backup's second file (else BACKUP.keys)\n"
     "  --key FILE             the root key of that time (else FOLDER.key)\n"
     "\nA list that is older than the backup is refused. Nothing is written over.\n"
     "\n  lanyard restore /mnt/backup/school-2026-11-21 school --keys /mnt/keys/school-2026-11-21 "
     "\\\n"
     "      --erased school.erased\n"},
    {"rotate-key", "FOLDER [--key FILE]", "Give a record a new root key", command_rotate_key,
     "  --key FILE  where the root key lies (else FOLDER.key)\n"
     "\nStop the server first. Every key is wrapped anew; what is sealed stays as it is. The old "
     "key file "
     "keeps\na name with the day in it: backups made until then open with it alone. Run again, it "
     "finishes an\nexchange that was cut off.\n"
     "\n  lanyard rotate-key school\n"},
    {"import",
     "FOLDER (FILE [--dry-run | --yes] | --accept IMPORT | --refuse IMPORT | --list) [--by EMAIL]",
     "Bring people from another system into a record", command_import,
     "FILE is a ZIP, a folder of tables, or one table. What it would change is shown first.\n\n"
     "  --format FORMAT      oneroster, sds or csv; found out where it is not said\n"
     "  --mapping MAPPING    of a table: which column is what; a saved mapping's name, or a file\n"
     "  --by EMAIL           who brings it: asked for password and sign-in code, a line each on "
     "standard\n                       input where there is no terminal\n"
     "  --dry-run            show what would change, and change nothing\n"
     "  --yes                do it without asking\n"
     "  --list               files that were brought or wait, and saved mappings\n"
     "  --accept IMPORT      say yes to a file that waits, somebody else's\n"
     "  --refuse IMPORT      throw one away\n"
     "  --save-mapping NAME  keep FILE, which is a mapping, under this name\n"
     "  --key FILE           where the root key lies (else FOLDER.key)\n"
     "\nA file gives no role of trust (it proposes), lifts no bar and changes nobody's own roles. "
     "Where more\nthan a tenth of a system's people would leave at once it waits for another "
     "person's yes.\nExits 1 where a clause of how the record is kept refuses it.\n"
     "\n  lanyard import school roster.zip --dry-run --by office@school.example\n"
     "  lanyard import school staff.csv --mapping nightly-staff --yes --by "
     "office@school.example\n"},
    {"hold", "FOLDER (--person WHO | --lift HOLD | --list) [--reason TEXT --by EMAIL]",
     "Place or lift a legal hold, under which nothing of a person is erased", command_hold,
     "  --person WHO   place one on this person: e-mail address or id\n"
     "  --lift HOLD    lift this one\n"
     "  --list         print the holds that lie, without names\n"
     "  --reason TEXT  why; sealed under the person's key\n"
     "  --by EMAIL     who places or lifts it: asked for password and sign-in code, a line each on "
     "standard\n                 input where there is no terminal\n"
     "  --key FILE     where the root key lies (else FOLDER.key)\n"
     "\nExits 1 where a clause of how the record is kept refuses it.\n"
     "\n  lanyard hold school --person pip@school.example --reason 'A tribunal asks' --by "
     "head@school.example\n"},
    {"erase", "FOLDER (--person WHO | --confirm ERASURE | --withdraw ERASURE | --list)...",
     "Erase a person's content for good: one asks, another confirms", command_erase,
     "  --person WHO        ask for the erasure of this person: e-mail address or id\n"
     "  --confirm ERASURE   say yes to one that another person asked for\n"
     "  --withdraw ERASURE  take one back\n"
     "  --list              print those that wait, without names\n"
     "  --reason TEXT       why it is asked for; sealed, and erased with the person\n"
     "  --by EMAIL          who acts: asked for password and sign-in code, a line each on standard "
     "input "
     "where\n                      there is no terminal; twice with --person: the second confirms "
     "at "
     "once\n"
     "  --key FILE          where the root key lies (else FOLDER.key)\n"
     "\nIt cannot be undone by anybody, and does not happen under a legal hold. FOLDER.erased "
     "names the "
     "keys\nthat are gone; backups are brought back without them. Exits 1 where a clause refuses "
     "it.\n"
     "\n  lanyard erase school --person pip@school.example --reason 'They asked for it' \\\n"
     "      --by head@school.example --by lead@school.example\n"},
    {"screen", "[FILE...] [--roster FILE] [OPTIONS]",
     "Find names, contact details and wording in texts, a line of JSON each", command_screen,
     "  --id FIELD       where the id stands in a line (id)\n"
     "  --text FIELD     where the text stands (text)\n"
     "  --roster FILE    people: a CSV file with the header "
     "id,kind,given,family,known_as,year,school\n"
     "  --allow FILE     what is let through, a line each: host bbc.co.uk, only "
     "maps.example.com,\n                   hashtag #WorldBookDay, mail school.example.org\n"
     "  --words FILE     wording of your own, added to the list or taken from it\n"
     "  --threads N      work on N threads; the lines come out the same (1)\n"
     "  --summary        at the end, counts on standard error; at a terminal they come by "
     "themselves\n"
     "  --explain        instead: one text, the words behind the options or standard input, with "
     "what\n                   was found marked, why, and what could stand instead\n"
     "  --colour WHEN    always, never or auto, for --explain\n"
     "  --policy POLICY  decide each text too: what it answers, the verdict, the clauses that turn "
     "on it\n"
     "  --act ACT        with --policy: the act that each line is (post)\n"
     "  --fact 'KEY=VALUE'  with --policy: what is known of all lines, as lanyard ask takes it\n"
     "\nReads a JSON object a line from the files, or from standard input, and writes a line for "
     "each, in the\nsame order: the id and what was found, each with its kind, its level, HOLD or "
     "LOOK, and its place in\nbytes of the text; or the id and what is wrong with the line. At "
     "most 1 MiB a line.\n"
     "\nExits 0 also where lines are wrong; with --explain 1 where something is to be held.\n"
     "\n  lanyard screen --roster people.csv posts.ndjson > found.ndjson\n"
     "  lanyard screen --explain 'Ring Ada on 07700 900123.'\n"},
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;

static void overview(FILE *out)
{
    fputs("usage: lanyard COMMAND [ARGUMENTS]\n"
          "Runs an education organisation's social media policy: the text people sign is the text "
          "it compiles.\n\n",
          out);
    for (size_t i = 0; i < cli_command_count; i++) {
        fprintf(out, "  %-10s %s\n", cli_commands[i].name, cli_commands[i].summary);
    }
    fputs("\n`lanyard COMMAND --help` says more. A first try: lanyard check policies/early-life\n",
          out);
}

/* For the manual page and the completion, which the build prints from this table. */
static void print_table(void)
{
    for (size_t i = 0; i < cli_command_count; i++) {
        printf("%s\t%s\t%s\n", cli_commands[i].name, cli_commands[i].arguments,
               cli_commands[i].summary);
    }
}

static int no_command(const char *name)
{
    const char *names[sizeof cli_commands / sizeof *cli_commands];
    for (size_t i = 0; i < cli_command_count; i++) {
        names[i] = cli_commands[i].name;
    }
    const char *nearest = phrase_nearest_name(names, cli_command_count, slice_of(name));
    fprintf(stderr, "lanyard: there is no command '%s'", name);
    if (nearest != NULL) {
        fprintf(stderr, "; did you mean '%s'?", nearest);
    }
    fputs("\n\n", stderr);
    overview(stderr);
    return EXIT_USAGE;
}

/* Of one command, or of them all where `name` is NULL. */
static int help(const char *name)
{
    const struct command *asked = name != NULL ? cli_command(name) : NULL;
    if (name != NULL && asked == NULL) {
        return no_command(name);
    }
    if (asked != NULL) {
        cli_usage(stdout, asked, true);
    } else {
        overview(stdout);
    }
    return EXIT_DONE;
}

static int run(int argc, char **argv)
{
    int result;
    if (argc < 2) {
        overview(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        return help(argc > 2 ? argv[2] : NULL);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("lanyard %s\n", LANYARD_VERSION);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--commands") == 0) {
        print_table();
        return EXIT_DONE;
    }
    const struct command *command = cli_command(argv[1]);
    if (command == NULL) {
        return no_command(argv[1]);
    }
    if (cli_help(command, argc - 1, argv + 1, &result)) {
        return result;
    }
    return command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    int result = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        fprintf(stderr, "lanyard: not everything could be written to standard output; look whether "
                        "the disk is full\n");
        return EXIT_READ;
    }
    return result;
}
