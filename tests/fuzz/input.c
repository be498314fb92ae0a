/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Standard input made of given bytes; see input.h. Needs neither names in the file system nor a
 * second process. */
#include "input.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SMALL_PIECES_MAX = 100, PIECE_MAX = 32 * 1024 };

/* One file for all inputs, without a name. */
static int open_file(void)
{
    static FILE *file;
    if (!file)
        file = tmpfile();
    fuzz_require(file != NULL, "a temporary file can be opened");
    return fileno(file);
}

void input_as_file(const struct fuzz_input *input, unsigned mode)
{
    int fd = open_file();
    bool fine = ftruncate(fd, 0) == 0 &&
                pwrite(fd, input->text, input->length, 0) == (ssize_t)input->length &&
                fchmod(fd, (mode_t)mode) == 0 && dup2(fd, STDIN_FILENO) == STDIN_FILENO &&
                lseek(STDIN_FILENO, 0, SEEK_SET) == 0;
    fuzz_require(fine, "a temporary file can be written");
}

/* The pieces that the cuts make, and from the hundredth on larger ones, for the buffer's sake. */
static bool send_pieces(int fd, const struct fuzz_input *input)
{
    struct fuzz_cuts cuts = fuzz_cuts_start(input);
    size_t at = 0;
    for (int i = 0; at < input->length; i++) {
        size_t left = input->length - at;
        size_t length = i < SMALL_PIECES_MAX ? fuzz_cuts_next(&cuts, left) : left;
        if (length > PIECE_MAX)
            length = PIECE_MAX;
        if (send(fd, input->text + at, length, MSG_DONTWAIT) != (ssize_t)length)
            return false;
        at += length;
    }
    return true;
}

bool input_as_pieces(const struct fuzz_input *input)
{
    int ends[2];
    fuzz_require(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == 0, "sockets can be opened");
    bool fits = send_pieces(ends[1], input);
    fuzz_require(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO, "standard input can be set");
    close(ends[0]);
    close(ends[1]);
    return fits;
}
