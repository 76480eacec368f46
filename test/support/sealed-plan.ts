import * as path from 'node:path';
import { BundlePlan } from '../../src/plan/model/bundle-plan';
import { bundleName } from '../../src/plan/model/bundle-name';
import { inLayer, planBytecode } from '../../src/plan/model/bytecode-plan';
import { CONTAINER_FOLDERS } from '../../src/plan/install/docker-argv';
import { dockerInstall, hasOwnCommand } from '../../src/plan/install/container-install';
import { hostInstall } from '../../src/plan/install/installer-argv';
import type { InstallPlan } from '../../src/plan/model/install-plan';
import { bytecodeHash, contentHash, dependenciesHash } from '../../src/plan/parts/plan-hash';
import { findRuntime } from '../../src/plan/target/python-runtime';
import { runtimeOf } from '../../src/plan/runtime/target-runtime';
import { holdsPackage, isWhole } from '../../src/plan/install/whole-build';

const sealedInstall = (
  install: InstallPlan,
  { runtime: { name, architecture }, image, bytecode }: BundlePlan,
): InstallPlan => {
  const runtime = findRuntime(name);
  if (runtime === undefined) return install;
  const { docker, hooks, inputs } = install;
  const options = {
    ...docker,
    ...(hasOwnCommand(docker) ? {} : { command: undefined }),
    volumes: docker.mounts.slice(Object.keys(CONTAINER_FOLDERS).length).map((mount) => ({
      hostPath: mount.source,
      containerPath: mount.target,
      readOnly: mount.readOnly,
    })),
  };
  const { localPackages } = install.host;
  const what = { ...install, runtime, localPackages, environment: [], buildsInput: holdsPackage(inputs) };
  return {
    ...install,
    isWhole: isWhole({ hooks, docker: options as never }),
    host: hostInstall(runtime, architecture, { ...install, localPackages: install.host.localPackages }),
    docker: dockerInstall(architecture, options as never, image, what, bytecode),
  };
};

/**
 * What an attacker makes of a plan that was changed: everything that follows from other fields, such as hashes, arguments
 * and the bundle's name, is worked out anew, so that only what the fields say can give it away. As it is where that
 * cannot be done.
 */
export const sealed = (changed: unknown): unknown => {
  if (!BundlePlan.is(changed)) return changed;
  try {
    const known = findRuntime(changed.runtime.name);
    const runtime =
      known === undefined
        ? changed.runtime
        : runtimeOf(known, changed.runtime.architecture, changed.runtime.source);
    const bytecode =
      changed.bytecode === null || known === undefined
        ? null
        : planBytecode(changed.bytecode.mode, known, changed.kind);
    const plan = { ...changed, runtime, bytecode };
    const install = plan.install === null ? null : sealedInstall(plan.install, plan);
    const dependencies =
      install === null ? null : dependenciesHash(install, runtime, plan.image, plan.sources);
    const isInBundle = plan.dependenciesIn === 'bundle';
    const { prefix, packaging } = plan.output;
    const content = contentHash(
      isInBundle ? dependencies : null,
      bytecode,
      prefix,
      plan.sources,
      plan.alsoFor,
    );
    const asset = changed.hash.asset === changed.hash.content ? content : changed.hash.asset;
    const file = path.join(path.dirname(plan.output.path), bundleName(asset, packaging));
    return {
      ...plan,
      install,
      output: { ...plan.output, path: plan.output.path.startsWith('/app/') ? file : plan.output.path },
      hash: {
        dependencies,
        bytecode:
          dependencies === null || bytecode === null
            ? null
            : bytecodeHash(dependencies, isInBundle ? bytecode : inLayer(bytecode)),
        content,
        asset,
      },
    };
  } catch {
    return changed;
  }
};
