import { schemaErrors } from './schema-errors';

const CONTAINER = {
  name: 'cart',
  image: 'ghcr.io/acme/cart:1.9.1',
  ports: [{ name: 'http', containerPort: 8080 }],
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  readinessProbe: { tcpSocket: { port: 8080 } },
  lifecycle: { preStop: { sleep: { seconds: 5 } } },
};
const labels = { app: 'cart' };

/** One valid object of each kind, by kind. */
const VALID: Readonly<Record<string, { apiVersion: string; metadata?: object; spec?: object; [field: string]: unknown }>> = {
  Namespace: { apiVersion: 'v1', metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } },
  ServiceAccount: { apiVersion: 'v1', automountServiceAccountToken: false },
  Service: {
    apiVersion: 'v1',
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }] },
  },
  Deployment: {
    apiVersion: 'apps/v1',
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [CONTAINER] } } },
  },
  PodDisruptionBudget: { apiVersion: 'policy/v1', spec: { maxUnavailable: 1, selector: { matchLabels: labels } } },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    spec: {
      maxReplicas: 5,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' },
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
    },
  },
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    spec: {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: labels } }, { ipBlock: { cidr: '10.0.0.0/8' } }],
          ports: [{ protocol: 'TCP', port: 8080 }],
        },
      ],
    },
  },
  AuthorizationPolicy: {
    apiVersion: 'security.istio.io/v1',
    spec: { selector: { matchLabels: labels }, rules: [{ to: [{ operation: { methods: ['GET'], ports: ['8080'] } }] }] },
  },
  PeerAuthentication: { apiVersion: 'security.istio.io/v1', spec: { mtls: { mode: 'STRICT' } } },
  VirtualService: {
    apiVersion: 'networking.istio.io/v1',
    spec: { hosts: ['cart'], http: [{ timeout: '3s', route: [{ destination: { host: 'cart', port: { number: 8080 } }, weight: 100 }] }] },
  },
  DestinationRule: {
    apiVersion: 'networking.istio.io/v1',
    spec: { host: 'cart', trafficPolicy: { connectionPool: { tcp: { maxConnections: 7 } } }, subsets: [{ name: 'v1', labels }] },
  },
  Sidecar: { apiVersion: 'networking.istio.io/v1', spec: { egress: [{ hosts: ['~/*'] }] } },
  ServiceEntry: {
    apiVersion: 'networking.istio.io/v1',
    spec: { hosts: ['api.example.com'], resolution: 'DNS', ports: [{ number: 443, name: 'tls', protocol: 'TLS' }] },
  },
  Gateway: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    spec: { gatewayClassName: 'istio', listeners: [{ name: 'https', port: 443, protocol: 'HTTPS' }] },
  },
  HTTPRoute: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    spec: { parentRefs: [{ name: 'gateway' }], rules: [{ backendRefs: [{ name: 'cart', port: 8080, weight: 1 }] }] },
  },
};

const object = (kind: string) => ({ metadata: { name: 'cart', namespace: 'shop' }, ...VALID[kind], kind });

