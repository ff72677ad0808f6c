#!/bin/sh
# Checks the settings and runs Caddy with the Caddyfile beside this script. For the settings, see docs/operations.md.
# With --check, it only checks.
set -eu
# In a container, this shell is process 1, which ignores these signals without a trap. Caddy doesn't inherit the trap.
trap 'exit 0' QUIT TERM
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/../settings.sh"

read_settings /srv/dashboard
read_run "${1:-}"
export HOME="$run" # where Caddy stores the certificates that it gets
unset XDG_DATA_HOME XDG_CONFIG_HOME
caddy=${BIGV_CADDY:-caddy}
command -v "$caddy" >/dev/null || fail "$caddy not found. Install Caddy (Debian: caddy), or set BIGV_CADDY."

BIGV_SITE="http://:$port" BIGV_TLS='' BIGV_OPTIONS='' BIGV_TRUST='' BIGV_HOSTS='.*' tls_port=''
if [ -n "$tls_certificate" ]; then
  BIGV_SITE="https://:$port" BIGV_TLS="tls $tls_certificate $tls_key" tls_port=$port
  BIGV_OPTIONS='auto_https disable_redirects' # they need port 80, which not every user may listen on
fi
if [ "${BIGV_TLS_AUTOMATIC:-}" = 1 ]; then
  [ -n "$server_names" ] || fail 'BIGV_TLS_AUTOMATIC needs BIGV_SERVER_NAMES: the names to get certificates for.'
  [ -z "$tls_certificate" ] || fail 'Set BIGV_TLS_AUTOMATIC or BIGV_TLS_CERTIFICATE, not both.'
  # ":443" is for requests that name another host, or none: they get the first name's certificate, and a 403.
  BIGV_SITE="$(printf '%s' "$server_names" | sed 's/ /, /g'), :443" tls_port=443
  BIGV_OPTIONS="default_sni ${server_names%% *}"
fi
# Redirects plain HTTP on the TLS port to https, but not on port 80, where Caddy proves that it owns the names.
if [ -n "$tls_port" ]; then
  BIGV_OPTIONS="$BIGV_OPTIONS
    servers $address:$tls_port {
      listener_wrappers {
        http_redirect
        tls
      }
    }"
fi
# Without this setting, Go uses the system's certificates.
if [ -n "${BIGV_CA_FILE:-}" ]; then BIGV_TRUST="tls_trusted_ca_certs $ca_file"; fi
if [ -n "$server_names" ]; then
  BIGV_HOSTS="(?i)^(localhost|127[.]0[.]0[.]1|$(printf '%s' "$server_names" | sed 's/[.]/[.]/g; s/ /|/g'))(:[0-9]+)?\$"
fi
read_path BIGV_ACCESS_LOG /dev/stdout
case $text in
  /dev/stdout) BIGV_LOG_OUTPUT=stdout ;;
  /dev/stderr) BIGV_LOG_OUTPUT=stderr ;;
  *) BIGV_LOG_OUTPUT="file $text" ;;
esac
export BIGV_SITE BIGV_TLS BIGV_OPTIONS BIGV_TRUST BIGV_HOSTS BIGV_LOG_OUTPUT
export BIGV_ADDRESS="$address" BIGV_DASHBOARD="$dashboard" BIGV_READ_TIMEOUT_MS="$read_timeout_ms"
export BIGV_ORIGIN="$bigv_origin" BIGV_AUTHORITY="$bigv_authority" BIGV_PATH="$bigv_path"
export AUTH_ORIGIN="$auth_origin" AUTH_AUTHORITY="$auth_authority" AUTH_PATH="$auth_path"

if [ "${1:-}" = --check ]; then
  "$caddy" validate --config "$here/Caddyfile" --adapter caddyfile
  exit
fi
exec "$caddy" run --config "$here/Caddyfile" --adapter caddyfile
