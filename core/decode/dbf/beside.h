/* beside.h: files that belong to a table and have its name: memos, its code
 * page. Any thread. */
#ifndef FASTSYNC_DECODE_DBF_BESIDE_H
#define FASTSYNC_DECODE_DBF_BESIDE_H

/* What a table may have beside it, NULL after the last: ".fpt", ".dbt", … */
extern const char *const beside_endings[];

/* The file beside the table at `path` that ends so, however the two are spelt;
 * of a folder that may not be listed, one that was noted. The caller frees it;
 * NULL: there is none. */
char *beside_find(const char *path, const char *ending);
/* Notes what was found, for when folders may not be listed any more. Before
 * threads start. */
void beside_note(const char *found);

#endif
