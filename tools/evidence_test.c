// SPDX-License-Identifier: GPL-2.0-only
#include "evidence.h"
#include "t/test.h"

int main(void)
{
	static const char file[] = "one\n\ttwo;\nthree\n\ntwo;\nfour";

	check(evidence_stands(file, "one"), "the first line is found");
	check(evidence_stands(file, "four"), "and the last one without a newline");
	check(evidence_stands(file, "wo"), "a part of a line too");
	check(!evidence_stands(file, "five"), "what is not there is not found");
	check(!evidence_stands(file, "onetwo"), "nor what is in two lines");
	check(evidence_stands(file, "two;\nthree"), "lines that follow each other are");
	check(!evidence_stands(file, "one\nthree"), "those that do not are not");
	check(!evidence_stands(file, "three\ntwo;"), "nor those with an empty line between");
	check(evidence_stands(file, "two;\nfour"), "a second begin is tried");
	check(!evidence_stands(file, "four\nfive"), "the end of the file ends it");
	check(!evidence_stands("", "one"), "nothing has nothing");
	check(evidence_stands("a\na\nb\n", "a\nb"), "a begin inside a failed one is tried");
	return test_end();
}
