# SPDX-License-Identifier: GPL-3.0-or-later
"""The laboratory that run and regress work in: a trust store of its own, servers, batches, and the
ways to measure a command. Nothing here knows what is compared."""
import atexit
import collections
import importlib.util
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = pathlib.Path(os.environ.get("BUILDDIR", ROOT)).resolve()
PROGRAMS = BUILD / "contrib/bench"
PLUGIN = BUILD / "plugin/check_smspartner_status"
CERTIFICATES = pathlib.Path("/etc/ssl/certs")
PER_REQUEST = 500
# The same for everybody, so that counts repeat.
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "SMSPARTNER_API_KEY": "bench-key-0123456789",
}

# Seconds, KiB, exit code, text. The processor time is exact, the user's part of it an estimate.
Sample = collections.namedtuple("Sample", "wall user processor rss status output")


def fail(text):
    print(f"{pathlib.Path(sys.argv[0]).name}: {text}", file=sys.stderr)
    sys.exit(2)


def has_module(name):
    return importlib.util.find_spec(name) is not None


def has_perl_module(name):
    return subprocess.run(["perl", f"-M{name}", "-e1"], capture_output=True).returncode == 0


def missing_packages(wanted):
    """Debian packages of these that aren't there, by what they bring."""
    checks = {
        "valgrind": lambda: shutil.which("valgrind"),
        "openssl": lambda: shutil.which("openssl"),
        "ca-certificates": lambda: (CERTIFICATES / "ca-certificates.crt").exists(),
        "curl": lambda: shutil.which("curl"),
        "jq": lambda: shutil.which("jq"),
        "wrk": lambda: shutil.which("wrk"),
        "python3-requests": lambda: has_module("requests"),
        "python3-nagiosplugin": lambda: has_module("nagiosplugin"),
        "libmonitoring-plugin-perl": lambda: has_perl_module("Monitoring::Plugin"),
        "libwww-perl": lambda: has_perl_module("LWP::UserAgent"),
        "liblwp-protocol-https-perl": lambda: has_perl_module("LWP::Protocol::https"),
        "libjson-xs-perl": lambda: has_perl_module("JSON::XS"),
    }
    return [name for name in wanted if not checks[name]()]


def build():
    """With the flags that the tree is configured for, which have to be those of a release."""
    if not (BUILD / "config.status").exists():
        fail(f"{BUILD} is not configured: ./bootstrap && ./configure")
    configured = subprocess.run(
        [BUILD / "config.status", "--config"], capture_output=True, text=True, check=True
    ).stdout
    for switch in ("--enable-sanitizers", "--enable-coverage", "--disable-hardening", "-O0"):
        if switch in configured:
            fail(f"{BUILD} is configured with {switch}: measure a release build")
    subprocess.run(["make", "-s", "-C", BUILD, "bench-programs"], check=True, stdout=sys.stderr)


def enter_namespace():
    """Starts this program again with mounts of its own, so that /etc/ssl/certs can be replaced
    for it and for nobody else. Without root a user namespace has to be allowed."""
    if os.environ.get("BENCH_INSIDE"):
        return
    command = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if subprocess.run(command + ["true"], capture_output=True).returncode != 0:
        fail("'unshare --mount' is refused here: run as root")
    os.environ["BENCH_INSIDE"] = "1"
    os.execvp(
        command[0], command + [sys.executable, "-B", os.path.abspath(sys.argv[0])] + sys.argv[1:]
    )


def openssl(*arguments):
    return subprocess.run(
        ["openssl", *arguments], capture_output=True, text=True, check=True
    ).stdout.strip()


