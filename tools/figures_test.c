// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "figures.h"
#include "mem.h"
#include "t/test.h"

static struct figures f;

static bool reads(const char *text, size_t n)
{
	autofree char *wrong = NULL;

	figures_free(&f);
	wrong = figures_read(&f, text);
	return !wrong && f.n == n;
}

static bool refuses(const char *text, const char *why)
{
	autofree char *wrong = NULL;

	figures_free(&f);
	wrong = figures_read(&f, text);
	return wrong && strstr(wrong, why);
}

static void reading(void)
{
	check(reads("# # bench a/b 12.5 pps\r\n", 1) && !strcmp(f.figure->name, "a/b") &&
	      f.figure->value == 12.5 && !strcmp(f.figure->unit, "pps"), "name, value, unit");
	check(reads("[    1.234567] # # bench a 0 s\nwords\n# bench b 1e3 s\n", 2),
	      "among other lines, with and without a time stamp");
	check(reads("bench x\nbenches\n# # benches b\n# # bench a 1 s\n", 1),
	      "what no test has printed, and other words, do not count");
	check(refuses("# ok 1 a\n", "no \"# bench\" line"), "no figure at all");
	check(refuses("# # bench a 1\n", "is not"), "a unit that is missing");
	check(refuses("# # bench a 1 s x\n", "is not"), "a word too many");
	check(refuses("# # bench a 1x s\n", "no value"), "a value that is none");
	check(refuses("# # bench a -1 s\n", "no value"), "one below 0");
	check(refuses("# # bench a nan s\n", "no value"), "one that is no number");
	check(refuses("# # bench a 1 s\n# # bench a 2 s\n", "\"a 2 s\" is there twice"),
	      "a name twice");
}

static bool differ(const char *a, const char *b, const char *name)
{
	struct figures x, y;
	autofree char *wrong_x = figures_read(&x, a);
	autofree char *wrong_y = figures_read(&y, b);
	const char *found = figures_differ(&x, &y);
	bool good = name ? found && !strcmp(found, name) : !found;

	figures_free(&x);
	figures_free(&y);
	return good;
}

static void differing(void)
{
	static const char both[] = "# # bench a 1 s\n# # bench b 2 s\n";

	check(differ(both, "# # bench b 3 s\n# # bench a 0 s\n", NULL),
	      "the same in another order");
	check(differ(both, "# # bench a 1 s\n", "b"), "one is missing in the second");
	check(differ("# # bench b 1 s\n", both, "a"), "one is missing in the first");
	check(differ(both, "# # bench a 1 ms\n# # bench b 2 s\n", "a"), "a unit differs");
}

static bool compares(const char *const *text, double base, double tip, double ratio)
{
	struct figures all[6];
	struct compared c;

	for (size_t i = 0; i < 6; i++)
		free(figures_read(&all[i], text[i]));
	figures_compare(all, all + 3, 3, 0, &c);
	for (size_t i = 0; i < 6; i++)
		figures_free(&all[i]);
	return c.has_base == (base >= 0) && (base < 0 || c.base == base) && c.tip == tip &&
	       c.has_ratio == (ratio >= 0) && (ratio < 0 || c.ratio == ratio);
}

static void comparing(void)
{
	double odd[] = { 3, 1, 2 }, even[] = { 4, 1, 3, 2 }, one[] = { 7 };

	check(median(odd, 3) == 2, "the middle of three");
	check(median(even, 4) == 2.5, "between the middle two of four");
	check(median(one, 1) == 7, "of one");
	check(compares((const char *[]){
			"# bench a 100 s\n", "# bench a 10 s\n", "# bench a 20 s\n",
			"# bench a 100 s\n", "# bench a 40 s\n", "# bench a 10 s\n" }, 20, 40, 1),
	      "the ratio is that of each round, not of the medians");
	check(compares((const char *[]){
			"# bench a 1 s\n", "# bench a 0 s\n", "# bench a 2 s\n",
			"# bench a 1 s\n", "# bench a 1 s\n", "# bench a 1 s\n" }, 1, 1, -1),
	      "there is none over 0");
	check(compares((const char *[]){
			"# bench b 1 s\n", "# bench b 1 s\n", "# bench b 1 s\n",
			"# bench a 3 s\n# bench b 1 s\n", "# bench b 1 s\n# bench a 2 s\n",
			"# bench a 1 s\n# bench b 1 s\n" }, -1, 2, -1),
	      "nor when only the tip has it");
	check(compares((const char *[]){
			"# bench b 9 s\n# bench a 2 s\n", "# bench a 2 s\n# bench b 9 s\n",
			"# bench b 9 s\n# bench a 2 s\n", "# bench a 0 s\n# bench b 9 s\n",
			"# bench a 0 s\n# bench b 9 s\n", "# bench a 0 s\n# bench b 9 s\n" },
			2, 0, 0), "the tip may be 0, and lines in any order");
}

int main(void)
{
	reading();
	differing();
	comparing();
	figures_free(&f);
	return test_end();
}
