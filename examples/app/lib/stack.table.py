# /// script
# requires-python = ">=3.9"
# dependencies = ["tabulate==0.9.0"]
# ///
from tabulate import tabulate


def lambda_handler(event, context):
    return {"table": tabulate(event["rows"], headers="keys", tablefmt="github")}
