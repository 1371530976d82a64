#!/usr/bin/env bash
# Runs the whole test suite: installs what is missing, builds once, starts private servers on free loopback ports,
# runs every test project as an ordinary user and stops the servers again. tests/TESTING.md says more.
#
#   bash tests/run.sh [FILTER]     FILTER is dotnet test's, for example FullyQualifiedName~Architecture
#
# The last line is "N passed, N failed, N skipped". The exit code is 0 only when tests ran and none failed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
filter="$*"
required=" ${MIGRATIONGUARD_TEST_REQUIRE:-} "
required=${required//,/ }
azurite_version=3.37.0
tests_user=migrationguard-tests
tab=$'\t'

passed=0 failed=0 skipped=0
temp=""
server_pids=()
as_tests=()

say() { printf '%s\n' "$*" >&2; }

refuse() {
  say "tests/run.sh: $*"
  exit 1
}

finish() {
  local status=$?
  trap - EXIT INT TERM
  local pid
  for pid in "${server_pids[@]}"; do
    kill -QUIT "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  [ -z "$temp" ] || rm -rf "$temp"
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

is_root() { [ "$(id -u)" -eq 0 ]; }

requires() { [[ "$required" == *" $1 "* ]]; }

check_requirements() {
  local name
  for name in $required; do
    case $name in
      postgresql | azurite) ;;
      sqlserver)
        [ -n "${MIGRATIONGUARD_TEST_SQLSERVER:-}" ] || refuse "MIGRATIONGUARD_TEST_REQUIRE lists sqlserver, which is not started here. Set MIGRATIONGUARD_TEST_SQLSERVER to the connection string of a server whose login may create databases."
        ;;
      *) refuse "MIGRATIONGUARD_TEST_REQUIRE lists '$name', which is not known. Known are postgresql, sqlserver and azurite." ;;
    esac
  done
}

# --- installing -----------------------------------------------------------------------------------------------------

