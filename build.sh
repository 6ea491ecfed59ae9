#!/usr/bin/env bash
# Runs the build, for example: ./build.sh --target Train --epochs 5
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$root/artifacts/bin/Build/release/Build.dll
choice=$root/artifacts/obj/cakehost.props

# Colours are for a terminal, not for a file.
[[ -t 1 ]] || export NO_COLOR=1

in_root() { (cd "$root" && "$@"); }

if ! command -v dotnet >/dev/null; then
    echo 'The .NET SDK is missing: see https://dotnet.microsoft.com/download (global.json names the version).' >&2
    exit 1
fi

# Where the package feed lacks Cake.Frosting, the build takes Cake's engine from Cake.Tool (see build/Build.csproj).
# The feed is asked once and the answer kept: remove the file to ask again. Any other error is shown, and nothing kept.
if [[ ! -f $choice ]]; then
    host=Frosting
    if ! log=$(in_root dotnet restore build/Build.csproj); then
        errors=$(grep -E 'error [A-Z]+[0-9]+' <<<"$log" || true)
        if ! grep -qE 'NU110[12]: .*Cake\.Frosting' <<<"$errors" || grep -qvE 'NU110[12]' <<<"$errors"; then
            echo "$log" >&2
            exit 1
        fi
        host=Tool
    fi
    mkdir -p "${choice%/*}"
    echo "<Project><PropertyGroup><CakeHost>$host</CakeHost></PropertyGroup></Project>" >"$choice"
fi

# Compiled only where a source is newer than the program: a running build is not overwritten by one that it starts.
if [[ ! -f $program || -n $(find "$root/build" "$root/src/NeuralDigits" "$root/src/NeuralDigits.Cli/Data" "$root/Directory.Build.props" "$choice" -newer "$program" -print -quit) ]]; then
    echo 'Compiling the build...' >&2
    if ! log=$(in_root dotnet build build/Build.csproj --configuration Release --nologo); then
        echo "$log" >&2
        exit 1
    fi
    touch "$program"
fi

exec dotnet "$program" "$@"
