/* lanyard show: the policy as one page to read, print and sign. */
#include "cli/cli.h"
#include "page/document.h"

int command_show(int argc, char **argv)
{
    struct folder folder AUTO_FOLDER = {0};
    int result = EXIT_DONE;
    if (argc != 2 || argv[1][0] == '-') {
        return cli_wrong("show", "name the folder of one policy");
    }
    if (!cli_open("show", argv[1], &folder, &result)) {
        return result;
    }
    struct text page AUTO_TEXT;
    text_init(&page, DOCUMENT_PAGE_LARGEST);
    document_page(&page, folder.policy, moment_now().day, SLICE_EMPTY);
    cli_print(stdout, text_slice(&page));
    return EXIT_DONE;
}