with_root() {
  if is_root; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

demand_right_to_install() {
  command -v apt-get >/dev/null || refuse "$* is missing and there is no apt-get. Install it another way and run this again."
  is_root || { command -v sudo >/dev/null && with_root true; } ||
    refuse "$* is missing and you may not install it. Ask somebody who may: apt-get install --no-install-recommends $*"
}

# apt_install PACKAGE...: installs, or refuses and says what somebody who may has to type.
apt_install() {
  demand_right_to_install "$@"
  say "Installing $*."
  apt_get install -y --no-install-recommends "$@" && return
  # Package lists that are absent or out of date look the same as a package that does not exist.
  apt_get update && apt_get install -y --no-install-recommends "$@" && return
  refuse "$* could not be installed; apt-get says why above."
}

# A network that swallows everything is given up on.
apt_get() { with_root timeout "${apt_seconds:-900}" env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" </dev/null >&2; }

postgresql_folder() {
  local folder
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) "$(dirname "$(readlink -f "$(command -v postgres || echo /nowhere/postgres)")")"; do
    if [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ]; then
      printf '%s\n' "$folder"
      return
    fi
  done
  return 1
}

# Debian's package starts a server of its own on port 5432, unless told that nobody asked for one.
install_postgresql() {
  local folder=/etc/postgresql-common/createcluster.d status=0
  demand_right_to_install postgresql
  with_root mkdir -p "$folder"
  echo 'create_main_cluster = false' | with_root tee "$folder/$tests_user.conf" >/dev/null
  (apt_install postgresql) || status=$?
  with_root rm -f "$folder/$tests_user.conf"
  with_root rmdir --ignore-fail-on-non-empty "$folder"
  [ "$status" -eq 0 ] || exit "$status"
}

# --- the ground the tests stand on ------------------------------------------------------------------------------------

find_dotnet() {
  local candidate
  for candidate in "$(command -v dotnet || true)" "$HOME/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
    if [ -x "$candidate" ]; then
      readlink -f "$candidate"
      return
    fi
  done
  refuse "there is no dotnet. Install the .NET 10 SDK: https://dotnet.microsoft.com/download"
}

# File permissions mean nothing to root, and PostgreSQL refuses to run as root.
prepare_user() {
  is_root || return 0
  if ! getent passwd "$tests_user" >/dev/null; then
    say "Creating the system user $tests_user, which runs the servers and the tests."
    useradd --system --user-group --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin "$tests_user" ||
      getent passwd "$tests_user" >/dev/null
  fi
  as_tests=(setpriv --reuid="$tests_user" --regid="$tests_user" --clear-groups --no-new-privs --inh-caps=-all)
}

give() { ! is_root || chown -R "$tests_user:$tests_user" "$@"; }

prepare_folders() {
  if is_root; then
    # Root's own TMPDIR may be closed to others.
    temp=$(mktemp -d /tmp/migrationguard-tests.XXXXXX)
    chmod 711 "$temp"
  else
    temp=$(mktemp -d "${TMPDIR:-/tmp}/migrationguard-tests.XXXXXX")
  fi
  mkdir "$temp/home" "$temp/tmp" "$temp/results"
  give "$temp/home" "$temp/tmp" "$temp/results"
}

build() {
  say "Building."
  (cd "$root" && "$dotnet" build MigrationGuard.sln -c Release --nologo -v quiet -nodeReuse:false -p:UseSharedCompilation=false </dev/null >&2) ||
    refuse "the solution does not build; the errors are above."
}

# The tests' user may not be able to read the checkout, the real input beside it or root's own SDK: those are copied.
prepare_copies() {
  checkout=$root
  data=${MIGRATIONGUARD_TEST_DATA:-$root/../shared/data}
  is_root || return 0
  checkout=$temp/checkout
  mkdir "$checkout"
  tar -C "$root" --exclude=./.git --exclude=obj --exclude=bin/Debug --exclude=TestResults -cf - . | tar -C "$checkout" --no-same-owner -xf -
  give "$checkout"
  if [ -d "$data" ]; then
    cp -RL "$data" "$temp/data"
    data=$temp/data
    chmod -R u+rwX "$data"
    give "$data"
  fi
  if ! "${as_tests[@]}" test -x "$dotnet"; then
    say "Copying the .NET SDK, which only root can read."
    cp -RL "$(dirname "$dotnet")" "$temp/dotnet"
    dotnet=$temp/dotnet/dotnet
    give "$temp/dotnet"
  fi
}

# in_tests COMMAND...: runs as the tests' user, with nothing of the caller's home.
in_tests() { "${as_tests[@]}" "${tests_environment[@]}" "$@"; }

prepare_environment() {
  tests_environment=(env -u XDG_CACHE_HOME -u XDG_CONFIG_HOME -u XDG_DATA_HOME
    HOME="$temp/home" TMPDIR="$temp/tmp" DOTNET_CLI_HOME="$temp/home"
    DOTNET_ROOT="$(dirname "$dotnet")" PATH="$(dirname "$dotnet"):$PATH"
    DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1)
  [ ! -d "$data" ] || export MIGRATIONGUARD_TEST_DATA=$data
}

# --- servers ----------------------------------------------------------------------------------------------------------

random_password() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

is_listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the range from which the system gives ports to outgoing connections.
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)) && is_listening "$port"; do :; done
  printf '%d\n' "$port"
}

# start_server NAME COMMAND...: starts COMMAND with the word PORT replaced by a free port, and waits until it listens; sets $port.
# Another program may take the port first: then the next one is tried. Fails, and shows the log, when none will do.
start_server() {
  local name=$1 attempt pid
  shift
  for attempt in 1 2 3 4 5; do
    port=$(free_port)
    (cd "$temp/home" && exec "${as_tests[@]}" "${tests_environment[@]}" "${@//PORT/$port}") </dev/null >>"$temp/$name.log" 2>&1 &
    pid=$!
    server_pids+=("$pid")
    for ((waited = 0; waited < 300; waited++)); do
      kill -0 "$pid" 2>/dev/null || break
      if is_listening "$port"; then
        say "Started $name on 127.0.0.1:$port."
        return
      fi
      sleep 0.1
    done
    say "$name did not start on port $port (attempt $attempt of 5)."
    kill -QUIT "$pid" 2>/dev/null || true
  done
  cat "$temp/$name.log" >&2
  return 1
}