class Lab:
    """Everything in one scratch folder that goes at the end, servers included."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bench."))
        self.servers = {}
        atexit.register(self.close)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        self.make_certificates()

    def close(self):
        for server in self.servers.values():
            server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_certificates(self):
        """The system's trust store, and in it the CA of our server: as much to read and to search
        as against the real service. RSA, because its verification takes the same time each time."""
        ca, key = self.folder / "ca.pem", self.folder / "ca.key"
        new_key = ["-newkey", "rsa:2048", "-nodes"]
        openssl(
            "req",
            "-x509",
            *new_key,
            "-keyout",
            key,
            "-out",
            ca,
            "-days",
            "30",
            "-subj",
            "/CN=Benchmark CA",
        )
        request, extensions = self.folder / "server.csr", self.folder / "server.ext"
        self.server_key, self.certificate = self.folder / "server.key", self.folder / "server.pem"
        openssl(
            "req", *new_key, "-keyout", self.server_key, "-out", request, "-subj", "/CN=127.0.0.1"
        )
        extensions.write_text("subjectAltName=IP:127.0.0.1\n")
        openssl(
            "x509",
            "-req",
            "-in",
            request,
            "-CA",
            ca,
            "-CAkey",
            key,
            "-CAcreateserial",
            "-days",
            "30",
            "-extfile",
            extensions,
            "-out",
            self.certificate,
        )
        store = self.folder / "certs"
        shutil.copytree(CERTIFICATES, store, symlinks=True)
        shutil.copy(ca, store / (openssl("x509", "-hash", "-noout", "-in", ca) + ".0"))
        with open(store / "ca-certificates.crt", "a") as bundle:
            bundle.write(ca.read_text())
        subprocess.run(["mount", "--bind", store, CERTIFICATES], check=True)

    def server(self, scheme, latency_ms=0):
        where = scheme, latency_ms
        if where not in self.servers:
            self.servers[where] = Server(self, scheme, latency_ms)
        return self.servers[where]

    def batch(self, count, duplicates=0):
        path = self.folder / f"{count}-{duplicates}.csv"
        if not path.exists():
            with open(path, "w") as file:
                subprocess.run(
                    [PROGRAMS / "batch", str(count), str(duplicates)], stdout=file, check=True
                )
        return path

    def measure(self, command):
        figures = self.folder / "figures"
        with open(figures, "w") as file:
            done = subprocess.run(
                [
                    "/bin/sh",
                    "-c",
                    f'exec "$0" "$@" 3>&{file.fileno()}',
                    PROGRAMS / "measure",
                    *command,
                ],
                pass_fds=[file.fileno()],
                env=ENVIRONMENT,
                capture_output=True,
                text=True,
                check=True,
            )
        wall, user, system, rss, status = figures.read_text().split()
        processor = float(user) + float(system)
        return Sample(float(wall), float(user), processor, int(rss), int(status), done.stdout)

    def instructions(self, command):
        """In user space, of the command and all its children."""
        for old in self.folder.glob("callgrind.*"):
            old.unlink()
        subprocess.run(
            [
                "valgrind",
                "--tool=callgrind",
                "--trace-children=yes",
                "--callgrind-out-file=/dev/null",
                f"--log-file={self.folder}/callgrind.%p",
                *command,
            ],
            env=ENVIRONMENT,
            capture_output=True,
            check=False,
        )
        counts = [
            int(line.split()[-1])
            for log in self.folder.glob("callgrind.*")
            for line in log.read_text().splitlines()
            if "Collected :" in line
        ]
        if not counts:
            fail(f"callgrind counted nothing of {command}")
        return sum(counts)


class Server:
    def __init__(self, lab, scheme, latency_ms):
        tls = [lab.certificate, lab.server_key] if scheme == "https" else []
        self.process = subprocess.Popen(
            [PROGRAMS / "server", str(latency_ms), *tls],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            fail("the server didn't start")

    def stop(self):
        """Requests served, and processor seconds they took."""
        if self.process.poll() is not None:
            return 0, 0.0
        self.process.stdin.close()
        requests, user, system = self.process.stdout.read().split()
        self.process.wait()
        return int(requests), float(user) + float(system)


def floor_command(count, connections, url):
    return [PROGRAMS / "floor", str(count), str(connections), url]


def plugin_command(batch, connections, url, *more):
    return [PLUGIN, "-b", batch, "-u", url, "--connections", str(connections), "-t", "600", *more]


def alternate(lab, commands, rounds):
    """Samples of each command, by name; the commands take turns, each round begins with another."""
    names = list(commands)
    samples = {name: [] for name in names}
    for turn in range(rounds):
        at = turn % len(names)
        for name in names[at:] + names[:at]:
            samples[name].append(lab.measure(commands[name]))
    return samples


def median(samples, figure):
    return statistics.median(getattr(sample, figure) for sample in samples)


def table(heads, rows):
    """In markdown; the first column is text, the others are figures."""
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def millions(count):
    return f"{count / 1e6:.2f}"


def number(count):
    return f"{count:,}"
