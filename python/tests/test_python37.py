"""Host programs bring old interpreters: everything is the language of Python 3.7, and of its standard library."""

import ast
import os
import sys
import unittest

from .support import PACKAGE

SOURCES = [
    os.path.join(folder, name)
    for part in ("oriel", "tests")
    for folder, _, names in os.walk(os.path.join(PACKAGE, part))
    for name in names
    if name.endswith(".py")
]


class Python37Tests(unittest.TestCase):
    @unittest.skipIf(sys.version_info < (3, 8), "ast.parse knows no feature_version")
    def test_every_file_is_python_3_7(self):
        self.assertGreater(len(SOURCES), 20)
        for path in SOURCES:
            with open(path, encoding="utf-8") as file:
                ast.parse(file.read(), path, feature_version=(3, 7))

    def test_annotations_are_not_evaluated(self):
        for path in SOURCES:
            if os.path.basename(os.path.dirname(path)) == "oriel" and os.path.basename(path) != "__init__.py":
                with open(path, encoding="utf-8") as file:
                    self.assertIn("from __future__ import annotations", file.read(), path)

    @unittest.skipIf(sys.version_info < (3, 10), "sys.stdlib_module_names is new")
    def test_nothing_but_the_standard_library_is_imported(self):
        for path in SOURCES:
            with open(path, encoding="utf-8") as file:
                tree = ast.parse(file.read())
            for node in ast.walk(tree):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    names = [node.module]
                else:
                    continue
                for name in names:
                    root = name.split(".")[0]
                    allowed = root in sys.stdlib_module_names or root == "oriel" or (root == "auroraview" and "rfc0011" in path)
                    self.assertTrue(allowed, "{} imports {}".format(path, name))
