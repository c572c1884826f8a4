"""Compiles the loops of `index._kernel` where Cython and a C compiler are found; says so if not.

Without them the installation goes on: numpy and Python do the same work, and a wheel is tagged
`py3-none-any`. `DATELINE_KERNEL=required` makes it an error instead; `DATELINE_SANITIZE=1` builds
with the sanitizers of gcc, for `make sanitizers`.
"""

from __future__ import annotations

import os
import sys

from setuptools import Extension, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_ext import build_ext

WITHOUT = """
Dateline is installed WITHOUT its compiled loops: indexing takes several times as long, and answers
over large indexes too. To have them: install a C compiler and Python's headers (Debian, Ubuntu:
apt install gcc python3-dev), then install Dateline again. What failed: {}
"""
OPTIMISED = ["-O3", "-g0", "-ffp-contract=off"]  # scores equal to the last bit on every CPU
SANITIZE = os.environ.get("DATELINE_SANITIZE")
SANITIZERS = ["-fsanitize=address,undefined"]
SANITIZED = ["-O1", "-g", "-fno-omit-frame-pointer", *SANITIZERS]


class Build(build_ext):
    """Builds all extensions or, where that fails, none."""

    def initialize_options(self) -> None:
        super().initialize_options()
        self.cython_c_in_temp = True

    def run(self) -> None:
        try:
            super().run()
        except Exception as failure:  # whatever a compiler says, the plain form works
            if os.environ.get("DATELINE_KERNEL") == "required":
                raise
            print(WITHOUT.format(failure), file=sys.stderr)
            self.extensions = self.distribution.ext_modules = []


class Wheel(bdist_wheel):
    """A wheel for any platform where nothing was compiled."""

    def run(self) -> None:
        self.run_command("build")
        if not self.distribution.ext_modules:
            self.root_is_pure = True
        super().run()


setup(
    ext_modules=[
        Extension(
            "index._kernel",
            ["index/_kernel.pyx"],
            extra_compile_args=SANITIZED if SANITIZE else OPTIMISED,
            extra_link_args=SANITIZERS if SANITIZE else [],
        )
    ],
    cmdclass={"build_ext": Build, "bdist_wheel": Wheel},
)
