#!/bin/sh
# Says by its exit code whether node and npm are there in a version the front end's builder accepts (^20.19 || >=22.12).
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && npm --version >/dev/null 2>&1 && node -e '
  const [major, minor] = process.versions.node.split(".").map(Number)
  process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1)' 2>/dev/null
