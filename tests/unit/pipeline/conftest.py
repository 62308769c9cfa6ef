"""Assertions inside the shared reading of marked texts show what differs."""

import pytest

pytest.register_assert_rewrite("marked")
