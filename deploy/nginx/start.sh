#!/bin/sh
# Checks the settings, writes nginx's configuration and runs nginx. For the settings, see docs/operations.md.
# With --check, it only checks.
set -eu
# In a container, this shell is process 1, which ignores these signals without a trap. nginx doesn't inherit the trap.
trap 'exit 0' QUIT TERM
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/../settings.sh"

read_settings /srv/dashboard
read_run "${1:-}"
read_path BIGV_ACCESS_LOG /dev/stdout
access_log=$text
[ -d "${access_log%/*}/" ] || fail "BIGV_ACCESS_LOG: no folder ${access_log%/*}."
nginx=${BIGV_NGINX:-nginx}
command -v "$nginx" >/dev/null || fail "$nginx not found. Install nginx (Debian: nginx-light), or set BIGV_NGINX."

[ "${BIGV_TLS_AUTOMATIC:-}" != 1 ] ||
  fail 'BIGV_TLS_AUTOMATIC works only with Caddy. For nginx, set BIGV_TLS_CERTIFICATE and BIGV_TLS_KEY.'

# --check must not create the log: the log would belong to the user who checks, and the server could not write to it.
if [ "${1:-}" = --check ]; then access_log=$run/access.log; fi

listen=$address:$port tls=''
if [ -n "$tls_certificate" ]; then
  listen="$listen ssl http2"
  tls="ssl_certificate $tls_certificate; ssl_certificate_key $tls_key; ssl_protocols TLSv1.2 TLSv1.3; ssl_session_cache shared:tls:1m; ssl_session_timeout 1h; ssl_session_tickets off; error_page 497 =308 https://\$host:\$server_port\$request_uri;"
fi

# nginx resolves a name again when its DNS record expires, so that a move of BigV needs no restart. nginx asks for IPv4
# addresses only: on a server without IPv6, every second request would fail, because nginx sends no request twice.
read_names BIGV_RESOLVER '(\[[0-9A-Fa-f:]+\]|[0-9.]+)(:[0-9]{1,5})?' 'addresses of DNS servers'
servers=$text
if [ -z "$servers" ] && [ -r /etc/resolv.conf ]; then
  servers=$(awk '$1 == "nameserver" && $2 !~ /%/ { printf "%s%s", between, $2 ~ /:/ ? "[" $2 "]" : $2; between = " " }' /etc/resolv.conf)
fi
is_address() {
  case $1 in
    \[*) return 0 ;;
    *[!0-9.]*) return 1 ;;
  esac
}
if [ -z "$servers" ] && ! { is_address "$bigv_host" && is_address "$auth_host"; }; then
  fail 'No DNS server found in /etc/resolv.conf. Set BIGV_RESOLVER.'
fi
resolver=${servers:+"resolver $servers ipv6=off; resolver_timeout 10s;"}

real_ip=''
for proxy in $trusted_proxies; do real_ip="$real_ip set_real_ip_from $proxy;"; done
real_ip=${real_ip:+"$real_ip real_ip_header X-Forwarded-For; real_ip_recursive on;"}

known_hosts='    default 1;'
if [ -n "$server_names" ]; then
  known_hosts='    default 0; "" 1; localhost 1; 127.0.0.1 1;'
  for name in $server_names; do
    case $name in
      localhost | 127.0.0.1) ;;
      *) known_hosts="$known_hosts $name 1;" ;;
    esac
  done
fi

brotli_module='' brotli_static=''
for file in /usr/lib/nginx/modules /usr/lib64/nginx/modules /etc/nginx/modules; do
  file=$file/ngx_http_brotli_static_module.so
  if [ -r "$file" ]; then
    brotli_module="load_module $file;" brotli_static='brotli_static on;'
    break
  fi
done

sed \
  -e "s|@BROTLI_MODULE@|$brotli_module|" \
  -e "s|@BROTLI_STATIC@|$brotli_static|" \
  -e "s|@RUN@|$run|g" \
  -e "s|@ACCESS_LOG@|$access_log|" \
  -e "s|@KNOWN_HOSTS@|$known_hosts|" \
  -e "s|@BIGV_ORIGIN@|$bigv_origin|" \
  -e "s|@BIGV_AUTHORITY@|$bigv_authority|g" \
  -e "s|@BIGV_PATH@|$bigv_path|" \
  -e "s|@AUTH_ORIGIN@|$auth_origin|" \
  -e "s|@AUTH_AUTHORITY@|$auth_authority|g" \
  -e "s|@AUTH_PATH@|$auth_path|" \
  -e "s|@RESOLVER@|$resolver|" \
  -e "s|@TRUSTED_PROXIES@|$real_ip|" \
  -e "s|@LISTEN@|$listen|" \
  -e "s|@TLS@|$tls|" \
  -e "s|@DASHBOARD@|$dashboard|" \
  -e "s|@READ_TIMEOUT_MS@|$read_timeout_ms|g" \
  -e "s|@CA_FILE@|$ca_file|" \
  "$here/nginx.conf.template" >"$run/nginx.conf"

if [ "${1:-}" = --check ]; then
  "$nginx" -e stderr -p "$run" -c "$run/nginx.conf" -t
  exit
fi
exec "$nginx" -e stderr -p "$run" -c "$run/nginx.conf"
