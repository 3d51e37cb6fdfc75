/* parser.c: the first thing that went wrong is what counts. */
#include "parser.h"

#include <stdlib.h>

bool parse_fail(struct parser *parser, const char *error)
{
    if (parser->error == NULL) {
        parser->error = error;
        parser->wrong = parser->at;
    }
    return false;
}

void parse_flaw(struct parser *parser, const char *at, const char *error)
{
    if (parser->flaw != NULL)
        return;
    parser->flaw = at;
    parser->flawed = error;
}

void parse_release(struct parser *parser)
{
    free(parser->parts);
    buf_release(&parser->scratch);
}
