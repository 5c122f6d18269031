// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "hercules.h"
#include "launcher.h"
#include "mem.h"
#include "status.h"
#include "tool.h"

/* Those whose emulator we build. */
static const struct maker {
	const char *name;
	int (*have)(const struct project *p, char **path, char **why);
	int (*inputs)(const struct project *p, struct hash *h);
} makers[] = {
	{ "hercules", hercules_have, hercules_inputs },
};

static const struct maker *maker_of(const struct machine *m)
{
	for (size_t i = 0; i < sizeof(makers) / sizeof(*makers); i++)
		if (!strcmp(makers[i].name, m->launcher))
			return &makers[i];
	return NULL;
}

/* The first line of what it says of its emulator. */
static int version_of(const struct machine *m, char **version)
{
	int err = tool_version(m->launch, version);

	if (!err)
		(*version)[strcspn(*version, "\n")] = '\0';
	return err;
}

static int have_installed(const struct machine *m, struct verdict *v)
{
	autofree char *version = NULL;
	int err = version_of(m, &version);

	if (err)
		return err;
	if (!*version)
		return verdict(v, V_VOID, FAIL_INFRA, "%s is not installed; `make setup` installs what is needed",
			       m->launcher);
	if (m->needs && strverscmp(version, m->needs) < 0)
		return verdict(v, V_SKIP, FAIL_NONE, "%s is installed here, and this machine needs %s",
			       version, m->needs);
	return verdict(v, V_PASS, FAIL_NONE, "%s is there", version);
}

static int have_built(const struct maker *maker, const struct project *p, struct machine *m,
		      struct verdict *v)
{
	autofree char *why = NULL;
	int err;

	free(m->emulator);
	err = maker->have(p, &m->emulator, &why);
	if (err)
		return err;
	if (why)
		return verdict(v, V_VOID, FAIL_INFRA, "%s cannot be had here: %s\n`make %s` tries again",
			       m->launcher, why, m->launcher);
	return verdict(v, V_PASS, FAIL_NONE, "%s is there", m->emulator);
}

int launcher_have(const struct project *p, struct machine *m, struct verdict *v)
{
	const struct maker *maker;

	if (!m->launcher)
		return verdict(v, V_PASS, FAIL_NONE, "it needs none");
	maker = maker_of(m);
	return maker ? have_built(maker, p, m, v) : have_installed(m, v);
}

int launcher_inputs(const struct project *p, const struct machine *m, struct hash *h)
{
	const struct maker *maker = maker_of(m);
	autofree char *version = NULL, *all = NULL;
	struct hash built = { "" };
	int err = hash_file(m->launch, h);

	if (!err)
		err = maker ? maker->inputs(p, &built) : version_of(m, &version);
	if (err)
		return err;
	all = xasprintf("%s %s", h->hex, maker ? built.hex : version);
	hash_data(all, strlen(all), h);
	return ST_OK;
}
