"""Bare Debian systems to try things in: made by debootstrap, each try in a layer that is thrown away.

Needs root, `debootstrap` and `unshare`. A try has its own mounts and processes: what it starts ends with it,
and nothing of it stays mounted. The network is the machine's.
"""

import os
import pty
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

RELEASES = ("bookworm", "trixie")
MIRROR = "http://deb.debian.org/debian"
USER = "tester"
PASSWORD = "correct horse"  # noqa: S105 - of a user that lives as long as the try
CERTIFICATES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
"""Variables that name the certificates of a network that has some of its own."""

_ENTER = """
set -e
mount --make-rprivate /
R=$1; shift
mount -t proc proc "$R/proc"
mount -t sysfs sys "$R/sys"
mount --bind /dev "$R/dev"
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$R/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$R/dev/shm"
# This shell stays the first process: to a parent of number 1 Xvfb says nothing, and xvfb-run waits.
chroot "$R" "$@" && exit 0 || exit $?
"""


@dataclass(frozen=True)
class Done:
    """How a command ended.

    Attributes:
        status: Its exit status; 124 when it was stopped for taking too long.
        output: What it wrote to both channels, with a terminal's line ends made plain.
        seconds: How long it took.
    """

    status: int
    output: str
    seconds: float

    def tail(self, lines: int = 12) -> str:
        """Give the end of what it wrote."""
        return "\n".join(self.output.splitlines()[-lines:])


@dataclass(frozen=True)
class System:
    """One bare system, for as long as it is tried.

    Attributes:
        root: Its root folder.
    """

    root: Path

    def run(
        self,
        command: Sequence[str],
        *,
        user: str = "root",
        environment: Mapping[str, str] | None = None,
        folder: str = "/",
        timeout_s: float = 1500,
        answers: Mapping[str, str] | None = None,
    ) -> Done:
        """Run a command in it, at a terminal when there are answers to give there, else with no input.

        Args:
            command: The words; the first is looked for in the usual places.
            user: Who runs it.
            environment: Variables beside `HOME`, `PATH`, `LANG` and the certificates.
            folder: Where.
            timeout_s: When it is stopped.
            answers: What is typed when the end of what was written has these words.
        """
        variables = {
            "HOME": "/root" if user == "root" else f"/home/{user}",
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            **({"PIP_CERT": "/etc/ssl/certs/of-this-network.crt"} if certificates() else {}),
            **(environment or {}),
        }
        words = [f"{name}={value}" for name, value in variables.items()]
        as_user = [] if user == "root" else ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
        inner = 'cd "$1"; shift; exec "$@"'
        inside = ["env", "-i", *words, *as_user, "sh", "-c", inner, "sh", folder, *command]
        whole = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", _ENTER, "sh"]
        whole += [str(self.root), *inside]
        started = time.monotonic()
        if answers is None:
            status, output = _piped(whole, timeout_s)
        else:
            status, output = _typed(whole, answers, timeout_s)
        return Done(status, output.replace("\r\n", "\n"), time.monotonic() - started)

    def must(self, command: Sequence[str], **options: str) -> str:
        """Run a command that prepares the try; gives what it wrote.

        Raises:
            RuntimeError: It failed.
        """
        done = self.run(command, environment=options)
        if done.status != 0:
            raise RuntimeError(f"`{' '.join(command)}` failed in {self.root}:\n{done.tail()}")
        return done.output

    def install(self, *packages: str) -> None:
        """Install Debian packages that a person would have before."""
        self.must(["apt-get", "update", "-q"])
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        self.must(["apt-get", "install", "-qy", "--no-install-recommends", *packages], **quiet)

    def add_user(self, *, may_sudo: bool) -> None:
        """Make an ordinary user with a password, who may call sudo, if it is installed."""
        self.must(["useradd", "-m", "-s", "/bin/bash", *(["-G", "sudo"] if may_sudo else []), USER])
        self.must(["sh", "-c", f"echo '{USER}:{PASSWORD}' | chpasswd"])


def certificates() -> Path | None:
    """Give this network's own certificates, if a variable names some."""
    named = next((os.environ[name] for name in CERTIFICATES if os.environ.get(name)), "")
    return Path(named) if named and Path(named).is_file() else None


