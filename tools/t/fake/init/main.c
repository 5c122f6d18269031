// SPDX-License-Identifier: GPL-2.0
int start(void);

int start(void)
{
	return 0;
}
