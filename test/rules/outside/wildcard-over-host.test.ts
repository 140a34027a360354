import type { Party } from '../../../lib/model/party';
import { wildcardOverHost } from '../../../lib/rules/outside/wildcard-over-host';
import { call, findings, namespaceState, other, service, TCP, waypointOf } from '../model-builder';

const TLS = { ...TCP, name: 'tls', number: 443, targetPort: 443, appProtocol: 'tls' };
const behind = (zeroTrust: boolean) => namespaceState('egress', 'ambient', { waypoint: waypointOf('egress'), zeroTrust });
const web = service('web', { namespace: namespaceState('shop', 'ambient') });
const all = (parts: Partial<Party> = {}) => other('external', 'all', { host: '*.example.com', ports: [TLS], ...parts });
const api = (parts: Partial<Party> = {}) =>
  other('external', 'api', { host: 'eu.api.example.com', ports: [TLS], owned: true, namespace: behind(true), ...parts });

describe(wildcardOverHost.title, () => {
  it.each([
    ['a host without a waypoint', web, api({ namespace: namespaceState('egress', 'ambient') })],
    ['a host that the wildcard does not cover', web, api({ host: 'example.com' })],
    ['a host in an open namespace that nobody is named for', web, api({ namespace: behind(false) })],
    ['a caller with a sidecar', service('web'), api()],
  ])('takes %s', (_, caller, host) => {
    expect(findings(wildcardOverHost, { calls: [call(caller, all())], others: [host] })).toEqual([]);
  });

  it('takes a caller that calls the host, too, on the same ports', () => {
    const found = (host: Party) => findings(wildcardOverHost, { calls: [call(web, all()), call(web, host)], others: [host] });
    expect(found(api())).toEqual([]);
    expect(found(api({ ports: [{ ...TLS, number: 8443 }] }))).toHaveLength(1);
  });

  it('warns of a name that its waypoint keeps for others', () => {
    expect(findings(wildcardOverHost, { calls: [call(web, all())], others: [api()] })).toMatchObject([
      { on: { path: 'shop/web' }, got: 'eu.api.example.com, declared behind a waypoint', fix: expect.stringContaining('shop/web') },
    ]);
  });
});