/** The object with one place of it changed; undefined takes the place away. */
function changed(kind: string, path: string, value: unknown): object {
  const copy = JSON.parse(JSON.stringify(object(kind))) as Record<string, unknown>;
  const steps = path.split('/').slice(1);
  const last = steps.pop() ?? '';
  const parent = steps.reduce((inner, step) => inner[step] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

describe('a valid object', () => {
  it.each(Object.keys(VALID))('of kind %s has no errors', (kind) => {
    expect(schemaErrors(object(kind))).toEqual([]);
  });
});

describe('a broken object', () => {
  it.each([
    ['a Service without a port number', 'Service', '/spec/ports/0/port', undefined, '/spec/ports/0 must have required property port'],
    ['a Service with a port in quotes', 'Service', '/spec/ports/0/port', '80', '/spec/ports/0/port must be integer'],
    [
      'a Service with an unknown transport',
      'Service',
      '/spec/ports/0/protocol',
      'HTTP',
      '/spec/ports/0/protocol must be equal to one of the allowed values (SCTP, TCP, UDP)',
    ],
    [
      'a Deployment with a field of another kind',
      'Deployment',
      '/spec/port',
      80,
      '/spec must NOT have additional properties (unknown field port)',
    ],
    [
      'a container with a misspelt field',
      'Deployment',
      '/spec/template/spec/containers/0/imagePullPolice',
      'Always',
      '/spec/template/spec/containers/0 must NOT have additional properties (unknown field imagePullPolice)',
    ],
    [
      'a container without a name',
      'Deployment',
      '/spec/template/spec/containers/0/name',
      undefined,
      '/spec/template/spec/containers/0 must have required property name',
    ],
    [
      'a sleep without seconds',
      'Deployment',
      '/spec/template/spec/containers/0/lifecycle/preStop/sleep',
      {},
      '/spec/template/spec/containers/0/lifecycle/preStop/sleep must have required property seconds',
    ],
    ['labels that are no text', 'Namespace', '/metadata/labels/istio-injection', true, '/metadata/labels/istio-injection must be string'],
    [
      'metadata with an unknown field',
      'ServiceAccount',
      '/metadata/label',
      {},
      '/metadata must NOT have additional properties (unknown field label)',
    ],
    [
      'a NetworkPolicy with a peer in the wrong place',
      'NetworkPolicy',
      '/spec/ingress/0/to',
      [],
      '/spec/ingress/0 must NOT have additional properties (unknown field to)',
    ],
    [
      'an autoscaler with a field of an older version',
      'HorizontalPodAutoscaler',
      '/spec/targetCPUUtilizationPercentage',
      80,
      '/spec must NOT have additional properties (unknown field targetCPUUtilizationPercentage)',
    ],
    [
      'a policy with an unknown action',
      'AuthorizationPolicy',
      '/spec/action',
      'REFUSE',
      '/spec/action must be equal to one of the allowed values (ALLOW, DENY, AUDIT, CUSTOM)',
    ],
    [
      'a policy with a misspelt field',
      'AuthorizationPolicy',
      '/spec/rules/0/to/0/operation/path',
      ['/'],
      '/spec/rules/0/to/0/operation must NOT have additional properties (unknown field path)',
    ],
    [
      'a policy with ports that are numbers',
      'AuthorizationPolicy',
      '/spec/rules/0/to/0/operation/ports/0',
      8080,
      '/spec/rules/0/to/0/operation/ports/0 must be string',
    ],
    [
      'a route without a host',
      'VirtualService',
      '/spec/http/0/route/0/destination/host',
      undefined,
      "/spec/http/0/route/0/destination must have required property 'host'",
    ],
    [
      'an external host with an unknown resolution',
      'ServiceEntry',
      '/spec/resolution',
      'MAYBE',
      '/spec/resolution must be equal to one of the allowed values (NONE, STATIC, DNS, DNS_ROUND_ROBIN, DYNAMIC_DNS)',
    ],
    ['a Gateway without a class', 'Gateway', '/spec/gatewayClassName', undefined, "/spec must have required property 'gatewayClassName'"],
    ['a Gateway with a port out of range', 'Gateway', '/spec/listeners/0/port', 65536, '/spec/listeners/0/port must be <= 65535'],
    [
      'an HTTPRoute with a field of a VirtualService',
      'HTTPRoute',
      '/spec/rules/0/retries',
      {},
      '/spec/rules/0 must NOT have additional properties (unknown field retries)',
    ],
    ['a custom resource without a name', 'Sidecar', '/metadata/name', undefined, "/metadata must have required property 'name'"],
    [
      'a custom resource with a label that no label may be',
      'Sidecar',
      '/metadata/labels',
      { app: 'a b' },
      '/metadata/labels/app must match pattern',
    ],
    [
      'a custom resource with a field beside its spec',
      'Sidecar',
      '/specs',
      {},
      '/ must NOT have additional properties (unknown field specs)',
    ],
  ])('is %s', (_, kind, path, value, message) => {
    const errors = schemaErrors(changed(kind, path, value));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(message);
  });

  it('is named, with its namespace if it has one', () => {
    expect(schemaErrors(changed('Gateway', '/spec/gatewayClassName', undefined))[0]).toMatch(/^Gateway shop\/cart: /);
    expect(schemaErrors(changed('Namespace', '/metadata/labels/istio-injection', 1))[0]).toMatch(/^Namespace shop: /);
  });

  it('has all of its errors told at once', () => {
    expect(schemaErrors({ ...object('HTTPRoute'), metadata: { name: 'X' }, spec: { rule: [] } })).toHaveLength(2);
  });

  it('repeats a key of a list that is a map', () => {
    const listener = { name: 'https', port: 443, protocol: 'HTTPS' };
    expect(schemaErrors(changed('Gateway', '/spec/listeners', [listener, { ...listener, port: 444 }]))).toEqual([
      'Gateway shop/cart: /spec/listeners must not repeat a key',
    ]);
  });

  it.each([
    ['another version of its kind', { ...object('VirtualService'), apiVersion: 'networking.istio.io/v1beta1' }],
    ['a kind that nobody knows', { ...object('VirtualService'), kind: 'VirtualServer' }],
  ])('has no schema under %s', (_, unknown) => {
    expect(schemaErrors(unknown)[0]).toContain('no schema for');
  });
});
