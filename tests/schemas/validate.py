"""Checks r.sarif, r.xml, r.csv and r.md of the working folder against each other and r.json."""
import csv
import json
import sys
import xml.etree.ElementTree as xml

import jsonschema

report = json.load(open("r.json"))
sarif = json.load(open("r.sarif"))
schema = json.load(open(sys.argv[1]))
jsonschema.Draft4Validator(schema).validate(sarif)

# SARIF: the same findings in the same order; every place has a line and a relative path.
run = sarif["runs"][0]
driver = run["tool"]["driver"]
assert driver["name"] == "outlast" and driver["version"] == report["tool"]["version"]
assert all(rule["help"]["text"] for rule in driver["rules"])
assert [r["ruleId"] for r in run["results"]] == [f["rule"] for f in report["findings"]]
for result, finding in zip(run["results"], report["findings"]):
    assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["partialFingerprints"]["outlastFinding/v1"] == finding["fingerprint"]
    assert result["properties"]["severity"] == finding["severity"]
    related = {l["logicalLocations"][0]["fullyQualifiedName"]
               for l in result.get("relatedLocations", [])}
    first = result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
    assert first == finding["components"][0]
    assert set(finding["cut"]) <= related | {first}
    flows = result.get("codeFlows", [])
    has_event = finding["name"] not in ("secret_in_input", "unseen_failure")
    assert bool(flows) or not finding["fails"] or not has_event, finding["title"]
    for flow in flows:
        steps = flow["threadFlows"][0]["locations"]
        assert steps[0]["nestingLevel"] == 0
        for step in steps:
            assert step["location"]["message"]["text"]
            assert step["location"]["logicalLocations"][0]["fullyQualifiedName"]
            place = step["location"].get("physicalLocation")
            assert place is None or place["region"]["startLine"] >= 1
    for place in result["locations"] + result.get("relatedLocations", []):
        if "physicalLocation" in place:
            assert place["physicalLocation"]["region"]["startLine"] >= 1
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert ":" not in uri and not uri.startswith("/") and "/./" not in uri, uri

# JSON: what a case does is told of components, hit first; a case that is not survived hits some.
components = {component["id"] for component in report["components"]}
conditions = {"down", "degraded", "carried", "saturated", "exposed", "endangered", "serving"}
for row in report["survival"]:
    assert {effect["component"] for effect in row["effects"]} <= components
    assert {effect["condition"] for effect in row["effects"]} <= conditions
    depths = [effect["depth"] for effect in row["effects"]]
    assert depths == sorted(depths) and depths[:1] in ([], [0])
    assert all(effect["why"] for effect in row["effects"])
    for step in row["story"]:
        assert step["condition"] in conditions | {None}
        assert step["condition"] is None or step["component"] in components
    assert row["survives"] != "no" or row["effects"] or row["story"], row["case"]
for journey in report["journeys"]:
    assert {entry["component"] for entry in journey["enters"]} <= components

# JUnit: the counts are those of the cases, and a failure stands for a failed gate only.
suites = xml.parse("r.xml").getroot()
cases = list(suites.iter("testcase"))
assert len(cases) == int(suites.get("tests"))
failures = len(list(suites.iter("failure")))
errors = len(list(suites.iter("error")))
assert failures == int(suites.get("failures")) and errors == int(suites.get("errors"))
outcome = report["gate"]["outcome"]
assert (failures > 0) == (outcome == "failed"), outcome
assert errors == 0 or outcome != "passed"
rows = suites.find("testsuite[@name='outlast.survival']").findall("testcase")
assert len(rows) == len(report["survival"])
for case, row in zip(rows, report["survival"]):
    assert (case.find("failure") is not None) == (row["gate"] == "failed")
    assert (row["survives"] != "n/a") or case.find("skipped") is not None

# CSV: a header and one record a finding, all of one width.
records = list(csv.reader(open("r.csv", newline=""), strict=True))
assert len(records) == len(report["findings"]) + 1
assert len({len(record) for record in records}) == 1
assert [r[0] for r in records[1:]] == [f["rule"] for f in report["findings"]]
assert not any(cell.startswith(("=", "+", "@")) for record in records for cell in record)

# Markdown: rows of a table have as many borders as its head.
width = 0
for line in open("r.md"):
    borders = line.replace("\\|", "").count("|")
    if line.startswith("|"):
        width = width or borders
        assert borders == width, line
    else:
        width = 0
