#!/bin/sh
# Writes its first word into the file that the second names, and how many there are.
[ $# -eq 3 ] || exit 3
printf '%s, %s words, called %s\n' "$1" "$#" "${0##*/}" >"$2"
