/* A data folder's parts read without its key: shared by checking, exporting and backups. Inside the room only. */
#pragma once

#include "store/db.h"

/* Whether it is one at all: there is a database in it. */
MUST_USE bool keeping_folder_is(const char *folder, struct error *error);
/* Its database, for reading. */
MUST_USE bool keeping_folder_open(const char *folder, struct db **ret_db, struct error *error);
/* Every file in FOLDER/uploads but those that are still being written; `file` is -1 where it cannot be opened. */
typedef bool keeping_upload(void *context, struct slice name, int file, struct error *error);
MUST_USE bool keeping_uploads_each(const char *folder, keeping_upload *upload, void *context,
                                   struct error *error);
/* A folder that was not finished, with everything in it and in its uploads. */
void keeping_remove_folder(const char *path);
