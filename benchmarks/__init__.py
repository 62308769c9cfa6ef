"""How long things take: run ``python -m benchmarks.startup`` or ``python -m benchmarks.speed``."""
