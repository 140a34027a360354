import { ownServiceByIdentity } from '../../../lib/rules/identity/own-service-by-identity';
import { call, findings, namespaceState, identity, service } from '../model-builder';

const product = service('product');
const closed = namespaceState('shop', 'sidecar', { zeroTrust: true });
const web = service('web', { serviceAccountName: 'frontend', namespace: closed });
const services = [product, web];

describe(ownServiceByIdentity.title, () => {
  it('takes the service itself, and an identity from elsewhere', () => {
    const calls = [call(web, product), call(identity('jobs', 'frontend'), product), call(identity('shop', 'web'), product)];
    expect(findings(ownServiceByIdentity, { services, calls })).toEqual([]);
  });

  it('takes one in an open namespace, where nothing is shut at its end', () => {
    const open = service('web', { serviceAccountName: 'frontend' });
    const calls = [call(identity('shop', 'frontend'), product)];
    expect(findings(ownServiceByIdentity, { services: [product, open], calls })).toEqual([]);
  });

  it('takes a refusal, which has one end only', () => {
    const calls = [call(identity('shop', 'frontend'), product, { action: 'DENY' })];
    expect(findings(ownServiceByIdentity, { services, calls })).toEqual([]);
  });

  it('fails an identity that is that of a service here', () => {
    const calls = [call(identity('shop', 'frontend'), product)];
    expect(findings(ownServiceByIdentity, { services, calls })).toMatchObject([
      { got: 'ServiceIdentity shop/frontend', fix: 'pass the MeshedService at shop/web instead' },
    ]);
  });
});
