/**
 * Modules that Lambda's Python runtimes provide besides the standard library: boto3 and the runtime client, with their
 * dependencies. `since` and `until` are minor versions of Python 3.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html
 * @see https://github.com/aws/aws-lambda-python-runtime-interface-client/tree/main/requirements
 */
const PROVIDED: ReadonlyMap<string, { readonly since?: number; readonly until?: number }> = new Map(
  Object.entries({
    boto3: {},
    botocore: {},
    s3transfer: {},
    jmespath: {},
    dateutil: {},
    six: {},
    urllib3: {},
    simplejson: {},
    bootstrap: {},
    awslambdaric: { since: 8 },
    runtime_client: { since: 8 },
    snapshot_restore_py: { since: 12 },
    // Python itself brought them until 3.11.
    pip: {},
    setuptools: { until: 11 },
    pkg_resources: { until: 11 },
  }),
);

/** Whether Lambda's runtime for a Python version provides a module. The name has no dots. */
export const isInRuntime = (name: string, minor: number): boolean => {
  const span = PROVIDED.get(name);
  return span !== undefined && (span.since ?? 0) <= minor && minor <= (span.until ?? Infinity);
};
