"""The command line: one thin file per command.

Nothing heavy is imported before a command has work for it, so that ``parcferme --help`` answers at once.
"""
