# Sourced by the scripts: where things are, what Oriel needs of the system, and how it is asked for.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# Debian's and Ubuntu's packages. A line each: what has to be there, and the package that brings it.
# Names differ between releases where libraries changed their ABI; the first that the system knows is taken.
need_library() { ldconfig -p 2>/dev/null | grep -q "$1"; }
need_command() { command -v "$1" >/dev/null 2>&1; }

missing=()
want() { # want library|command NAME PACKAGE
  if ! "need_$1" "$2"; then
    missing+=("$3")
  fi
}

want_to_run() {
  want library libwebkit2gtk-4.1.so.0 libwebkit2gtk-4.1-0
  if ! need_command node || ! need_command npm; then
    missing+=(nodejs npm)
  fi
}

want_display() {
  want command Xvfb xvfb
  want command openbox openbox
  if ! fc-list 2>/dev/null | grep -q .; then
    missing+=(fontconfig fonts-dejavu-core)
  fi
}

want_to_test() {
  want library libwebkit2gtk-4.0.so.37 libwebkit2gtk-4.0-37
  want command weston weston
  want command xdotool xdotool
  want command import imagemagick
  # Debian's own is a plain program; Ubuntu's package brings a snap, which does where snaps do.
  want command chromium chromium
  want command xwininfo x11-utils
  want command python3 python3
  # The pictures that pages are compared with are written in it.
  if ! fc-list 2>/dev/null | grep -q DejaVuSansMono; then
    missing+=(fontconfig fonts-dejavu-core)
  fi
  # The linker of the NativeAOT proof.
  want command cc gcc
  if [ ! -e /usr/include/zlib.h ]; then
    missing+=(zlib1g-dev)
  fi
}

want_to_measure_ipc() {
  want command cc gcc
  want command c++ g++
  want command pkg-config pkg-config
  want command taskset util-linux
  want command python3 python3
  if ! need_command node || ! need_command npm; then
    missing+=(nodejs npm)
  fi
  if [ ! -e /usr/include/zmq.h ]; then
    missing+=(libzmq3-dev)
  fi
  if [ ! -e /usr/include/grpcpp/grpcpp.h ]; then
    missing+=(libgrpc++-dev)
  fi
}

install_missing() {
  if [ ${#missing[@]} -eq 0 ]; then
    return
  fi

  need_command apt-get || die "Missing: ${missing[*]} (the names of Debian's packages). Install what your distribution calls them, and run this again."

  local command=(apt-get install -y --no-install-recommends "${missing[@]}")
  if [ "$(id -u)" -eq 0 ]; then
    say "Installing: ${missing[*]}"
    # A fresh machine has no list of packages, and an old one leads to files that are gone.
    DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
    DEBIAN_FRONTEND=noninteractive "${command[@]}" >&2
  elif need_command sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    say "Installing (through sudo): ${missing[*]}"
    sudo DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
    sudo DEBIAN_FRONTEND=noninteractive "${command[@]}" >&2
  else
    die "Missing: ${missing[*]}. Run this once, and then this script again:
  su -c 'apt-get update && ${command[*]}'"
  fi
}

need_dotnet() {
  need_command dotnet || die "The .NET 10 SDK is missing. Get it from https://dotnet.microsoft.com/download and run this again."
  local version
  version=$(cd "$root" && dotnet --version 2>/dev/null) || die "This needs a .NET 10 SDK (global.json); installed: $(dotnet --list-sdks | tr '\n' ' ')"
  case "$version" in
    1[0-9].*) ;;
    *) die "This needs a .NET 10 SDK; found $version." ;;
  esac
}

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
