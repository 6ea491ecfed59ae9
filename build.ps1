#!/usr/bin/env pwsh
# Runs the build, for example: ./build.ps1 --target Train --epochs 5
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$program = "$root/artifacts/bin/Build/release/Build.dll"
$choice = "$root/artifacts/obj/cakehost.props"

# Colours are for a terminal, not for a file.
if ([Console]::IsOutputRedirected) { $env:NO_COLOR = '1' }

function Write-Log { process { [Console]::Error.WriteLine($_) } }

function Invoke-InRoot {
    Push-Location $root
    try { dotnet @args } finally { Pop-Location }
}

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    'The .NET SDK is missing: see https://dotnet.microsoft.com/download (global.json names the version).' | Write-Log
    exit 1
}

# Where the package feed lacks Cake.Frosting, the build takes Cake's engine from Cake.Tool (see build/Build.csproj).
# The feed is asked once and the answer kept: remove the file to ask again. Any other error is shown, and nothing kept.
if (-not (Test-Path $choice)) {
    $cakeHost = 'Frosting'
    $log = Invoke-InRoot restore build/Build.csproj
    if ($LASTEXITCODE -ne 0) {
        $errors = @($log -match 'error [A-Z]+[0-9]+')
        if (-not ($errors -match 'NU110[12]: .*Cake\.Frosting') -or ($errors -notmatch 'NU110[12]')) {
            $log | Write-Log
            exit 1
        }
        $cakeHost = 'Tool'
    }
    New-Item -ItemType Directory -Force (Split-Path $choice) | Out-Null
    "<Project><PropertyGroup><CakeHost>$cakeHost</CakeHost></PropertyGroup></Project>" | Set-Content $choice
}

# Compiled only where a source is newer than the program: a running build is not overwritten by one that it starts.
$sources = @(Get-Item "$root/build", "$root/Directory.Build.props", $choice) + @(Get-ChildItem "$root/build", "$root/src/NeuralDigits", "$root/src/NeuralDigits.Cli/Data" -Recurse)
if (-not (Test-Path $program) -or ($sources.LastWriteTime -gt (Get-Item $program).LastWriteTime)) {
    'Compiling the build...' | Write-Log
    $log = Invoke-InRoot build build/Build.csproj --configuration Release --nologo
    if ($LASTEXITCODE -ne 0) {
        $log | Write-Log
        exit 1
    }
    (Get-Item $program).LastWriteTime = Get-Date
}

# PowerShell makes a list of 100,30, which is one value here.
$arguments = @($args | ForEach-Object { $_ -join ',' })
dotnet $program @arguments
exit $LASTEXITCODE
