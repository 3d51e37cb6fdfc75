/* column.c: a name is first what it says, a column of just that name, and only
 * then a path: headers may hold dots. Of paths the longest column wins:
 * `a.b.c` is member c of column `a.b` before it is b.c of column `a`. */
#include "column.h"

#include <stdio.h>
#include <string.h>

#include "constant.h"
#include "grown.h"
#include "text/answer.h"

/* Two expressions of one column share its place; optional ones stand apart, as
 * they bind differently. */
static bool same_column(const struct plan_column *a,
                        const struct plan_column *b)
{
    return a->position == b->position && a->number == b->number &&
           a->optional == b->optional && a->len == b->len &&
           !memcmp(a->name, b->name, a->len);
}

/* A plan has dozens of columns at most and is compiled once, so they are
 * looked through. */
static uint32_t column_number(struct plan *plan,
                              const struct plan_column *column)
{
    for (uint32_t i = 0; i < plan->column_count; i++)
        if (same_column(&plan->columns[i], column))
            return i;
    plan->columns = grown(plan->columns, plan->column_count + 1,
                          &plan->column_cap, sizeof *plan->columns);
    plan->columns[plan->column_count] = *column;
    return plan->column_count++;
}

void plan_name_column(struct plan_column *column, struct value name,
                      struct text_call *call)
{
    name = text_squeezed(call, name);
    char *own = arena_alloc(call->arena, name.len + 1);
    memcpy(own, name.text, name.len);
    own[name.len] = '\0';
    column->name = own;
    column->len = name.len;
    plan_path_read(&column->path, own, name.len, call->arena);
}

static bool read_name(struct plan_compiler *compiler,
                      struct plan_column *column)
{
    struct plan *plan = compiler->plan;
    struct value name;
    if (!plan_text(compiler, -1, "a column's name", &name))
        return false;
    plan->call.arena = &plan->memory;
    plan_name_column(column, name, &plan->call);
    return true;
}

/* `optional` is read first, as `position` and `name` leave different things on
 * the stack. */
bool plan_read_column(struct plan_compiler *compiler, int index,
                      uint32_t *number)
{
    lua_State *L = compiler->L;
    struct plan_column column = {.name = "", .line = compiler->line};
    if (plan_push(L, index, "optional") != LUA_TNIL)
        column.optional = lua_toboolean(L, -1);
    if (plan_push(L, index, "number") == LUA_TNUMBER)
        column.number = (unsigned)lua_tointeger(L, -1);
    if (plan_push(L, index, "position") == LUA_TNUMBER) {
        column.position = lua_tointeger(L, -1);
        if (column.position < 1)
            return plan_fault(compiler, "columns are counted from 1");
    } else if (plan_push(L, index, "name") != LUA_TSTRING) {
        return plan_fault(compiler, "a column has a name or a number");
    } else if (!read_name(compiler, &column)) {
        return false;
    }
    lua_pop(L, column.position > 0 ? 3 : 4);
    *number = column_number(compiler->plan, &column);
    return true;
}

/* `"A", "B", …`, as many as there is room for. */
static const char *some_names(const struct columns *columns, char *names,
                              size_t room)
{
    size_t len = 0;
    for (unsigned i = 0; i < columns->count; i++) {
        size_t more = columns->all[i].len + 8;
        if (len + more >= room) {
            snprintf(names + len, room - len, "…");
            break;
        }
        bool last = i + 1 == columns->count;
        len += (size_t)snprintf(names + len, room - len, "\"%s\"%s",
                                columns->all[i].name, last ? "" : ", ");
    }
    return columns->count > 0 ? names : "none";
}

/* What may have been meant. Of a path the column is what was misspelled, in all
 * likelihood: so its nearest is looked for first, and *rest follows it. */
static const struct column *nearest(const struct plan_column *column,
                                    const struct input *input,
                                    const char **rest)
{
    const struct columns *all = &input->columns;
    if (input->nested && column->path.count > 1) {
        uint32_t head = column->path.parts[0].end;
        const struct column *near = columns_nearest(all, column->name, head);
        *rest = column->name + head;
        if (near != NULL)
            return near;
    }
    *rest = "";
    return columns_nearest(all, column->name, column->len);
}

