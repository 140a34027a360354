import { unreachableKeys } from '../../../lib/rules/users/unreachable-keys';
import { call, findings, HTTP, namespaceState, service } from '../model-builder';
import { USER } from './user';

const asked = (jwksUri?: string) => call(service('cart'), service('product'), { user: { ...USER, issuer: { ...USER.issuer, jwksUri } } });
const closed = namespaceState('id', 'sidecar', { zeroTrust: true });
const keycloak = (parts: object = {}) => service('keycloak', { namespace: closed, ...parts });

describe(unreachableKeys.title, () => {
  it('takes keys outside, at a Service of others, in an open namespace, or at a port that takes plaintext', () => {
    const uri = 'http://keycloak.id.svc.cluster.local:8080/keys';
    const silent = (services: ReturnType<typeof keycloak>[], jwksUri?: string) =>
      findings(unreachableKeys, { services, calls: [asked(jwksUri)] });
    expect(silent([keycloak()])).toEqual([]);
    expect(silent([keycloak()], 'https://id.example.com/keys')).toEqual([]);
    expect(silent([], uri)).toEqual([]);
    expect(silent([keycloak({ namespace: namespaceState('id', 'sidecar') })], uri)).toEqual([]);
    expect(silent([keycloak({ ports: [{ ...HTTP, plaintext: 'istiod fetches keys' }] })], uri)).toEqual([]);
  });

  it.each([
    'http://keycloak.id.svc.cluster.local:8080/keys',
    'http://keycloak.id.svc:8080/keys',
    'https://keycloak.id.svc.cluster.local/keys',
  ])('fails keys at a closed service: %s', (jwksUri) => {
    expect(findings(unreachableKeys, { services: [keycloak()], calls: [asked(jwksUri)] })).toMatchObject([{ got: jwksUri }]);
  });
});
