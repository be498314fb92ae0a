/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UTF-8, as far as answers need it: is it sound, and which character comes next.
 */
#include "utf8.h"

/* Bytes that follow a lead byte; -1 when it can't be one. */
static int followers(unsigned char lead)
{
    if (lead < 0x80)
        return 0;
    if (lead < 0xc2 || lead > 0xf4)
        return -1;
    return lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
}

uint32_t utf8_next(const char **text)
{
    unsigned char lead = (unsigned char)*(*text)++;
    int more = followers(lead);
    uint32_t character = more <= 0 ? lead : lead & (0x3fU >> more);
    for (; more > 0 && **text != '\0'; more--)
        character = character << 6 | ((unsigned char)*(*text)++ & 0x3fU);
    return character;
}

bool utf8_valid(const char *text)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    while (*text != '\0') {
        int more = followers((unsigned char)*text);
        if (more < 0)
            return false;
        for (int i = 1; i <= more; i++)
            if (((unsigned char)text[i] & 0xc0) != 0x80)
                return false;
        uint32_t character = utf8_next(&text);
        if (character < least[more] || character > 0x10ffff || (character & ~0x7ffU) == 0xd800)
            return false;
    }
    return true;
}
