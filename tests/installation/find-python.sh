#!/bin/sh
# Prints the interpreter of the Python of that version (3.12), from the path or from pyenv's folder.
for python in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
    "$python" -c 'import sys, venv, ensurepip; print(sys.executable)' 2>/dev/null && exit
done
exit 1
