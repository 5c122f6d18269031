// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "kconfig.h"
#include "t/test.h"
#include "warnings.h"

/* Hear lines; the caller frees. */
static struct warnings hear(const char *const *line)
{
	struct warnings ws = { 0 };
	struct listener l = { 0 };

	for (; *line; line++)
		warnings_hear(&ws, &l, *line);
	listener_reset(&l, false);
	return ws;
}

#define HEAR(...) hear((const char *const[]){ __VA_ARGS__, NULL })

static bool is(const struct warnings *ws, enum speaker by, bool error, const char *file,
	       const char *symbol, const char *text)
{
	return ws->n == 1 && ws->w[0].by == by && ws->w[0].error == error &&
	       !strcmp(ws->w[0].file, file) && !strcmp(ws->w[0].symbol, symbol) &&
	       !strcmp(ws->w[0].text, text);
}

static bool same(const char *place_a, const char *a, const char *place_b, const char *b)
{
	struct warnings one = HEAR(place_a, a), two = HEAR(place_b, b);
	bool good = one.n == 1 && two.n == 1 && warning_same(one.w, two.w);

	warnings_free(&one);
	warnings_free(&two);
	return good;
}

#define check_heard(what, by, error, file, symbol, text, ...) do { \
	struct warnings ws = HEAR(__VA_ARGS__); \
	check(is(&ws, by, error, file, symbol, text), what); \
	warnings_free(&ws); \
} while (0)

static void test_speakers(void)
{
	check_heard("gcc, in a function", BY_COMPILER, false, "drivers/net/tun.c", "'tun_put'",
		    "unused variable 'x' [-Wunused-variable]",
		    "../drivers/net/tun.c: In function 'tun_put':",
		    "../drivers/net/tun.c:12:13: warning: unused variable 'x' [-Wunused-variable]",
		    "   12 |         int x;", "      |             ^");
	check_heard("gcc, in a header", BY_COMPILER, true, "include/linux/ring.h", "",
		    "expected ';' before '}' token",
		    "In file included from ../drivers/net/tun.c:3:",
		    "../include/linux/ring.h:7:1: error: expected ';' before '}' token");
	check_heard("gcc, missing a header", BY_COMPILER, true, "a.c", "",
		    "x.h: No such file or directory",
		    "../a.c:1:10: fatal error: x.h: No such file or directory");
	check_heard("the assembler", BY_COMPILER, true, "arch/x86/a.S", "",
		    "no such instruction: `foo'", "../arch/x86/a.S: Assembler messages:",
		    "../arch/x86/a.S:3: Error: no such instruction: `foo'");
	check_heard("objtool", BY_OBJTOOL, false, "kernel/a.o", "f",
		    "f: unreachable instruction",
		    "kernel/a.o: warning: objtool: f+0x1f: unreachable instruction");
	check_heard("modpost", BY_MODPOST, true, "modpost", "",
		    "\"lost\" [drivers/net/tun.ko] undefined!",
		    "ERROR: modpost: \"lost\" [drivers/net/tun.ko] undefined!");
	check_heard("ld", BY_LINKER, true, "kernel/a.o", "`f'",
		    "a.c:(.text): undefined reference to `lost'",
		    "ld: kernel/a.o: in function `f':",
		    "a.c:(.text+0xe): undefined reference to `lost'");
	check_heard("a cross ld", BY_LINKER, false, "", "", "warning: orphan section `.x'",
		    "aarch64-linux-gnu-ld: warning: orphan section `.x'");
	check_heard("ld, by way of gcc", BY_LINKER, true, "", "",
		    "error: ld returned 1 exit status",
		    "collect2: error: ld returned 1 exit status");
	check_heard("kernel-doc", BY_DOC, false, "include/linux/ring.h", "",
		    "function parameter 'r' not described in 'ring_put'",
		    "Warning: ../include/linux/ring.h:9 function parameter 'r' not described in 'ring_put'");
}