start_postgresql() {
  [ -z "${MIGRATIONGUARD_TEST_POSTGRESQL:-}" ] || return 0
  local folder password
  postgresql_folder >/dev/null || install_postgresql
  folder=$(postgresql_folder) || refuse "postgresql is installed, but its initdb is not in /usr/lib/postgresql/*/bin."
  password=$(random_password)
  printf '%s\n' "$password" >"$temp/home/postgresql-password"
  give "$temp/home/postgresql-password"
  (cd "$temp/home" && in_tests "$folder/initdb" --pgdata="$temp/home/postgresql" --username=tests --pwfile="$temp/home/postgresql-password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync) >"$temp/initdb.log" 2>&1 ||
    { cat "$temp/initdb.log" >&2; refuse "PostgreSQL's initdb failed; its messages are above."; }
  # What is in this server need not outlive a power cut.
  start_server postgresql "$folder/postgres" -D "$temp/home/postgresql" -p PORT -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 ||
    refuse "postgresql does not start; its log is above."
  wait_for_postgresql "$folder"
  export MIGRATIONGUARD_TEST_POSTGRESQL="Host=127.0.0.1;Port=$port;Username=tests;Password=$password;Database=postgres"
}

# The port is open a moment before the server lets anybody in.
wait_for_postgresql() {
  for ((waited = 0; waited < 300; waited++)); do
    ! in_tests "$1/pg_isready" -q -h 127.0.0.1 -p "$port" || return 0
    sleep 0.1
  done
  cat "$temp/postgresql.log" >&2
  refuse "PostgreSQL does not get ready; its log is above."
}

# Azurite is wanted wherever it can be had, but only its tests need it.
start_azurite() {
  [ -z "${MIGRATIONGUARD_TEST_AZURITE:-}" ] || return 0
  local folder=${XDG_CACHE_HOME:-$HOME/.cache}/migrationguard-tests/azurite-$azurite_version key
  has_azurite "$folder" || install_azurite "$folder" || { go_without_azurite "it could not be installed"; return 0; }
  if is_root; then
    cp -R "$folder" "$temp/azurite"
    folder=$temp/azurite
    give "$folder"
  fi
  key=$(random_password | base64)
  AZURITE_ACCOUNTS="tests:$key" start_server azurite node "$folder/node_modules/.bin/azurite-blob" --blobHost 127.0.0.1 --blobPort PORT \
    --location "$temp/home/azurite" --skipApiVersionCheck --silent --disableTelemetry || { go_without_azurite "it does not start; its log is above"; return 0; }
  export MIGRATIONGUARD_TEST_AZURITE="DefaultEndpointsProtocol=http;AccountName=tests;AccountKey=$key;BlobEndpoint=http://127.0.0.1:$port/tests;"
}

has_azurite() { command -v node >/dev/null && [ -x "$1/node_modules/.bin/azurite-blob" ]; }

# install_azurite FOLDER: fails, and says nothing, when it cannot be had; why is in azurite-install.log. A network that swallows
# everything is given up on, and what was half installed is not left where the next run would take it for whole.
install_azurite() {
  local half=$1.$$
  say "Installing azurite $azurite_version into $1."
  (
    apt_seconds=120
    { command -v node && command -v npm; } >/dev/null || (apt_install nodejs npm) || exit
    trap 'rm -rf "$half"' EXIT
    mkdir -p "$half" &&
      timeout 120 npm install --prefix "$half" --no-save --no-audit --no-fund "azurite@$azurite_version" &&
      rm -rf "$1" && mv "$half" "$1"
  ) </dev/null >"$temp/azurite-install.log" 2>&1
  has_azurite "$1"
}

# go_without_azurite REASON
go_without_azurite() {
  if requires azurite; then
    [ ! -f "$temp/azurite-install.log" ] || cat "$temp/azurite-install.log" >&2
    refuse "azurite $azurite_version is required, but $1."
  fi
  say "Going on without azurite, whose tests are skipped: $1."
}

# --- tests ------------------------------------------------------------------------------------------------------------

# counter NAME FILE: a number from a result file's summary.
counter() { printf '%d' "$(sed -n "s/.*<Counters [^>]*\b$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1)"; }

run_project() {
  local name=$1 status=0 assembly result=$temp/results/$1.trx project_failed=0
  assembly=$checkout/tests/$name/bin/Release/net10.0/$name.dll
  [ -f "$assembly" ] || refuse "$name was not built. Add it: dotnet sln MigrationGuard.sln add tests/$name"
  say "Running $name."
  (cd "$checkout" && in_tests "$dotnet" test "$assembly" ${filter:+--filter "$filter"} --nologo \
    --logger "trx;LogFileName=$name.trx" --results-directory "$temp/results" </dev/null >&2) || status=$?
  if [ -f "$result" ]; then
    passed=$((passed + $(counter passed "$result")))
    skipped=$((skipped + $(counter total "$result") - $(counter executed "$result")))
    project_failed=$(counter failed "$result")
  fi
  if [ "$status" -ne 0 ] && [ "$project_failed" -eq 0 ]; then
    say "$name did not finish (exit code $status), which counts as a failure."
    project_failed=1
  fi
  failed=$((failed + project_failed))
}

# Each reason once, and under it the tests that were skipped for it, with the number of their cases.
list_skipped() {
  [ "$skipped" -gt 0 ] || return 0
  echo "Skipped:"
  results NotExecuted | sed 's/(.*)\t/\t/' | sort -t "$tab" -k 2 -k 1 | uniq -c |
    awk -F "$tab" '{
      cases = $1; sub(/^ */, "", cases); sub(/ .*/, "", cases); name = $1; sub(/^ *[0-9]+ /, "", name)
      if ($2 != last) print "  " $2
      last = $2
      print "    " name (cases > 1 ? " (" cases " cases)" : "")
    }'
}

