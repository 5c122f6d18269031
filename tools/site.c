// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "page_index.h"
#include "page_point.h"
#include "site.h"
#include "status.h"

static int write_page(const char *dir, const char *name, const char *text)
{
	autofree char *path = xasprintf("%s/%s", dir, name);

	return file_write(path, text, strlen(text));
}

static int write_index(const char *dir, const struct site *s)
{
	autofree char *text = NULL;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	page_index(f, s);
	fclose(f);
	return write_page(dir, "index.html", text);
}

static int write_point(const char *dir, const struct site *s, size_t row)
{
	autofree char *name = page_of(s->grid->row[row]);
	autofree char *text = NULL;
	size_t len;
	FILE *f = xmemstream(&text, &len);

	page_point(f, s, row);
	fclose(f);
	return write_page(dir, name, text);
}

static int write_pages(const char *dir, const struct work *w, const struct outcome *o)
{
	struct grid g;
	const struct site s = { w, o, &g };
	int err = write_page(dir, "style.css", page_style);

	grid_make(&g, o->plan);
	for (size_t row = 0; !err && row < g.nrows; row++)
		err = write_point(dir, &s, row);
	if (!err)
		err = write_index(dir, &s);
	grid_free(&g);
	return err;
}

static int replace(const char *from, const char *to)
{
	int err = tree_remove(to);

	if (!err && rename(from, to))
		err = fail_errno(ST_INFRA, "cannot rename %s to %s", from, to);
	return err;
}

int site_write(const struct work *w, const struct outcome *o)
{
	autofree char *dir = xasprintf("%s/report", w->project.build);
	autofree char *tmp = NULL;
	int err = project_tmp(&w->project, "report", &tmp);

	if (!err)
		err = write_pages(tmp, w, o);
	return err ? err : replace(tmp, dir);
}

char *site_index(const struct project *p)
{
	return xasprintf("%s/report/index.html", p->build);
}
