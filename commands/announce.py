"""Print the dashboard's address once it answers (``make run``)."""

import sys
import time
import urllib.error
import urllib.request

PATIENCE_SECONDS = 120


def announce(port: int) -> int:
    """0 and one line with the address, or 1 when nothing answers in time."""
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                sys.stdout.write(f"{address}\n")
                sys.stdout.flush()
                return 0
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.3)
    sys.stderr.write("The dashboard does not answer; see .stamps/streamlit.log.\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(announce(int(sys.argv[1])))
