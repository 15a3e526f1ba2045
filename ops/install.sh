#!/bin/sh
# Install what the locks say: sh ops/install.sh demo|dev
# Touches no network when nothing changed since the last time. `dev` holds all of `demo` in the same versions.
set -eu
group=$1
install=$1
python=${PYTHON:-python3.11}
began=$(date +%s)

fail() { echo "$1" >&2; exit 1; }
offline() { fail "Installing failed, see above. The first start, and the first after a change of versions, needs a network."; }
digest() { sha256sum <"$1"; }
installed() { [ -x .venv/bin/python ] && [ "$(cat ".venv/.installed-$1" 2>/dev/null)" = "$(digest "requirements/$1.txt")" ]; }

command -v "$python" >/dev/null ||
  fail "Python 3.11 is needed: apt-get install python3.11 python3-pip, or say where it is with PYTHON=/path/to/python3.11"
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || fail "$python is not Python 3.11."

# Who has the test tools keeps them: `make run` after a change of versions must not take them away.
[ ! -e .venv/bin/pytest ] || install=dev
if ! installed dev && ! { [ "$group" = demo ] && installed demo; }; then
  mkdir -p .tools
  exec 9>.tools/lock
  flock 9 # `make run` and `make test` at once
  if [ "$(cat .tools/installed 2>/dev/null)" != "$(digest ops/uv.txt)" ]; then
    "$python" -m pip --version >/dev/null 2>&1 || fail "pip is needed: apt-get install python3-pip"
    # --target: Debian's pip refuses to install into the system, and its Python cannot make a venv by itself.
    "$python" -m pip install -q --disable-pip-version-check --root-user-action=ignore --no-warn-script-location \
      --require-hashes --upgrade --target .tools -r ops/uv.txt || offline
    digest ops/uv.txt >.tools/installed
  fi
  export UV_PYTHON_DOWNLOADS=never
  .venv/bin/python -c '' 2>/dev/null || .tools/bin/uv venv -q --clear --relocatable --python "$python" .venv
  rm -f .venv/.installed-*
  .tools/bin/uv pip sync -q --require-hashes "requirements/$install.txt" || offline
  digest "requirements/$install.txt" >".venv/.installed-$install"
fi
[ "$group" != demo ] || echo "1/7 installed ($(($(date +%s) - began)) s)"
