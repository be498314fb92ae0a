/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are made from the plugin's table of options, so that they can't lag behind it. */
#ifndef GENERATE_H
#define GENERATE_H

/* Each writes one of them to standard output. */
void generate_bash(void);
void generate_man_metrics(void);
void generate_man_options(void);
void generate_options(void);
void generate_zsh(void);

#endif
