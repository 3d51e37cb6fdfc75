/* page.c: what is saved under the name of a CSV file when an export went
 * wrong: a page of HTML, an answer in JSON. Any text may be CSV, so this is
 * told by how it begins. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "csv.h"
#include "decode/nested.h"

static const struct {
    const char *start, *what;
} starts[] = {
    {"<!doctype", "a page of HTML"},
    {"<html", "a page of HTML"},
    {"<head", "a page of HTML"},
    {"<body", "a page of HTML"},
    {"<table", "a page of HTML"},
    {"<div", "a page of HTML"},
    {"<script", "a page of HTML"},
    {"<style", "a page of HTML"},
    {"<meta", "a page of HTML"},
    {"<title", "a page of HTML"},
    {"<h1", "a page of HTML"},
    {"<p>", "a page of HTML"},
    {"<br", "a page of HTML"},
    {"<b>", "a page of HTML"},
    {"<center", "a page of HTML"},
    {"<form", "a page of HTML"},
    {"<!--", "a page of HTML"},
    {"<?xml", "XML"},
    {"<?php", "a program in PHP"},
    {"{\\rtf", "an RTF document"},
    {"HTTP/1.", "an answer of a web server"},
};

/* Where text goes on after white space. */
static size_t skip_space(const char *text, size_t len, size_t at)
{
    while (at < len && isspace((unsigned char)text[at]))
        at++;
    return at;
}

/* `"name" :` from `at` on, as an object begins. */
static bool is_member(const char *text, size_t len, size_t at)
{
    if (at >= len || text[at] != '"')
        return false;
    for (at++; at < len && text[at] != '"' && text[at] != '\n'; at++)
        at += text[at] == '\\';
    at = skip_space(text, len, at + 1);
    return at < len && text[at] == ':';
}

/* An object with a member, a list of objects or lists; what is small is read
 * through. A CSV file whose first cell is in brackets is none of them. */
static bool is_json(const char *text, size_t len)
{
    if (len == 0 || (text[0] != '{' && text[0] != '['))
        return false;
    size_t at = skip_space(text, len, 1);
    if (text[0] == '{' && is_member(text, len, at))
        return true;
    if (text[0] == '[' && at < len && text[at] == '{')
        return is_member(text, len, skip_space(text, len, at + 1));
    struct arena arena;
    struct value value;
    arena_init(&arena);
    while (len > 0 && isspace((unsigned char)text[len - 1]))
        len--;
    bool whole = nested_read(text, len, &arena, &value);
    arena_release(&arena);
    return whole;
}

bool csv_check_page(const char *head, size_t len, struct err *err)
{
    size_t at = skip_space(head, len, 0);
    const char *what = is_json(head + at, len - at) ? "JSON" : NULL;
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t start = strlen(starts[i].start);
        if (len - at >= start &&
            strncasecmp(head + at, starts[i].start, start) == 0)
            what = starts[i].what;
    }
    return what == NULL ||
           err_set(err, EXIT_INPUT,
                   "is no CSV but %s; look at it, and export it again", what);
}
