set -eu
umask 077
AWS_PAGER=''
export AWS_PAGER
mkdir -p "$dir"

stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Calls AWS in an account.
in_account() {
  account=$1
  shift
  eval "profile=\${PROFILE_$account:-}"
  if [ -n "$profile" ]; then
    aws --profile "$profile" "$@"
  else
    aws "$@"
  fi
}

# Reads a document into a file; the file is empty where AWS says, in this word, that there is none.
fetch() {
  file=$1 none=$2
  shift 2
  if ! in_account "$@" >"$file" 2>"$dir/error"; then
    [ -n "$none" ] && grep -q "$none" "$dir/error" || stop "$(cat "$dir/error")"
    : >"$file"
  fi
}

# Notes whether the document that stands there is the one before, the one after, or another one; the
# order of lists does not count.
compare() {
  python3 - "$dir/$1" >"$dir/$1-state" <<'PYTHON'
import json, sys

def plain(value):
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list) and len(value) == 1:
        return plain(value[0])
    if isinstance(value, list):
        return sorted(map(plain, value), key=lambda one: json.dumps(one, sort_keys=True))
    return value

def read(name):
    with open(f"{sys.argv[1]}-{name}.json", encoding="utf-8") as file:
        return plain(json.loads(file.read().strip() or "null"))

now = read("now")
print(next((name for name in ["before", "after"] if read(name) == now), "other"))
PYTHON
}

# Stops unless a document is the one that the plan was made from, or the one that it makes.
expect() {
  compare "$1"
  [ "$(cat "$dir/$1-state")" != other ] ||
    stop "$1: somebody changed it since the plan was made; compare $dir/$1-now.json with
$dir/$1-before.json, and plan again. Nothing was written."
}

# Whether a change is still to be made.
missing() {
  [ "$(cat "$dir/$1-state")" = before ] || {
    echo "$1: stands there already"
    return 1
  }
}
