/* file.c: a file system of one file. Pages that come one after the other are
 * read ahead in one piece; a page that is looked up is read alone. */
#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { AHEAD = 256 * 1024 };

struct opened {
    sqlite3_file base;
    struct sqlite_file *file;
};

static struct sqlite_file *file_of(sqlite3_file *base)
{
    return ((struct opened *)base)->file;
}

static sqlite3_vfs *usual(void)
{
    return sqlite3_vfs_find(NULL);
}

/* All of it, or what there is up to the end. */
static bool read_whole(struct sqlite_file *file, uint64_t at, char *to,
                       size_t len, size_t *got)
{
    for (*got = 0; *got < len;) {
        size_t more;
        if (!source_read_at(file->source, at + *got, to + *got, len - *got,
                            &more, &file->failure))
            return false;
        if (more == 0)
            break;
        *got += more;
    }
    return true;
}

static bool read_page(struct sqlite_file *file, uint64_t at, char *to,
                      size_t len, size_t *got)
{
    bool held = at >= file->begin && at + len <= file->begin + file->held;
    if (!held && (at != file->next || len > AHEAD))
        return read_whole(file, at, to, len, got);
    if (!held) {
        file->held = 0;
        if (!read_whole(file, at, file->ahead, AHEAD, &file->held))
            return false;
        file->begin = at;
    }
    size_t offset = (size_t)(at - file->begin);
    *got = file->held - offset < len ? file->held - offset : len;
    memcpy(to, file->ahead + offset, *got);
    return true;
}

static int do_read(sqlite3_file *base, void *to, int len, sqlite3_int64 at)
{
    struct sqlite_file *file = file_of(base);
    size_t got, size = (size_t)len;
    if (!read_page(file, (uint64_t)at, to, size, &got))
        return SQLITE_IOERR_READ;
    file->next = (uint64_t)at + size;
    if (got == size)
        return SQLITE_OK;
    memset((char *)to + got, 0, size - got);
    return SQLITE_IOERR_SHORT_READ;
}

static int do_size(sqlite3_file *base, sqlite3_int64 *size)
{
    *size = (sqlite3_int64)source_size(file_of(base)->source);
    return SQLITE_OK;
}

static int do_close(sqlite3_file *base)
{
    (void)base;
    return SQLITE_OK;
}

static int do_write(sqlite3_file *base, const void *from, int len,
                    sqlite3_int64 at)
{
    (void)base, (void)from, (void)len, (void)at;
    return SQLITE_READONLY;
}

static int do_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    (void)base, (void)size;
    return SQLITE_READONLY;
}

static int do_flagged(sqlite3_file *base, int flags)
{
    (void)base, (void)flags;
    return SQLITE_OK;
}

static int do_check_lock(sqlite3_file *base, int *locked)
{
    (void)base;
    *locked = 0;
    return SQLITE_OK;
}

static int do_control(sqlite3_file *base, int what, void *argument)
{
    (void)base, (void)what, (void)argument;
    return SQLITE_NOTFOUND;
}

static int do_sector(sqlite3_file *base)
{
    (void)base;
    return 4096;
}

static int do_nature(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_IMMUTABLE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = do_close,
    .xRead = do_read,
    .xWrite = do_write,
    .xTruncate = do_truncate,
    .xSync = do_flagged,
    .xFileSize = do_size,
    .xLock = do_flagged,
    .xUnlock = do_flagged,
    .xCheckReservedLock = do_check_lock,
    .xFileControl = do_control,
    .xSectorSize = do_sector,
    .xDeviceCharacteristics = do_nature,
};

/* A file of SQLite's own has no name. */
static int fs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base,
                   int flags, int *given)
{
    struct opened *opened = (struct opened *)base;
    sqlite3_vfs *system = usual();
    base->pMethods = NULL;
    if (name == NULL)
        return system->xOpen(system, NULL, base, flags, given);
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0)
        return SQLITE_CANTOPEN;
    opened->file = vfs->pAppData;
    base->pMethods = &methods;
    if (given != NULL)
        *given = SQLITE_OPEN_READONLY;
    return SQLITE_OK;
}

static int fs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs, (void)name, (void)sync;
    return SQLITE_OK;
}

static int fs_access(sqlite3_vfs *vfs, const char *name, int flags, int *is)
{
    (void)vfs, (void)name, (void)flags;
    *is = 0;
    return SQLITE_OK;
}

static int fs_full_path(sqlite3_vfs *vfs, const char *name, int size, char *to)
{
    (void)vfs;
    snprintf(to, (size_t)size, "%s", name);
    return SQLITE_OK;
}

static int fs_random(sqlite3_vfs *vfs, int len, char *to)
{
    (void)vfs;
    return usual()->xRandomness(usual(), len, to);
}

static int fs_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return usual()->xSleep(usual(), microseconds);
}

static int fs_time(sqlite3_vfs *vfs, double *now)
{
    (void)vfs;
    return usual()->xCurrentTime(usual(), now);
}

int sqlite_file_open(struct sqlite_file *file, struct source *source,
                     sqlite3 **db)
{
    int size = (int)sizeof(struct opened);
    sqlite3_initialize();
    file->source = source;
    file->failure.code = EXIT_DONE;
    file->ahead = mem_alloc(AHEAD);
    file->next = UINT64_MAX;
    snprintf(file->name, sizeof file->name, "source-%p", (void *)file);
    file->vfs = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = usual()->szOsFile > size ? usual()->szOsFile : size,
        .mxPathname = sizeof file->name,
        .zName = file->name,
        .pAppData = file,
        .xOpen = fs_open,
        .xDelete = fs_delete,
        .xAccess = fs_access,
        .xFullPathname = fs_full_path,
        .xRandomness = fs_random,
        .xSleep = fs_sleep,
        .xCurrentTime = fs_time,
    };
    int code = sqlite3_vfs_register(&file->vfs, 0);
    return code != SQLITE_OK
               ? code
               : sqlite3_open_v2(file->name, db,
                                 SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX |
                                     SQLITE_OPEN_PRIVATECACHE,
                                 file->name);
}

void sqlite_file_close(struct sqlite_file *file)
{
    if (file->ahead == NULL)
        return;
    sqlite3_vfs_unregister(&file->vfs);
    free(file->ahead);
    file->ahead = NULL;
}
