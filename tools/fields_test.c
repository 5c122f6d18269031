// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fields.h"
#include "file.h"
#include "status.h"
#include "t/test.h"

static const struct field_rule rules[] = {
	{ "Name", .required = true },
	{ "Many", .many = true, .lines = true },
	{ NULL },
};

static int read_text(struct fields *fs, const char *text)
{
	char path[] = "/tmp/fields_test.XXXXXX";
	int fd = mkstemp(path), err;

	close(fd);
	err = file_write(path, text, strlen(text));
	if (!err)
		err = fields_read(fs, path, rules);
	unlink(path);
	return err;
}

static bool refused(const char *text)
{
	struct fields fs;
	int err = read_text(&fs, text);

	fields_free(&fs);
	return err == ST_INPUT;
}

static int read_records(struct records *rs, const char *text)
{
	char path[] = "/tmp/fields_test.XXXXXX";
	int fd = mkstemp(path), err;

	close(fd);
	err = file_write(path, text, strlen(text));
	if (!err)
		err = records_read(rs, path, rules);
	unlink(path);
	return err;
}

static bool records_refused(const char *text)
{
	struct records rs;
	int err = read_records(&rs, text);

	records_free(&rs);
	return err == ST_INPUT;
}

static void records(void)
{
	struct records rs;

	check(!read_records(&rs, "Name: a\nMany: 1\n\nName: b\n") && rs.n == 2 &&
	      !strcmp(fields_get(&rs.record[1], "Name"), "b") &&
	      !fields_get(&rs.record[1], "Many"), "a file of two records");
	check(rs.record[1].field->line == 4, "which know where they begin");
	records_free(&rs);
	check(!records_read(&rs, "/nonexistent", rules) && !rs.n, "a file that is not there");
	check(records_refused("Many: 1\nName: a\n"), "a field of no record is refused");
	check(records_refused("Name: a\nOther: b\n"), "so is one that is not known");
}

int main(void)
{
	struct fields fs;

	check(!read_text(&fs, "# a comment\nName:  a value\n\nMany: 1\nMany: 2\n two\n\t2\n"),
	      "comments, blanks, repeated fields and continuation lines are read");
	check(fs.n == 3 && !strcmp(fields_get(&fs, "Name"), "a value"),
	      "a value has no blanks in front");
	check(!strcmp(fs.field[2].value, "2\ntwo\n2"), "lines of a value are joined by newlines");
	check(!strcmp(fields_get(&fs, "Many"), "1"), "the first of many is got");
	check(fs.field[2].line == 5, "a field knows its line");
	check(!fields_get(&fs, "Other"), "a field that is not there is NULL");
	fields_free(&fs);

	check(refused("Many: 1\n"), "a required field that is missing is refused");
	check(refused("Name: a\nName: b\n"), "a single field given twice is refused");
	check(refused("Name: a\nOther: b\n"), "an unknown field is refused");
	check(refused("Name: a\nMany:\n"), "an empty field is refused");
	check(refused("Name: a\nnonsense\n"), "a line without a colon is refused");
	check(refused("Name: a\nA name: b\n"), "a name with a blank is refused");
	check(refused("Name: a\n b\n"), "a second line of a field that has one is refused");
	check(refused(" Name: a\n"), "a continuation of nothing is refused");
	records();
	return test_end();
}
