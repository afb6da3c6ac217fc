#!/usr/bin/env python3
"""Checks that no folder includes another that its USES line in CMake does not name.

Inputs:  the CMakeLists.txt of every folder (the USES lists of mbench_library, mbench_program and
         mbench_test) and every #include "folder/..." of the C++ files.
Outputs: one line per offending include on stderr; exit 1 if there is one, 0 otherwise.
Example: python3 scripts/check_layers.py
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["core", "imaging", "metrics", "datasets", "baselines", "results", "runners",
           "selftest", "reports", "app", "tests"]
# Libraries that only these places may include; the rest of the code sees them through our headers.
CONFINED = {
    r"opencv2/": ("imaging/", "baselines/onnx/", "reports/plots/", "tests/imaging/"),
    r"torch/|ATen/|c10/": ("baselines/deep/", "tests/baselines/deep/"),
    r"Eigen/": ("baselines/", "tests/baselines/"),
    r"tbb/(?!version)|oneapi/": ("core/parallel.cpp",),
    r"nlohmann/": ("core/json_reader.", "baselines/checkpoint/", "baselines/command/", "results/", "datasets/",
                   "selftest/", "app/", "tests/"),
    r"zip\.h": ("baselines/checkpoint/",),
    r"CLI/": ("app/",),
    r"png\.h|jpeglib\.h": ("imaging/", "tests/support/", "tests/imaging/"),
}
# What a *_bench.cpp may include besides what its folder uses: it times real files.
BENCH_USES = ("tests", "imaging")
GENERATED = {"mbench_commit.hpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.MULTILINE)


def used_folders(cmake_text):
    """All names behind USES in one CMakeLists.txt, comments aside."""
    names = set()
    cmake_text = re.sub(r"#.*", "", cmake_text)
    for block in re.findall(r"USES\s+([^)]*?)(?=\b(?:SOURCES|LINKS|PUBLIC_LINKS|BENCHES)\b|\))",
                            cmake_text):
        names.update(block.split())
    return names


def main():
    uses = {folder: set() for folder in FOLDERS}
    for folder in FOLDERS:
        for cmake in (ROOT / folder).rglob("CMakeLists.txt"):
            uses[folder] |= used_folders(cmake.read_text(encoding="utf-8"))
    uses["tests"] |= set(FOLDERS) - {"tests"}

    complaints = []
    for folder in FOLDERS:
        allowed = {folder} | uses[folder]  # what those use in turn must be named as well
        for file in sorted((ROOT / folder).rglob("*.[ch]pp")):
            name = file.relative_to(ROOT).as_posix()
            bench = name.endswith("_bench.cpp")
            for quote, path in INCLUDE.findall(file.read_text(encoding="utf-8")):
                top = path.split("/")[0]
                if quote == '"':
                    if path in GENERATED:
                        continue
                    if "/" not in path:
                        complaints.append(f'{name}: "{path}" is not written from the root')
                    elif top not in allowed and not (bench and top in BENCH_USES):
                        complaints.append(
                            f'{name}: includes "{path}", but {folder} does not USE {top}')
                for pattern, places in CONFINED.items():
                    if quote == "<" and re.match(pattern, path) and not name.startswith(places):
                        complaints.append(f"{name}: <{path}> may be included only in {places}")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
