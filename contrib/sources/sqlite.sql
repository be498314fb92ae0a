-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was sent in the last hour, for check_smspartner_status -b -
--     sqlite3 -readonly -bail -csv -header FILE <sqlite.sql
-- sent_at is text in UTC here, as CURRENT_TIMESTAMP writes it; of text in the system's own zone:
--     strftime('%s', sent_at, 'utc')     and of epoch seconds: sent_at alone
SELECT phone, message_id, strftime('%s', sent_at) AS sent_at
FROM sms
WHERE strftime('%s', sent_at) + 0 > strftime('%s', 'now') - 3600
  AND message_id IS NOT NULL; -- without an id it was never sent: that is another alarm
