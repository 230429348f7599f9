"""Run a server until Ctrl-C, then end with status 0. `make run` and `make dev` call it: `python serve.py COMMAND…`.

make itself dies of Ctrl-C when it is in the foreground. So the server gets a process group of its own, and the
terminal with it: Ctrl-C reaches the server alone. No server outlives this process, its parent or its terminal.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def foreground_terminal() -> int | None:
    """The terminal that this process is in the foreground of, as a file descriptor."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
        if os.tcgetpgrp(terminal) == os.getpgrp():
            return terminal
        os.close(terminal)
    except OSError:
        pass
    return None


def end(server: subprocess.Popen[bytes]) -> None:
    """Ask the server and its workers to end."""
    try:
        os.killpg(server.pid, signal.SIGTERM)
    except ProcessLookupError:
        pass


def end_when_left_alone(server: subprocess.Popen[bytes], parent: int, terminal: int | None) -> None:
    """End the server when make was killed, or the terminal closed, in a way that sent no signal here."""
    while os.getppid() == parent:
        time.sleep(1)
        if terminal is not None:
            try:
                os.tcgetpgrp(terminal)
            except OSError:
                break
    end(server)


def serve(command: Sequence[str]) -> int:
    """Run the command until it ends or is told to end, and return its exit status; 0 if it was told."""
    parent, terminal = os.getppid(), foreground_terminal()
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # Ctrl-Z would leave a stopped server behind
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # this process may hand over the terminal from the background
    old_mask = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    server = subprocess.Popen(
        command,
        process_group=0,
        preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_SETMASK, old_mask),
    )
    for number in STOPPING:
        signal.signal(number, lambda *_: end(server))
    if terminal is not None:
        os.tcsetpgrp(terminal, server.pid)
    signal.pthread_sigmask(signal.SIG_SETMASK, old_mask)
    threading.Thread(target=end_when_left_alone, args=(server, parent, terminal), daemon=True).start()
    status = server.wait()
    if terminal is not None:
        try:
            os.tcsetpgrp(terminal, os.getpgrp())
        except OSError:
            pass  # the terminal is gone
    if -status in STOPPING:
        return 0
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(serve(sys.argv[1:]))
