# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for shells, made by contrib/generate. bash looks for a file with the command's name.
dist_zshcompletion_DATA = contrib/completion/_check_smspartner_status
zshcompletiondir = $(datadir)/zsh/site-functions

EXTRA_DIST += contrib/completion/check_smspartner_status.bash

if INSTALL_BASH_COMPLETION
INSTALL_LOCAL += install-bash-completion
UNINSTALL_LOCAL += uninstall-bash-completion
install-bash-completion:
	$(MKDIR_P) '$(DESTDIR)$(bashcompletiondir)'
	$(INSTALL_DATA) '$(srcdir)/contrib/completion/check_smspartner_status.bash' \
	    '$(DESTDIR)$(bashcompletiondir)/check_smspartner_status'
uninstall-bash-completion:
	rm -f '$(DESTDIR)$(bashcompletiondir)/check_smspartner_status'
endif
.PHONY: install-bash-completion uninstall-bash-completion
