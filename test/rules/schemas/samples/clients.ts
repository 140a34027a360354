import type { Refused, Taken } from './sample';

const policy = (text: string) => `host: api, trafficPolicy: { ${text} }`;
const balanced = (text: string) => policy(`loadBalancer: { ${text} }`);
const locality = (text: string) => balanced(`localityLbSetting: { ${text} }`);

const AT = 'spec.trafficPolicy';
const LOCALITY = `${AT}.loadBalancer.localityLbSetting`;

export const TAKEN_CLIENTS: readonly Taken[] = [
  ['DestinationRule', 'host: api'],
  ['DestinationRule', 'host: "*.example.com", exportTo: [., billing]'],
  ['DestinationRule', policy('portLevelSettings: [{ port: { number: 80 }, tls: { mode: DISABLE } }]')],
  ['DestinationRule', policy('outlierDetection: { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 5 }')],
  ['DestinationRule', policy('connectionPool: { tcp: { idleTimeout: 0s, connectTimeout: 1m30s }, http: { idleTimeout: 1.5s } }')],
  ['DestinationRule', policy('tls: { mode: MUTUAL, clientCertificate: /a, privateKey: /b }')],
  ['DestinationRule', policy('tls: { mode: MUTUAL, credentialName: a }')],
  ['DestinationRule', policy('tls: { mode: SIMPLE, insecureSkipVerify: true }')],
  ['DestinationRule', policy('tunnel: { protocol: CONNECT, targetHost: api.example.com, targetPort: 443 }')],
  ['DestinationRule', balanced('consistentHash: { httpCookie: { name: user, ttl: 0s } }')],
  ['DestinationRule', balanced('consistentHash: { maglev: { tableSize: 65537 } }')],
  ['DestinationRule', balanced('warmup: { duration: 60s }')],
  ['DestinationRule', locality('distribute: [{ from: "eu/*", to: { "eu/*": 80, us: 20 } }, { from: us, to: { us: 100 } }]')],
  ['DestinationRule', locality('failover: [{ from: eu, to: us }]')],
  ['DestinationRule', locality('failoverPriority: [topology.kubernetes.io/zone]')],
];

