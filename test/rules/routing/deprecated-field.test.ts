import { deprecatedField } from '../../../lib/rules/routing/deprecated-field';
import { findings, made, raw } from '../model-builder';

const object = (kind: string, spec: string) => `
apiVersion: networking.istio.io/v1
kind: ${kind}
metadata: { name: cart, namespace: shop }
spec: { ${spec} }
`;

const find = (kind: string, spec: string) => findings(deprecatedField, { objects: raw(object(kind, spec)) });

describe(deprecatedField.title, () => {
  it.each([
    ['VirtualService', 'http: [{ mirrors: [{ percentage: { value: 5 } }], corsPolicy: { allowOrigins: [{ exact: a }] } }]'],
    ['VirtualService', 'http: [{ fault: { delay: { percentage: { value: 5 }, fixedDelay: 5s } } }]'],
    ['DestinationRule', 'trafficPolicy: { loadBalancer: { simple: LEAST_REQUEST }, outlierDetection: { consecutive5xxErrors: 5 } }'],
    ['DestinationRule', 'trafficPolicy: { loadBalancer: { consistentHash: { ringHash: { minimumRingSize: 1024 } } } }'],
    ['ServiceEntry', 'ports: [{ number: 80, targetPort: 8080 }]'],
    ['Gateway', 'servers: [{ port: { number: 80 } }]'],
    ['Sidecar', 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }'],
  ])('takes what is current in a %s: %s', (kind, spec) => {
    expect(find(kind, spec)).toEqual([]);
  });

  it.each([
    ['VirtualService', 'http: [{}, { mirrorPercent: 5 }]', 'mirrorPercent'],
    ['VirtualService', 'http: [{ mirror_percent: 5 }]', 'mirror_percent'],
    ['VirtualService', 'http: [{ corsPolicy: { allowOrigin: ["*"] } }]', 'allowOrigin'],
    ['VirtualService', 'http: [{ fault: { delay: { percent: 5 } } }]', 'delay.percent'],
    ['DestinationRule', 'trafficPolicy: { outlierDetection: { consecutiveErrors: 5 } }', 'consecutiveErrors'],
    ['DestinationRule', 'subsets: [{ trafficPolicy: { portLevelSettings: [{ loadBalancer: { simple: LEAST_CONN } }] } }]', 'LEAST_CONN'],
    ['DestinationRule', 'trafficPolicy: { loadBalancer: { consistentHash: { minimumRingSize: 1 } } }', 'minimumRingSize'],
    ['Gateway', 'servers: [{ port: { number: 80, targetPort: 8080 } }]', 'targetPort'],
    ['Sidecar', 'ingress: [{ port: { number: 80, targetPort: 8080 } }]', 'targetPort'],
    ['Sidecar', 'outboundTrafficPolicy: { egressProxy: { host: a } }', 'egressProxy'],
  ])('tells of what is old in a %s: %s', (kind, spec, word) => {
    expect(find(kind, spec)).toMatchObject([{ message: expect.stringContaining(word), fix: expect.stringMatching(/^write /) }]);
  });

  it('leaves what constructs write to their tests', () => {
    expect(findings(deprecatedField, { objects: made(object('VirtualService', 'http: [{ mirrorPercent: 5 }]')) })).toEqual([]);
  });
});
