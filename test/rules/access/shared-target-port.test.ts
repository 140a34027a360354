import { sharedTargetPort } from '../../../lib/rules/access/shared-target-port';
import { call, findings, hop, HTTP, service } from '../model-builder';

const admin = { ...HTTP, name: 'http-admin', number: 9090 };
const cart = service('cart', { ports: [HTTP, admin] });
const web = service('web');

describe(sharedTargetPort.title, () => {
  it('takes a call to all ports, at once or one by one', () => {
    expect(findings(sharedTargetPort, { calls: [call(web, cart)] })).toEqual([]);
    expect(findings(sharedTargetPort, { calls: [call(web, cart, { ports: [HTTP] }), call(web, cart, { ports: [admin] })] })).toEqual([]);
  });

  it('takes ports that are two at the pods', () => {
    const apart = service('cart', { ports: [HTTP, { ...admin, targetPort: 9090 }] });
    expect(findings(sharedTargetPort, { calls: [call(web, apart, { ports: [HTTP] })] })).toEqual([]);
  });

  it('takes a call that a waypoint checks, which counts the ports of the Service', () => {
    const attachment = { targetRefs: [{ group: '', kind: 'Service', name: 'cart' }] };
    const hops = [hop(web, cart, { attachment, namespaceName: 'shop', ports: [8080], readsHttp: true })];
    expect(findings(sharedTargetPort, { calls: [call(web, cart, { ports: [HTTP], hops })] })).toEqual([]);
  });

  it.each(['ALLOW', 'DENY'] as const)('fails a call to one of them: %s', (action) => {
    const calls = [call(web, cart, { action, ports: [HTTP] })];
    expect(findings(sharedTargetPort, { calls })).toMatchObject([
      { on: { path: 'shop/web' }, got: '9090 (http-admin) on targetPort 8080' },
    ]);
  });

  it('fails when only one of them is limited to some requests', () => {
    const calls = [call(web, cart, { ports: [HTTP] }), call(web, cart, { ports: [admin], http: [{ methods: ['GET'], paths: [] }] })];
    expect(findings(sharedTargetPort, { calls })).toHaveLength(2);
  });
});
