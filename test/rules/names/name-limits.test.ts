import { nameLimits } from '../../../lib/rules/names/name-limits';
import { findings, raw } from '../model-builder';

const find = (apiVersion: string, kind: string, name: string, rest = '') =>
  findings(nameLimits, { objects: raw(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: "${name}" ${rest} } }`) });

const long = (length: number) => 'a'.repeat(length);

describe(nameLimits.title, () => {
  it.each([
    ['v1', 'Service', long(63)],
    ['v1', 'ConfigMap', `${long(100)}.example.com`],
    ['apps/v1', 'StatefulSet', long(52)],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:cart'],
    ['gateway.networking.k8s.io/v1', 'Gateway', long(63)],
  ])('takes a %s %s called %s', (apiVersion, kind, name) => {
    expect(find(apiVersion, kind, name)).toEqual([]);
  });

  it.each([
    ['v1', 'Service', long(64)],
    ['v1', 'Service', '1cart'],
    ['v1', 'Namespace', 'shop.eu'],
    ['v1', 'ConfigMap', 'Cart'],
    ['v1', 'ConfigMap', long(254)],
    ['batch/v1', 'CronJob', long(53)],
    ['apps/v1', 'StatefulSet', long(53)],
    ['apps/v1', 'StatefulSet', 'ledger.db'],
    ['gateway.networking.k8s.io/v1', 'Gateway', long(64)],
  ])('fails a %s %s called %s', (apiVersion, kind, name) => {
    expect(find(apiVersion, kind, name)).toMatchObject([{ got: expect.stringContaining(name) }]);
  });

  it('fails an ingress Gateway whose Service would be too long', () => {
    const gateway = (length: number) =>
      raw(
        `{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: ${long(length)} }, spec: { gatewayClassName: istio } }`,
      );
    expect(findings(nameLimits, { objects: gateway(57) })).toEqual([]);
    expect(findings(nameLimits, { objects: gateway(58) })).toHaveLength(1);
  });

  it.each([long(64), '-v1', 'v1/a'])('fails the label value %s', (value) => {
    expect(find('v1', 'ConfigMap', 'cart', `, labels: { version: "${value}" }`)).toMatchObject([
      { message: expect.stringContaining('label version') },
    ]);
  });

  it('tells of what nobody has filled in', () => {
    const found = find('v1', 'Service', '${APP}', ', labels: { version: "$(VERSION)" }');
    expect(found.map(({ fix, field }) => [fix, field])).toEqual([
      ['fill in $(VERSION) first, and pass what comes of it', ['metadata', 'labels', 'version']],
      ['fill in ${APP} first, and pass what comes of it', ['metadata', 'name']],
    ]);
  });

  it('fails a label of a pod template', () => {
    const spec = `{ template: { metadata: { labels: { version: ${long(64)} } }, spec: { containers: [{ name: cart }] } } }`;
    expect(
      findings(nameLimits, { objects: raw(`{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart }, spec: ${spec} }`) }),
    ).toHaveLength(1);
  });
});
