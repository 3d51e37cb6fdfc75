/* written.c: the note is a line: the hash that was written, its rows, and the
 * hash that was taken. */
#include "written.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "source/plain.h"

struct note {
    uint64_t hash, rows, taken;
};

static char *note_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash + 1 - path) : 0;
    return mem_format("%.*s.%s.written", folder, path, path + folder);
}

uint64_t written_hash(const char *path)
{
    char bytes[16384];
    size_t got;
    const char *why;
    FILE *file = plain_stream(path, &why);
    if (file == NULL)
        return 0;
    XXH3_state_t *state = XXH3_createState();
    XXH3_64bits_reset(state);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        XXH3_64bits_update(state, bytes, got);
    uint64_t hash = ferror(file) ? 0 : XXH3_64bits_digest(state);
    XXH3_freeState(state);
    fclose(file);
    return hash;
}

static struct note read_note(const char *path)
{
    struct note note = {0};
    char *name = note_path(path);
    const char *why;
    FILE *file = plain_stream(name, &why);
    if (file != NULL) {
        if (fscanf(file, "%" SCNx64 " %" SCNu64 " %" SCNx64, &note.hash,
                   &note.rows, &note.taken) < 2)
            note = (struct note){0};
        fclose(file);
    }
    free(name);
    return note;
}

/* In one step, so that a note is whole or not there. */
static void write_note(const char *path, const struct note *note)
{
    char *name = note_path(path);
    char *part = mem_format("%s.part", name);
    unlink(part); /* of a process that was killed; whatever it is */
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    bool good = file != NULL &&
                fprintf(file, "%016" PRIx64 " %" PRIu64 " %016" PRIx64 "\n",
                        note->hash, note->rows, note->taken) > 0;
    if (file != NULL)
        good = fclose(file) == 0 && good;
    if (!good || rename(part, name) != 0)
        remove(part);
    free(part);
    free(name);
}

struct written written_look(const char *path)
{
    struct note note = read_note(path);
    uint64_t hash = written_hash(path);
    return (struct written){.edited = hash == 0 || hash != note.hash,
                            .taken = hash != 0 && hash == note.taken,
                            .rows = note.rows};
}

void written_note(const char *path, uint64_t rows)
{
    const struct note note = {.hash = written_hash(path), .rows = rows};
    written_forget(path);
    if (note.hash != 0)
        write_note(path, &note);
}

void written_taken(const char *path, uint64_t hash)
{
    struct note note = read_note(path);
    note.taken = hash;
    write_note(path, &note);
}

void written_move(const char *from, const char *to)
{
    char *old = note_path(from), *now = note_path(to);
    rename(old, now);
    free(old);
    free(now);
}

void written_forget(const char *path)
{
    char *name = note_path(path);
    remove(name);
    free(name);
}
