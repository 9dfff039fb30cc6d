#!/bin/sh
# Make or renew .venv from a hashed lock: tools/bootstrap.sh run|dev. Does nothing where .venv already fits the lock.
set -eu
cd "$(dirname "$0")/.."
lock="requirements/$1.lock"
here=$(pwd)

stamp=.venv/.kbtool-lock
# Whether .venv was made here from one of the locks. Its own Python tells: python3 may be a wrapper that is slow to start.
fits() {
    [ -x .venv/bin/python ] && [ -f "$stamp" ] && .venv/bin/python -IS - "$stamp" "$here" "$@" <<'END'
import hashlib, sys
stamp, here, *locks = sys.argv[1:]
def sum_of(lock): return hashlib.sha256(open(lock, "rb").read() + open("pyproject.toml", "rb").read()).hexdigest()
sys.exit(open(stamp).read().rstrip("\n") not in [f"{sum_of(lock)} {here}" for lock in locks])
END
}

# Programs that some tests hold kbtool against, each from the Debian package of its name. Without them those tests are
# listed as NOT RUN.
if [ "$1" = dev ]; then
    missing=""
    for program in openssl unzip git hugo chromium sqlite3; do
        command -v "$program" >/dev/null || missing="$missing $program"
    done
    if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing$missing ..."
        # shellcheck disable=SC2086 -- one word a package
        apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
            apt-get -qq install -y --no-install-recommends $missing fonts-dejavu-core >/dev/null
    elif [ -n "$missing" ]; then
        echo "not installed:$missing; the tests that need them will be listed as NOT RUN" >&2
    fi
fi

# The development environment holds everything that running needs.
if fits "$lock" requirements/dev.lock; then exit 0; fi

python=${PYTHON:-}
for candidate in python3 python3.13 python3.12 python3.11; do
    [ -n "$python" ] && break
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$candidate; fi
done
if [ -z "$python" ]; then
    echo "kbtool needs Python 3.11 or later; none was found. Set PYTHON=/path/to/python3." >&2
    exit 2
fi

echo "making .venv from $lock ..."
rm -rf .venv
if ! "$python" -m venv .venv 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get -qq update && apt-get -qq install -y python3-venv >/dev/null
        rm -rf .venv && "$python" -m venv .venv
    else
        echo "$python cannot make virtual environments; install the package python3-venv and try again." >&2
        exit 2
    fi
fi
# The development environment is large and mostly test oracles: what is used is compiled when it is used.
compile=--compile
[ "$1" = dev ] && compile=--no-compile
.venv/bin/python -m pip --disable-pip-version-check -qq install "$compile" --require-hashes -r "$lock"
.venv/bin/python -m pip --disable-pip-version-check -qq install --no-deps --no-build-isolation --no-index -e .
.venv/bin/python -m compileall -q kbtool >/dev/null || true
sum=$(.venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(b"".join(open(f, "rb").read() for f in sys.argv[1:])).hexdigest())' "$lock" pyproject.toml)
echo "$sum $here" > "$stamp"
