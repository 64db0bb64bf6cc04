"""The colours of everything that we draw, light and dark, as CSS; a page and a plot on it look alike."""

_LIGHT = "--ink: #222; --paper: #fff; --soft: #666; --line: #ddd; --force: #b8a5d6; --hold: #2f6fd0;"
_DARK = "--ink: #eee; --paper: #1b1b1f; --soft: #aaa; --line: #444; --force: #7d6a9e; --hold: #7fb0ff;"
COLOURS = f"""
:root {{ color-scheme: light dark; {_LIGHT} }}
@media (prefers-color-scheme: dark) {{ :root {{ {_DARK} }} }}
"""