# What failed stands last, where somebody who sees only the end of a log finds it.
list_failed() {
  [ "$failed" -gt 0 ] || return 0
  echo "Failed:"
  results Failed | sort | awk -F "$tab" '{ print "  " $1; sub(/^.*better error messages /, "", $2); print "    " substr($2, 1, 900) }'
}

# results OUTCOME: the tests with this outcome, one a line: name, tab, message.
results() {
  awk -v outcome="outcome=\"$1\"" '
    BEGIN { RS = "<UnitTestResult " }
    # Of the element itself: after the last one stands what the whole run came to.
    index(substr($0, 1, index($0, ">")), outcome) {
      name = $0; sub(/.*testName="/, "", name); sub(/".*/, "", name)
      reason = "no reason given"
      if (match($0, /<Message>[^<]*<\/Message>/)) reason = substr($0, RSTART + 9, RLENGTH - 19)
      gsub(/[\r\n\t]+/, " ", name)
      gsub(/[\r\n\t]+/, " ", reason)
      line = name "\t" reason
      gsub(/&lt;/, "<", line); gsub(/&gt;/, ">", line); gsub(/&quot;/, "\"", line); gsub(/&#39;|&apos;/, "\047", line); gsub(/&amp;/, "\\&", line)
      print line
    }' "$temp"/results/*.trx
}

check_requirements
dotnet=$(find_dotnet)
(cd "$root" && "$dotnet" --version >/dev/null) || refuse "$dotnet does not run; its message is above. global.json says which SDK is wanted."
prepare_user
prepare_folders
build
prepare_copies
prepare_environment
start_postgresql
start_azurite
for project in "$root"/tests/*.Tests/; do
  run_project "$(basename "$project")"
done
list_skipped
list_failed
[ $((passed + failed)) -gt 0 ] || refuse "no test ran."
[ "$failed" -eq 0 ]
