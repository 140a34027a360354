import { unverifiedServer } from '../../../lib/rules/routing/unverified-server';
import { findings, raw } from '../model-builder';

const find = (policy: string) =>
  findings(unverifiedServer, {
    objects: raw(`
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: api, namespace: shop }
spec: { host: api.example.com, ${policy} }
`),
  });

describe(unverifiedServer.title, () => {
  it.each(['mode: SIMPLE', 'mode: SIMPLE, insecureSkipVerify: false', 'mode: MUTUAL, credentialName: client', 'mode: ISTIO_MUTUAL'])(
    'takes %s: the authorities of the system are trusted where none is named',
    (tls) => {
      expect(find(`trafficPolicy: { tls: { ${tls} } }`)).toEqual([]);
    },
  );

  it.each([
    'trafficPolicy: { tls: { mode: SIMPLE, insecureSkipVerify: true } }',
    'trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls: { mode: SIMPLE, insecureSkipVerify: true } }] }',
    'subsets: [{ name: v1, trafficPolicy: { tls: { mode: SIMPLE, insecureSkipVerify: true } } }]',
  ])('tells of %s', (policy) => {
    expect(find(policy)).toMatchObject([{ on: { path: 'raw/destinationrule/api' }, message: expect.stringContaining('api.example.com') }]);
  });
});
