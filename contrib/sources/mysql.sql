-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was sent in the last hour, for check_smspartner_status -b -, from MySQL or MariaDB
--     mysql --batch DATABASE <mysql.sql
-- sent_at is a TIMESTAMP here, or a DATETIME in the zone of the session; of a DATETIME in UTC:
--     TIMESTAMPDIFF(SECOND, '1970-01-01', sent_at) AS sent_at ... WHERE sent_at > UTC_TIMESTAMP() - INTERVAL 1 HOUR
SELECT phone, message_id, UNIX_TIMESTAMP(sent_at) AS sent_at
FROM sms
WHERE sent_at > NOW() - INTERVAL 1 HOUR
  AND message_id IS NOT NULL; -- without an id it was never sent: that is another alarm
