// SPDX-License-Identifier: GPL-2.0-only
int main(void)
{
	int complained_of;

	return 0;
}
