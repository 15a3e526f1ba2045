"""Exit 0 when the web process in this container answers. It asks under the first allowed host, as the proxy would."""

import os
import sys
from http.client import HTTPConnection, HTTPException

PATH = "/gezond/"


def main() -> int:
    door = HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    try:
        door.request("GET", PATH, headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]})
        return 0 if door.getresponse().status == 200 else 1
    except (OSError, HTTPException):
        return 1
    finally:
        door.close()


if __name__ == "__main__":
    sys.exit(main())
