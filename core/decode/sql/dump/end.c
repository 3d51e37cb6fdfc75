/* end.c: a dump that is cut off ends in the middle of something, or between two
 * statements: then what most programs write behind the last one is missing. */
#include "state.h"

bool dump_cut_off(const struct dump *dump, uint64_t line, struct err *err)
{
    const struct lexer *lexer = &dump->lexer;
    if (lexer->text.failed)
        return *err = lexer->text.failure, false;
    return err_set(err, EXIT_INPUT,
                   "ends in the middle of what begins on line %llu: it is cut "
                   "off, or dialect = \"%s\" is not how it writes texts",
                   (unsigned long long)line, dump->dialect->name);
}

bool dump_check_end(const struct dump *dump, struct err *err)
{
    const struct lexer *lexer = &dump->lexer;
    if (lexer->cut > 0)
        return dump_cut_off(dump, lexer->cut, err);
    if (lexer->depth > 0)
        return dump_cut_off(dump, lexer->begun, err);
    return lexer->ending == NULL ||
           err_set(
               err, EXIT_INPUT,
               "ends without \"%s\": it is cut off: export it again, or put "
               "that line at its end",
               lexer->ending);
}
