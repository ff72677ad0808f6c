# Shared by the start scripts of nginx and Caddy: reads the settings, and reports an invalid setting in one line.

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

# read_setting NAME DEFAULT: the setting, or the default if it is unset or empty, in $text
read_setting() {
  eval "text=\${$1:-}"
  : "${text:=$2}"
}

# shown TEXT: the text in quotes and on one line
shown() {
  printf '"%s"' "$(printf '%s' "$1" | tr -c '[:print:]' '?')"
}

# read_url NAME DEFAULT: splits a URL into $origin, $authority (host and any port), $host and $path (without a slash at
# its end). The URL goes into a configuration unchanged, so characters with a meaning there are refused.
read_url() {
  read_setting "$1" "$2"
  case $text in
    http://* | https://*) ;;
    *) fail "$1 must be an http:// or https:// URL such as $2; it is $(shown "$text")." ;;
  esac
  rest=${text#*://}
  authority=${rest%%[/?#]*}
  # The error omits the URL, which may contain a password.
  case $authority in
    *@*) fail "$1 must not contain a username or password. Users enter theirs on the sign-in page." ;;
  esac
  case $text in
    *[?#]*) fail "$1 must not have a query or a fragment; it is $(shown "$text")." ;;
    *[!A-Za-z0-9.:/_~[\]-]*) fail "$1 must not contain spaces, quotes or other special characters; it is $(shown "$text")." ;;
    */./* | */../* | */. | */..) fail "$1 must not contain the segments \".\" or \"..\"; it is $(shown "$text")." ;;
  esac
  printf '%s\n' "$authority" |
    grep -Eqx '(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:[0-9]{1,5})?' ||
    fail "$1 needs a valid host, with or without a port; it is $(shown "$text")."
  authority=$(printf '%s' "$authority" | tr '[:upper:]' '[:lower:]')
  host=$(printf '%s' "$authority" | sed 's/:[0-9]*$//')
  origin=${text%%://*}://$authority
  path=${rest#"${rest%%/*}"}
  while [ "$path" != "${path%/}" ]; do path=${path%/}; done
  refuse_plain_http "$1"
}

# Refuses plain HTTP to another computer without BIGV_PLAIN_HTTP=1, because every request carries credentials.
refuse_plain_http() {
  case $origin in https://*) return ;; esac
  case $host in localhost | 127.* | '[::1]') return ;; esac
  [ "${BIGV_PLAIN_HTTP:-}" = 1 ] ||
    fail "$1 must be https://, because credentials are sent there. If the network to $host is safe, set BIGV_PLAIN_HTTP=1."
}

# read_number NAME DEFAULT HIGHEST: a whole number from 1, in $text
read_number() {
  read_setting "$1" "$2"
  case $text in
    *[!0-9]* | ????????*) ;;
    *) [ "$text" -lt 1 ] || [ "$text" -gt "$3" ] || return 0 ;;
  esac
  fail "$1 must be a whole number from 1 to $3; it is $(shown "$text")."
}

# read_path NAME DEFAULT: an absolute path, in $text; may be empty
read_path() {
  read_setting "$1" "$2"
  case $text in
    '') ;;
    *[!A-Za-z0-9.:/_~+@-]*) fail "$1 must not contain spaces, quotes or other special characters; it is $(shown "$text")." ;;
    /*) ;;
    *) fail "$1 must be an absolute path; it is $(shown "$text")." ;;
  esac
}

# read_names NAME PATTERN WHAT: words separated by spaces, each matching an extended regular expression, in $text; may be
# empty
read_names() {
  read_setting "$1" ''
  [ -z "$text" ] ||
    printf '%s' "$text" | tr '\n' '!' | grep -Eqx "$2( $2)*" ||
    fail "$1 must be $3, separated by spaces; it is $(shown "$text")."
}

# check_pem NAME FILE WHAT: fails unless the setting's file contains a WHAT in PEM format
check_pem() {
  [ -r "$2" ] || fail "$1: cannot read $2."
  grep -q -- "-----BEGIN .*$3-----" "$2" || fail "$1: no $3 in PEM format in $2."
}

# Finds the certificates to trust, in $ca_file: those of BIGV_CA_FILE, or this system's.
find_ca_file() {
  read_path BIGV_CA_FILE ''
  for ca_file in "$text" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    [ -n "$ca_file" ] || continue
    if [ -n "$text" ]; then check_pem BIGV_CA_FILE "$text" CERTIFICATE; fi
    [ -r "$ca_file" ] && return
  done
  fail 'No trusted certificates found. Install ca-certificates, or set BIGV_CA_FILE.'
}

# read_run ARGUMENT: the folder to write to, in $run. With --check, it is a new one in BIGV_RUN that is removed at the end,
# so that the files of a running server stay unchanged.
read_run() {
  read_path BIGV_RUN /run/bigv
  run=$text
  mkdir -p "$run" 2>/dev/null && [ -w "$run" ] || fail "BIGV_RUN: cannot write to $run."
  if [ "$1" = --check ]; then
    run=$(mktemp -d "$run/check.XXXXXX")
    trap 'rm -rf "$run"' EXIT
  fi
}

# read_settings FOLDER: the settings of both servers, in variables of the same names in lower case. FOLDER is the default of
# BIGV_DASHBOARD.
read_settings() {
  read_url BIGV_URL https://uk0.bigv.io
  bigv_origin=$origin bigv_authority=$authority bigv_host=$host bigv_path=$path
  read_url BIGV_AUTH_URL https://auth.bytemark.co.uk
  auth_origin=$origin auth_authority=$authority auth_host=$host auth_path=$path
  read_path BIGV_DASHBOARD "$1"
  dashboard=$text
  [ -r "$dashboard/index.html" ] ||
    fail "BIGV_DASHBOARD: no index.html in $dashboard. Run \"npm run build\" and copy dist there."
  read_names BIGV_ADDRESS '(\[[0-9A-Fa-f:.]+\]|[0-9.]+)' 'the address to listen on'
  address=${text:-0.0.0.0}
  read_number BIGV_PORT 8080 65535
  port=$text
  read_number BIGV_READ_TIMEOUT_MS 600000 3600000
  read_timeout_ms=$text
  read_names BIGV_SERVER_NAMES '[A-Za-z0-9.-]+' 'host names'
  # The names in lower case, without duplicates.
  server_names=$(printf '%s' "$text" | tr '[:upper:]' '[:lower:]' |
    awk '{ for (i = 1; i <= NF; i++) if (!seen[$i]++) { printf "%s%s", between, $i; between = " " } }')
  read_names BIGV_TRUSTED_PROXIES '[0-9A-Fa-f:.]+(/[0-9]{1,3})?' 'addresses or networks'
  trusted_proxies=$text
  read_path BIGV_TLS_CERTIFICATE ''
  tls_certificate=$text
  read_path BIGV_TLS_KEY ''
  tls_key=$text
  [ -n "$tls_certificate" ] && [ -z "$tls_key" ] && fail 'BIGV_TLS_CERTIFICATE needs BIGV_TLS_KEY, too.'
  [ -z "$tls_certificate" ] && [ -n "$tls_key" ] && fail 'BIGV_TLS_KEY needs BIGV_TLS_CERTIFICATE, too.'
  if [ -n "$tls_certificate" ]; then
    check_pem BIGV_TLS_CERTIFICATE "$tls_certificate" CERTIFICATE
    check_pem BIGV_TLS_KEY "$tls_key" 'PRIVATE KEY'
  fi
  find_ca_file
}
