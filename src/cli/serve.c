/* lanyard serve: runs lanyard-serve, the one program that loads a network library, found beside this one or where it was
 * installed. */
#include "cli/cli.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define PATH_LARGEST 4096

static bool beside(char *path, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", path, size - sizeof "-serve");
    if (length <= 0) {
        return false;
    }
    memcpy(path + length, "-serve", sizeof "-serve");
    return access(path, X_OK) == 0;
}

int command_serve(int argc, char **argv)
{
    char path[PATH_LARGEST];
    const char *program = beside(path, sizeof path) ? path : LANYARD_LIBEXECDIR "/lanyard-serve";
    if (argc < 2) {
        return cli_wrong("serve", "name the folder of a policy");
    }
    execv(program, argv);
    fprintf(stderr, "lanyard serve: cannot run %s: %s\n  build or install the whole of Lanyard\n",
            program, strerror(errno));
    return EXIT_TROUBLE;
}
