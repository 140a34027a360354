import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  CanaryRelease,
  DataPlane,
  HttpAccess,
  MeshedService,
  MeshNamespace,
  MeshPort,
  RequestMatch,
  WeightsOwner,
  ZeroTrustNamespace,
} from 'istio-constructs';
import type { MeshProgramOptions } from 'istio-constructs-pulumi';
import type { Changes } from './changes';

export type Build = (chart: Chart) => void;

/** The programs of a stack, each by its name. */
export type Programs = ReadonlyArray<readonly [name: string, build: Build, options?: MeshProgramOptions]>;

export type PlaneName = 'sidecar' | 'ambient';

/** A change of the programs of a stack, and all that an update may then do. */
export interface StackChange {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  /** Where that changes as well: from the plane of all else to this one. */
  readonly toPlane?: PlaneName;
  readonly does: Partial<Changes>;
}

const DATA_PLANES = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() };

const ports = [MeshPort.http(8080)];
const image = (version: string): string => `registry.example.com/cart:${version}`;
const one = (build: Build): Programs => [['mesh', build]];

/** What stacks are before and after their changes, by name, in one data plane. */
export function programsIn(plane: PlaneName): Readonly<Record<string, Programs>> {
  const dataPlane = DATA_PLANES[plane];
  const closedNamespace = (scope: Construct): ZeroTrustNamespace => new ZeroTrustNamespace(scope, 'shop', { dataPlane });
  const cart = (scope: Construct, version = 'v1'): MeshedService =>
    new MeshedService(scope, 'cart', { image: image(version), ports, version });
  const open: Build = (chart) => void cart(new MeshNamespace(chart, 'shop', { dataPlane }));
  const closed: Build = (chart) => void cart(closedNamespace(chart));
  const other: Build = (chart) => void new MeshNamespace(chart, 'other', { dataPlane });
  const empty: Build = (chart) => void new MeshNamespace(chart, 'shop', { dataPlane });
  const both: Build = (chart) => [open, other].forEach((build) => build(chart));
  const release = (chart: Chart, owner?: WeightsOwner, match?: RequestMatch[]): MeshedService => {
    const shop = closedNamespace(chart);
    const service = cart(shop);
    new CanaryRelease(shop, 'release', {
      service,
      canary: { version: 'v2', image: image('v2') },
      weight: 10,
      match,
      weightsOwnedBy: owner,
    });
    return service;
  };
  const onCall = WeightsOwner.person('whoever is on call');
  const inChart =
    (id: string): Build =>
    (chart) => {
      cart(MeshNamespace.fromName(new Chart(chart, id), 'shop', { name: 'shop', dataPlane }));
    };
  const entry =
    (version: string): Build =>
    (chart) => {
      closed(chart);
      new ApiObject(chart, 'own', {
        apiVersion: `networking.istio.io/${version}`,
        kind: 'ServiceEntry',
        metadata: { name: 'own', namespace: 'shop' },
        spec: {
          hosts: ['db.example.com'],
          location: 'MESH_EXTERNAL',
          resolution: 'DNS',
          ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
        },
      });
    };
  return {
    open: one(open),
    closed: one(closed),
    wrapped: one((chart) => closed(new Construct(chart, 'team') as Chart)),
    'in a chart below': one((chart) => closed(new Chart(new Construct(chart, 'team'), 'region'))),
    'under another id': one((chart) => void cart(new ZeroTrustNamespace(chart, 'store', { name: 'shop', dataPlane }))),
    'of another class': one((chart) => {
      class Shop extends ZeroTrustNamespace {}
      cart(new Shop(chart, 'shop', { dataPlane }));
    }),
    'under another name': one((chart) => void cart(new ZeroTrustNamespace(chart, 'shop', { name: 'store', dataPlane }))),
    'in chart a': [
      ['space', empty],
      ['mesh', inChart('a')],
    ],
    'in chart b': [
      ['space', empty],
      ['mesh', inChart('b')],
    ],
    'in release': one((chart) => void release(chart)),
    promoted: one((chart) => void cart(closedNamespace(chart), 'v2')),
    lent: one((chart) => void release(chart, onCall)),
    'lent, with a match': one((chart) => void release(chart, onCall, [RequestMatch.header('x-tester', 'yes')])),
    'lent, with a label': one((chart) => {
      for (const object of release(chart, onCall).objects) object.metadata.addLabel('team', 'buy');
    }),
    'taken back': one((chart) => void release(chart)),
    'of an older API': one(entry('v1beta1')),
    'of a newer API': one(entry('v1')),
    'of the program old': [['old', closed]],
    'of the program mesh, once old': [['mesh', closed, { aliases: [{ name: 'old' }] }]],
    'all of the first program': [
      ['first', both],
      ['second', () => {}],
    ],
    'some of the second program': [
      ['first', other],
      ['second', open, { takesOver: ['first'] }],
    ],
    called: one((chart) => {
      const shop = closedNamespace(chart);
      new MeshedService(shop, 'web', { image: image('web'), ports }).calls(cart(shop), { http: [HttpAccess.get('/cart')] });
    }),
  };
}

const NOTHING: Partial<Changes> = {};

