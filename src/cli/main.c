/* lanyard: the table of commands, one a file. Help, the manual page and the completion are printed from it. */
#include "cli/cli.h"
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
     "\nAt a terminal it asks for what it needs, one question at a time; elsewhere it names the "
     "next question.\n"
     "Exits 0 allowed, 10 allowed-if, 11 advised-against, 12 refer, 13 not-allowed, 14 no-clause, "
     "15 stop,\n"
     "16 need-answer; 2 wrong use, 3 a document that does not compile.\n"
     "\n  lanyard ask policies/early-life --act 'accept a friend request' --fact 'actor=a teacher' "
     "\\\n"
     "      --fact 'other=a pupil of ours' --fact 'via=a personal account'\n"},
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
    {"init", "DIR [--name NAME] [OPTIONS]", "Make a data folder: a record of people and acts",
     command_init,
     "  --name NAME      what the organisation is called\n"
     "  --kind KIND      trust, school or charity (school)\n"
     "  --policy POLICY  the folder of the policy that it adopts\n"
     "  --given NAME --family NAME --email ADDRESS\n"
     "                   the first administrator\n"
     "  --key FILE       where the key is kept ($CREDENTIALS_DIRECTORY/lanyard.key, else DIR.key)\n"
     "\nAt a terminal it asks for what is missing. It prints a link that works once, within three "
     "days, by which\nthe first administrator comes in. The key opens everything that is kept: "
     "copy it to a safe place apart\nfrom the backups. A key that is lost cannot be made again.\n"
     "\n  lanyard init oak-lane --name 'Oak Lane School' --policy policies/early-life \\\n"
     "      --given Ann --family Lee --email ann.lee@school.example\n"},
    {"serve", "[OPTIONS] POLICY [OTHER...]", "Serve the policy and its May I? pages over HTTP",
     command_serve,
     "Other policies named after it are there to compare: Compare puts one question to all of "
     "them.\n"
     "May I? and the policy's pages speak of the first alone.\n\n"
     "  --port N      port to listen on (8080)\n"
     "  --address IP  address to listen on (127.0.0.1)\n"
     "  --host NAME   name under which people reach it\n"
     "  --secure      a proxy in front speaks TLS\n"
     "\n  lanyard serve policies/early-life\n"
     "  lanyard serve policies/early-life policies/qegsmat policies/geeks-room\n"},
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;

static void overview(FILE *out)
{
    fputs("usage: lanyard COMMAND [ARGUMENTS]\n"
          "Runs an education organisation's social media policy: the text people sign is the text "
          "it compiles.\n\n",
          out);
    for (size_t i = 0; i < cli_command_count; i++) {
        fprintf(out, "  %-8s %s\n", cli_commands[i].name, cli_commands[i].summary);
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
