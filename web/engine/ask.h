/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions on the page. */
#ifndef TRADEOFF_WEB_ENGINE_ASK_H
#define TRADEOFF_WEB_ENGINE_ASK_H

#include "engine/engine.h"
#include "tradeoff/ask.h"

/* Forgets what was asked: it stands on limits that go. */
void web_stop_asking(void);

#endif
