"""The version, where every room may look it up without what the package's face imports."""

from __future__ import annotations

__version__ = "0.3.0"
