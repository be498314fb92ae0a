# SPDX-License-Identifier: GPL-3.0-or-later
# What configure.ac needs beside autoconf, automake and pkg-config.

# SMSP_REQUIRE_C11: adds -std=c11 where the compiler doesn't speak C11 by itself.
AC_DEFUN([SMSP_REQUIRE_C11], [
  SMSP_TRY_FLAG([CFLAGS_STANDARD], [-std=c11])
  AS_IF([test -z "$CFLAGS_STANDARD"], [AC_MSG_ERROR([the C compiler $CC does not know C11])])
])

# SMSP_REPRODUCIBLE_DIST: make dist gives the same bytes wherever, whenever and by whomever it is made.
# Times are SOURCE_DATE_EPOCH, the last commit's or, in an unpacked distribution, those it came with.
# Only GNU tar can; others make a distribution all the same.
AC_DEFUN([SMSP_REPRODUCIBLE_DIST], [
  AS_IF([${TAR-tar} --version 2>/dev/null | grep GNU >/dev/null], [
    am__tar='XZ_OPT=-eT1 && $${TAR-tar} --format=ustar --sort=name --owner=0 --group=0 --numeric-owner \
	--mode=u=rwX,go=rX --mtime="$$($(dist_mtime))" -chf - "$$tardir"'])
  dist_mtime='if test -n "$$SOURCE_DATE_EPOCH"; then echo "@$$SOURCE_DATE_EPOCH"; \
	elif test -e $(srcdir)/.git; then git -C $(srcdir) log -1 --format=@%ct; \
	else echo $(srcdir)/configure.ac; fi'
  AC_SUBST([dist_mtime])
])

# SMSP_REQUIRE(VARIABLE, MODULE, DEBIAN, FEDORA, ALPINE, [HINT]): a library, or the packages that hold it.
AC_DEFUN([SMSP_REQUIRE], [
  PKG_CHECK_MODULES([$1], [$2], [], [AC_MSG_ERROR([
  $2 is missing. Install the package
    $3 (Debian, Ubuntu), $4 (Fedora), $5 (Alpine),
  or run ./bootstrap demo, which installs all that is needed.$6])])
])

# SMSP_TRY_FLAG(VARIABLE, FLAGS, [LINK]): appends FLAGS to VARIABLE where compiler and linker take them.
AC_DEFUN([SMSP_TRY_FLAG], [
  AC_MSG_CHECKING([whether $CC takes $2])
  smsp_saved_cflags=$CFLAGS
  CFLAGS="$CFLAGS -Werror $2"
  AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <string.h>]], [[char a[8]; memset(a, 0, sizeof a); return a[0];]])],
    [AC_MSG_RESULT([yes])
     $1="$$1 $2"],
    [AC_MSG_RESULT([no])])
  CFLAGS=$smsp_saved_cflags
])

# SMSP_COMPILER_FLAGS: warnings, hardening, sanitizers and coverage, as far as the compiler has them.
AC_DEFUN([SMSP_COMPILER_FLAGS], [
  for flag in -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
      -Wformat=2 -Wwrite-strings -Wundef -Wvla; do
    SMSP_TRY_FLAG([WARN_CFLAGS], [$flag])
  done
  AS_IF([test "x$enable_werror" = xyes], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])

  AS_IF([test "x$enable_sanitizers" = xyes], [
    SMSP_TRY_FLAG([SAN_CFLAGS], [-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer])
    SAN_CFLAGS="$SAN_CFLAGS -DSMSP_SANITIZED"
    AS_IF([test "$SAN_CFLAGS" = " -DSMSP_SANITIZED"], [AC_MSG_ERROR([$CC has no address and undefined behaviour sanitizers])])
  ])
  AS_IF([test "x$enable_coverage" = xyes], [SMSP_TRY_FLAG([COV_CFLAGS], [--coverage -O0])])

  AS_IF([test "x$enable_hardening" != xno], [
    SMSP_TRY_FLAG([HARD_CFLAGS], [-fstack-protector-strong])
    SMSP_TRY_FLAG([HARD_CFLAGS], [-fstack-clash-protection])
    SMSP_TRY_FLAG([HARD_CFLAGS], [-fcf-protection])
    SMSP_TRY_FLAG([HARD_CFLAGS], [-fPIE])
    SMSP_TRY_FLAG([HARD_LDFLAGS], [-pie])
    SMSP_TRY_FLAG([HARD_LDFLAGS], [-Wl,-z,relro])
    SMSP_TRY_FLAG([HARD_LDFLAGS], [-Wl,-z,now])
    dnl FORTIFY needs optimisation and hides errors from the sanitizers.
    AS_IF([test "x$enable_sanitizers$enable_coverage" = x], [
      AS_CASE([" $CFLAGS $CPPFLAGS "],
        [*_FORTIFY_SOURCE*], [],
        [SMSP_TRY_FLAG([HARD_CPPFLAGS], [-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2])])
    ])
  ])
  AC_SUBST([CFLAGS_STANDARD])
  AC_SUBST([WARN_CFLAGS])
  AC_SUBST([SAN_CFLAGS])
  AC_SUBST([COV_CFLAGS])
  AC_SUBST([HARD_CFLAGS])
  AC_SUBST([HARD_CPPFLAGS])
  AC_SUBST([HARD_LDFLAGS])
])
