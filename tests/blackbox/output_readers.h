/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small models of how two monitoring servers split a plugin's output into text and performance
 * data. What they agree on is what users see.
 */
#ifndef BLACKBOX_OUTPUT_READERS_H
#define BLACKBOX_OUTPUT_READERS_H

struct split_output {
    char *text;
    char *perfdata;
};

/* Nagios, Naemon: the first '|' of line one starts perfdata of that line; in the lines that follow
 * the first '|' anywhere starts perfdata for all the rest. */
struct split_output nagios_split(const char *output);

/* Icinga 2: line by line, CR and LF both end a line; '|' separates only if a '=' follows it. */
struct split_output icinga_split(const char *output);

#endif