def prepared(release: str, folder: Path) -> Path:
    """Give the bare system of a release, made by debootstrap if there is none yet."""
    base = folder / f"base-{release}"
    if not base.is_dir():
        unfinished = folder / f"{base.name}.part"
        shutil.rmtree(unfinished, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["debootstrap", "--variant=minbase", release, str(unfinished), MIRROR], check=True)
        unfinished.rename(base)
    return base


def furnished(release: str, name: str, packages: Sequence[str], folder: Path) -> Path:
    """Give the bare system of a release with packages installed, kept under a name of its own.

    It is made anew when other packages are wanted.
    """
    base = folder / f"base-{name}"
    wanted = " ".join(packages)
    list_of_it = base / "root" / "furnished-with"
    if not list_of_it.is_file() or list_of_it.read_text("utf-8") != wanted:
        shutil.rmtree(base, ignore_errors=True)
        unfinished = folder / f"{base.name}.part"
        shutil.rmtree(unfinished, ignore_errors=True)
        # Not by shutil, which reads devices as files: a copy of /dev/zero has no end.
        subprocess.run(["cp", "-a", str(prepared(release, folder)), str(unfinished)], check=True)
        _equip(unfinished)
        System(unfinished).install(*packages)
        (unfinished / "root" / list_of_it.name).write_text(wanted, "utf-8")
        unfinished.rename(base)
    return base


@contextmanager
def bare_system(release: str, folder: Path) -> Iterator[System]:
    """Give a bare system of which nothing stays; needs a file system that overlays can lie on."""
    with layer_on(prepared(release, folder), folder) as system:
        yield system


@contextmanager
def layer_on(base: Path, folder: Path) -> Iterator[System]:
    """Give a system that begins as a kept one, and of which nothing stays."""
    with tempfile.TemporaryDirectory(prefix=f"try-{base.name}-", dir=folder) as layer:
        upper, work, root = (Path(layer) / name for name in ("upper", "work", "root"))
        for each in (upper, work, root):
            each.mkdir()
        options = f"lowerdir={base},upperdir={upper},workdir={work}"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, str(root)], check=True)
        try:
            _equip(root)
            yield System(root)
        finally:
            subprocess.run(["umount", str(root)], check=True)


def _equip(root: Path) -> None:
    """Give a system the machine's network."""
    found = certificates()
    shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    if found is not None:
        (root / "etc/ssl/certs").mkdir(parents=True, exist_ok=True)
        shutil.copy(found, root / "etc/ssl/certs/of-this-network.crt")
    # A try that loses its power is made anew; waiting for the disk at every file takes minutes.
    (root / "etc/dpkg/dpkg.cfg.d/quick").write_text("force-unsafe-io\n", "ascii")


def _piped(command: Sequence[str], timeout_s: float) -> tuple[int, str]:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        written = late.stdout or b""  # bytes, whatever was asked for
        return 124, written.decode("utf-8", "replace")
    return done.returncode, done.stdout


def _typed(command: Sequence[str], answers: Mapping[str, str], timeout_s: float) -> tuple[int, str]:
    """Run a command at a terminal of its own and type what it waits for, each answer once."""
    open_terminal: Callable[[], tuple[int, int]] = vars(pty)["openpty"]  # the types of Windows know none
    terminal, end = open_terminal()
    child = subprocess.Popen(
        ["setsid", "--ctty", "--wait", *command], stdin=end, stdout=end, stderr=end, close_fds=True
    )
    os.close(end)
    written, left = b"", dict(answers)
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        ready, _, _ = select.select([terminal], [], [], 1.0)
        if not ready:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not piece:
            break
        written += piece
        asked = next((words for words in left if written.rstrip().endswith(words.encode())), None)
        if asked is not None:
            os.write(terminal, left.pop(asked).encode() + b"\n")
    else:
        child.kill()
        child.wait()
        os.close(terminal)
        return 124, written.decode("utf-8", "replace")
    os.close(terminal)
    return child.wait(), written.decode("utf-8", "replace")
