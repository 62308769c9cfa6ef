"""One file per format: bytes in, text out, nothing else."""
