// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <gelf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"
#include "section.h"
#include "status.h"

/* Line numbers, and what never gets into memory. */
static const char *const left_out[] = {
	"__bug_table", "__dyndbg", ".discard", ".note",
};

struct object {
	Elf *elf;
	size_t names;		/* section of section names */
	FILE *out;		/* what is hashed */
};

static const char *section_name(const struct object *o, size_t index)
{
	GElf_Shdr sh;
	const char *name = NULL;

	if (gelf_getshdr(elf_getscn(o->elf, index), &sh))
		name = elf_strptr(o->elf, o->names, sh.sh_name);
	return name ? name : "";
}

static bool counts(const struct object *o, size_t index)
{
	const char *name = section_name(o, index);
	GElf_Shdr sh;

	if (!gelf_getshdr(elf_getscn(o->elf, index), &sh) || !(sh.sh_flags & SHF_ALLOC))
		return false;
	for (size_t i = 0; i < sizeof(left_out) / sizeof(*left_out); i++)
		if (!strncmp(name, left_out[i], strlen(left_out[i])))
			return false;
	return true;
}

/* What a relocation refers to, by name: indices change with any new symbol. */
static void put_symbol(const struct object *o, const GElf_Shdr *table, size_t index)
{
	Elf_Data *data = elf_getdata(elf_getscn(o->elf, table->sh_link), NULL);
	const char *name = NULL;
	GElf_Shdr symbols;
	GElf_Sym sym;

	if (!data || !gelf_getsym(data, index, &sym) ||
	    !gelf_getshdr(elf_getscn(o->elf, table->sh_link), &symbols))
		return;
	if (GELF_ST_TYPE(sym.st_info) == STT_SECTION)
		name = section_name(o, sym.st_shndx);
	else
		name = elf_strptr(o->elf, symbols.sh_link, sym.st_name);
	fprintf(o->out, " %s", name ? name : "");
}

static void put_relocations(const struct object *o, Elf_Scn *scn, const GElf_Shdr *sh)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t n = sh->sh_entsize ? sh->sh_size / sh->sh_entsize : 0;

	fprintf(o->out, "relocations of %s\n", section_name(o, sh->sh_info));
	for (size_t i = 0; data && i < n; i++) {
		GElf_Rela rela = { 0 };
		GElf_Rel rel;

		if (sh->sh_type == SHT_RELA) {
			gelf_getrela(data, i, &rela);
		} else if (gelf_getrel(data, i, &rel)) {
			rela.r_offset = rel.r_offset;
			rela.r_info = rel.r_info;
		}
		fprintf(o->out, "%llx %llx %lld", (unsigned long long)rela.r_offset,
			(unsigned long long)GELF_R_TYPE(rela.r_info),
			(long long)rela.r_addend);
		put_symbol(o, sh, GELF_R_SYM(rela.r_info));
		fputc('\n', o->out);
	}
}

static void put_section(const struct object *o, Elf_Scn *scn)
{
	Elf_Data *data;
	GElf_Shdr sh;

	if (!gelf_getshdr(scn, &sh))
		return;
	if (sh.sh_type == SHT_RELA || sh.sh_type == SHT_REL) {
		if (counts(o, sh.sh_info))
			put_relocations(o, scn, &sh);
		return;
	}
	if (!counts(o, elf_ndxscn(scn)))
		return;
	fprintf(o->out, "%s %llu\n", section_name(o, elf_ndxscn(scn)),
		(unsigned long long)sh.sh_size);
	data = sh.sh_type == SHT_NOBITS ? NULL : elf_rawdata(scn, NULL);
	if (data && data->d_buf)
		fwrite(data->d_buf, 1, data->d_size, o->out);
}

int section_hash(const char *path, struct hash *h)
{
	struct object o = { 0 };
	Elf_Scn *scn = NULL;
	char *text;
	size_t len;
	int fd;

	elf_version(EV_CURRENT);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(ST_INFRA, "%s", path);
	o.elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	if (!o.elf || elf_kind(o.elf) != ELF_K_ELF || elf_getshdrstrndx(o.elf, &o.names)) {
		elf_end(o.elf);
		close(fd);
		return fail(ST_INFRA, "%s: no ELF object", path);
	}
	o.out = xmemstream(&text, &len);
	while ((scn = elf_nextscn(o.elf, scn)))
		put_section(&o, scn);
	fclose(o.out);
	hash_data(text, len, h);
	free(text);
	elf_end(o.elf);
	close(fd);
	return ST_OK;
}
