"""Asks at the terminal for the password of a document."""

import signal
from typing import TYPE_CHECKING

from writetex_desktop.cli.output import say
from writetex_desktop.core.language.words import tr

if TYPE_CHECKING:
    from writetex_desktop.core.secret import Secret


def ask_password(name: str, is_again: bool) -> "Secret | None":
    """Ask without showing what is typed; None where the user presses Enter alone.

    Args:
        name: The document.
        is_again: Whether another password was tried just now.

    Raises:
        KeyboardInterrupt: The user wants to stop.
    """
    from getpass import getpass

    from writetex_desktop.core.secret import Secret
    from writetex_desktop.core.visible import visible

    if is_again:
        say(tr("That is not the password of {name}.", name=name))
    # The event loop stands still meanwhile, and would hear of Ctrl+C after the answer only.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return (
            Secret(typed)
            if (typed := getpass(visible(tr("Password of {name} (Enter leaves it out): ", name=name))))
            else None
        )
    except EOFError:
        return None
    finally:
        signal.signal(signal.SIGINT, before)


def leave_out(_name: str, _is_again: bool) -> None:
    """Ask nobody: the document is told among what could not be read."""
