#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The job in shell: curl for the network, jq for the JSON, awk for the arithmetic.
#     check_sms.sh -b BATCH -u URL [-w RATIO] [-c RATIO] [-C CONNECTIONS]
# The API key comes from SMSPARTNER_API_KEY.
set -u

batch='' url=https://api.smspartner.fr/v1/multi-status warning=95 critical=90 connections=4
while getopts b:u:w:c:C: option; do
    case $option in
    b) batch=$OPTARG ;;
    u) url=$OPTARG ;;
    w) warning=$OPTARG ;;
    c) critical=$OPTARG ;;
    C) connections=$OPTARG ;;
    *) exit 3 ;;
    esac
done

unknown() {
    echo "SMSPARTNER UNKNOWN - $*"
    exit 3
}

[ -r "$batch" ] || unknown "cannot read $batch"
work=$(mktemp -d) || unknown "no temporary folder"
trap 'rm -rf "$work"' EXIT

# One request of at most 500 messages per file; the key stays out of the argument list.
jq -Rnc '[inputs | select(length > 0) | split(",") | {phoneNumber: .[0], messageId: (.[1] | tonumber)}]
    | range(0; length; 500) as $from
    | {apiKey: env.SMSPARTNER_API_KEY, SMSStatut_List: .[$from:$from + 500]}' "$batch" |
    (cd "$work" && split -a 5 -l 1 - request.)

separator=''
for request in "$work"/request.*; do
    printf '%surl = "%s"\ndata = "@%s"\nheader = "Content-Type: application/json"\noutput = "%s"\nfail\nsilent\nshow-error\n' \
        "$separator" "$url" "$request" "$work/reply.${request##*.}"
    separator='next
'
done >"$work/config"

curl --parallel --parallel-max "$connections" --config "$work/config" 2>"$work/errors" ||
    unknown "$(head -n 1 "$work/errors")"

cat "$work"/reply.* | jq -nr '
    reduce (inputs | .StatutResponse_List[]) as $m ({};
        (if $m.code == 4 then "not_found"
         elif $m.status == "Delivered" then "delivered"
         elif $m.status == "Not delivered" then "undelivered"
         elif $m.status == "Waiting" then "waiting"
         else "unknown" end) as $outcome
        | .[$outcome] += 1
        | if $m.isSpam == "1" then .spam += 1 else . end
        | if $m.stopSms == "1" then .stop += 1 else . end)
    | [.delivered, .undelivered, .waiting, .not_found, .unknown, .spam, .stop] | map(. // 0) | @tsv' |
    awk -v w="$warning" -v c="$critical" -v asked="$(grep -c . "$batch")" '
    {
        settled = $1 + $2 + $4
        lost = asked - $1 - $2 - $3 - $4
        ratio = settled > 0 ? 100 * $1 / settled : 0
        if (settled > 0 && ratio < c) code = 2
        else if ((settled > 0 && ratio < w) || $6 > 0 || $7 > 0) code = 1
        else if (settled == 0 || lost > 0) code = 3
        split("OK WARNING CRITICAL UNKNOWN", state, " ")
        printf "SMSPARTNER %s - %.2f%% delivered (%d of %d), %d not delivered, %d waiting, %d not found, %d unknown, %d spam, %d stop",
            state[code + 1], ratio, $1, settled, $2, $3, $4, lost, $6, $7
        printf " | delivered_ratio=%.6f%%;%s:;%s:;0;100 delivered=%d undelivered=%d waiting=%d not_found=%d unknown=%d spam=%d;0 stop=%d;0\n",
            ratio, w, c, $1, $2, $3, $4, lost, $6, $7
        exit code
    }
    END { if (NR == 0) { print "SMSPARTNER UNKNOWN - no answer"; exit 3 } }'
