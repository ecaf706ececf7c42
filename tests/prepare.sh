#!/usr/bin/env bash
# Installs the browser and the Chinese font that browser tests need, where this account may.
set -eu
missing=()
command -v chromium >/dev/null || missing+=(chromium)
dpkg -s fonts-noto-cjk >/dev/null 2>&1 || missing+=(fonts-noto-cjk)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing for the browser tests: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 ||
    echo "Could not install ${missing[*]}; browser tests will be skipped."
else
  echo "Missing: ${missing[*]}. Browser tests will be skipped; as root: apt-get install ${missing[*]}"
fi
