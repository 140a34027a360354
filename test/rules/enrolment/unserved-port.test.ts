import { unservedPort } from '../../../lib/rules/enrolment/unserved-port';
import { findings, made, raw } from '../model-builder';

const pods = (spec: string, name = 'cart') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec: { selector: { matchLabels: { app: cart } }, template: { metadata: { labels: { app: cart } }, spec: { ${spec} } } }
`;

const PODS = pods('containers: [{ name: cart, ports: [{ name: main, containerPort: 8080 }] }]');

const service = (target: string) => `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: ${target} }] }
`;

const find = (...manifests: string[]) => findings(unservedPort, { objects: manifests.flatMap(raw) });

describe(unservedPort.title, () => {
  it.each([
    ['a name that a container has', service('main'), PODS],
    ['a number, which no container has to say', service('9090'), PODS],
    [
      'a name of a container that stays',
      service('side'),
      pods('initContainers: [{ restartPolicy: Always, ports: [{ name: side, containerPort: 1 }] }]'),
    ],
    ['a name that some of the pods have', service('main'), `${pods('', 'canary')}---${PODS}`],
    ['pods of somebody else', service('main'), ''],
  ])('takes %s', (_, ...manifests) => {
    expect(find(...manifests.filter(Boolean))).toEqual([]);
  });

  it('fails a name that no container has', () => {
    expect(find(service('web'), PODS)).toMatchObject([{ on: { path: 'raw/service/cart' }, got: 'pods: shop/cart (main)' }]);
    expect(findings(unservedPort, { objects: [...made(service('web')), ...raw(PODS)] })).toEqual([]);
  });
});
