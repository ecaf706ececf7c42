#!/usr/bin/env bash
# Installs the browser, the office program and the Chinese fonts that tests of pages need, where this account may.
set -eu
missing=()
command -v chromium >/dev/null || missing+=(chromium)
dpkg -s fonts-noto-cjk >/dev/null 2>&1 || missing+=(fonts-noto-cjk)
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
dpkg -s fonts-arphic-gkai00mp >/dev/null 2>&1 || missing+=(fonts-arphic-gkai00mp)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing for the tests of pages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 ||
    echo "Could not install ${missing[*]}; tests of pages will be skipped."
else
  echo "Missing: ${missing[*]}. Tests of pages will be skipped; as root: apt-get install ${missing[*]}"
fi
