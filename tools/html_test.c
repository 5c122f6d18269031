// SPDX-License-Identifier: GPL-2.0-only
/* What becomes of text in a page. */
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "mem.h"
#include "t/test.h"

static bool becomes(const char *text, const char *want)
{
	autofree char *page = NULL;
	size_t len;
	FILE *f = xmemstream(&page, &len);

	html(f, "%s", text);
	fclose(f);
	return !strcmp(page, want);
}

static bool url_becomes(const char *text, const char *want)
{
	autofree char *url = html_url(text);

	return !strcmp(url, want);
}

static void test_format(void)
{
	autofree char *page = NULL;
	size_t len;
	FILE *f = xmemstream(&page, &len);

	html(f, "<a title=\"%s\">%zu of 100%%</a>", "\"x\"", (size_t)7);
	fclose(f);
	check(!strcmp(page, "<a title=\"&quot;x&quot;\">7 of 100%</a>"),
	      "only what is filled in is escaped");
}

int main(void)
{
	check(becomes("", ""), "nothing");
	check(becomes("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
	      "markup is text");
	check(becomes("&lt; a & b", "&amp;lt; a &amp; b"), "so is what is escaped already");
	check(becomes("\" onclick=\"x", "&quot; onclick=&quot;x"), "an attribute does not end");
	check(becomes("]]>", "]]&gt;"), "nor a section");
	check(becomes("%s%n%zu", "%s%n%zu"), "text is no format");
	check(becomes("\033\xff", "\xe2\x90\x9b\xef\xbf\xbd"), "it is clean");
	test_format();
	check(url_becomes("build@x86_64-debug", "build@x86_64-debug"), "names stay in a URL");
	check(url_becomes("a b/c#d?e%f\"\xff", "a%20b%2Fc%23d%3Fe%25f%22%FF"), "others do not");
	return test_end();
}
