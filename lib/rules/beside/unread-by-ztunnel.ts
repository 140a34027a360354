import { EXTENSIONS, NETWORKING, SECURITY } from '../../istio/api-groups';
import { isEmpty } from '../../cluster/objects/fields';
import { groupKindOf } from '../../cluster/objects/manifest-object';
import type { Attached } from '../../cluster/policies/attachments';
import { selectingObjects } from '../../cluster/policies/selecting-objects';
import { labelText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { picksNobody } from './pods/known-pods';
import { isRaw } from '../owners';
import { isForNoReader, readsByLabels } from './pods/readers';
import { rule } from '../rule';

const KINDS: Readonly<Record<string, { readonly harm: string; readonly fix: string; readonly yamlFix?: string }>> = {
  [`${SECURITY}/RequestAuthentication`]: {
    harm: 'no token is checked, and a policy that asks for one refuses everybody',
    fix: 'attach it to the Service with targetRefs, and the policies that ask for its tokens too',
  },
  [`${EXTENSIONS}/TrafficExtension`]: { harm: 'it never runs', fix: 'attach it to the Service with targetRefs' },
  [`${EXTENSIONS}/WasmPlugin`]: { harm: 'it never runs', fix: 'attach it to the Service with targetRefs' },
  [`${NETWORKING}/EnvoyFilter`]: {
    harm: 'nothing is patched',
    fix: 'remove it, or put the pods into a namespace with DataPlane.sidecar(): Istio has no patches for pods in ambient mode',
    yamlFix:
      'remove it, or give the pods sidecars (istio-injection: enabled on their Namespace): Istio has no patches for pods in ambient mode',
  },
};

export const unreadByZtunnel = rule({
  code: 'MESH115',
  level: 'error',
  title: 'policy or extension by labels that neither ztunnel nor a waypoint reads',
  compares: [
    { kinds: Object.keys(KINDS), fields: ['spec selector', 'spec workloadSelector', 'spec targetRefs', 'spec targetRef'], made: false },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const one of selectingObjects(cluster).filter((each) => isRaw(each) || mayComeTooLate(each))) {
      const words = KINDS[groupKindOf(one.object)];
      if (!words || one.targets.length > 0 || picksNobody(model, one)) continue;
      if (!isForNoReader(cluster, one, readsByLabels)) continue;
      report({
        on: one.object,
        message: `${one.title} is read by nobody: ztunnel does not read it, and a waypoint reads what has targetRefs alone; ${words.harm}`,
        got: isEmpty(one.selector) ? 'no selector' : labelText(one.selector),
        fix: words.fix,
        yamlFix: words.yamlFix,
      });
    }
  },
});

// A limit of ours is refused in ambient mode, unless the namespace of its chart says later how it is in the mesh.
function mayComeTooLate({ object }: Attached): boolean {
  return object.kind === 'EnvoyFilter';
}
