/* SPDX-License-Identifier: GPL-2.0-only */
/* Where things are: the project's own files, build/ and the cache. */
#ifndef PROJECT_H
#define PROJECT_H

struct project {
	char *root;		/* the project's top directory, absolute */
	char *build;		/* <root>/build: may be removed at any time */
	char *cache;		/* $XDG_CACHE_HOME/linux-series: outlives clones */
	char *store;		/* the verdicts, in the cache */
	char *repo;		/* bare repository with the base, in the cache */
	char *apply;		/* repository and work tree that patches go through */
	char *linux;		/* the user's kernel work tree */
	char *name;		/* mail identity, from configs/identity */
	char *email;
};

/*
 * Find the project at @root and make the directories it needs; calls
 * run_init(), so it comes before any other program is run.
 */
int project_open(struct project *p, const char *root);
void project_close(struct project *p);

/* "Name <email>" with the project's identity; the caller frees. */
char *project_mail(const struct project *p);

/* An empty directory <build>/tmp/<name>; the caller frees the path. */
int project_tmp(const struct project *p, const char *name, char **path);

#endif
