# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the manual share: a temporary folder, the simulator, and a count of checks."""
import pathlib
import shutil
import subprocess
import tempfile

TOP = pathlib.Path.cwd()
PLUGIN = TOP / "plugin/check_smspartner_status"
SIMULATOR = TOP / "contrib/simulator/smspartner-simulator"
KEY = "simulator-demo-key"


class Lab:
    """A folder that goes away with all that was started in it; the key is in its file "key"."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.started, self.failures, self.checks = [], [], 0
        self.write("key", KEY + "\n").chmod(0o600)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.started:
            process.terminate()
            process.wait()
        shutil.rmtree(self.folder)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def simulate(self, *options):
        """Starts a simulator; its URL."""
        process = subprocess.Popen([SIMULATOR, "--port", "0", "--key", KEY, *options], cwd=self.folder,
                                   stdout=subprocess.PIPE, text=True)
        self.started.append(process)
        return process.stdout.readline().strip()

    def report(self, what, found=None):
        """A check; found is what is wrong, or nothing."""
        self.checks += 1
        if found:
            self.failures.append(f"{what}: {found}")

    def finish(self):
        print("\n".join([*self.failures, f"{self.checks - len(self.failures)} passed, {len(self.failures)} failed"]))
        return 1 if self.failures or not self.checks else 0
