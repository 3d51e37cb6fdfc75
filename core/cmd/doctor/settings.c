/* settings.c: what is set, and by whom: the configuration's files, the URL, the
 * credentials, the certificates. Nothing leaves this machine. */
#include <string.h>

#include "doctor.h"

static enum finding look_configuration(struct doctor *doctor)
{
    struct config *config = doctor->config;
    struct err err;
    if (doctor->mapping != NULL)
        config_expect(config, doctor->mapping);
    config->silent = true; /* it is said here */
    if (!config_load(config, &err))
        return doctor_fault(doctor, err.code, "%s", err.text);
    if (config->files == NULL)
        buf_puts(&doctor->said, "no file; the environment and options alone");
    else
        buf_addf(&doctor->said, "%s; profile %s", config->files,
                 config->profile);
    return FOUND_GOOD;
}

/* "url (fastsync.ini:2)": who said it, never what a secret is. */
static void say_origin(struct doctor *doctor, const char *shown,
                       const char *name)
{
    const char *origin = config_origin(doctor->config, name);
    buf_puts(&doctor->said, shown);
    if (origin != NULL)
        buf_addf(&doctor->said, " (%s)", origin);
}

static enum finding look_url(struct doctor *doctor)
{
    struct err err;
    struct config *config = doctor->config;
    if (!config_check_url(config, &err))
        return doctor_fault(doctor, err.code, "%s", err.text);
    say_origin(doctor, config->url, "url");
    if (strncmp(config->url, "http://", 7) != 0 || config_loopback(config->url))
        return FOUND_GOOD;
    buf_puts(&doctor->said, "; the password goes readable by everyone on the "
                            "way: use https://, and drop insecure_http");
    return FOUND_DOUBT;
}

static enum finding look_credentials(struct doctor *doctor)
{
    struct err err;
    struct config *config = doctor->config;
    config->warned = true; /* it is said here */
    if (!config_connect(config, &err))
        return doctor_fault(doctor, err.code, "%s", err.text);
    const char *way = config_way(config);
    /* A token needs no user; a user name beside it may be another account's. */
    if (strcmp(way, "token") != 0) {
        buf_addf(&doctor->said, "user %s", config->username);
        say_origin(doctor, "", "username");
        buf_puts(&doctor->said, ", ");
    }
    say_origin(doctor, way, way);
    const char *path = config->password_file;
    if (strcmp(way, "password_file") != 0 || !config_exposed(path))
        return FOUND_GOOD;
    doctor_exposed(doctor, path);
    return FOUND_DOUBT;
}

/* The files of TLS; there is a line where one is set. */
static enum finding look_certificates(struct doctor *doctor)
{
    struct err err;
    const struct config *config = doctor->config;
    const char *phrase = config->client_key_password_file;
    /* Opening reads the files: what is wrong with them is found before
     * anything connects. */
    if (!probe_open(&doctor->probe, config, &err))
        return doctor_fault(doctor, err.code, "%s", err.text);
    if (config->ca_file != NULL)
        buf_addf(&doctor->said, "trusted: the system's and %s",
                 config->ca_file);
    if (config->client_cert != NULL)
        buf_addf(&doctor->said, "%sour own: %s",
                 config->ca_file != NULL ? "; " : "", config->client_cert);
    if (phrase != NULL && config_exposed(phrase)) {
        doctor_exposed(doctor, phrase);
        return FOUND_DOUBT;
    }
    return doctor->said.len > 0 ? FOUND_GOOD : FOUND_NOTHING;
}

const struct doctor_step load_steps[] = {
    {"configuration", look_configuration},
    {"settings", look_words},
    {NULL, NULL},
};

const struct doctor_step file_steps[] = {
    {"url", look_url},
    {"credentials", look_credentials},
    {"certificates", look_certificates},
    {NULL, NULL},
};
