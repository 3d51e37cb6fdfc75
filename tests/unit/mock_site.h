/* mock_site.h: a configured client of a mock server, for tests of what talks to
 * one. */
#ifndef FASTSYNC_TESTS_MOCK_SITE_H
#define FASTSYNC_TESTS_MOCK_SITE_H

#include "mock.h"

#include "base/interrupt.h"
#include "base/log.h"
#include "config/config.h"

static struct config config;
static struct mock *mock;
static struct err err;

static inline void setup(void)
{
    static const struct log_settings quiet = {.level = LOG_ERROR};
    log_setup(&quiet);
    config_init(&config);
    config.username = strdup("partner");
    config.password = strdup("sesame-open");
    atomic_store(&interrupted, false);
    err = (struct err){.text = ""};
}

static inline void teardown(void)
{
    if (mock != NULL)
        mock_stop(mock);
    mock = NULL;
    config_release(&config);
}

static inline void serve(void (*answer)(struct mock *,
                                        const struct mock_request *,
                                        struct mock_answer *))
{
    char url[64];
    mock = mock_start(answer);
    snprintf(url, sizeof url, "http://127.0.0.1:%d", mock->port);
    free(config.url);
    config.url = strdup(url);
}

#endif