export const REFUSED_CLIENTS: readonly Refused[] = [
  ['DestinationRule', 'host: api_of_shop', 'no host', 'spec.host'],
  ['DestinationRule', policy(''), 'trafficPolicy that says nothing', ''],
  ['DestinationRule', 'host: api, subsets: [{ name: a, trafficPolicy: {} }]', 'trafficPolicy that says nothing', ''],
  ['DestinationRule', 'host: api, subsets: [{ name: a }, { name: a }]', 'two subsets', ''],
  ['DestinationRule', 'host: api, subsets: [{ name: v1.2 }]', 'no name of a subset', 'spec.subsets.0.name'],
  ['DestinationRule', 'host: api, subsets: [{ name: a, labels: { version: "a b" } }]', 'no label', 'spec.subsets.0.labels'],
  ['DestinationRule', 'host: api, exportTo: [shop, .]', 'twice', 'spec.exportTo'],
  ['DestinationRule', 'host: api, exportTo: ["~"]', 'no namespace', 'spec.exportTo'],
  ['DestinationRule', 'host: api, exportTo: ["*", billing]', 'for others besides', 'spec.exportTo'],
  ['DestinationRule', 'host: api, exportTo: [billing], workloadSelector: { matchLabels: { a: b } }', 'beyond', 'spec.exportTo'],
  ['DestinationRule', 'host: api, workloadSelector: { matchLabels: { a: "b*" } }', 'a star', 'spec.workloadSelector.matchLabels'],
  ['DestinationRule', policy('connectionPool: {}'), 'connectionPool that says nothing', `${AT}.connectionPool`],
  ['DestinationRule', policy('connectionPool: { tcp: { connectTimeout: 0s } }'), 'no duration', `${AT}.connectionPool.tcp.connectTimeout`],
  ['DestinationRule', policy('connectionPool: { tcp: { connectTimeout: 5 s } }'), 'no duration', `${AT}.connectionPool.tcp.connectTimeout`],
  ['DestinationRule', policy('connectionPool: { http: { idleTimeout: 1.0005s } }'), 'no duration', `${AT}.connectionPool.http.idleTimeout`],
  ['DestinationRule', policy('connectionPool: { tcp: { idleTimeout: -5s } }'), 'no duration', `${AT}.connectionPool.tcp.idleTimeout`],
  ['DestinationRule', policy('connectionPool: { tcp: { maxConnections: -1 } }'), 'below zero', `${AT}.connectionPool.tcp.maxConnections`],
  [
    'DestinationRule',
    policy('connectionPool: { http: { h2UpgradePolicy: UPGRADE, useClientProtocol: true } }'),
    'protocol of the client',
    `${AT}.connectionPool.http`,
  ],
  [
    'DestinationRule',
    policy('connectionPool: { http: { http2KeepAlive: { interval: 5s } } }'),
    'both',
    `${AT}.connectionPool.http.http2KeepAlive`,
  ],
  ['DestinationRule', policy('tunnel: { targetHost: a, targetPort: 1 }, proxyProtocol: {}'), 'both tunnel and', ''],
  ['DestinationRule', policy('tunnel: { targetHost: a_b, targetPort: 1 }'), 'neither a whole host', `${AT}.tunnel.targetHost`],
  ['DestinationRule', policy('tunnel: { targetHost: a, targetPort: 0 }'), 'no port', `${AT}.tunnel.targetPort`],
  ['DestinationRule', policy('tunnel: { targetHost: a, targetPort: 1, protocol: GET }'), 'open a tunnel', `${AT}.tunnel.protocol`],
  ['DestinationRule', policy('portLevelSettings: [{ tls: { mode: DISABLE } }]'), 'which port', `${AT}.portLevelSettings.0`],
  ['DestinationRule', policy('portLevelSettings: [{ port: { number: 80 } }]'), 'nothing of its port', `${AT}.portLevelSettings.0`],
  ['DestinationRule', policy('outlierDetection: { consecutiveLocalOriginFailures: 5 }'), 'consecutiveLocalOriginFailures', ''],
  ['DestinationRule', policy('outlierDetection: { interval: 0s }'), 'no duration', `${AT}.outlierDetection.interval`],
  [
    'DestinationRule',
    policy('outlierDetection: { maxEjectionPercent: 101 }'),
    'no percentage',
    `${AT}.outlierDetection.maxEjectionPercent`,
  ],
  ['DestinationRule', policy('tls: { mode: MUTUAL }'), 'without a certificate', `${AT}.tls`],
  ['DestinationRule', policy('tls: { mode: SIMPLE, credentialName: a, caCertificates: /a }'), 'beside credentialName', `${AT}.tls`],
  ['DestinationRule', policy('tls: { mode: SIMPLE, insecureSkipVerify: true, subjectAltNames: [a] }'), 'verifies nobody', `${AT}.tls`],
  ['DestinationRule', balanced('localityLbSetting: {}, zoneAwareLbSetting: {}'), 'zoneAwareLbSetting', ''],
  ['DestinationRule', balanced('warmup: { duration: 0s }'), 'no duration', `${AT}.loadBalancer.warmup.duration`],
  [
    'DestinationRule',
    balanced('consistentHash: { httpCookie: { name: "", ttl: 0s } }'),
    'without a name',
    `${AT}.loadBalancer.consistentHash.httpCookie`,
  ],
  ['DestinationRule', balanced('consistentHash: { maglev: { tableSize: 65536 } }'), 'prime', `${AT}.loadBalancer.consistentHash.maglev`],
  ['DestinationRule', locality('distribute: [{ from: eu, to: { eu: 80 } }]'), '100', `${LOCALITY}.distribute.0`],
  ['DestinationRule', locality('distribute: [{ from: eu, to: { eu: 100, us: 0 } }]'), 'from 1', `${LOCALITY}.distribute.0`],
  ['DestinationRule', locality('distribute: [{ from: eu, to: { "e*u": 100 } }]'), 'overlap', `${LOCALITY}.distribute`],
  [
    'DestinationRule',
    locality('distribute: [{ from: eu, to: { eu: 100 } }, { from: eu/a, to: { eu: 100 } }]'),
    'overlap',
    `${LOCALITY}.distribute`,
  ],
  [
    'DestinationRule',
    locality('distribute: [{ from: eu, to: { eu: 100 } }], failover: [{ from: eu, to: us }]'),
    'both distribute and failover',
    LOCALITY,
  ],
  [
    'DestinationRule',
    locality('failover: [{ from: eu, to: us }], failoverPriority: [topology.kubernetes.io/region]'),
    'topology label',
    LOCALITY,
  ],
  ['DestinationRule', locality('failover: [{ from: eu/a, to: eu/b }]'), 'from one region to another', `${LOCALITY}.failover.0`],
  ['DestinationRule', locality('failover: [{ from: eu, to: eu }]'), 'from one region to another', `${LOCALITY}.failover.0`],
  [
    'DestinationRule',
    balanced('zoneAwareLbSetting: { failoverPriority: [topology.istio.io/subzone] }'),
    'goes by anyway',
    `${AT}.loadBalancer.zoneAwareLbSetting.failoverPriority`,
  ],
];
