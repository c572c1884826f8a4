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
OPTIMISED = ["-O3", "-g0"]
SANITIZED = ["-O1", "-g", "-fsanitize=address,undefined", "-fno-omit-frame-pointer"]


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


def extension(name: str, sources: list[str], **more: object) -> Extension:
    """One module, for the compiler at hand."""
    flags = SANITIZED if os.environ.get("DATELINE_SANITIZE") else OPTIMISED
    links = flags[2:3] if flags is SANITIZED else []
    return Extension(name, sources, extra_compile_args=flags, extra_link_args=links, **more)


def old(name: str, room: str, files: str, shared: str) -> Extension:
    """What is still written in C."""
    sources = [f"{room}/kernel/{each}.c" for each in files.split()]
    sources += [f"index/kernel/{each}.c" for each in shared.split()]
    macros = [("Py_LIMITED_API", "0x030B0000")]
    return extension(name, sources, define_macros=macros, py_limited_api=True)


setup(
    ext_modules=[
        extension("index._kernel", ["index/_kernel.pyx"]),
        old(
            "index._c_kernel",
            "index",
            "module words tokens table inversion postings packing dictionary merging plain",
            "",
        ),
    ],
    cmdclass={"build_ext": Build, "bdist_wheel": Wheel},
)
