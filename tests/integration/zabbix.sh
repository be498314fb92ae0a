# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A Zabbix server of Debian with its database and web interface in $work, and its API. Source lib.sh first.

# shellcheck disable=SC2154 # $work, $plugin and $started_id come from lib.sh
scripts=$work/scripts
zabbix_log=$work/zabbix.log

# Before a command: runs it as that user. No function, so that what is started this way can be ended by its id.
as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups)
as_zabbix=(setpriv --reuid=zabbix --regid=zabbix --init-groups)

# The server goes before its database, without which it doesn't end.
zabbix_id=
end_zabbix() {
    local status=$?
    set +e
    if [[ -n $zabbix_id ]]; then
        kill "$zabbix_id" 2>/dev/null
        wait_until 'the end of the Zabbix server' 20 eval "! kill -0 $zabbix_id"
    fi
    (exit "$status")
    end_test
}
trap end_zabbix EXIT

# sql [OPTION...]: statements on standard input, or by -c.
# shellcheck disable=SC2120
sql() {
    "${as_postgres[@]}" psql -h "$work/postgres" -U zabbix -d zabbix -qAtX -v ON_ERROR_STOP=1 "$@"
}

start_database() {
    local bin
    bin=$(pg_config --bindir 2>/dev/null || printf '%s\n' /usr/lib/postgresql/*/bin | tail -n 1)
    install -d -o postgres -g postgres -m 755 "$work/postgres"
    "${as_postgres[@]}" "$bin/initdb" -D "$work/postgres/data" -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
        >"$work/initdb.log"
    start postgres "${as_postgres[@]}" "$bin/postgres" -D "$work/postgres/data" -k "$work/postgres" \
        -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off
    wait_until 'PostgreSQL' 30 "${as_postgres[@]}" psql -h "$work/postgres" -d postgres -c 'SELECT 1'
    "${as_postgres[@]}" psql -h "$work/postgres" -d postgres -qX -c 'CREATE ROLE zabbix LOGIN' \
        -c 'CREATE DATABASE zabbix OWNER zabbix'
    zcat /usr/share/zabbix-server-pgsql/{schema,images,data}.sql.gz | sql -f - >"$work/schema.log"
}

start_web() {
    local conf=$work/web/conf/zabbix.conf.php
    cp -rL /usr/share/zabbix "$work/web"
    sed -i "s#'/etc/zabbix/zabbix.conf.php'#'$conf'#" "$work/web/include/classes/core/CConfigFile.php" # Debian's path
    cat >"$conf" <<EOF
<?php
\$DB = ['TYPE' => 'POSTGRESQL', 'SERVER' => '$work/postgres', 'PORT' => '0', 'DATABASE' => 'zabbix',
    'USER' => 'zabbix', 'PASSWORD' => '', 'SCHEMA' => '', 'ENCRYPTION' => false, 'KEY_FILE' => '',
    'CERT_FILE' => '', 'CA_FILE' => '', 'VERIFY_HOST' => false, 'CIPHER_LIST' => '', 'VAULT_URL' => '',
    'VAULT_DB_PATH' => '', 'VAULT_TOKEN' => '', 'DOUBLE_IEEE754' => true];
\$ZBX_SERVER = '127.0.0.1';
\$ZBX_SERVER_PORT = '$server_port';
\$ZBX_SERVER_NAME = '';
\$IMAGE_FORMAT_DEFAULT = IMAGE_FORMAT_PNG;
EOF
    local port
    port=$(free_port)
    web_url=http://127.0.0.1:$port
    start web env LOCPATH="$work/locale" php -d memory_limit=256M -d post_max_size=16M -d max_execution_time=300 \
        -d max_input_time=300 -S "127.0.0.1:$port" -t "$work/web"
    wait_until 'the web interface' 30 curl -sf -o "$work/web.html" "$web_url/index.php"
    session=$(api user.login '{"username": "Admin", "password": "zabbix"}' | jq -r .)
}

# start_zabbix: everything, with the built plugin in the folder of external scripts.
start_zabbix() {
    install_packages postgresql zabbix-server-pgsql zabbix-frontend-php php-pgsql php-cli curl jq
    install -d -m 755 "$scripts"
    install -m 755 "$plugin" "$scripts/check_smspartner_status"
    install -d -o zabbix -g zabbix "$work/run"
    start_database
    server_port=$(free_port)
    cat >"$work/zabbix_server.conf" <<EOF
DBHost=$work/postgres
DBName=zabbix
DBUser=zabbix
LogType=console
PidFile=$work/run/zabbix_server.pid
SocketDir=$work/run
ExternalScripts=$scripts
ListenIP=127.0.0.1
ListenPort=$server_port
StartPollers=3
StartPingers=0
StartDiscoverers=0
StartHTTPPollers=0
StartPollersUnreachable=1
CacheUpdateFrequency=5
EOF
    start zabbix "${as_zabbix[@]}" env -i PATH="$PATH" zabbix_server -f -c "$work/zabbix_server.conf"
    zabbix_id=$started_id
    wait_until 'the Zabbix server' 30 grep -q 'started \[poller' "$zabbix_log"
    start_web
}

# api METHOD PARAMS: the result, or what the API said and failure.
session=
api() {
    local answer
    answer=$(jq -n --arg method "$1" --argjson params "$2" --arg auth "$session" \
        '{jsonrpc: "2.0", id: 1, method: $method, params: $params} + if $auth == "" then {} else {auth: $auth} end' |
        curl -sS -H 'Content-Type: application/json-rpc' -d @- "$web_url/api_jsonrpc.php")
    jq -ce 'if has("result") then .result else error(.error | tostring) end' <<<"$answer" || {
        printf '%s: %.2000s\n' "$1" "$answer" >&2
        return 1
    }
}

# import_template FILE
import_template() {
    local rules
    rules='{"createMissing": true, "updateExisting": true}'
    api configuration.import "$(jq -n --rawfile source "$1" --argjson both "$rules" '{format: "yaml", source: $source,
        rules: {groups: $both, templates: $both, valueMaps: $both, items: {createMissing: true, updateExisting: true},
            triggers: $both, graphs: $both, templateDashboards: $both}}')" >/dev/null
}

# group_id NAME: of a host group, which is made if need be.
group_id() {
    local found
    found=$(api hostgroup.get "$(jq -n --arg name "$1" '{filter: {name: [$name]}}')" | jq -r '.[0].groupid // empty')
    [[ -n $found ]] || found=$(api hostgroup.create "$(jq -n --arg name "$1" '{name: $name}')" | jq -r '.groupids[0]')
    echo "$found"
}

# create_host NAME MACROS [GROUP]: a host with the template; MACROS is a JSON object of names (without
# SMSPARTNER.) and values. Prints its id.
create_host() {
    local template
    template=$(api template.get '{"filter": {"host": ["SMS Partner by external check"]}}' | jq -r '.[0].templateid')
    api host.create "$(jq -n --arg name "$1" --arg group "$(group_id "${3-SMS}")" --arg template "$template" \
        --argjson macros "$2" '{
        host: $name,
        groups: [{groupid: $group}],
        templates: [{templateid: $template}],
        interfaces: [{type: 1, main: 1, useip: 1, ip: "127.0.0.1", dns: "", port: "10050"}],
        macros: [$macros | to_entries[] | {macro: ("{$SMSPARTNER." + .key + "}"), value: .value}]}')" |
        jq -r '.hostids[0]'
}

# reload_config: the server takes over what the API changed.
reload_config() {
    "${as_zabbix[@]}" zabbix_server -c "$work/zabbix_server.conf" -R config_cache_reload >"$work/reload.log" 2>&1
}
