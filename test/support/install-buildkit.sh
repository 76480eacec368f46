#!/usr/bin/env bash
# What the tests of the BuildKit executor need and Debian's docker.io does not bring: buildx, buildkitd, an image registry.
# Safe to run again: it does only what is missing, and says so on stderr.
#
#   test/support/install-buildkit.sh [FOLDER]
#
# buildx and buildkitd are built from the Go module proxy into FOLDER, which takes minutes the first time. Its default is
# the one that test/support/fleet-tools.ts looks in; CDK_BUILDKIT_TOOLS names another to both.
set -euo pipefail
# Also written in fleet-tools.ts: another version is another folder, so that none is taken for a newer one.
buildx=v0.19.3
buildkit=v0.18.2
folder=${1:-${CDK_BUILDKIT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/cdk-lambda-python-tests/buildx-$buildx-buildkit-$buildkit}}

say() { echo "install-buildkit: $*" >&2; }
fail() {
  say "$*"
  exit 1
}

if ! command -v docker-registry >/dev/null || ! command -v runc >/dev/null || ! command -v ip >/dev/null; then
  command -v apt-get >/dev/null || fail "docker-registry, runc or ip is missing, and there is no apt-get to install them"
  [ "$(id -u)" -eq 0 ] || fail "docker-registry, runc or ip is missing, and only root can install them"
  say "installing docker-registry, runc and iproute2"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker-registry runc iproute2 >&2
fi

# Go may lie where its own installer puts it, and not on the PATH.
go=$(command -v go || echo /usr/local/go/bin/go)
mkdir -p "$folder"

build() {
  local name=$1 package=$2 started=$SECONDS
  if [ -x "$folder/$name" ]; then
    say "$name is there: $folder/$name"
    return
  fi
  [ -x "$go" ] || fail "$name has to be built and there is no go: install Go 1.22 or newer, or put $name into $folder"
  say "building $package"
  local unfinished
  unfinished=$(mktemp -d "$folder/.unfinished-XXXXXX")
  GOBIN=$unfinished CGO_ENABLED=0 "$go" install -trimpath "$package" >&2 || {
    rm -rf "$unfinished"
    fail "go could not build $package (see above)"
  }
  # A rename is what other processes see: never half of a program.
  mv "$unfinished/$name" "$folder/$name"
  rmdir "$unfinished"
  say "built $name in $((SECONDS - started)) s"
}

build buildx "github.com/docker/buildx/cmd/buildx@$buildx"
build buildkitd "github.com/moby/buildkit/cmd/buildkitd@$buildkit"
say "ready: $folder"
