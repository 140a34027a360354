import type { NamespaceModel } from '../../model/mesh-model';
import type { StageName } from '../../model/namespace-facts';
import { sortedBy } from '../../support/ordering';
import { ownWorkloads } from '../owners';
import { isAmbient } from '../planes';
import { rule } from '../rule';

export const unfinishedStage = rule({
  code: 'MESH276',
  level: 'warning',
  title: 'closed namespace that is not closed yet',

  check(model, report) {
    for (const namespace of model.namespaces) {
      const { name, stage } = namespace;
      if (stage === undefined) continue;
      const services = ownWorkloads(model).filter(({ namespaceName }) => namespaceName === name);
      const open = sortedBy(services, (one) => one.name).map((one) => one.name);
      report({
        on: namespace,
        message: `${name} ${WORDS[stage].message}`,
        got: `open to everybody: ${open.join(', ') || 'whatever runs there'}`,
        fix: `${WORDS[stage].fix}${watched(namespace)}`,
      });
    }
  },
});

const WORDS: Readonly<Record<StageName, { readonly message: string; readonly fix: string }>> = {
  observe: {
    message: 'is only observed: its grants and its default deny are tried out, and refuse nobody',
    fix: 'declare the calls that would be refused, then set ZeroTrustStage.ALLOW_KNOWN',
  },
  'allow-known': {
    message: 'lets in all others beside the calls that it knows',
    fix: 'set ZeroTrustStage.DENY_REST once every pod of it runs with these manifests',
  },
};

// Left to its default, istiod keeps such policies from ztunnel, so that nothing is seen of them.
function watched({ stage, waypoint, ...namespace }: NamespaceModel): string {
  if (stage !== 'observe' || !isAmbient(namespace)) return '';
  const where = waypoint ? 'at the pods' : 'there';
  return `; ztunnel tells what it would refuse ${where} only if istiod runs with AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY, from 1.29 on`;
}
