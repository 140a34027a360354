import { twoModes } from '../../../lib/rules/mtls/two-modes';
import { findings, made, raw } from '../model-builder';

const peer = (name: string, spec: string, namespace = 'shop'): string => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} }
`;
const PODS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart, tier: back } }, spec: { containers: [{ name: app, image: app }] } } }
`;
const STRICT = 'mtls: { mode: STRICT }';
const LAX = 'mtls: { mode: PERMISSIVE }';
const find = (objects: ReturnType<typeof raw>): string[] => findings(twoModes, { objects }).map(({ on, got }) => `${on.path}: ${got}`);

describe(twoModes.title, () => {
  it('fails one for the whole namespace beside ours, or beside another', () => {
    expect(find([...made(peer('default', STRICT)), ...raw(peer('added', LAX))])).toEqual([
      'raw/peerauthentication/added: mode: PERMISSIVE, and mode: STRICT',
    ]);
    expect(find(raw(`${peer('one', STRICT)}---${peer('two', 'mtls: { mode: UNSET }')}`))).toEqual([
      'raw/peerauthentication/two: no mode, and mode: STRICT',
    ]);
  });

  it('fails two for the whole mesh', () => {
    expect(find(raw(`${peer('one', STRICT, 'istio-system')}---${peer('two', LAX, 'istio-system')}`))).toHaveLength(1);
  });

  it('fails two by labels that pick the same pods, for a port as well', () => {
    const byApp = peer('app', `selector: { matchLabels: { app: cart } }, ${STRICT}`);
    const byTier = peer('tier', `selector: { matchLabels: { tier: back } }, ${STRICT}, portLevelMtls: { 8080: { mode: DISABLE } }`);
    expect(find(raw(`${PODS}---${byApp}---${byTier}`))).toEqual([
      'raw/peerauthentication/tier: mode: STRICT, port 8080: DISABLE, and mode: STRICT',
    ]);
  });

  it.each([
    ['the same said twice', `${peer('one', STRICT)}---${peer('two', STRICT)}`],
    ['two namespaces', `${peer('one', STRICT)}---${peer('two', LAX, 'bank')}`],
    [
      'one for some pods of a namespace',
      `${PODS}---${peer('one', STRICT)}---${peer('two', `selector: { matchLabels: { app: cart } }, ${LAX}`)}`,
    ],
    [
      'two for different pods',
      `${PODS}---${peer('one', `selector: { matchLabels: { app: cart } }, ${STRICT}`)}---${peer('two', `selector: { matchLabels: { app: web } }, ${LAX}`)}`,
    ],
  ])('takes %s', (_, yaml) => {
    expect(find(raw(yaml))).toEqual([]);
  });
});
