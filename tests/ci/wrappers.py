"""Runs the thin wrappers of outlast as their hosts would: see tests/ci/run."""
import json
import os
import re
import shutil
import subprocess
import sys

import yaml

BINARY, ROOT, SCRATCH = sys.argv[1:4]


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


class Runner:
    """What a GitHub runner does with a composite action."""

    def __init__(self, name):
        self.folder = os.path.join(SCRATCH, name)
        os.makedirs(self.folder + "/bin")
        os.makedirs(self.folder + "/job")
        self.env = dict(os.environ, RUNNER_TEMP=self.folder, GITHUB_ACTION_PATH=ROOT)
        for variable in ("GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
            self.env[variable] = os.path.join(self.folder, variable.lower())
            open(self.env[variable], "w").close()
        for name in [name for name in self.env if name.startswith("OUTLAST_")]:
            del self.env[name]

    def put_on_path(self):
        os.symlink(BINARY, self.folder + "/bin/outlast")
        self.env["PATH"] = self.folder + "/bin:" + self.env["PATH"]

    def text(self, variable):
        with open(self.env[variable], encoding="utf-8") as file:
            return file.read()

    def outputs(self):
        return dict(line.split("=", 1) for line in self.text("GITHUB_OUTPUT").splitlines())

    def run(self, step, inputs):
        env = dict(self.env)
        for key, value in step.get("env", {}).items():
            env[key] = fill(value, inputs)
        script = os.path.join(self.folder, "step.sh")
        with open(script, "w", encoding="utf-8") as file:
            file.write(step["run"])
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", script]
        done = subprocess.run(command, cwd=self.folder + "/job", env=env, text=True,
                              capture_output=True, check=False)
        return done


def fill(text, inputs):
    """Expressions of the form ${{ inputs.name }}; any other is a mistake."""
    def value(match):
        name = re.fullmatch(r"inputs\.([a-z-]+)", match.group(1))
        assert name and name.group(1) in inputs, match.group(0)
        return inputs[name.group(1)]
    return re.sub(r"\$\{\{ *(.*?) *\}\}", value, text)


def inputs_of(action, given):
    wanted = action["inputs"]
    assert set(given) <= set(wanted), set(given) - set(wanted)
    for name, about in wanted.items():
        assert not about.get("required") or name in given, name
    return {name: str(given.get(name, about.get("default", ""))) for name, about in wanted.items()}


def run_action(name, given):
    """All steps of the action; gives the last one's end, and the runner."""
    action = yaml.safe_load(read("action.yml"))
    assert action["runs"]["using"] == "composite"
    runner = Runner(name)
    runner.put_on_path()
    for file in ("plan.json", "plan-resilient.json", "overlay.yaml"):
        shutil.copy(os.path.join(ROOT, "examples/shop", file), runner.folder + "/job")
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash" and "${{" not in step["run"], "expressions belong in env"
        done = runner.run(step, inputs_of(action, given))
        if done.returncode != 0:
            break
    ids = {step.get("id") for step in action["runs"]["steps"]}
    for output in action["outputs"].values():
        step = re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}", output["value"])
        assert step and step.group(1) in ids and step.group(2) in runner.outputs(), output
    return done, runner


def check_action():
    done, runner = run_action("fails", {"input": "plan.json overlay.yaml"})
    assert done.returncode == 1, done.stderr
    assert runner.outputs() == {"status": "1", "sarif": "outlast.sarif"}
    assert "gate failed" in done.stdout
    assert "WORST CASE" in done.stdout or "worst case" in done.stdout.lower()
    assert runner.text("GITHUB_STEP_SUMMARY").count("|") > 20
    with open(runner.folder + "/job/outlast.sarif", encoding="utf-8") as file:
        assert json.load(file)["runs"][0]["results"]

    done, runner = run_action("passes", {"input": "plan.json overlay.yaml",
                                         "arguments": "--soft-fail", "sarif": "deep.sarif"})
    assert done.returncode == 0, done.stderr
    assert runner.outputs()["status"] == "0"
    assert os.path.exists(runner.folder + "/job/deep.sarif")

    done, runner = run_action("by-rule", {"input": "plan.json overlay.yaml",
                                          "fail-on": "OUT-X999", "arguments": "--quiet"})
    assert done.returncode == 2 and "OUT-X999" in done.stderr, done.stderr

    done, runner = run_action("missing", {"input": "nowhere.json"})
    assert done.returncode == 2 and "nowhere.json" in done.stderr, done.stderr


def check_building_step():
    """Without outlast on the path the action builds it: with what stands in the Makefile."""
    step = yaml.safe_load(read("action.yml"))["runs"]["steps"][0]
    runner = Runner("builds")
    tools = runner.folder + "/bin"
    for tool in ("bash", "echo"):
        os.symlink(shutil.which(tool), tools + "/" + tool)
    with open(tools + "/make", "w", encoding="utf-8") as file:
        file.write('#!/bin/bash\necho "$@"\n')
    os.chmod(tools + "/make", 0o755)
    runner.env["PATH"] = tools
    done = runner.run(step, {})
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["-C", ROOT, "install", f"PREFIX={runner.folder}/outlast"]
    assert runner.text("GITHUB_PATH") == runner.folder + "/outlast/bin\n"
    targets = re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE)
    assert "install" in targets


def check_hook():
    hooks = yaml.safe_load(read(".pre-commit-hooks.yaml"))
    assert [hook["id"] for hook in hooks] == ["outlast"]
    hook = hooks[0]
    assert hook["language"] == "system"
    pattern = re.compile(hook["files"])
    assert pattern.search("infra/outlast.yaml") and pattern.search("outlast.yml")
    assert not pattern.search("overlay.yaml") and not pattern.search("xoutlast.yaml")
    runner = Runner("hook")
    runner.put_on_path()
    work = runner.folder + "/job"
    subprocess.run(["outlast", "init"], cwd=work, env=runner.env, check=True, capture_output=True)
    assert pattern.search("outlast.yaml")
    done = subprocess.run(hook["entry"].split() + ["outlast.yaml"], cwd=work, env=runner.env,
                          text=True, capture_output=True, check=False)
    assert done.returncode in (0, 1, 4) and "gate" in done.stdout, done.stderr


def check_workflow():
    """The workflow of docs/ci.md uses the action with inputs that it has."""
    text = read("docs/ci.md")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    workflows = [block for block in map(yaml.safe_load, blocks) if "jobs" in block]
    assert workflows, "docs/ci.md shows no workflow"
    action = yaml.safe_load(read("action.yml"))
    used = 0
    for workflow in workflows:
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                if "outlast" in step.get("uses", ""):
                    inputs_of(action, step.get("with", {}))
                    used += 1
    assert used, "no step uses the action"


def lint_containerfile():
    """Only read, never built: instructions, packages and sources must exist."""
    text = re.sub(r"\\\n", " ", read("Containerfile"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD"}
    stages = []
    for line in lines:
        word, rest = line.split(None, 1)
        assert word in known, line
        if word == "FROM":
            assert re.match(r"docker\.io/library/debian:12-slim( AS \w+)?$", rest), line
            stages += re.findall(r"AS (\w+)", rest)
        if word == "COPY" and rest.startswith("--from="):
            assert rest.split()[0].split("=")[1] in stages, line
    assert lines[0].startswith("FROM") and any(line.startswith("USER") for line in lines)
    for tool in re.findall(r"\btools/\w+", text):
        assert os.access(os.path.join(ROOT, tool), os.X_OK), tool
    presets = json.loads(read("CMakePresets.json"))
    for preset in re.findall(r"--preset (\w+)", text):
        assert preset in [p["name"] for p in presets["configurePresets"]], preset
    linked = subprocess.run(["ldd", BINARY], text=True, capture_output=True, check=True).stdout
    for package in re.search(r"--no-install-recommends ([a-z0-9. -]+)", text).group(1).split():
        stem = re.match(r"(lib[a-z]+(?:-[a-z]+)?)", package).group(1)
        assert stem in linked, f"{package} is not linked"


check_action()
check_building_step()
check_hook()
check_workflow()
lint_containerfile()