static void test_identity(void)
{
	check(same("a.c: In function 'f':", "a.c:1:2: warning: shadows b.h:3:4",
		   "a.c: In function 'f':", "a.c:9:9: warning: shadows b.h:7:1"),
	      "lines and columns do not tell complaints apart");
	check(same("a.c: In function 'f':", "a.c:1:2: warning: x 'y'",
		   "a.c: In function \xe2\x80\x98" "f\xe2\x80\x99:",
		   "a.c:1:2: warning: x \xe2\x80\x98y\xe2\x80\x99"), "nor do a locale's quotes");
	check(!same("a.c: In function 'f':", "a.c:1:2: warning: x",
		    "a.c: In function 'g':", "a.c:1:2: warning: x"), "functions do");
	check(!same("", "a.c:1:2: warning: x", "", "b.c:1:2: warning: x"), "and files");
	check(!same("", "a.c:1:2: warning: 4 of 3", "", "a.c:1:2: warning: 5 of 3"),
	      "and numbers that are no lines");
}

/* Whether two semantic patches' lines about two files are the same complaint. */
static bool same_found(const char *line_a, const char *source_a, const char *line_b,
		       const char *source_b)
{
	struct warnings one = { 0 }, two = { 0 };
	bool good = warnings_hear_spatch(&one, line_a, source_a) &&
		    warnings_hear_spatch(&two, line_b, source_b) &&
		    warning_same(one.w, two.w);

	warnings_free(&one);
	warnings_free(&two);
	return good;
}

static void test_spatch(void)
{
	static const char code[] = "int f(void *p)\n{\n\tif (p)\n\t\tkfree(p);\n}\n";
	static const char moved[] = "\nint f(void *p)\n{\n\tif (1)\n\t\tif (p)\n\t\t\tkfree(p);\n}\n";
	static const char found[] = "./a.c:4:2-7: WARNING: NULL check on line 3";
	struct warnings ws = { 0 };

	check(warnings_hear_spatch(&ws, found, code) && ws.n == 1 && ws.w[0].by == BY_SPATCH &&
	      !strcmp(ws.w[0].file, "a.c") && !strcmp(ws.w[0].symbol, "kfree(p);") &&
	      !strcmp(ws.w[0].text, "WARNING: NULL check on line "),
	      "a semantic patch's complaint is known by the line of code");
	check(!strcmp(ws.w[0].said, "a.c:4:2-7: WARNING: NULL check on line 3"),
	      "and told as it was said");
	check(!warnings_hear_spatch(&ws, "/usr/bin/spatch -D report a.c", code) &&
	      !warnings_hear_spatch(&ws, "warning: line 1: should f be a metavariable?", code) &&
	      !warnings_hear_spatch(&ws, "a.c:4: not this", code) &&
	      !warnings_hear_spatch(&ws, "", code), "other lines are none");
	warnings_free(&ws);
	check(same_found(found, code, "a.c:6:3-8: WARNING: NULL check on line 5", moved),
	      "it is the same where it moved to");
	check(!same_found(found, code, "a.c:4:2-7: WARNING: NULL check on line 3",
			  "\n\n\nkfree(q);\n"), "another line of code is another one");
	check(same_found("a.c:9:1-2: bad", code, "a.c:8:1-2: bad", code),
	      "a line beyond the end is none");
	check(same_found("a.c:1:1-2: bad", "a\fb\r\n", "a.c:1:1-2: bad", "a b \n"),
	      "blanks of all kinds are blanks");
}

static void test_dropped(void)
{
	char *s;

	check(!kconfig_dropped("CONFIG_A=y\n# CONFIG_B is not set\n# words\n",
			       "CONFIG_A=y\nCONFIG_AB=y\n"), "what is asked for is there");
	check(!kconfig_dropped("CONFIG_A=y\nCONFIG_A=m\n", "CONFIG_A=m\n"),
	      "the last line for an option holds");
	s = kconfig_dropped("CONFIG_A=y\nCONFIG_S=\"x=1\"\n# CONFIG_B is not set\n",
			    "CONFIG_S=\"x=2\"\nCONFIG_B=m\n");
	check(s && !strcmp(s, "CONFIG_A=y was asked for, CONFIG_A=n is what it got\n"
			   "CONFIG_S=\"x=1\" was asked for, CONFIG_S=\"x=2\" is what it got\n"
			   "CONFIG_B=n was asked for, CONFIG_B=m is what it got"),
	      "each that is not is named, with what is");
	free(s);
}

int main(void)
{
	test_speakers();
	test_identity();
	test_spatch();
	test_dropped();
	return test_end();
}
