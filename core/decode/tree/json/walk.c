/* walk.c: the JSON reader's events (json.h) over what is in view of the text.
 * One that what is not in view may change is taken back, and asked for again
 * when there is more. */
#include "walk.h"

#include <string.h>

#include "base/ascii.h"

/* An escape, with the other half of its pair, is no longer. */
enum { IN_DOUBT = 16 };

void walk_open(struct walk *walk, const struct walk_path *path)
{
    *walk = (struct walk){.path = path};
    json_open(&walk->json, "", 0);
}

void walk_close(struct walk *walk)
{
    json_close(&walk->json);
}

static enum walk_found fail(struct walk *walk, const char *error)
{
    walk->error = error;
    return WALK_FAILED;
}

static void take_back(struct walk *walk, const struct json_reader *before)
{
    const struct buf scratch = walk->json.scratch, names = walk->json.names;
    walk->json = *before;
    walk->json.scratch = scratch;
    walk->json.names = names;
}

/* The next event; false: more text is wanted. */
static bool take(struct walk *walk, const char *text, size_t len, size_t *at,
                 bool final, enum json_event *event)
{
    const struct json_reader before = walk->json;
    struct json_reader *json = &walk->json;
    json->start = text;
    json->at = text + *at;
    json->end = text + len;
    *event = json_next(json);
    size_t left = (size_t)(json->end - json->at);
    if (!final && ((*event == JSON_ERROR && left < IN_DOUBT) ||
                   (*event == JSON_NUMBER && left == 0))) {
        take_back(walk, &before);
        return false;
    }
    *at = (size_t)(json->at - text);
    if (json->depth == 0 && *event != JSON_ERROR)
        walk->outside = true;
    return true;
}

static const struct value *next_step(const struct walk *walk)
{
    return walk->level > 0 && walk->level <= walk->path->count
               ? &walk->path->steps[walk->level - 1]
               : NULL;
}

static bool is_any(const struct value *step)
{
    return step->len == 1 && step->text[0] == '*';
}

bool walk_names(const struct walk_path *path)
{
    return path->count > 0 && is_any(&path->steps[path->count - 1]);
}

static uint64_t level_bit(const struct walk *walk)
{
    return UINT64_C(1) << walk->level;
}

/* False: the path's name stands twice in one object. */
static bool take_name(struct walk *walk)
{
    const struct value *step = next_step(walk);
    walk->wanted = false;
    if (walk->skipped > 0 || step == NULL)
        return true;
    bool named = step->len == walk->json.len &&
                 memcmp(step->text, walk->json.text, step->len) == 0;
    walk->wanted = named || is_any(step);
    if (!named || is_any(step))
        return true;
    bool twice = (walk->met & level_bit(walk)) != 0;
    walk->met |= level_bit(walk);
    return !twice;
}

/* Is the value that begins now on the path? */
static bool is_wanted(const struct walk *walk)
{
    if (walk->skipped > 0)
        return false;
    if (walk->level == 0)
        return true;
    return (walk->lists & level_bit(walk)) != 0 ? is_any(next_step(walk))
                                                : walk->wanted;
}

static void enter(struct walk *walk, bool list)
{
    walk->level++;
    walk->met &= ~level_bit(walk);
    walk->lists &= ~level_bit(walk);
    walk->lists |= list ? level_bit(walk) : 0;
}

/* A bracket that opens; *found where it is a row's, or the rows'. */
static bool open_value(struct walk *walk, bool list, enum walk_found *found)
{
    if (!is_wanted(walk)) {
        walk->skipped++;
        return false;
    }
    if (walk->level < walk->path->count) {
        enter(walk, list);
        return false;
    }
    walk->met_any = true;
    *found = list ? WALK_ROWS : WALK_ROW;
    return true;
}

static void close_value(struct walk *walk)
{
    if (walk->skipped > 0)
        walk->skipped--;
    else
        walk->level--;
}

/* Of what is asked for by its name, null says that there are no rows. */
static bool is_nothing(const struct walk *walk, enum json_event event)
{
    return event == JSON_NULL && walk->path->count > 0 &&
           !walk_names(walk->path);
}

