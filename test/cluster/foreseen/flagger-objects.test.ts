import { foreseenOfFlagger } from '../../../lib/cluster/foreseen/flagger-objects';
import { made, raw } from '../../rules/model-builder';

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart-v1, namespace: shop}
spec:
  selector: {matchLabels: {app: cart, version: v1}}
  template:
    metadata: {labels: {app: cart, version: v1, service.istio.io/canonical-name: cart}}
    spec: {containers: [{name: cart, ports: [{name: http, containerPort: 8080}, {name: grpc, containerPort: 9090}]}]}`;
const canary = (discovery: boolean) => `
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: {name: cart, namespace: shop}
spec:
  targetRef: {kind: Deployment, name: cart-v1}
  service: {name: cart, port: 80, portName: http, targetPort: 8080, appProtocol: http, portDiscovery: ${discovery}, apex: {labels: {a: b}}}`;

describe('what Flagger will make of a Canary', () => {
  it('are the primary pods and three Services', () => {
    const foreseen = foreseenOfFlagger(made(`${DEPLOYMENT}\n---${canary(false)}`));
    expect(foreseen.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'Deployment cart-v1-primary',
      'Service cart-canary',
      'Service cart-primary',
      'Service cart',
    ]);
    const labels = { app: 'cart-primary', version: 'v1', 'service.istio.io/canonical-name': 'cart' };
    expect(foreseen[0].manifest).toMatchObject({
      spec: { selector: { matchLabels: { app: 'cart-primary' } }, template: { metadata: { labels } } },
    });
    expect(foreseen.slice(1).map(({ manifest }) => manifest.spec)).toMatchObject(
      ['cart', 'cart-primary', 'cart-primary'].map((app) => ({ selector: { app }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] })),
    );
    expect(foreseen[3]).toMatchObject({ path: 'made/canary/cart', manifest: { metadata: { labels: { a: 'b' } } } });
  });

  it('have the other ports of the containers where Flagger looks for them', () => {
    const [, service] = foreseenOfFlagger(made(`${DEPLOYMENT}\n---${canary(true)}`));
    expect(service.manifest.spec).toMatchObject({ ports: [{ port: 80 }, { name: 'grpc', port: 9090, targetPort: 9090 }] });
  });

  it('is nothing of a Canary that somebody else wrote, or whose Deployment is not there', () => {
    expect(foreseenOfFlagger([...made(DEPLOYMENT), ...raw(canary(false))])).toEqual([]);
    expect(foreseenOfFlagger(made(canary(false)))).toEqual([]);
  });
});