static bool name_missing(const char *script, const struct plan_column *column,
                         const struct input *input, struct err *err)
{
    char names[400] = "";
    const char *rest, *before = "", *what = "", *after = "";
    const struct column *near = nearest(column, input, &rest);
    if (input->doubt != NULL) { /* no name of it is to be trusted */
        before = "; ";
        what = input->doubt;
        rest = "";
    } else if (near != NULL) {
        before = "; did you mean \"";
        what = near->name;
        after = "\"?";
    } else if (!input->named) {
        before = ", which has no header; header = 1 says that line 1 is it";
    } else {
        before = " (it has ";
        what = some_names(&input->columns, names, sizeof names);
        after = ")";
    }
    return err_set(err, EXIT_SCRIPT, "%s:%d: no column \"%s\" in %s%s%s%s%s",
                   script, column->line, column->name, input->path, before,
                   what, rest, after);
}

static bool position_missing(const char *script,
                             const struct plan_column *column,
                             const struct input *input, struct err *err)
{
    return err_set(err, EXIT_SCRIPT,
                   "%s:%d: there is no column %lld in %s, which has %u", script,
                   column->line, (long long)column->position, input->path,
                   input->columns.count);
}

/* A name that several columns have does not say which. */
static bool name_repeats(const char *script, const struct plan_column *column,
                         const struct input *input, int found, struct err *err)
{
    struct buf places = {0};
    columns_places(&input->columns, found, &places);
    err_set(err, EXIT_SCRIPT,
            "%s:%d: column \"%s\" stands %u times in %s (columns %s): "
            "col(\"%s\", 2) is the second of them",
            script, column->line, column->name,
            columns_same(&input->columns, found), input->path,
            buf_text(&places), column->name);
    buf_release(&places);
    return false;
}

static bool number_missing(const char *script, const struct plan_column *column,
                           const struct input *input, struct err *err)
{
    const struct columns *all = &input->columns;
    int first = columns_find_number(all, column->name, column->len, 1);
    if (first < 0)
        return name_missing(script, column, input, err);
    unsigned same = columns_same(all, first);
    return err_set(err, EXIT_SCRIPT,
                   "%s:%d: column \"%s\" stands %u time%s in %s, there is no "
                   "number %u",
                   script, column->line, column->name, same,
                   same == 1 ? "" : "s", input->path, column->number);
}

static bool is_missing(const char *script, const struct plan_column *column,
                       const struct input *input, struct err *err)
{
    if (column->position > 0)
        return position_missing(script, column, input, err);
    return column->number > 0 ? number_missing(script, column, input, err)
                              : name_missing(script, column, input, err);
}

/* The column that a name means: itself, or the longest beginning of a path. */
static int64_t find_name(struct plan_column *column, const struct input *input)
{
    const struct columns *all = &input->columns;
    int64_t index = column->number > 0
                        ? columns_find_number(all, column->name, column->len,
                                              column->number)
                        : columns_find(all, column->name, column->len);
    if (!input->nested || column->number > 0)
        return index;
    for (uint32_t inside = column->path.count; index < 0 && inside > 1;) {
        inside--;
        index =
            columns_find(all, column->name, column->path.parts[inside - 1].end);
        column->inside = index >= 0 ? inside : 0;
    }
    return index;
}

/* Asked once an input, not once a row. A path that is bound to another input
 * begins anew: there the whole name may be a column. */
bool plan_bind_column(const char *script, struct plan_column *column,
                      const struct input *input, struct err *err)
{
    const struct columns *all = &input->columns;
    column->inside = 0;
    int64_t index =
        column->position > 0 ? column->position - 1 : find_name(column, input);
    bool there = index >= 0 && index < (int64_t)all->count;
    if (!there && !column->optional)
        return is_missing(script, column, input, err);
    if (there && column->position == 0 && column->number == 0 &&
        columns_repeat(all, (int)index))
        return name_repeats(script, column, input, (int)index, err);
    column->index = there ? (uint32_t)index : NO_COLUMN;
    column->bound =
        there && column->inside == 0 ? all->all[index].name : column->name;
    return true;
}
