"""Runs in the validator's own environment: reads jobs as JSON, validates each return, writes what was found as JSON.

A job: {"year", "authority", "this": [paths], "last": [paths]}. Nothing of this program is imported here.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
import warnings

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

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


def main() -> None:
    """Jobs in on stdin, findings out on stdout; what the rules print goes nowhere."""
    jobs = json.load(sys.stdin)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        found = [judged(job) for job in jobs]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
