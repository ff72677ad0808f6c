#!/bin/sh
# Builds the two base images of deploy/Dockerfile from Debian's packages, for a computer that reaches a Debian mirror but no
# image registry: sh deploy/testing/base-images.sh [docker]. Needs root and debootstrap. containers.ts finds the images by name.
set -eu
containers=${1:-podman}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# npm must trust the same certificates as this computer, including that of a company's proxy.
trusted=/etc/ssl/certs/ca-certificates.crt

# make NAME RELEASE
make() {
  debootstrap --variant=minbase --include=ca-certificates "$2" "$folder/$1" "$mirror" >&2
  cp "$trusted" "$folder/$1$trusted"
  tar -C "$folder/$1" -c . |
    "$containers" import --change "ENV NODE_EXTRA_CA_CERTS=$trusted" --change 'CMD ["sh"]' - "localhost/bigv-base-$1"
  rm -rf "${folder:?}/$1"
}

make debian bookworm
make node trixie # bookworm's Node.js is too old to build with
"$containers" build --network host -t localhost/bigv-base-node - <<END
FROM localhost/bigv-base-node
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm
END
