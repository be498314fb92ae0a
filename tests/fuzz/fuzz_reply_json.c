/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes the decoder of answers in JSON, and what comes as neither JSON nor XML. */
#include "fuzz.h"
#include "reply_pieces.h"

const char FUZZ_NAME[] = "reply_json";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_split(data, size);
    if (input.length == 0 || input.text[0] != '<') /* that is for fuzz_reply_xml */
        reply_whole_and_in_pieces(&input);
    return 0;
}
