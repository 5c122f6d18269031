// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "file.h"
#include "mem.h"
#include "pin.h"
#include "status.h"

static const struct field_rule rules[] = {
	{ "Version", .required = true },
	{ "Sha256", .required = true },
	{ "Tree", .required = true },
	{ "Commit", .required = true },
	{ "Date", .required = true },
	{ "Debian-Source", .required = true },
	{ "Debian-Suite", .required = true },
	{ "Upstream", .required = true },
	{ "Left-Out", .many = true },
	{ NULL },
};

static int bad(const struct fields *fs, const char *name, const char *should)
{
	return fail(ST_INPUT, "%s: %s is \"%s\", not %s", fs->path, name,
		    fields_get(fs, name), should);
}

static bool is_date(const char *s)
{
	size_t n = strspn(s, "0123456789");

	return n && !strcmp(s + n, " +0000");
}

static bool is_version(const char *s)
{
	return isdigit((unsigned char)*s) &&
	       !s[strspn(s, "0123456789abcdefghijklmnopqrstuvwxyz.-")];
}

static int fill(struct pin *pin, const struct fields *fs)
{
	const char *sha256 = fields_get(fs, "Sha256");

	if (strspn(sha256, "0123456789abcdef") != HASH_LEN || sha256[HASH_LEN])
		return bad(fs, "Sha256", "64 hex digits");
	memcpy(pin->sha256.hex, sha256, HASH_LEN);
	if (!is_version(fields_get(fs, "Version")))
		return bad(fs, "Version", "what \"make kernelversion\" prints");
	if (!oid_parse(fields_get(fs, "Tree"), &pin->tree))
		return bad(fs, "Tree", "a full object id");
	if (!oid_parse(fields_get(fs, "Commit"), &pin->commit))
		return bad(fs, "Commit", "a full object id");
	if (!is_date(fields_get(fs, "Date")))
		return bad(fs, "Date", "\"<seconds> +0000\"");
	pin->version = xstrdup(fields_get(fs, "Version"));
	pin->date = xstrdup(fields_get(fs, "Date"));
	pin->debian = xstrdup(fields_get(fs, "Debian-Source"));
	pin->suite = xstrdup(fields_get(fs, "Debian-Suite"));
	pin->upstream = xstrdup(fields_get(fs, "Upstream"));
	for (size_t i = 0; i < fs->n; i++) {
		if (strcmp(fs->field[i].name, "Left-Out"))
			continue;
		*array_more(pin->left_out, pin->nleft_out) =
			xstrdup(fs->field[i].value);
		pin->nleft_out++;
	}
	return ST_OK;
}

int pin_read(struct pin *pin, const char *root)
{
	autofree char *path = xasprintf("%s/configs/pin", root);
	struct fields fs;
	int err;

	*pin = (struct pin){ 0 };
	err = fields_read(&fs, path, rules);
	if (!err)
		err = fill(pin, &fs);
	fields_free(&fs);
	return err;
}

void pin_free(struct pin *pin)
{
	free(pin->version);
	free(pin->date);
	free(pin->debian);
	free(pin->suite);
	free(pin->upstream);
	names_free(pin->left_out, pin->nleft_out);
	*pin = (struct pin){ 0 };
}

bool pin_leaves_out(const struct pin *pin, const char *path)
{
	for (size_t i = 0; i < pin->nleft_out; i++)
		if (!strcmp(pin->left_out[i], path))
			return true;
	return false;
}
