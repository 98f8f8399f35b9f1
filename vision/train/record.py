"""How what was learned is written, and what made it."""

import hashlib
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src"


def write(name, content, scripts, *said):
    """Writes weights, and beside them a text that names what made them and what was made, with hashes, and says how well: a
    test says when one of these has changed since."""
    target = SOURCE / f"{name}.bin"
    target.write_bytes(content)
    root = SOURCE.parent.parent
    digest = lambda file: hashlib.sha256(file.read_bytes()).hexdigest()
    made = [f"made by {script.relative_to(root)}, sha256 {digest(script)}" for script in map(Path, scripts)]
    made += [f"weights, sha256 {digest(target)}"]
    target.with_suffix(".txt").write_text("".join(f"{line}\n" for line in (*made, *said)))
    print(*said, sep="\n")
