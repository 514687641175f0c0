"""`writetex serve`: the door for other programs, without a window."""

import argparse

from writetex_desktop.cli.ending import run, stopped_status
from writetex_desktop.cli.endpoint_options import endpoint_of
from writetex_desktop.cli.output import OK, exit_status, print_result, say, stop
from writetex_desktop.core.language.words import tr


def serve(options: argparse.Namespace) -> int:
    """Serve until it is stopped, or manage who has a token; gives the exit status."""
    from writetex_desktop.composition.serving import program
    from writetex_desktop.core.errors import WriteTexError

    origins = tuple(options.origin)
    try:
        if options.new_token:
            making = program.make_client(
                options.new_token, history=options.history, origins=origins, tell=say
            )
            print_result(run(making).reveal())
            say(tr("It is shown this once. Other programs send it as their API key."))
        elif options.revoke:
            run(program.revoke_client(options.revoke, tell=say))
            say(tr("That token is not valid any more."))
        elif options.tokens:
            clients = run(program.list_clients(tell=say))
            if not clients:
                say(tr("No program has a token yet. `writetex serve --new-token NAME` makes one."))
            for client in clients:
                rights = ["searches the history"] if client.history else []
                print_result("; ".join([client.name, *rights, *client.origins]))
        else:
            order = program.ServeOrder(
                options.port, options.offline, endpoint_of(options), options.history, origins
            )
            run(program.serve(order, tell=say, opened=_opened))
    except WriteTexError as error:
        return stop(error.message, error.remedy.text, exit_status(error))
    except KeyboardInterrupt as stopped:
        return stopped_status(stopped)
    return OK


def _opened(address: str) -> None:
    print_result(address)
    say(tr("Other programs find WriteTex at {address}/v1 until you press Ctrl+C.", address=address))


def assist(options: argparse.Namespace) -> int:
    """`writetex mcp`: serve an assistant over standard input and output; gives the exit status."""
    from writetex_desktop.composition.serving import program
    from writetex_desktop.core.errors import WriteTexError

    order = program.ServeOrder(None, options.offline, endpoint_of(options))
    try:
        run(program.assist(order, tell=say))
    except WriteTexError as error:
        return stop(error.message, error.remedy.text, exit_status(error))
    except KeyboardInterrupt as stopped:
        return stopped_status(stopped)
    return OK
