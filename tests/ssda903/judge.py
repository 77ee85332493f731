"""Runs in the validator's own environment: reads jobs as JSON, validates each return, writes what was found as JSON.

A job is a year, which asks for the rules' lists of codes, or {"year", "authority", "this": [paths], "last": [paths], "alone": true or false}. Nothing of this program is imported here.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import json
import logging
import sys
import warnings

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

from lac_validator.datastore import create_datastore  # noqa: E402  # the same
from lac_validator.ingress import read_from_text  # noqa: E402  # the same
from lac_validator.lac_validator import LacValidator, create_issue_df  # noqa: E402  # after its logging is off
from lac_validator.report import Report  # noqa: E402  # the same
from lac_validator.rules.ruleset_utils import get_year_ruleset  # noqa: E402  # the same

DERIVED = ("CHILD", "DECOM", "PL_DISTANCE", "PL_LOCATION", "PL_LA")


def judged(job: dict) -> dict:
    """What the validator says of one return."""
    files = [
        {"name": path, "description": words, "file_content": open(path, "rb").read()}  # noqa: SIM115  # read at once
        for words, paths in (("This year", job["this"]), ("Prev year", job["last"]))
        for path in paths
    ]
    rules = get_year_ruleset(str(job["year"]))
    about = {"collectionYear": str(job["year"]), "localAuthority": job["authority"]}
    if job["alone"]:
        return alone(files, rules, about)
    found = LacValidator(metadata=about, files=files, registry=rules, selected_rules=None)
    report = Report(found.ds_results, rules)
    try:
        rows = create_issue_df(report.report, report.error_report)
        issues = rows[["child_id", "tables_affected", "row_id", "rule_code"]].drop_duplicates().to_numpy().tolist()
    except ValueError:  # "No objects to concatenate": nothing was found
        issues = []
    episodes = found.ds_results["Episodes"]
    derived = episodes[list(DERIVED)].astype(object).where(episodes[list(DERIVED)].notna(), None).to_numpy().tolist()
    return {
        "issues": [[str(each) for each in issue] for issue in issues],
        "fails": [str(rule) for rule in found.fails],
        "done": len(found.dones),
        "skipped": len(found.skips),
        "rules": sorted(str(code) for code in rules),
        "derived": derived,
    }


def alone(files: list, rules: dict, about: dict) -> dict:
    """Each rule on data of its own: in a whole run some leave what they wrote in it to those that follow."""
    frames, more = read_from_text(raw_files=files)
    store = create_datastore(frames, about | more)
    issues, fails = [], []
    for code, rule in rules.items():
        copy = {name: each if name == "metadata" else each.copy(deep=True) for name, each in store.items()}
        try:
            found = rule.func(copy)
        except Exception:  # whatever a rule may do; it is counted
            fails.append(str(code))
            continue
        for table, rows in found.items():
            for row in set(rows):
                if row == row:  # some give NaN for a row of another table
                    issues.append([str(store[table].loc[row, "CHILD"]), table, str(row), str(code)])
    return {
        "issues": issues,
        "fails": fails,
        "done": len(rules) - len(fails),
        "rules": sorted(map(str, rules)),
        "derived": [],
    }


def lists(year: int) -> dict:
    """The list of codes of each rule that has one, as its source says it."""
    found = {}
    for code, rule in get_year_ruleset(str(year)).items():
        for node in ast.walk(ast.parse(inspect.getsource(rule.func))):
            named = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").startswith("code_list")
            if named and isinstance(node.value, ast.List) and str(code) not in found:
                found[str(code)] = [each.value for each in node.value.elts if isinstance(each, ast.Constant)]
    return found


def main() -> None:
    """Jobs in on stdin, findings out on stdout; what the rules print goes nowhere."""
    jobs = json.load(sys.stdin)
    if isinstance(jobs, int):
        json.dump(lists(jobs), sys.stdout)
        return
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        found = [judged(job) for job in jobs]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
