"""The program as its users run it, and a real browser in front of it.

JUZHENG names the executable, CHROMIUM the browser; both have the usual places as defaults.
"""

import os
import pathlib
import resource
import subprocess

import pytest
from playwright.sync_api import sync_playwright

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLES = REPOSITORY / "corpora" / "samples"
JUZHENG = os.environ.get("JUZHENG", str(REPOSITORY / ".build" / "debug" / "juzheng"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
EPOCH = "1700000000"


class Program:
    """One running `juzheng serve` and what it leaves behind."""

    def __init__(self, home):
        self.home = pathlib.Path(home)
        self.temporary = self.home / "tmp"
        self.temporary.mkdir(exist_ok=True)
        self.kept = self.home / "state" / "juzheng" / "page"
        self.process = None
        self.address = None

    def environment(self):
        return dict(
            os.environ, XDG_STATE_HOME=str(self.home / "state"), TMPDIR=str(self.temporary), SOURCE_DATE_EPOCH=EPOCH
        )

    def start(self, *arguments, survives_limits=False):
        # With the signal for it ignored, which Python does already, a limit on files is an error of the write.
        self.process = subprocess.Popen(
            [JUZHENG, "serve", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=self.environment(), restore_signals=not survives_limits,
        )
        self.address = self.process.stdout.readline().strip()
        return self

    def limit(self, longest_file):
        """A file that may not grow is to a program what a full disk is."""
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (longest_file, resource.RLIM_INFINITY))

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=60)
        return self.process.returncode if self.process else None

    def uploads(self):
        return list(self.temporary.glob("juzheng-page-*"))

    def scan(self, paths, *options, output):
        """What `scan --zip` writes for the same inputs."""
        run = subprocess.run(
            [JUZHENG, "scan", *map(str, paths), "--zip", "--force", "-o", str(output), *options],
            env=self.environment(), capture_output=True, text=True,
        )
        assert run.returncode in (0, 2), run.stderr
        return pathlib.Path(f"{output}.zip").read_bytes()


@pytest.fixture
def program(tmp_path):
    program = Program(tmp_path).start()
    yield program
    program.stop()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # In a container tests run as root, for whom Chromium has no sandbox.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, program):
    """A tab on the page, which must stay free of faults and ask nobody but the program."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    faults = watch(page, program)
    page.goto(program.address)
    page.wait_for_selector("#files:not([hidden])")
    yield page
    context.close()
    assert faults == []


def watch(page, program):
    """Collects script errors, refusals of the content security policy, dialogs and requests to elsewhere."""
    faults = []
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", lambda line: faults.append(f"console: {line.text}") if line.type == "error" and "Failed to load resource" not in line.text else None)
    page.on("request", lambda request: None if request.url.startswith((program.address, "blob:" + program.address[:17])) else faults.append(f"request: {request.url}"))
    return faults


def choose(page, paths):
    """Chooses files, as with the button, and waits until they are taken in."""
    before = page.locator("#inputs li").count()
    page.set_input_files("#file-input", [str(path) for path in paths])
    page.wait_for_function("count => document.querySelectorAll('#inputs li').length === count", arg=before + len(paths))


def read(page):
    page.click("#read")
    page.wait_for_selector("#me-form:not([hidden])")


def own(page):
    """The names that are ticked."""
    return page.eval_on_selector_all("#names input:checked", "boxes => boxes.map((box) => box.value)")


def judge(page):
    page.click("#me-form button[type=submit]")
    page.wait_for_selector("#review:not([hidden])")
    page.wait_for_selector("#chats button, #chats .empty")


def review(page, paths):
    """The way from choosing to the findings."""
    choose(page, paths)
    read(page)
    names = own(page)
    judge(page)
    return names


def download(page):
    with page.expect_download() as waiting:
        page.click("#download")
    return pathlib.Path(waiting.value.path()).read_bytes()


def samples():
    return sorted(SAMPLES.iterdir(), key=lambda path: path.name.encode())
