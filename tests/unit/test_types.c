/* The editor types name every text function, form, field, format and source
 * option that there is. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "decode/input.h"
#include "form/form.h"
#include "text/text.h"

static struct buf types;

static void read_types(void)
{
    static const char *const files[] = {
        "lua/fastsync/types/fastsync.lua", "lua/fastsync/types/source.lua",
        "lua/fastsync/types/string.lua", "lua/fastsync/types/vn.lua"};
    struct err err;
    ck_assert_ptr_nonnull(forms_load(&err));
    for (unsigned i = 0; i < 4; i++) {
        FILE *file = fopen(files[i], "rb");
        ck_assert_ptr_nonnull(file);
        types.len += fread(buf_reserve(&types, 65536), 1, 65536, file);
        fclose(file);
    }
    buf_text(&types);
}

static void release_types(void)
{
    buf_release(&types);
    forms_release();
}

/* Has Lua's own library a function of that name? */
static bool is_luas(const char *name)
{
    static const char *const luas[] = {"len",   "sub",   "match",
                                       "upper", "lower", NULL};
    unsigned i = 0;
    while (luas[i] != NULL && strcmp(luas[i], name) != 0)
        i++;
    return luas[i] != NULL;
}

static void names(const char *before, const char *name, const char *after)
{
    char wanted[128];
    snprintf(wanted, sizeof wanted, "%s%s%s", before, name, after);
    if (strstr(types.at, wanted) == NULL)
        ck_abort_msg("lua/fastsync/types lacks \"%s\"", wanted);
}

START_TEST(test_functions)
{
    const struct text_function *const *each = text_functions();
    for (; *each != NULL; each++) {
        bool vn = strncmp((*each)->name, "vn.", 3) == 0;
        names(vn ? "\nfunction " : "\nfunction fast.", (*each)->name, "(");
        if (!vn)
            names("\n---@field ", (*each)->name,
                  " fun(self: fastsync.Expression");
        if (!vn && !is_luas((*each)->name))
            names("\n---@field ", (*each)->name, " fun(self: string");
    }
}
END_TEST

START_TEST(test_forms)
{
    struct err err;
    const struct form *const *each = forms_load(&err);
    for (; *each != NULL; each++) {
        names("\nfunction fast.", (*each)->name, "(given)");
        for (unsigned i = 0; i < (*each)->count; i++)
            names("\n---@field ", (*each)->fields[i].name,
                  (*each)->fields[i].required ? " " : "? ");
    }
}
END_TEST

START_TEST(test_sources)
{
    for (unsigned i = 0; formats[i] != NULL; i++)
        names("\nfunction fast.", formats[i]->name, "(given)");
    const struct format_option *each;
    for (unsigned i = 0; (each = spec_option_at(i, true)) != NULL; i++)
        names("\n---@field ", each->name, "? ");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("types");
    TCase *t = tcase_create("types");
    tcase_add_checked_fixture(t, read_types, release_types);
    tcase_add_test(t, test_functions);
    tcase_add_test(t, test_forms);
    tcase_add_test(t, test_sources);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
