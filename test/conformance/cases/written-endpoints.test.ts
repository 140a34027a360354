import * as made from '../../verdict/fixtures';
import { differencesAbout } from '../agreement';
import { meshFrom } from '../mesh-under-test';

const PLACES = {
  sidecars: [made.namespace('shop', made.SIDECAR)],
  ambient: [made.namespace('shop', made.AMBIENT)],
  'a waypoint': [made.namespace('shop', made.BEHIND_WAYPOINT), made.waypoint('service')],
  'outside the mesh': [made.namespace('shop', '')],
};
const PODS = [
  made.runningPod('one', '10.1.0.1'),
  made.runningPod('two', '10.1.0.2'),
  made.namespace('bank', made.SIDECAR),
  made.runningPod('far', '10.1.0.3', 'bank'),
  made.runningPod('web', '10.1.0.4'),
];
const POLICIES = [
  made.policy('one', `selector: {matchLabels: {app: one}}, action: ALLOW, rules: [{from: [{source: {principals: ["*/sa/web"]}}]}]`),
  made.policy('two', `selector: {matchLabels: {app: two}}, action: DENY, rules: [{to: [{operation: {methods: [POST]}}]}]`),
];
const named = (name: string, address: string, namespace = 'shop') =>
  `{addresses: [${address}], targetRef: {kind: Pod, name: ${name}, namespace: ${namespace}}, conditions: {ready: true}}`;
const TCP = { port: '{name: tcp, port: 5432}' };
const HEADLESS = { extra: ', clusterIP: None' };

const SLICES: Readonly<Record<string, readonly string[]>> = {
  'pods by their names': [
    made.service('db', ''),
    made.endpointSlice('db', `${named('one', '10.1.0.1')}, ${named('far', '10.1.0.3', 'bank')}`),
  ],
  'addresses alone': [
    made.service('db', ''),
    made.endpointSlice('db', '{addresses: [10.1.0.1]}, {addresses: [10.1.0.2]}, {addresses: [10.1.0.3]}, {addresses: [10.9.0.1]}'),
  ],
  'bytes to somewhere outside': [
    made.service('db', '', TCP),
    made.endpointSlice('db', '{addresses: [10.9.0.1]}, {addresses: [10.9.0.2]}', '{name: tcp, port: 5433, protocol: TCP}'),
  ],
  'ports by their names': [
    made.service('db', '', { port: '{name: http, port: 80, targetPort: main}, {name: tcp, port: 81}, {name: none, port: 82}' }),
    made.endpointSlice(
      'db',
      named('one', '10.1.0.1'),
      '{name: http, port: 8080, protocol: TCP}, {name: tcp, port: 7000, protocol: TCP}, {name: other, port: 1, protocol: TCP}',
    ),
    made.policy('port', 'selector: {matchLabels: {app: one}}, action: DENY, rules: [{to: [{operation: {ports: ["8080"]}}]}]'),
  ],
  'some that are not ready': [
    made.service('db', ''),
    made.endpointSlice('db', '{addresses: [10.9.0.1], conditions: {ready: false}}, {addresses: [10.1.0.2], conditions: {ready: true}}'),
  ],
  'none that is ready': [made.service('db', ''), made.endpointSlice('db', '{addresses: [10.9.0.1], conditions: {ready: false}}')],
  names: [
    made.service('db', ''),
    made.endpointSlice('db', '{addresses: [10.9.0.1]}'),
    made.endpointSlice('db', '{addresses: [db.example.com]}').replace('IPv4', 'FQDN').replace('db-written', 'db-names'),
  ],
  'some beside a selector': [
    made.service('db', 'app: one'),
    made.endpointSlice('db', `{addresses: [10.9.0.1]}, ${named('two', '10.1.0.2')}`),
  ],
  'a headless Service': [made.service('db', '', HEADLESS), made.endpointSlice('db', named('one', '10.1.0.1'))],
};

const CASES = Object.keys(PLACES).flatMap((place) => Object.keys(SLICES).map((slices) => [place, slices] as const));

describe('endpoints that somebody has written', () => {
  it.each(CASES)('are where istiod sends requests: %s, %s', async (place, slices) => {
    const mesh = meshFrom(made.objects(...PLACES[place as keyof typeof PLACES], ...PODS, ...POLICIES, ...SLICES[slices]));
    expect((await differencesAbout(mesh)).map(([{ from, to, method }, said]) => JSON.stringify({ from, to, method, said }))).toEqual([]);
  });
});
