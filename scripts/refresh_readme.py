"""Put the real output into the sample of the README, cut after so many lines."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
SAMPLE = re.compile(r"(```console\n\$ stigraph ([^\n]*)\n).*?(…\n```)", re.DOTALL)
LINES = 24


def main() -> None:
    """Run the command of the sample and rewrite the README."""
    text = README.read_text(encoding="utf-8")
    sample = SAMPLE.search(text)
    if sample is None:
        sys.exit("README.md has no ```console sample that ends in …")
    command = [str(Path(sys.executable).with_name("stigraph")), *shlex.split(sample[2])]
    output = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    shown = "".join(output.splitlines(keepends=True)[:LINES])
    README.write_text(text[: sample.start()] + sample[1] + shown + sample[3] + text[sample.end() :], encoding="utf-8")


if __name__ == "__main__":
    main()