/** What each change of a program does in a plane, and no more than that. */
export function changesIn(plane: PlaneName): readonly StackChange[] {
  const of = <T>(each: Record<PlaneName, T>): T => each[plane];
  const closing = [
    'AuthorizationPolicy mesh/shop/deny-all',
    'NetworkPolicy mesh/shop/default-deny',
    'NetworkPolicy mesh/shop/infrastructure',
    'PeerAuthentication mesh/shop/default',
    ...of({ sidecar: ['Sidecar mesh/shop/cart'], ambient: [] }),
  ];
  // A closed namespace says what its pods may ask of the node.
  const podSecurity = ['Namespace mesh/shop'];
  const route = of({
    sidecar: ['DestinationRule mesh/shop/cart', 'VirtualService mesh/shop/cart'],
    ambient: [
      'AuthorizationPolicy mesh/shop/waypoint-deny-all',
      'ConfigMap mesh/shop/waypoint-infrastructure',
      'Gateway mesh/shop/waypoint',
      'HTTPRoute mesh/shop/cart',
      'NetworkPolicy mesh/shop/waypoint',
      'Service mesh/shop/cart-v1',
      'Service mesh/shop/cart-v2',
    ],
  });
  // The waypoint that a release brings is named at the namespace.
  const besides = of({ sidecar: [], ambient: ['Namespace mesh/shop'] });
  const objects = (program: string, namespace: string): string[] => [
    `Deployment ${program}/${namespace}/cart-v1`,
    `Namespace ${program}/${namespace}`,
    `PodDisruptionBudget ${program}/${namespace}/cart`,
    `Service ${program}/${namespace}/cart`,
    `ServiceAccount ${program}/${namespace}/cart`,
    ...closing.map((label) => label.replace('mesh/shop', `${program}/${namespace}`)),
  ];
  const waypoint = [
    'AuthorizationPolicy mesh/shop/cart-waypoint',
    'AuthorizationPolicy mesh/shop/waypoint-deny-all',
    'ConfigMap mesh/shop/waypoint-infrastructure',
    'Gateway mesh/shop/waypoint',
    'NetworkPolicy mesh/shop/waypoint',
  ];
  const scopes = ['Sidecar mesh/shop/cart', 'Sidecar mesh/shop/web'];
  return [
    { what: 'a namespace is closed', from: 'open', to: 'closed', does: { created: closing, updated: podSecurity } },
    { what: 'it is wrapped in a construct', from: 'closed', to: 'wrapped', does: NOTHING },
    { what: 'it moves to a chart of its own', from: 'wrapped', to: 'in a chart below', does: NOTHING },
    { what: 'its construct gets another id', from: 'in a chart below', to: 'under another id', does: NOTHING },
    { what: 'its construct is of another class', from: 'under another id', to: 'of another class', does: NOTHING },
    {
      what: 'a release begins',
      from: 'closed',
      to: 'in release',
      does: { created: [...route, 'Deployment mesh/shop/cart-v2'], updated: besides },
    },
    {
      what: 'it is promoted',
      from: 'in release',
      to: 'promoted',
      // The version that won is waited for no more.
      does: { updated: [...besides, 'Deployment mesh/shop/cart-v2'], deleted: [...route, 'Deployment mesh/shop/cart-v1'] },
    },
    {
      what: 'it is given up',
      from: 'in release',
      to: 'closed',
      does: { updated: besides, deleted: [...route, 'Deployment mesh/shop/cart-v2'] },
    },
    { what: 'a release whose weights are lent gets a match', from: 'lent', to: 'lent, with a match', does: NOTHING },
    { what: 'a namespace is opened', from: 'closed', to: 'open', does: { deleted: closing, updated: podSecurity } },
    {
      what: 'a namespace gets another name',
      from: 'closed',
      to: 'under another name',
      does: { created: objects('mesh', 'store'), deleted: objects('mesh', 'shop') },
    },
    { what: 'a service moves to another chart', from: 'in chart a', to: 'in chart b', does: NOTHING },
    { what: 'a program is renamed with an alias', from: 'of the program old', to: 'of the program mesh, once old', does: NOTHING },
    {
      what: 'a program takes over what another had',
      from: 'all of the first program',
      to: 'some of the second program',
      does: NOTHING,
    },
    {
      what: 'an object is written in another version of its API',
      from: 'of an older API',
      to: 'of a newer API',
      does: { updated: ['ServiceEntry mesh/shop/own'] },
    },
    {
      what: `a namespace leaves the ${plane} plane`,
      from: 'called',
      to: 'called',
      toPlane: of({ sidecar: 'ambient', ambient: 'sidecar' }),
      does: {
        created: of({ sidecar: waypoint, ambient: scopes }),
        updated: [
          'AuthorizationPolicy mesh/shop/cart',
          'Deployment mesh/shop/cart-v1',
          'Deployment mesh/shop/web-v1',
          'Namespace mesh/shop',
          'NetworkPolicy mesh/shop/cart',
          'NetworkPolicy mesh/shop/infrastructure',
          'NetworkPolicy mesh/shop/web',
        ],
        deleted: of({ sidecar: scopes, ambient: waypoint }),
      },
    },
  ];
}
