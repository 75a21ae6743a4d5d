"""Reads the documents named: every shell command in them must parse, every JSON be JSON, every relative link lead somewhere.

What is wrong is printed, one line each.
"""

import json
import pathlib
import re
import subprocess
import sys


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)


def wrong(page):
    text = page.read_text(encoding="utf-8")
    for block in blocks(text, "bash"):
        parsed = subprocess.run(["bash", "-n"], input=block, text=True, capture_output=True, check=False)
        if parsed.returncode:
            yield f"{parsed.stderr.strip()} in: {block.splitlines()[0]}"
    for block in blocks(text, "json"):
        try:
            json.loads(block)
        except ValueError as mistake:
            yield f"{mistake} in: {block.splitlines()[0]}"
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        if not (page.parent / link).exists():
            yield f"nothing at {link}"


if __name__ == "__main__":
    found = [f"{name}: {what}" for name in sys.argv[1:] for what in wrong(pathlib.Path(name))]
    print("\n".join(found))
    sys.exit(1 if found else 0)