/* A value without parts, from `start` on up to where the reader is. */
static bool scalar(struct walk *walk, enum json_event event, const char *text,
                   size_t start, size_t *at)
{
    if (!is_wanted(walk) || walk->level < walk->path->count)
        return false;
    walk->met_any = true;
    if (is_nothing(walk, event))
        return false;
    start += strspn(text + start, " \t\r\n,:");
    walk->len = *at - start;
    *at = start;
    return true;
}

/* Between values of the text: another one may follow where a path was asked
 * for; where none was, another array, from a line of its own. */
static enum walk_found pass_space(struct walk *walk, const char *text,
                                  size_t len, size_t *at, bool final)
{
    while (*at < len && ascii_blank(text[*at]))
        walk->line_ended |= text[(*at)++] == '\n';
    if (*at == len)
        return final ? WALK_END : WALK_MORE;
    if (walk->path->count == 0 && (!walk->line_ended || text[*at] != '['))
        return fail(walk, "text after the array");
    struct buf scratch = walk->json.scratch;
    json_open(&walk->json, text, len);
    walk->json.scratch = scratch;
    walk->outside = walk->line_ended = false;
    walk->level = walk->skipped = 0;
    return WALK_ROWS;
}

/* An event that begins or ends a value, from `start` on. */
static enum walk_found take_event(struct walk *walk, enum json_event event,
                                  const char *text, size_t start, size_t *at)
{
    enum walk_found found = WALK_MORE;
    if (event == JSON_OBJECT_END || event == JSON_ARRAY_END)
        close_value(walk);
    else if (event != JSON_OBJECT && event != JSON_ARRAY)
        return scalar(walk, event, text, start, at) ? WALK_VALUE : WALK_MORE;
    else if (open_value(walk, event == JSON_ARRAY, &found))
        *at -= found == WALK_ROW;
    return found;
}

/* A name that was taken last. */
struct walk_name {
    bool is;                   /* of what may be a row: where that is not in */
    struct json_reader before; /* view, both are asked for again from here, */
    size_t start, at;          /* and here; the name itself */
};

/* False: the path's name stands twice in one object. */
static bool keep_name(struct walk *walk, const char *text,
                      const struct json_reader *before, size_t start,
                      struct walk_name *name)
{
    if (!take_name(walk))
        return false;
    name->is = walk->wanted && walk->level == walk->path->count &&
               walk_names(walk->path);
    name->before = *before;
    name->start = start;
    name->at = start + strspn(text + start, " \t\r\n,");
    return true;
}

enum walk_found walk_next(struct walk *walk, const char *text, size_t len,
                          size_t *at, bool final)
{
    struct walk_name name = {.is = false};
    for (;;) {
        enum json_event event;
        enum walk_found found = WALK_ROWS;
        if (walk->outside)
            found = pass_space(walk, text, len, at, final);
        if (found != WALK_ROWS)
            return found;
        struct json_reader before = walk->json;
        size_t start = *at;
        if (!take(walk, text, len, at, final, &event)) {
            if (name.is)
                take_back(walk, &name.before);
            *at = name.is ? name.start : *at;
            return WALK_MORE;
        }
        if (event == JSON_ERROR)
            return fail(walk, walk->json.error);
        if (event == JSON_KEY) {
            if (keep_name(walk, text, &before, start, &name))
                continue;
            *at = start + strspn(text + start, " \t\r\n,");
            return fail(walk, "a name of the path stands twice in an object");
        }
        found = take_event(walk, event, text, start, at);
        walk->lead = name.is ? *at - name.at : 0;
        name.is = false;
        if (found != WALK_MORE)
            return found;
    }
}

bool walk_leave(struct walk *walk, const char *text, size_t len, size_t *at)
{
    enum json_event event;
    take(walk, text, len, at, true, &event);
    if (event == JSON_OBJECT_END || event == JSON_ARRAY_END)
        return true;
    walk->error = walk->json.error;
    return false;
}
