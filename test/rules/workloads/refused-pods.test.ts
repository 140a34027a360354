import { refusedPods } from '../../../lib/rules/workloads/refused-pods';
import { findings, raw } from '../model-builder';

const namespace = (level: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: ${level} } }
`;
const pods = (spec: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { selector: { matchLabels: { app: cart } }, template: { metadata: { labels: { app: cart } }, spec: ${spec} } }
`;
const PLAIN = pods('{ containers: [{ name: cart, image: cart }] }');
const STRICT = pods(
  `{ securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } },
     containers: [{ name: cart, image: cart, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } } }] }`,
);

const find = (...manifests: string[]) => findings(refusedPods, { objects: manifests.flatMap(raw) });

describe(refusedPods.title, () => {
  it.each([
    ['pods that ask for nothing', namespace('restricted'), STRICT],
    ['root at the baseline', namespace('baseline'), PLAIN],
    ['anything where all is open', namespace('privileged'), pods('{ hostPID: true, containers: [{ name: cart }] }')],
    ['pods of a namespace that somebody else makes', PLAIN],
  ])('takes %s', (_, ...manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it('fails pods that ask for more', () => {
    expect(find(namespace('restricted'), PLAIN)).toMatchObject([
      { on: { path: 'raw/deployment/cart' }, got: expect.stringContaining('no runAsNonRoot: true') },
    ]);
    expect(find(namespace('baseline'), pods('{ hostPID: true, containers: [{ name: cart }] }'))).toMatchObject([
      { got: 'the network, processes or memory of the node' },
    ]);
  });
});
